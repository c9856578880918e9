"""Check evidence: read what is kept, hash it again, and tell at once what is not as it was kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from casework.custody import CustodyAct, EvidenceItem, Finding, Shelf
from casework.errors import CursorExpiredError
from casework.evidence import sha256_of
from casework.evidence_words import KINDS
from casework.mails import evidence_wrong
from casework.ports import Journal, Library, LibraryChanges
from casework.records import JournalTransaction
from casework.school import School
from workflows.custody import CustodyNotes, plan_pages
from workflows.job_report import JobReport
from workflows.planning import plan

PORTION = 25
"""Files that a day's check reads again at least."""
FULL_ROUND = timedelta(days=28)
"""The time in which every file has been read again."""
A_DAY = timedelta(hours=20)

Libraries = Mapping[Shelf, Library]


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """A file that was looked at; no finding means that it is as it was kept."""

    item: EvidenceItem
    finding: Finding | None


def check_portion(*, libraries: Libraries, journal: Journal, school: School, now: datetime) -> JobReport:
    """The day's check: what the libraries say has changed, what was wrong before, and a portion of the rest.

    A library that is not given is halted: nothing is looked for there.
    """
    cursors, suspects = {}, []
    for shelf, library in libraries.items():
        changes = _changes(shelf, library, journal)
        cursors[_cursor(shelf)] = changes.cursor
        suspects += _suspects(changes, journal)
    with journal.transaction() as transaction:
        evidence = transaction.evidence
        overdue = evidence.not_checked_since(now - FULL_ROUND)
        portion = evidence.not_checked_since(now - A_DAY, PORTION)
        chosen = (*suspects, *evidence.found_wrong(), *overdue, *portion)
    once = {item.key: item for item in chosen if item.shelf in libraries}
    report = record_checks(check_all(once.values(), libraries), journal=journal, school=school, now=now)
    with journal.transaction() as transaction:
        for name, cursor in cursors.items():
            transaction.cursors.put(name, cursor)
    return report


def check_all(
    items: Iterable[EvidenceItem], libraries: Libraries, *, told: Callable[[EvidenceItem], None] | None = None
) -> tuple[Checked, ...]:
    """Read each file where it was put, and hash it again."""
    every = tuple(items)
    contents = {
        shelf: libraries[shelf].contents_at([item.path for item in every if item.shelf is shelf])
        for shelf in {item.shelf for item in every}
    }
    checked = []
    for item in every:
        checked.append(Checked(item=item, finding=_finding(item, next(contents[item.shelf]))))
        if told:
            told(item)
    return tuple(checked)


def _finding(item: EvidenceItem, content: bytes | None) -> Finding | None:
    if content is None:
        return Finding.MISSING
    return None if sha256_of(content) == item.sha256 else Finding.CHANGED


def record_checks(checks: Iterable[Checked], *, journal: Journal, school: School, now: datetime) -> JobReport:
    """Remember when each was checked; what is newly wrong, or right again, is logged, entered and told."""
    changes, problems = 0, []
    with journal.transaction() as transaction:
        for check in checks:
            current = transaction.evidence.get(check.item.key)
            if current is None or current.sha256 != check.item.sha256:
                continue  # it was written anew since it was read
            transaction.evidence.save(replace(current, checked_at=now, finding=check.finding))
            if check.finding is current.finding:
                continue
            changes += 1
            _tell(transaction, current, check.finding, school=school, now=now)
            if check.finding:
                problems.append(
                    f"{KINDS[current.kind].capitalize()} is {check.finding.value}; run casework verify."
                )
    return JobReport(changes=changes, problems=tuple(problems))


def _tell(
    transaction: JournalTransaction,
    item: EvidenceItem,
    finding: Finding | None,
    *,
    school: School,
    now: datetime,
) -> None:
    what = f"evidence.{finding.value}" if finding else "evidence.restored"
    transaction.events.append(what, at=now, case=item.case, kind=item.kind.value, sha256=item.sha256)
    case = transaction.cases.get(item.case) if item.case else None
    if finding:
        locked = bool(case and case.evidence_locked)
        today = school.today(now)
        plan(transaction, *evidence_wrong(item, finding, school=school, locked=locked, today=today))
    if case:
        note = CustodyNotes(transaction=transaction, case=case.reference, now=now)
        note.add(
            CustodyAct.FOUND_WRONG if finding else CustodyAct.FOUND_RIGHT,
            how="read where it was put and hashed again",
            on_what=item.path,
            result=finding.value if finding else "its SHA-256 is as it was kept",
            once=now.isoformat(),
        )
        plan_pages(transaction, case.reference, school.code)


def _cursor(shelf: Shelf) -> str:
    return f"evidence watch: {shelf.value}"


def _changes(shelf: Shelf, library: Library, journal: Journal) -> LibraryChanges:
    with journal.transaction() as transaction:
        cursor = transaction.cursors.get(_cursor(shelf))
    try:
        return library.changes(cursor)
    except CursorExpiredError:
        return library.changes(None)


def _suspects(changes: LibraryChanges, journal: Journal) -> list[EvidenceItem]:
    """Kept files that the library reports as removed, moved, or of another content."""
    files = {file.file_id: file for file in changes.files}
    with journal.transaction() as transaction:
        kept = transaction.evidence.with_files((*changes.removed, *files))
    return [
        item
        for item in kept
        if (file := files.get(item.file_id)) is None
        or file.path != item.path
        or file.content_tag != item.content_tag
    ]
