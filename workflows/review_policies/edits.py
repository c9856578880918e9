"""What staff write in the Policies list: their own columns become facts, and a date written over ours is a finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from casework.errors import CursorExpiredError
from casework.ports import RegisterRow
from casework.records import JournalTransaction, PolicyRecord
from casework.values import FieldValue
from workflows.job_report import JobReport
from workflows.review_policies.desk import PolicyDesk

LIST_CURSOR = "policies list"


def take_edits(desk: PolicyDesk) -> JobReport:
    """Take in what changed in the list since the last sweep."""
    with desk.journal.transaction() as transaction:
        cursor = transaction.cursors.get(LIST_CURSOR)
    try:
        changes = desk.register.changes(cursor)
    except CursorExpiredError:
        changes = desk.register.changes(None)
    for row in changes.rows:
        desk.seen.note(desk.register, row.item_id, row.etag)
    with desk.journal.transaction() as transaction:
        told = bool(changes.rows or changes.removed)
        records = transaction.policies.all() if told else ()
        by_item = {policy.item_id: policy for policy in records if policy.item_id}
        edited = sum(_take_in(transaction, by_item.get(row.item_id), row, desk) for row in changes.rows)
        for item_id in changes.removed:
            if item_id in by_item:
                _row_deleted(transaction, by_item[item_id], desk)
                edited += 1
        if transaction.cursors.get(LIST_CURSOR) != changes.cursor:
            transaction.cursors.put(LIST_CURSOR, changes.cursor)
    return JobReport(changes=edited)


def _take_in(
    transaction: JournalTransaction, record: PolicyRecord | None, row: RegisterRow, desk: PolicyDesk
) -> bool:
    if record is None:
        return False
    fields = row.fields
    edited = replace(
        _with_ours(record, row),
        owner_override=str(fields.get("OwnerOverride") or "").strip(),
        published_at=str(fields.get("PublishedAt") or "").strip(),
        published_checked_on=_day(fields.get("PublishedCheckedOn")),
        statutory=fields.get("Statutory") is True,
        retired=fields.get("Retired") is True,
        notes=str(fields.get("Notes") or ""),
    )
    if edited == record:
        return False
    transaction.policies.save(edited)
    if edited.retired and not record.retired:
        transaction.events.append("policy.retired", at=desk.now, file=record.file_id, how="the list")
    return True


def _with_ours(record: PolicyRecord, row: RegisterRow) -> PolicyRecord:
    """Where somebody wrote over a column of Casework's: it is written again, and another date is kept as a finding."""
    if not record.written:
        return record
    wrote = _day(row.fields.get("NextReview"))
    if wrote != record.shown_review:
        return replace(record, written="", register_says=wrote)
    same = row.fields.get("Document") == record.path[:255]
    return record if same else replace(record, written="")


def _row_deleted(transaction: JournalTransaction, record: PolicyRecord, desk: PolicyDesk) -> None:
    """A row deleted by hand comes back, unless its document is gone: then that was the answer."""
    if record.removed:
        transaction.policies.save(replace(record, item_id=None, written="", retired_on=desk.today))
        transaction.events.append("policy.retired", at=desk.now, file=record.file_id, how="the list")
    else:
        transaction.policies.save(replace(record, item_id=None, written=""))


def _day(value: FieldValue) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
