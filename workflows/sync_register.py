"""Sync the register: what staff edited in the list becomes facts; what Casework knows is written to the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from casework.cases import Case
from casework.errors import (
    AlreadyThereError,
    ChangedMeanwhileError,
    ConnectorError,
    CursorExpiredError,
    NotThereError,
    PermanentConnectorError,
    SignInError,
)
from casework.mails import note_to_chair, note_to_head
from casework.ports import Journal, Register, RegisterChanges, RegisterRow
from casework.procedures import Procedure, standing_of
from casework.records import JournalTransaction, Sighting, SightingState
from casework.register_columns import (
    changed_columns,
    fingerprint_of_columns,
    our_columns,
    staff_columns,
    staff_fields,
)
from casework.school import School
from casework.values import FieldValue
from workflows.job_report import JobReport
from workflows.planning import plan, record

CURSOR = "cases list"
_PARTS = 3
"""Of a reference: school, year, number."""


def sync_register(*, register: Register, journal: Journal, school: School, now: datetime) -> JobReport:
    """Turn edits of the list into facts. A changed staff column is a staff edit, whoever wrote it."""
    with journal.transaction() as transaction:
        cursor = transaction.cursors.get(CURSOR)
    try:
        changes = register.changes(cursor)
    except CursorExpiredError:
        changes = register.changes(None)
    edits = _Edits(register=register, school=school, now=now)
    with journal.transaction() as transaction:
        changed = sum(edits.take_in(transaction, row) for row in changes.rows)
        changed += _forget_removed(transaction, changes, now)
        if transaction.cursors.get(CURSOR) != changes.cursor:
            transaction.cursors.put(CURSOR, changes.cursor)
    return JobReport(changes=changed)


class _Edits:
    """Compares rows with what was last seen of them."""

    def __init__(self, *, register: Register, school: School, now: datetime) -> None:
        self._register = register
        self._school = school
        self._now = now

    def take_in(self, transaction: JournalTransaction, row: RegisterRow) -> bool:
        """Record what staff changed in one row; True if something did."""
        case = transaction.cases.by_item(row.item_id)
        if case is None:
            self._keep_number_free(transaction, row)
            return False
        seen = staff_columns(row.fields)
        changed = changed_columns(case.staff, seen)
        updated = replace(case, staff=seen, written=case.written if self._ours_stand(case, row) else "")
        if updated == case:
            return False
        transaction.cases.save(updated)
        if not changed:
            return True
        transaction.events.append("case.edited", at=self._now, case=case.reference, columns=list(changed))
        if "Decision" in changed and seen.decision:
            self._record_decision(transaction, updated, row)
        if case.concerns_head and not updated.concerns_head:
            plan(transaction, note_to_head(updated, school=self._school))
        elif updated.concerns_head and not case.concerns_head:
            plan(transaction, note_to_chair(updated, school=self._school))
        self._close_if_done(transaction, updated)
        return True

    def _keep_number_free(self, transaction: JournalTransaction, row: RegisterRow) -> None:
        """A row that somebody added by hand is theirs; its number is never given to a case."""
        parts = str(row.fields.get("Reference") or "").split("-")
        if (
            len(parts) == _PARTS
            and parts[0] == self._school.code
            and parts[1].isdigit()
            and parts[2].isdigit()
        ):
            transaction.cases.reserve(parts[0], int(parts[1]), int(parts[2]))

    def _ours_stand(self, case: Case, row: RegisterRow) -> bool:
        """False if somebody wrote into a column of Casework's: it is then written again."""
        return row.fields.get("Reference") == case.reference and row.fields.get("Title") == case.title

    def _record_decision(self, transaction: JournalTransaction, case: Case, row: RegisterRow) -> None:
        """A decision waits with the proof of who set it: the list version that brought it."""
        setter = self._who_decided(row)
        sighting = Sighting(
            key=f"decision/{row.item_id}/{row.etag}",
            source_id=row.item_id,
            seen_at=self._now,
            received_at=setter.modified_at or self._now,
            state=SightingState.WAITING,
            kind="decision",
            sender=setter.modified_by.casefold(),
            case=case.reference,
            facts={
                "how": "column",
                "answer": case.staff.decision.value if case.staff.decision else "",
                "why": case.staff.decision_note,
            },
        )
        transaction.sightings.save(sighting)

    def _who_decided(self, row: RegisterRow) -> RegisterRow:
        """The oldest of the newest versions that hold this decision; the row itself if there is no history."""
        setter = row
        for version in self._register.history(row.item_id):
            if version.fields.get("Decision") != row.fields.get("Decision"):
                break
            setter = version
        return setter

    def _close_if_done(self, transaction: JournalTransaction, case: Case) -> None:
        if case.staff.outcome and case.is_open:
            transaction.cases.save(replace(case, closed_at=self._now))
            record(transaction, "case.closed", at=self._now, case=case.reference)
        elif not case.staff.outcome and not case.is_open:
            transaction.cases.save(replace(case, closed_at=None))
            record(transaction, "case.reopened", at=self._now, case=case.reference)


