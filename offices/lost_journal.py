"""Whether the journal is lost: it must not be begun anew unseen, for a new one knows no case and reminds of none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from casework.errors import JournalError, NoJournalYetError

if TYPE_CHECKING:
    from connectors.settings_file import Settings
    from offices.office import Office


def no_journal(file: Path) -> str:
    """What to do where there is none."""
    return (
        f"There is no {file.name} at {file.parent}, so Casework has never run here, or it is lost. "
        "If it was lost: casework restore latest, or casework rebuild. If Casework is new here: casework setup"
    )


def journal_file(settings: Settings, *, may_begin: bool) -> Path:
    """Only setup and rebuild make a journal: an empty one in place of one that was lost would forget every case.

    Raises:
        NoJournalYetError: there is none, and it may not be made.
    """
    file = settings.path(settings.journal.file)
    if not (may_begin or file.exists()):
        raise NoJournalYetError(no_journal(file))
    return file


def refuse_lost(settings: Settings) -> None:
    """Let setup begin no journal where there was one.

    Raises:
        JournalError: the journal is gone, and its key is there.
    """
    file, key = (settings.path(one) for one in (settings.journal.file, settings.journal.key))
    if not settings.journal.url and key.exists() and not file.exists():
        raise JournalError(
            f"There is no {file.name} at {file.parent}, but its key {key.name} is there: the journal was lost. Run: "
            "casework restore latest, or casework rebuild. To begin anew on purpose, move the key away first."
        )


def unknown_cases(office: Office) -> str:
    """What to do where the case list has cases and the journal has none; empty if it is not so."""
    with office.journal.transaction() as transaction:
        if transaction.cases.all():
            return ""
    code = f"{office.school.code}-"
    found = sum(
        str(row.fields.get("Reference") or "").startswith(code) for row in office.cases.changes(None).rows
    )
    if not found:
        return ""
    return (
        f"The case list holds {found} case(s), and the journal is new and knows none of them: Casework would remind "
        "nobody of them. If a journal was lost, run: casework rebuild"
    )
