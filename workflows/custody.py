"""Recording what becomes of evidence: the register, the custody record, and the plan to write both down for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from casework.cases import CaseReference
from casework.custody import CustodyAct, CustodyEntry, EvidenceItem, ItemKind, Shelf, item_key
from casework.evidence import sha256_of
from casework.intents import KeepRecord
from casework.ports import LibraryFile
from casework.records import JournalTransaction, Sighting
from workflows.planning import plan

CASEWORK = "Casework"


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A file that was written into a library, with what was written."""

    file: LibraryFile
    path: str
    sha256: str
    size: int
    kind: ItemKind


def item_of(
    kept: Kept, *, shelf: Shelf, at: datetime, sighting: str = "", case: CaseReference | None = None
) -> EvidenceItem:
    """The register's entry of a file that was kept."""
    return EvidenceItem(
        key=item_key(shelf, kept.path),
        shelf=shelf,
        path=kept.path,
        kind=kept.kind,
        size=kept.size,
        sha256=kept.sha256,
        kept_at=at,
        file_id=kept.file.file_id,
        content_tag=kept.file.content_tag,
        case=case,
        sighting=sighting,
        checked_at=at,
    )


def register_sealed(
    transaction: JournalTransaction,
    sighting: Sighting,
    kept: Iterable[Kept],
    *,
    now: datetime,
    brought_by: str = "",
) -> None:
    """Enter what was sealed into the register, and (where it is known) into the custody of its case."""
    items = [
        item_of(one, shelf=Shelf.SEALED, at=now, sighting=sighting.key, case=sighting.case) for one in kept
    ]
    new = [item for item in items if transaction.evidence.add(item)]
    if new:
        transaction.events.append(
            "evidence.sealed",
            at=now,
            case=sighting.case,
            files=len(new),
            sha256=[item.sha256 for item in new],
        )
    if sighting.case and new:
        _begin_custody(transaction, sighting, new, case=sighting.case, brought_by=brought_by, now=now)


def take_into_case(
    transaction: JournalTransaction,
    sighting: Sighting,
    *,
    case: CaseReference,
    now: datetime,
    brought_by: str = "",
) -> None:
    """Tie what was sealed to its case; the custody of the case then begins with its arrival. Twice does it once."""
    loose = [item for item in transaction.evidence.of_sighting(sighting.key) if item.case is None]
    if not loose:
        return
    for item in loose:
        transaction.evidence.save(replace(item, case=case))
    _begin_custody(transaction, sighting, loose, case=case, brought_by=brought_by, now=now)


def _begin_custody(
    transaction: JournalTransaction,
    sighting: Sighting,
    items: Sequence[EvidenceItem],
    *,
    case: CaseReference,
    brought_by: str,
    now: datetime,
) -> None:
    """How it came, and that each file was sealed."""
    note = CustodyNotes(transaction=transaction, case=case, now=now)
    from_mail = sighting.key.startswith("mail/")
    note.add(
        CustodyAct.RECEIVED,
        who=brought_by or sighting.sender or "not known",
        how="by mail to the reporting mailbox" if from_mail else "put into the drop folder",
        on_what=sighting.sealed_at,
        result=f"{len(items)} file(s), SHA-256 of the whole {sighting.sha256}",
        at=sighting.received_at,
    )
    for item in items:
        note.add(
            CustodyAct.SEALED,
            how="written once into the sealed library, hashed before it was read",
            on_what=item.path,
            result=f"{item.size} bytes, SHA-256 {item.sha256}",
            at=item.kept_at,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class CustodyNotes:
    """Adds entries to the custody record of a case."""

    transaction: JournalTransaction
    case: CaseReference
    now: datetime

    def add(
        self,
        what: CustodyAct,
        *,
        how: str,
        on_what: str,
        result: str,
        who: str = CASEWORK,
        at: datetime | None = None,
        once: str = "",
    ) -> bool:
        """Add one entry; False if it stands there already.

        The same act on the same thing is entered once; `once` tells one from another where it may happen again.
        """
        mark = sha256_of(f"{self.case}\n{what.value}\n{on_what}\n{once}".encode())[:24]
        return self.transaction.custody.add(
            CustodyEntry(
                key=f"{self.case}/{mark}",
                case=self.case,
                what=what,
                who=who,
                at=at or self.now,
                recorded_at=self.now,
                how=how,
                on_what=on_what,
                result=result,
            )
        )


def plan_pages(transaction: JournalTransaction, case: CaseReference | None, school: str) -> None:
    """Plan that the files of the case's record are brought up to date; nothing where they are.

    Plan it after the effects that add to the record, so that one writing covers them.
    """
    entries = transaction.custody.on_no_page(case) if case else 0
    if case and entries:
        plan(transaction, KeepRecord(key=f"{school}/case/{case}/record/{entries}", case=case))