def _forget_removed(transaction: JournalTransaction, changes: RegisterChanges, now: datetime) -> int:
    """A row deleted by hand is put back by the next writing, and the log says so."""
    put_back = 0
    for item_id in changes.removed:
        case = transaction.cases.by_item(item_id)
        if case:
            says = "This row was deleted by hand, and Casework put it back. To end the case, set Outcome."
            transaction.cases.save(replace(case, item_id=None, written="", says=says))
            transaction.events.append("case.row_deleted", at=now, case=case.reference)
            put_back += 1
    return put_back


def write_register(
    *, register: Register, journal: Journal, school: School, procedure: Procedure
) -> JobReport:
    """Bring Casework's own columns up to date; rows that stand as they should cost nothing."""
    with journal.transaction() as transaction:
        cases = [(case, transaction.letters.of_case(case.reference)) for case in transaction.cases.all()]
    problems, written = [], 0
    for case, letters in cases:
        columns = our_columns(case, letters, standing_of(case, letters, school=school, procedure=procedure))
        fingerprint = fingerprint_of_columns(columns)
        if case.empty_decision:
            columns |= {"Decision": None, "DecisionNote": ""}
        if case.written == fingerprint and case.item_id:
            continue
        try:
            row = _write(register, case, columns)
        except SignInError:
            raise
        except ConnectorError as error:
            problems.append(f"The row of {case.reference} could not be written: {error}")
            continue
        _remember(journal, case, row, fingerprint)
        written += 1
    return JobReport(changes=written, problems=tuple(problems))


def _write(register: Register, case: Case, columns: dict[str, FieldValue]) -> RegisterRow:
    """Add the row, or set our columns if it is as we read it; a 412 is read again (our columns are ours alone)."""
    if case.item_id is None:
        return _add(register, case, columns)
    row = register.read(case.item_id)
    for _ in range(5):
        try:
            return register.update(case.item_id, columns, etag=row.etag)
        except ChangedMeanwhileError:
            row = register.read(case.item_id)
        except NotThereError:
            return _add(register, case, columns)
    return register.update(case.item_id, columns, etag=row.etag)


def _add(register: Register, case: Case, columns: dict[str, FieldValue]) -> RegisterRow:
    """Add the row, with what staff had filled in where it was deleted: an empty Target would tell the wrong people."""
    given = {name: value for name, value in columns.items() if value not in (None, "")}
    try:
        return register.add({**given, **staff_fields(case.staff)})
    except AlreadyThereError:  # an earlier sweep added it and was cut short: the Reference is unique
        row = register.find("Reference", case.reference)
        if row is None:
            raise
        if any(row.fields.get(name) != columns[name] for name in ("Title", "ReportedAt")):
            raise PermanentConnectorError(
                "Another row was given this Reference by hand. Empty the Reference there; Casework then adds its own row."
            ) from None
        return register.update(row.item_id, columns, etag=row.etag)


def _remember(journal: Journal, case: Case, row: RegisterRow, fingerprint: str) -> None:
    with journal.transaction() as transaction:
        current = transaction.cases.get(case.reference) or case
        staff = (
            replace(current.staff, decision=None, decision_note="") if case.empty_decision else current.staff
        )
        written = replace(
            current, item_id=row.item_id, written=fingerprint, staff=staff, empty_decision=False
        )
        transaction.cases.save(written)
