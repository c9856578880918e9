"""What a dry run would write outside, as the connectors are asked for it: nothing of it leaves the machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from casework.ports import NewMail
from casework.values import FieldValue


class Act(StrEnum):
    """The kinds of writing that Microsoft 365 would see."""

    DRAFTED = "drafted"
    SENT = "sent"
    DISCARDED = "discarded"
    STORED = "stored"
    MOVED = "moved"
    ROW_ADDED = "row added"
    ROW_CHANGED = "row changed"
    FILED = "filed"
    CLOSED = "closed"
    ENTERED = "entered"
    ALARM_SET = "alarm set"
    TAKEN_AWAY = "taken away"


@dataclass(frozen=True, kw_only=True, slots=True)
class WouldWrite:
    """One writing.

    Attributes:
        place: the mailbox, library or list, by the name by which people know it.
        what: the mail's key, the file's path, the row's Reference, the message's id.
        fields: of a row: the columns that would be set.
        mail, text: of what is drafted or sent: the mail, and its body as a reader sees it.
    """

    act: Act
    place: str
    what: str = ""
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    mail: NewMail | None = None
    text: str = ""


Tell: TypeAlias = Callable[[WouldWrite], None]
