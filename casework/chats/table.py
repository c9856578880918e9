"""The working copy of a chat as a table: the reported messages with their author, everybody else without a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.chats.values import Chat, ChatMessage, ChatMessageKind
from casework.chats.window import ChatWindow
from casework.hiding import without_people

EDITABLE = (
    "An exported chat is a text file, which anybody can change before sending it on. It proves little by itself: "
    "ask to see the message on a telephone, or ask for a screenshot of the whole screen."
)
THIRD_PARTIES = (
    "People who wrote none of the reported messages are third parties: their names are left out here, and their words "
    "are not to be passed on. The whole export lies in the sealed library."
)
MISSING = (
    "{count} file(s) of the reported messages could not be copied here: not in the export, damaged, or larger than "
    "100 MB. Look into the export in the sealed library."
)
LEFT_OUT = (
    "{count} file(s) of the reported messages are not in the export: whoever made it left files out. Ask for it once "
    'more (in WhatsApp: the chat\'s menu, Export chat, "Attach media").'
)
UNMARKED = (
    "{count} file(s) came with these messages. None is copied while nothing says which message is meant; they lie with "
    "the export in the sealed library."
)
TOGETHER = timedelta(minutes=5)
"""Between a reported message and a file of its author's that belongs to it."""
DOUBTFUL = (
    "Nothing in the chat says whether its dates put day or month first; they are shown with the day first."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChatRow:
    """One row of the working copy.

    Attributes:
        when: as people read it, by the clock of the telephone.
        who: the author of a reported message by the name in the chat; a label for everybody else.
    """

    when: str
    who: str
    what: str
    is_reported: bool
    is_third_party: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ChatTable:
    title: str
    notes: tuple[str, ...]
    rows: tuple[ChatRow, ...]


def chat_table(chat: Chat, window: ChatWindow, *, hide: Callable[[str], str]) -> ChatTable:
    """What may lie in the case's folder of an exported chat.

    Args:
        chat: the whole export.
        window: the part of it that the report is about.
        hide: gives back a text without those who reported; applied to every word that is shown.
    """
    labels = {name: f"Person {number}" for number, name in enumerate(window.third_parties(chat), start=1)}
    rows = tuple(_row(chat.messages[place], place in window.reported, labels, hide) for place in window.shown)
    left_out = len(chat.messages) - len(rows)
    notes = [
        window.reason,
        THIRD_PARTIES if labels else "",
        EDITABLE,
        DOUBTFUL if chat.doubtful_dates else "",
    ]
    if left_out:
        notes.append(f"{left_out:,} other messages of the export are not shown.")
    return ChatTable(
        title=hide(f"WhatsApp chat: {chat.name}" if chat.name else "WhatsApp chat"),
        notes=tuple(note for note in notes if note),
        rows=rows,
    )


def shown_media(chat: Chat, window: ChatWindow) -> tuple[str, ...]:
    """Names of the files that came with the reported messages: nobody else's pictures are copied.

    WhatsApp exports a picture and the words sent with it as two messages, so what the same author sent next to a
    reported message, within minutes, belongs to it.
    """
    places = sorted({near for place in window.reported for near in _sent_together(chat, place)})
    return tuple(dict.fromkeys(chat.messages[place].media for place in places if chat.messages[place].media))


def remarks_on_media(chat: Chat, window: ChatWindow, *, copied: int) -> tuple[str, ...]:
    """What staff should know of the files of the chat that do not lie beside its table, in sentences.

    Args:
        chat: the whole export.
        window: the part of it that the report is about.
        copied: how many of the files of `shown_media` could be copied.
    """
    missing = len(shown_media(chat, window)) - copied
    places = {near for place in window.reported for near in _sent_together(chat, place)}
    left_out = sum(chat.messages[place].media_left_out for place in places)
    unmarked = 0 if window.reported else sum(bool(chat.messages[place].media) for place in window.shown)
    return tuple(
        sentence.format(count=count)
        for count, sentence in ((missing, MISSING), (left_out, LEFT_OUT), (unmarked, UNMARKED))
        if count
    )


def _sent_together(chat: Chat, place: int) -> Iterator[int]:
    """The reported message, and the run of its author's files and words around it."""
    yield place
    for step in (-1, 1):
        near = place + step
        while 0 <= near < len(chat.messages) and _belongs(chat.messages[near], chat.messages[place]):
            yield near
            near += step


def _belongs(message: ChatMessage, reported: ChatMessage) -> bool:
    if message.sender != reported.sender or message.at is None or reported.at is None:
        return False
    return bool(message.media or message.media_left_out) and abs(message.at - reported.at) <= TOGETHER


def _row(message: ChatMessage, reported: bool, labels: dict[str, str], hide: Callable[[str], str]) -> ChatRow:
    label = labels.get(message.sender)
    words = message.text
    for name, other in labels.items():
        words = without_people(words, ((name, ""),), label=other)
    return ChatRow(
        when=_when(message.at),
        who=label or hide(message.sender) or "WhatsApp",
        what=hide(_what(message, words)),
        is_reported=reported,
        is_third_party=label is not None,
    )


def _what(message: ChatMessage, words: str) -> str:
    if message.kind is ChatMessageKind.DELETED:
        return "(deleted)"
    remarks = [
        "(with a file)" if message.media else "",
        "(with a file that the export left out)" if message.media_left_out else "",
        "(edited)" if message.edited else "",
    ]
    return " ".join(part for part in (words, *remarks) if part)


def _when(at: datetime | None) -> str:
    return f"{at.day} {at:%B %Y, %H:%M}" if at else "a date that no calendar has"
