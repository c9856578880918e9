"""What carrying out effects needs, and how it looks at the outbox row that it works on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from casework.copy_ports import CopyWriter, PaperWriter
from casework.folder_access import FolderAccess
from casework.policy_ports import Calendars
from casework.ports import (
    ChatExports,
    Clock,
    Inbox,
    Journal,
    LetterWriter,
    Library,
    MailService,
    MailWriter,
    MessageReader,
    PdfConverter,
)
from casework.records import JournalTransaction, PlannedEffect
from casework.school import School
from casework.tags import TokenMaker
from workflows.last_seen import LastSeen


@dataclass(frozen=True, kw_only=True, slots=True)
class Tools:
    """The outside world as effects meet it.

    Attributes:
        clock: for the moment at which an approver was asked; a decision of before that moment decides nothing.
        calendars: for the days of reviews; None where the school does not want them there.
        policies: the library of policy documents, for copies that somebody asks for.
        attach_pdf: letters travel as PDF where conversion works; otherwise as the Word file.
        pdfs_ahead: what one run of the converter made for letters whose turn is still to come, by SHA-256 of the Word
            file; None where that run made none. Lives as long as the sweep.
        seen: which versions of Casework's own files this process saw last.
    """

    journal: Journal
    mail: MailService
    inbox: Inbox
    casework: Library
    folders: FolderAccess
    sealed: Library
    drop: Library | None
    mail_writer: MailWriter
    letter_writer: LetterWriter
    pdf: PdfConverter
    papers: PaperWriter
    copies: CopyWriter
    reader: MessageReader
    chat_exports: ChatExports
    school: School
    tokens: TokenMaker
    now: datetime
    clock: Clock
    attach_pdf: bool = True
    policies: Library | None = None
    calendars: Calendars | None = None
    pdfs_ahead: dict[str, bytes | None] = field(default_factory=dict)
    seen: LastSeen = field(default_factory=LastSeen)


def first_time(effect: PlannedEffect, transaction: JournalTransaction) -> bool:
    """True once an effect: what is logged of it is logged once, although an attempt that was cut short comes again.

    Ask in the transaction that logs it: both are committed or neither.
    """
    if effect.progress.get("recorded"):
        return False
    transaction.outbox.note(effect.key, {"recorded": True})
    return True


def must_look(effect: PlannedEffect) -> bool:
    """True where an earlier attempt may have done the work: look before doing it again."""
    return effect.attempts > 0
