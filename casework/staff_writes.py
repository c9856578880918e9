"""The few staff columns that Casework writes: an outcome emptied, links mirrored, a group named; staff win."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from casework.cases import Case
from casework.register_columns import all_staff_fields, staff_columns
from casework.register_lists import CASES_LIST, ColumnKind
from casework.values import FieldValue


def with_text(case: Case, column: str, text: str) -> Case:
    """The case with a text of a staff column to be written: Outcome or LinkedCases.

    What is to stand there counts as seen, so that our own writing is not taken for an edit of the staff's.
    """
    staff = case.staff
    before = staff.outcome if column == "Outcome" else staff.linked_cases
    if before == text:
        return case
    changed = replace(staff, outcome=text) if column == "Outcome" else replace(staff, linked_cases=text)
    return _planned(replace(case, staff=changed), column, before, text)


def filled_in(case: Case, columns: Mapping[str, FieldValue]) -> Case:
    """The case with these columns filled in, to be written: what staff told by reply stands as if they had typed it."""
    before = all_staff_fields(case.staff)
    filled = replace(case, staff=staff_columns({**before, **columns}))
    for name, value in columns.items():
        if before[name] != value:
            filled = _planned(filled, name, _as_text(before[name]), _as_text(value))
    return filled


def without_assessed(case: Case) -> Case:
    """The case with its tick at Assessed taken back."""
    staff = case.staff
    if not staff.assessment.done:
        return case
    undone = replace(staff, assessment=replace(staff.assessment, done=False))
    return _planned(replace(case, staff=undone), "Assessed", "yes", "")


def without_tick(case: Case, column: str) -> Case:
    """The case with its tick at NewProcedure taken back: what it asked for is done."""
    staff = case.staff
    if column != "NewProcedure" or not staff.steps.new_procedure:
        return case
    undone = replace(staff, steps=replace(staff.steps, new_procedure=False))
    return _planned(replace(case, staff=undone), column, "yes", "")


def protecting_reporter(case: Case) -> Case:
    """The case with "Reporter is not to be named" ticked, as the reporter wishes; staff may take it back."""
    if case.staff.reporter_protected:
        return case
    return _planned(
        replace(case, staff=replace(case.staff, reporter_protected=True)), "ReporterProtected", "", "yes"
    )


def with_group(case: Case, name: str) -> Case:
    """The case with the name of the chat group in which it was said, where staff have not named one."""
    assessment = case.staff.assessment
    if assessment.group_name or not name:
        return case
    staff = replace(case.staff, assessment=replace(assessment, group_name=name))
    return _planned(replace(case, staff=staff), "GroupName", "", name)


def _planned(case: Case, column: str, before: str, text: str) -> Case:
    earlier = next((one for one in case.to_set if one[0] == column), None)
    entry = (column, earlier[1] if earlier else before, text)
    others = tuple(one for one in case.to_set if one[0] != column)
    return replace(case, to_set=(*others, entry), written="")


def fields_to_write(case: Case, row: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    """Those of the planned texts that may be written over the row as it stands.

    A three-way merge: where the row no longer holds what stood there when the text was planned, somebody has
    written something else, and theirs stays.
    """
    written: dict[str, FieldValue] = {}
    for column, before, text in case.to_set:
        if _as_text(row.get(column)).strip() in {before.strip(), text}:
            written[column] = _as_value(column, text)
    return written


def with_planned(case: Case, row: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    """The row as it will be: what still stands there from before is not what somebody has written over our texts."""
    return {
        **row,
        **{
            column: _as_value(column, text)
            for column, before, text in case.to_set
            if _as_text(row.get(column)).strip() == before.strip()
        },
    }


def _as_text(value: FieldValue) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _as_value(column: str, text: str) -> FieldValue:
    """The text as the column holds it."""
    known = CASES_LIST.column(column)
    kind = known.kind if known else ColumnKind.TEXT
    if kind is ColumnKind.YES_NO:
        return bool(text)
    if kind is ColumnKind.DATE:
        return date.fromisoformat(text) if text else None
    return text
