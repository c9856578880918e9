"""What the intake has at hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casework.intake import Platforms
from casework.ports import Journal, Library, MessageReader
from casework.procedures import Procedures
from casework.school import School
from casework.tags import TokenMaker


@dataclass(frozen=True, kw_only=True, slots=True)
class IntakeDesk:
    """Handed down through the intake so that one message's path reads as one story.

    Attributes:
        at_once: messages that are fetched and sealed at the same time; mailbox, library and reader must bear it.
    """

    journal: Journal
    sealed: Library
    reader: MessageReader
    school: School
    tokens: TokenMaker
    platforms: Platforms
    procedures: Procedures
    now: datetime
    at_once: int = 1
