"""Writing Casework's own columns: only rows that may have changed, never over what staff wrote meanwhile."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from casework.cases import Case
from casework.errors import (
    AlreadyThereError,
    ConnectorError,
    NotThereError,
    PermanentConnectorError,
    SignInError,
)
from casework.ports import Journal, Register, RegisterRow
from casework.procedures import Procedures, read_by
from casework.register_columns import fingerprint_of_columns, our_columns, staff_fields
from casework.school import School
from casework.staff_writes import fields_to_write
from casework.values import FieldValue
from workflows.job_report import JobReport
from workflows.last_seen import LastSeen
from workflows.list_columns import fields_put_back
from workflows.list_rows import ListRows
from workflows.set_aside import Guard

WORLD = "register written for"
"""Which calendar, procedure and settings the rows were last written by."""


def write_register(
    *,
    register: Register,
    journal: Journal,
    school: School,
    procedures: Procedures,
    now: datetime,
    seen: LastSeen | None = None,
) -> JobReport:
    """Bring Casework's own columns up to date. Rows that stand as they should cost nothing, however many there are.

    A row whose version was `seen` by this process need not be read before.
    """
    rows = ListRows(register=register, journal=journal, seen=seen or LastSeen())
    world = _world(school, procedures)
    with journal.transaction() as transaction:
        everything = transaction.cursors.get(WORLD) != world
        looked_at = transaction.cases.all() if everything else transaction.cases.stale()
        cases = [(case, transaction.letters.of_case(case.reference)) for case in looked_at]
    problems, written, shown = [], 0, list[Case]()
    guard = Guard(journal, what="writing the row", now=now)
    for case, letters in cases:
        if guard.leaves_alone(case.reference):
            continue
        try:
            columns = our_columns(case, letters, read_by(procedures.of(case), case, letters, school=school))
            written += _bring_up_to_date(rows, case, columns, shown=shown)
        except SignInError:
            raise
        except ConnectorError as error:
            problems.append(f"The row of {case.reference} could not be written: {error}")
        except Exception as error:  # noqa: BLE001 - one row's fault must not stop the others
            problems.append(guard.stumbled(case.reference, error, case=case.reference))
        else:
            guard.went_well(case.reference)
    _remember_shown(journal, shown, world=world if everything and not problems else "")
    return JobReport(changes=written, problems=tuple(problems))


def _world(school: School, procedures: Procedures) -> str:
    """What a row depends on beside its case: another term calendar or setting means another Due for every row."""
    facts = (
        repr([one.fingerprint for one in procedures.current]),
        repr(school.calendar),
        repr((school.removal_days, school.reply_days, sorted(school.own_addresses), str(school.zone))),
    )
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:24]


def _bring_up_to_date(
    rows: ListRows, case: Case, columns: dict[str, FieldValue], *, shown: list[Case]
) -> int:
    """Write one row; 1 if it was written. One that shows what is known is listed among the `shown` instead."""
    fingerprint = fingerprint_of_columns(columns)
    if case.written == fingerprint and case.item_id:
        shown.append(case)
        return 0
    if case.empty_decision:
        columns |= {"Decision": None, "DecisionNote": ""}
    item_id = _write(rows, case, columns)
    _remember(rows.journal, case, item_id, fingerprint)
    return 1


def _remember_shown(journal: Journal, shown: Collection[Case], *, world: str) -> None:
    """Remember at once which rows show what is known, and for which world all were written, if they were."""
    if not (shown or world):
        return
    with journal.transaction() as transaction:
        for case in shown:
            if transaction.cases.get(case.reference) == case:
                transaction.cases.row_stands(case.reference)
        if world:
            transaction.cursors.put(WORLD, world)


def _write(rows: ListRows, case: Case, columns: Mapping[str, FieldValue]) -> str:
    """Add the row, or set our columns, merged by who owns a column; returns the row's id."""
    if case.item_id is None:
        return _add(rows, case, columns)

    def staff_columns_to_write(row: RegisterRow) -> dict[str, FieldValue]:
        return {**fields_put_back(case, row), **fields_to_write(case, row.fields)}

    more = staff_columns_to_write if case.to_set or case.put_back else None
    try:
        rows.bring_up_to_date(case.item_id, columns, more=more)
    except NotThereError:
        return _add(rows, case, columns)
    return case.item_id


def _add(rows: ListRows, case: Case, columns: Mapping[str, FieldValue]) -> str:
    """Add the row, with what staff had filled in where it was deleted: an empty Target would tell the wrong people."""
    given = {name: value for name, value in columns.items() if value not in (None, "")}
    try:
        row = rows.register.add({**given, **staff_fields(case.staff)})
    except AlreadyThereError:  # an earlier sweep added it and was cut short: the Reference is unique
        there = rows.register.find("Reference", case.reference)
        if there is None:
            raise
        if any(there.fields.get(name) != columns[name] for name in ("Title", "ReportedAt")):
            raise PermanentConnectorError(
                "Another row was given this Reference by hand. Empty the Reference there; Casework then adds its own row."
            ) from None
        rows.write_over(there.etag, there.item_id, columns)
        return there.item_id
    rows.note(row)
    return row.item_id


def _remember(journal: Journal, case: Case, item_id: str, fingerprint: str) -> None:
    """Remember the row; what was planned to be written meanwhile is still to be written."""
    with journal.transaction() as transaction:
        current = transaction.cases.get(case.reference) or case
        staff = (
            replace(current.staff, decision=None, decision_note="") if case.empty_decision else current.staff
        )
        left = tuple(one for one in current.to_set if one not in case.to_set)
        written = replace(
            current,
            item_id=item_id,
            written="" if left else fingerprint,
            staff=staff,
            empty_decision=False,
            to_set=left,
            put_back=tuple(name for name in current.put_back if name not in case.put_back),
        )
        transaction.cases.save(written)
