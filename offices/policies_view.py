"""What `casework policies` shows: every policy with its light, what is missing, and what would be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from casework.intents import SendMail
from casework.mails.facts import from_json
from casework.policy_people import ask_whom
from casework.policy_register import PolicyStatus, days_overdue
from casework.policy_register.columns import PRECISION_WORDS, as_written
from casework.policy_register.findings import findings_of
from casework.policy_register.policies import Policy
from casework.policy_register.spread import Spread
from casework.policy_register.spread_picture import spread_picture
from casework.policy_register.statutory import missing_from, statutory_for
from casework.school import School
from offices.office import Office
from workflows.review_policies.emptiness import let_go_on, stopped_since
from workflows.review_policies.picture import spread
from workflows.review_policies.reminding import mails_due

RED, AMBER, GREEN = "red", "amber", "green"


class PolicyLine(TypedDict):
    """One policy, for a screen or a script; days are ISO."""

    title: str
    light: str
    status: str
    document: str
    owner: str
    last_update: str
    next_review: str | None
    next_review_text: str
    precision: str
    days_overdue: int
    statutory: bool
    statutory_basis: str
    published_at: str
    copies: list[str]
    findings: list[str]


class PoliciesView(TypedDict):
    school: str
    day: str
    red: int
    amber: int
    green: int
    folder_empty_since: str | None
    policies: list[PolicyLine]
    missing: list[str]
    spread: dict[str, int]
    advice: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WouldSend:
    """A mail that would go out: to whom, in office words, and its subject."""

    role: str
    subject: str
    text: str


def view_of(office: Office, now: datetime) -> PoliciesView:
    """Read the journal; no tenant is asked."""
    school, today = office.school, office.school.today(now)
    policies, found_empty = _policies(office, now)
    lines = [_line(policy, school, today) for policy in policies if not policy.is_retired]
    lines.sort(
        key=lambda line: ((RED, AMBER, GREEN).index(line["light"]), line["next_review"] or "", line["title"])
    )
    titles = [policy.title for policy in policies if not (policy.is_lost or policy.is_retired)]
    reviews = _spread(office, now)
    return PoliciesView(
        school=school.code,
        day=today.isoformat(),
        red=sum(line["light"] == RED for line in lines),
        amber=sum(line["light"] == AMBER for line in lines),
        green=sum(line["light"] == GREEN for line in lines),
        folder_empty_since=found_empty.isoformat() if found_empty else None,
        policies=lines,
        missing=[entry.words for entry in missing_from(titles, school.policies.statutory)],
        spread={load.name: load.count for load in reviews.loads},
        advice=reviews.advice,
    )


def picture_for(office: Office, now: datetime) -> str:
    """The spread of reviews over the terms as SVG."""
    return spread_picture(
        _spread(office, now), school_name=office.school.name, today=office.school.today(now)
    )


def would_send(office: Office, now: datetime) -> tuple[WouldSend, ...]:
    """The mails about policies that would go out at the next sending time; nothing is sent or remembered."""
    desk = office.policy_desk(now)
    with office.journal.transaction() as transaction:
        mails = mails_due(transaction, desk)
        known = {mail.key for mail in mails if transaction.outbox.get(mail.key)}
    return tuple(_written(mail, office) for mail in mails if mail.key not in known)


def accept_empty(office: Office) -> bool:
    """Say that the policies folder was emptied on purpose; False if it is not found empty."""
    with office.journal.transaction() as transaction:
        if stopped_since(transaction) is None:
            return False
        let_go_on(transaction)
    return True


def _policies(office: Office, now: datetime) -> tuple[tuple[Policy, ...], date | None]:
    desk = office.policy_desk(now)
    with office.journal.transaction() as transaction:
        found = stopped_since(transaction)
        return desk.policies(transaction), found[0] if found else None


def _spread(office: Office, now: datetime) -> Spread:
    policies, _ = _policies(office, now)
    return spread(policies, office.policy_desk(now))


def _line(policy: Policy, school: School, today: date) -> PolicyLine:
    rules, facts, review = school.policies, policy.facts, policy.next_review
    entry = statutory_for(policy.title, rules.statutory)
    due = policy.due(rules.due)
    return PolicyLine(
        title=policy.title,
        light=_light(policy, school, today),
        status="gone" if policy.is_lost else policy.status(today=today, which=rules.due).value,
        document=policy.leader.path,
        owner=policy.owner_words,
        last_update=facts.last_update.text if facts and facts.last_update else "",
        next_review=due.isoformat() if due else None,
        next_review_text=as_written(review),
        precision=PRECISION_WORDS.get(review.precision, "") if review else "",
        days_overdue=days_overdue(review, today=today, which=rules.due),
        statutory=policy.is_statutory or entry is not None,
        statutory_basis=f"{entry.name}: {entry.source}" if entry else "",
        published_at=policy.published_at,
        copies=[copy.path for copy in policy.copies],
        findings=list(findings_of(policy, rules=rules, ask=ask_whom(policy, school))),
    )


def _light(policy: Policy, school: School, today: date) -> str:
    if policy.is_lost:
        return RED
    status = policy.status(today=today, which=school.policies.due)
    return {PolicyStatus.CURRENT: GREEN, PolicyStatus.DUE_SOON: AMBER}.get(status, RED)


def _written(mail: SendMail, office: Office) -> WouldSend:
    written = office.mail_writer.write(mail.mail, from_json(mail.fields))
    return WouldSend(role=mail.role, subject=written.subject, text=written.text)
