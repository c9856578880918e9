"""The working copy of a chat as a table: the reported messages with their author, everybody else without a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from casework.chats.values import Chat, ChatMessage, ChatMessageKind
from casework.chats.window import ChatWindow

EDITABLE = (
    "An exported chat is a text file, which anybody can change before sending it on. It proves little by itself: "
    "ask to see the message on a telephone, or ask for a screenshot of the whole screen."
)
THIRD_PARTIES = (
    "People who wrote none of the reported messages are third parties: their names are left out here, and their words "
    "are not to be passed on. The whole export lies in the sealed library."
)
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
    """Names of the files that came with the reported messages: nobody else's pictures are copied."""
    return tuple(chat.messages[place].media for place in window.reported if chat.messages[place].media)


def _row(message: ChatMessage, reported: bool, labels: dict[str, str], hide: Callable[[str], str]) -> ChatRow:
    label = labels.get(message.sender)
    words = message.text
    for name, other in labels.items():
        words = words.replace(name, other)
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
