"""What is due to be said about each policy today, and to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casework.mails.policies import PolicyMatter
from casework.policy_people import Recipient, ask_whom, owner_of, person_in
from casework.policy_register import (
    PolicyStatus,
    Rung,
    days_in_term,
    days_overdue,
    due_questions,
    due_rungs,
)
from casework.policy_register.closing import next_by_cycle
from casework.policy_register.findings import NO_REVIEW_STATED, NOT_PUBLISHED, findings_of
from casework.policy_register.policies import Policy
from casework.school import Role, School
from casework.tags import TokenMaker, policy_tag


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One policy of which somebody should hear.

    Attributes:
        rung: the step of its ladder that is due; None where the policy is only listed beside others.
        to: everybody who is told, the owner first; `escalated` of them are the next people.
    """

    policy: Policy
    version: str
    rung: Rung
    to: tuple[Recipient, ...]
    escalated: frozenset[str]
    is_first: bool

    @property
    def told_as(self) -> str:
        """What is remembered once it was said."""
        return f"{self.version}/{self.rung.name}"

    def key(self, school: School, to: Recipient) -> str:
        """The key of a single reminder of it."""
        return f"{school.code}/policy/{self.policy.identity}/{self.version}/{self.rung.name}/{to.role}"


def due_notices(policies: tuple[Policy, ...], *, school: School, today: date) -> Iterator[Notice]:
    """Gives what is due, each rung once ever for a review date; a policy that is retired is not spoken of."""
    for policy in policies:
        if policy.is_retired:
            continue
        version = version_of(policy, school)
        prefix = f"{version}/"
        already = frozenset(entry.removeprefix(prefix) for entry in policy.told if entry.startswith(prefix))
        for rung in _rungs(policy, school=school, today=today, already=already):
            yield _notice(policy, version, rung, school=school, is_first=not already)


def version_of(policy: Policy, school: School) -> str:
    """What a policy's reminders are counted by: its review date, or the day on which its document was found gone."""
    if policy.is_lost:
        gone = policy.leader.removed_on
        return f"gone-{gone.isoformat() if gone else 'long-ago'}"
    return policy.version(school.policies.due)


def matter_of(policy: Policy, *, school: School, tokens: TokenMaker, today: date) -> PolicyMatter:
    """A policy as mails speak of it."""
    rules, leader, review = school.policies, policy.leader, policy.next_review
    due = policy.due(rules.due)
    version = version_of(policy, school)
    lean_on = days_in_term(due, school.calendar).lean_on if due else None
    told = [entry for entry in policy.told if entry.startswith(f"{version}/")]
    return PolicyMatter(
        title=policy.title,
        tag=policy_tag(school.code, tokens.policy(policy.identity, version)),
        owner=policy.owner_words,
        words_found=review.text if review else "",
        review_due=due,
        days_overdue=days_overdue(review, today=today, which=rules.due),
        act_before=lean_on if lean_on != due else None,
        problem="" if policy.facts else leader.problem,
        is_lost=policy.is_lost,
        reviewed_on=leader.reviewed_on,
        suggested=next_by_cycle(policy.facts, not_before=today),
        document_link="" if policy.is_lost else leader.web_url,
        reminded=len(told) + 1,  # the owner's of this very day counts
        findings=_findings(policy, school),
    )


def _findings(policy: Policy, school: School) -> tuple[str, ...]:
    """What else is to be looked at: not what the reminder says anyway."""
    if policy.is_lost or policy.facts is None:
        return ()
    found = findings_of(policy, rules=school.policies, ask=ask_whom(policy, school))
    said = set(policy.facts.findings) if policy.due(school.policies.due) is None else set()
    return tuple(
        finding
        for finding in found
        if finding not in said and not finding.startswith((NO_REVIEW_STATED, NOT_PUBLISHED))
    )


def belongs_in_digest(policy: Policy, *, school: School, today: date) -> bool:
    """Tells whether the policy manager's digest lists a policy: whatever is not simply current."""
    if policy.is_retired:
        return False
    return policy.is_lost or policy.status(today=today, which=school.policies.due) is not PolicyStatus.CURRENT


def _rungs(policy: Policy, *, school: School, today: date, already: frozenset[str]) -> tuple[Rung, ...]:
    due = None if policy.is_lost else policy.due(school.policies.due)
    if due:
        return due_rungs(due, today=today, already=already, days=days_in_term(due, school.calendar))
    asked_from = policy.leader.removed_on if policy.is_lost else None
    asked_from = asked_from or school.today(policy.leader.first_seen_at)
    return due_questions(asked_from, today=today, already=already)


def _notice(policy: Policy, version: str, rung: Rung, *, school: School, is_first: bool) -> Notice:
    owner = owner_of(policy, school)
    people = {owner.address: owner}
    for role in rung.roles[1:]:
        person = person_in(Role(role), school)
        people.setdefault(person.address, person)
    return Notice(
        policy=policy,
        version=version,
        rung=rung,
        to=tuple(people.values()),
        escalated=frozenset(people) - {owner.address},
        is_first=is_first,
    )
