"""The part of a chat that a report is about, with some of what stood around it; the rest is other people's matter."""

# ruff: noqa: RUF001 - the quotation marks of telephones are meant

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from casework.chats.values import Chat, ChatFile, ChatMessage, ChatMessageKind

AROUND = 10
"""Messages before and after each reported one."""
LAST = 20
"""Messages shown where nothing says which one is meant."""
_QUOTED = re.compile(r"[\"“”‘’']([^\"“”\n]{8,300})[\"“”‘’']")
_CLOCK = re.compile(
    r"(?<!\d)(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?:\s?(?P<half>[ap])\.?m\b)?", re.IGNORECASE
)
_WORDS = re.compile(r"\w+")
_FEWEST_WORDS = 4
"""Of a message that counts as repeated in the report: "ok thanks" proves nothing."""
_MOST_MATCHES = 40
MOST_WEIGHED = 5_000
"""Of the newest messages whose words are weighed: years of a group are not gone through for one remark."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChatWindow:
    """What the working copy shows of a chat.

    Attributes:
        shown: places of the messages in the chat, in order.
        reported: those of them that the report is about; empty where nothing says which.
        reason: why these, in a sentence for staff.
    """

    shown: tuple[int, ...]
    reported: tuple[int, ...]
    reason: str

    def third_parties(self, chat: Chat) -> tuple[str, ...]:
        """People in the window who wrote none of the reported messages: their words are somebody else's data."""
        authors = {chat.messages[place].sender for place in self.reported}
        senders = dict.fromkeys(chat.messages[place].sender for place in self.shown)
        return tuple(sender for sender in senders if sender and sender not in authors)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportedChat:
    """An export with the part of it that matters."""

    file: ChatFile
    window: ChatWindow

    @property
    def reported_words(self) -> str:
        """What the messages say that the report is about; nobody else's."""
        return "\n".join(self.file.chat.messages[place].text for place in self.window.reported)


def reported_window(chat: Chat, *, told: str, stands_out: Callable[[str], bool]) -> ChatWindow:
    """The window of a chat around what was reported.

    Args:
        chat: the whole export.
        told: what the reporter wrote, and what stands in forwarded texts.
        stands_out: whether words are of the sort that the policy calls inappropriate (suggestions would be made).
    """
    quoted = _places(chat, lambda message: _is_quoted(message, told))
    if quoted:
        return _around(chat, quoted, "The report repeats these messages.")
    timed = _at_named_times(chat, told)
    if timed:
        return _around(chat, timed, "The report names the times of these messages.")
    telling = _places(chat, lambda message: stands_out(message.text), among=MOST_WEIGHED)
    if telling:
        return _around(
            chat, telling, "These messages may be what the policy calls inappropriate; look for yourself."
        )
    last = tuple(range(max(0, len(chat.messages) - LAST), len(chat.messages)))
    return ChatWindow(
        shown=last,
        reported=(),
        reason=f"Nothing says which message is meant; these are the last {len(last)}.",
    )


def _places(
    chat: Chat, is_meant: Callable[[ChatMessage], bool], *, among: int | None = None
) -> tuple[int, ...]:
    earliest = 0 if among is None else len(chat.messages) - among
    found = (
        place
        for place, message in enumerate(chat.messages)
        if place >= earliest
        and message.kind is ChatMessageKind.MESSAGE
        and (message.text or message.media)
        and is_meant(message)
    )
    return tuple(place for place, _ in zip(found, range(_MOST_MATCHES), strict=False))


def _is_quoted(message: ChatMessage, told: str) -> bool:
    words = _plain(message.text)
    report = _plain(told)
    if len(words.split()) >= _FEWEST_WORDS and words in report:
        return True
    return any(_plain(quote) in words for quote in _QUOTED.findall(told) if len(_plain(quote).split()) > 1)


def _plain(text: str) -> str:
    return " ".join(_WORDS.findall(text.casefold()))


def _at_named_times(chat: Chat, told: str) -> tuple[int, ...]:
    """Messages at a time of day that the report names; not where so many fit that it names nothing."""
    named = {_minute(match) for match in _CLOCK.finditer(told)}
    if not named:
        return ()
    fitting = _places(
        chat, lambda message: message.at is not None and (message.at.hour, message.at.minute) in named
    )
    return fitting if len(fitting) < _MOST_MATCHES else ()


def _minute(match: re.Match[str]) -> tuple[int, int]:
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half:
        hour = hour % 12 + 12 * (half == "p")
    return hour, int(match["minute"])


def _around(chat: Chat, reported: Iterable[int], reason: str) -> ChatWindow:
    places = tuple(reported)
    near = {near for place in places for near in range(place - AROUND, place + AROUND + 1)}
    shown = tuple(place for place in sorted(near) if 0 <= place < len(chat.messages))
    return ChatWindow(shown=shown, reported=places, reason=reason)
