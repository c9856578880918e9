"""Writing the rows of the Policies list; rows that stand as they should cost nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from casework.errors import (
    AlreadyThereError,
    ChangedMeanwhileError,
    ConnectorError,
    NotThereError,
    SignInError,
    TemporaryConnectorError,
)
from casework.policy_people import ask_whom
from casework.policy_register import PolicyStatus, register_fields
from casework.policy_register.findings import copy_findings, findings_of, moved_on_findings
from casework.policy_register.policies import Policy
from casework.policy_register.statutory import statutory_for
from casework.records import JournalTransaction, PolicyRecord
from casework.register_columns import fingerprint_of_columns
from casework.school import School
from casework.values import FieldValue
from workflows.job_report import JobReport
from workflows.late_host import refuse_if_late
from workflows.list_rows import ListRows
from workflows.review_policies.desk import PolicyDesk
from workflows.review_policies.emptiness import is_stopped

LONGEST_LINE = 255
"""Characters that a one-line column holds."""


def write_policy_register(desk: PolicyDesk) -> JobReport:
    """Bring the rows of the Policies list up to date, a row for each document."""
    with desk.journal.transaction() as transaction:
        if is_stopped(transaction):
            return JobReport()
        policies = [_with_row_of_gone(transaction, policy) for policy in desk.policies(transaction)]
    written, problems = 0, []
    for policy in policies:
        for record in policy.everything:
            if _stands(policy, record, desk):
                continue
            columns = columns_of(policy, record, school=desk.school, today=desk.today)
            try:
                _write_and_remember(record, columns, desk)
            except SignInError:
                raise
            except ConnectorError as error:
                problems.append(f"A row of the policies list could not be written: {error}")
                continue
            written += 1
    return JobReport(changes=written, problems=tuple(problems))


def columns_of(policy: Policy, record: PolicyRecord, *, school: School, today: date) -> dict[str, FieldValue]:
    """Casework's columns of one document's row."""
    rules = school.policies
    columns = register_fields(
        document=record.path[:LONGEST_LINE],
        facts=record.facts,
        today=today,
        problem=record.problem,
        which=rules.due,
    )
    entry = statutory_for(policy.title, rules.statutory)
    columns["StatutoryBasis"] = f"{entry.name}: {entry.how_often or 'no time set'}" if entry else ""
    ask = ask_whom(policy, school)
    if record is policy.leader:
        findings = findings_of(policy, rules=rules, ask=ask)
        columns["Owner"] = policy.owner_words
    elif record.removed:
        findings = moved_on_findings(policy)
    else:
        findings = copy_findings(policy, ask=ask)
        columns["Status"] = PolicyStatus.OTHER_COPY.value
    columns["Findings"] = "\n".join(findings)
    return columns


def _with_row_of_gone(transaction: JournalTransaction, policy: Policy) -> Policy:
    """Give the row of a document that is gone, with what staff wrote in it, to the one that took its place."""
    leader = policy.leader
    before = next((record for record in policy.gone if record.item_id), None)
    if leader.removed or leader.item_id or before is None:
        return policy
    heir = replace(
        leader,
        item_id=before.item_id,
        written="",
        owner_override=before.owner_override,
        published_at=before.published_at,
        published_checked_on=before.published_checked_on,
        statutory=before.statutory,
        notes=before.notes,
    )
    left = replace(before, item_id=None, written="")
    transaction.policies.save(heir)
    transaction.policies.save(left)
    gone = tuple(left if record is before else record for record in policy.gone)
    return replace(policy, leader=heir, gone=gone)


def _stands(policy: Policy, record: PolicyRecord, desk: PolicyDesk) -> bool:
    if record.item_id is None:
        return record.removed  # its row went with its policy, or was deleted by hand
    facts = (policy, record, desk.school)
    key = (id(policy), id(record), id(desk.school), desk.today)
    known = _SHOWN.get(key)
    if known is None:
        if len(_SHOWN) >= MOST_SHOWN:
            _SHOWN.clear()
        columns = columns_of(policy, record, school=desk.school, today=desk.today)
        known = _SHOWN[key] = facts, fingerprint_of_columns(columns)
    return record.written == known[1]


MOST_SHOWN = 2_000
_SHOWN: dict[tuple[int, int, int, date], tuple[tuple[object, ...], str]] = {}
"""What rows should show today, found by its being of the same policy, document and school, which are kept with it: a look
in which nothing is new asks for all of them again."""


def _write_and_remember(record: PolicyRecord, columns: dict[str, FieldValue], desk: PolicyDesk) -> None:
    item_id = _write(record, columns, desk)
    shown = columns["NextReview"]
    with desk.journal.transaction() as transaction:
        current = transaction.policies.get(record.file_id) or record
        transaction.policies.save(
            replace(
                current,
                item_id=item_id,
                written=fingerprint_of_columns(columns),
                shown_review=shown if isinstance(shown, date) else None,
            )
        )


def _write(record: PolicyRecord, columns: dict[str, FieldValue], desk: PolicyDesk) -> str:
    rows = ListRows(register=desk.register, journal=desk.journal, seen=desk.seen)
    if record.item_id is None:
        return _add(columns, rows)
    try:
        rows.bring_up_to_date(record.item_id, columns)
    except NotThereError:
        return _add(columns, rows)
    except ChangedMeanwhileError:
        raise TemporaryConnectorError(
            "The row is being edited by somebody; it is written at the next sweep."
        ) from None
    return record.item_id


def _add(columns: dict[str, FieldValue], rows: ListRows) -> str:
    """Add the row; one with the same Document is the one that an earlier sweep added before it was cut short.

    No column of this list is unique (documents change places), so a host that is late with it takes its row back.
    """
    there = rows.register.find("Document", str(columns["Document"]))
    if there is None:
        try:
            added = rows.register.add(
                {name: value for name, value in columns.items() if value not in (None, "")},
                settled=lambda: refuse_if_late(rows.journal),
            )
        except AlreadyThereError:
            there = rows.register.find("Document", str(columns["Document"]))
            if there is None:
                raise
        else:
            rows.note(added)
            return added.item_id
    rows.write_over(there.etag, there.item_id, columns)
    return there.item_id
