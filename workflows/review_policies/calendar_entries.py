"""Each review in a calendar: entered when its day is known, moved when the day moves, taken away when it is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from casework.evidence import sha256_of
from casework.intents import KeepReviewEntry
from casework.policy_people import manager_of, owner_of
from casework.policy_register.policies import Policy
from casework.policy_register.rules import InCalendar
from casework.records import JournalTransaction
from workflows.job_report import JobReport
from workflows.planning import plan
from workflows.review_policies.desk import PolicyDesk
from workflows.review_policies.emptiness import is_stopped

_PARTED = "|"


def keep_calendar(desk: PolicyDesk) -> JobReport:
    """Plan what is to be entered, moved or taken away; a calendar that stands as it should costs nothing."""
    with desk.journal.transaction() as transaction:
        if is_stopped(transaction):
            return JobReport()
        planned = sum(_keep(transaction, policy, desk) for policy in desk.policies(transaction))
    return JobReport(changes=planned)


def _keep(transaction: JournalTransaction, policy: Policy, desk: PolicyDesk) -> int:
    stands = next((record.calendar for record in policy.everything if record.calendar), "")
    wanted = _wanted(policy, desk)
    if stands == wanted:
        return 0
    event = transaction.events.append("policy.calendar_changed", at=desk.now, file=policy.leader.file_id)
    planned = plan(transaction, *_intents(policy, stands, wanted, event.number, desk))
    for record in policy.everything:
        calendar = wanted if record is policy.leader else ""
        if record.calendar != calendar:
            transaction.policies.save(replace(record, calendar=calendar))
    return planned


def _wanted(policy: Policy, desk: PolicyDesk) -> str:
    """Whose calendar, which day and under which title, as one text; empty for no entry."""
    rules = desk.school.policies
    due = policy.due(rules.due)
    if rules.calendar is InCalendar.NOBODY or due is None or policy.is_lost or policy.is_retired:
        return ""
    whose = owner_of(policy, desk.school) if rules.calendar is InCalendar.OWNER else manager_of(desk.school)
    return _PARTED.join((whose.address, due.isoformat(), sha256_of(policy.title.encode())[:8]))


def _intents(
    policy: Policy, stands: str, wanted: str, number: int, desk: PolicyDesk
) -> Iterator[KeepReviewEntry]:
    """One intent, or two where the entry goes from one calendar to another."""
    entry = f"{desk.school.code}/policy/{policy.identity}/review"
    before = stands.split(_PARTED, maxsplit=1)[0]
    address, _, rest = wanted.partition(_PARTED)
    if before and before != address:
        yield KeepReviewEntry(key=f"{entry}/{number}/away", entry=entry, address=before)
    if wanted:
        yield KeepReviewEntry(
            key=f"{entry}/{number}",
            entry=entry,
            address=address,
            day=rest.split(_PARTED)[0],
            subject=f"Policy review due: {policy.title}",
            text=(
                f'The review of "{policy.title}" is due by the end of this day, as its document says. '
                "When the document shows a later date, this entry moves by itself."
            ),
        )
