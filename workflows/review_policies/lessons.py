"""Lessons of cases: what staff note on a case about a policy waits for that policy's next review."""

from __future__ import annotations

from dataclasses import replace

from casework.cases import case_reference
from casework.policy_register.policies import Policy
from casework.policy_requests import policy_meant
from casework.records import JournalTransaction
from workflows.job_report import JobReport
from workflows.review_policies.desk import PolicyDesk

UP_TO = "policy lessons taken up to"
COLUMN = "PolicyLesson"


def take_lessons(desk: PolicyDesk) -> JobReport:
    """Note the case on the policy that its lesson is about; never the words, which may name people of the case."""
    with desk.journal.transaction() as transaction:
        head = transaction.events.head()
        done = int(transaction.cursors.get(UP_TO) or 0)
        if head is None or head.number <= done:
            return JobReport()
        edited = dict.fromkeys(
            event.case
            for event in transaction.events.after(done)
            if event.what == "case.edited" and event.case and COLUMN in str(event.fields.get("columns"))
        )
        policies = desk.policies(transaction) if edited else ()
        changes = sum(_take(transaction, str(case), policies) for case in edited)
        transaction.cursors.put(UP_TO, str(head.number))
    return JobReport(changes=changes)


def _take(transaction: JournalTransaction, reference: str, policies: tuple[Policy, ...]) -> int:
    case = transaction.cases.get(case_reference(reference))
    words = case.staff.policy_lesson if case else ""
    about = _about(words, policies) if words else None
    for policy in policies:
        has = reference in policy.leader.lessons
        if policy is about and not has:
            kept = (*policy.leader.lessons, reference)
        elif policy is not about and has:
            kept = tuple(other for other in policy.leader.lessons if other != reference)
        else:
            continue
        transaction.policies.save(replace(policy.leader, lessons=kept))
    return int(about is not None)


def _about(words: str, policies: tuple[Policy, ...]) -> Policy | None:
    """The policy that the words name; else the one that letters about posts quote."""
    in_use = [policy for policy in policies if not (policy.is_lost or policy.is_retired)]
    named = policy_meant(words, in_use)
    return named or next((policy for policy in in_use if policy.leader.extract), None)
