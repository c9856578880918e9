"""The values of an exported chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ChatMessageKind(StrEnum):
    MESSAGE = "message"
    DELETED = "deleted"
    SYSTEM = "system"


@dataclass(frozen=True, kw_only=True, slots=True)
class ChatMessage:
    """One message of a chat.

    Attributes:
        at: by the clock of the telephone that exported it, without a zone; None if its date cannot be.
        sender: the name that the telephone showed, or a number; empty for what WhatsApp itself said.
        media: name of the file that came with it; empty for none, and for one that the export left out.
        media_left_out: the message had a file, and whoever exported the chat left files out.
    """

    at: datetime | None
    sender: str
    text: str
    kind: ChatMessageKind = ChatMessageKind.MESSAGE
    edited: bool = False
    media: str = ""
    media_left_out: bool = False


REFUSED = "The chat export was sealed as it is, but not opened, because"
"""How the sentence begins that says why an export was not read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chat:
    """An exported conversation, in the order of the file.

    Attributes:
        name: of the group, or of the person; empty if nothing says it.
        day_first: whether its dates were read as day before month; worked out from all of them.
        is_group: three or more people write in it, or WhatsApp says that it is a group; the name of any other chat is a
            person's.
        doubtful_dates: no date in it says which of the two it is, so the British order was taken.
    """

    name: str
    messages: tuple[ChatMessage, ...]
    day_first: bool = True
    is_group: bool = False
    doubtful_dates: bool = False

    @property
    def senders(self) -> tuple[str, ...]:
        """Everybody who wrote, in the order of their first message."""
        return tuple(dict.fromkeys(message.sender for message in self.messages if message.sender))


@dataclass(frozen=True, kw_only=True, slots=True)
class ChatFile:
    """An export among the files of a message.

    Attributes:
        sha256: of the file that holds it.
        media: names of the files beside the chat's text in the archive.
    """

    sha256: str
    chat: Chat
    media: tuple[str, ...] = ()
