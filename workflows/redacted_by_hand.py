"""What a person has redacted: files put into a folder of the case become evidence, with who put them there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from casework.case_record import evidence_folder
from casework.cases import CaseReference
from casework.custody import CustodyAct, ItemKind, Shelf, item_key
from casework.errors import NotThereError
from casework.evidence import is_by_product, sha256_of
from casework.ports import Journal, Library, LibraryFile
from casework.records import JournalTransaction
from casework.school import School
from workflows.custody import CustodyNotes, Kept, item_of, plan_pages
from workflows.planning import record
from workflows.staff_entries import role_of

FOLDER = "Redacted by hand"
README = "What this folder is for.txt"


def take_in_redacted_by_hand(
    files: Iterable[LibraryFile], *, library: Library, journal: Journal, school: School, now: datetime
) -> int:
    """Enter what a person put into the folder of a case; returns how many are new."""
    entered = 0
    for file in files:
        case = CaseReference(file.path.partition("/")[0])
        inside = file.path.startswith(f"{evidence_folder(case)}/{FOLDER}/")
        if not inside or file.name == README or is_by_product(file.name) or not file.size:
            continue
        try:
            content = library.read(file.file_id)
        except NotThereError:
            continue
        kept = Kept(
            file=file, path=file.path, sha256=sha256_of(content), size=len(content), kind=ItemKind.BY_HAND
        )
        with journal.transaction() as transaction:
            entered += _enter(transaction, kept, case, school=school, now=now)
    return entered


def _enter(
    transaction: JournalTransaction, kept: Kept, reference: CaseReference, *, school: School, now: datetime
) -> bool:
    """False for one that is known, and for one that takes the place of another while the evidence is locked."""
    case = transaction.cases.get(reference)
    before = transaction.evidence.get(item_key(Shelf.CASE_FOLDER, kept.path))
    if case is None or (before and (before.sha256 == kept.sha256 or case.evidence_locked)):
        return False  # the daily check tells of a file that was exchanged under a lock
    by = kept.file.modified_by
    transaction.evidence.save(item_of(kept, shelf=Shelf.CASE_FOLDER, at=now, case=reference))
    record(
        transaction,
        "evidence.placed",
        at=now,
        case=reference,
        who=role_of(by, school),
        sha256=kept.sha256,
        on=school.today(kept.file.modified_at).isoformat(),
    )
    CustodyNotes(transaction=transaction, case=reference, now=now).add(
        CustodyAct.REDACTED,
        who=by or "not known",
        how=f'by a person, who put it into "{FOLDER}"',
        on_what=kept.path,
        result=f"{kept.size} bytes, SHA-256 {kept.sha256}"
        + (", in place of an earlier one" if before else ""),
        at=kept.file.modified_at,
        once=kept.sha256,
    )
    plan_pages(transaction, reference, school.code)
    return True
