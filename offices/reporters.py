"""Opening the vault: who reported a protected case, shown once a reason is given, and kept in the log."""

from __future__ import annotations

from casework.cases import CaseReference
from casework.evidence import vault_path
from offices.office import Office
from offices.typed_cases import case_typed


def open_vault(office: Office, reference: str, *, why: str) -> str:
    """Return what the vault holds of the case; that it was opened is logged before anything is shown.

    Raises:
        ValueError: not a case reference, no such case, nothing in the vault, or no reason given.
    """
    wanted, file_id = find_in_vault(office, reference, why=why)
    with office.journal.transaction() as transaction:
        transaction.events.append("vault.opened", at=office.clock.now(), case=wanted)
    return office.sealed.read(file_id).decode()


def find_in_vault(office: Office, reference: str, *, why: str) -> tuple[CaseReference, str]:
    """The case, and the id of what the vault holds of it; nothing is opened.

    Raises:
        ValueError: as above.
    """
    if not why.strip():
        raise ValueError('Say why the vault is opened: --why "the headteacher asked, 23 November".')
    with office.journal.transaction() as transaction:
        wanted = case_typed(transaction, reference, office.school).reference
    kept = office.sealed.find(vault_path(wanted))
    if kept is None:
        raise ValueError(
            f"The vault holds nothing of {wanted}: its reporter did not ask to stay unnamed. "
            "The sealed library holds the original."
        )
    return wanted, kept.file_id
