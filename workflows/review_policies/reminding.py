"""Reminding of reviews: one mail a person for all policies, on Mondays; on other days only of what cannot wait."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from casework import mails
from casework.intents import SendMail
from casework.mails.policies import PolicyDigestLines, PolicyMatter
from casework.mails.reminders import policy_reminder_of
from casework.policy_people import Recipient, manager_of, person_in
from casework.policy_register.policies import Policy
from casework.policy_register.statutory import missing_from, statutory_for
from casework.records import JournalTransaction
from casework.school import Role
from casework.tags import policy_tag
from workflows.job_report import JobReport
from workflows.planning import plan
from workflows.review_policies.desk import PolicyDesk
from workflows.review_policies.emptiness import stopped_since
from workflows.review_policies.notices import Notice, belongs_in_digest, due_notices, matter_of
from workflows.review_policies.picture import picture_of_spread, spread

DIGEST = "policy digest of the week"
"""The Monday of the week whose digest was made."""
FOLDER = "the policies folder"
_MOST_FINDINGS = 20
_DAYS_OF_WEEK = 7


def remind(desk: PolicyDesk) -> JobReport:
    """Gather what is due, if mail may go now; after days of darkness that is one mail a person, not a storm."""
    if not desk.school.is_sending_time(desk.now):
        return JobReport()
    with desk.journal.transaction() as transaction:
        if stopped_since(transaction):
            return JobReport(changes=_ask_about_folder(transaction, desk))
        monday = _monday(desk)
        is_digest = transaction.cursors.get(DIGEST) != monday
        policies = desk.policies(transaction)
        notices = _notices_due(policies, desk, is_digest=is_digest)
        mails_of_day = _mails(policies, notices, desk, is_digest=is_digest)
        planned = plan(transaction, *(policy_reminder_of(mail) for mail in mails_of_day))
        _remember(transaction, notices)
        if is_digest and policies:
            planned += plan(transaction, picture_of_spread(policies, desk))
            transaction.cursors.put(DIGEST, monday)
    return JobReport(changes=planned)


def mails_due(transaction: JournalTransaction, desk: PolicyDesk) -> tuple[SendMail, ...]:
    """What `remind` would send if mail went out now; nothing is planned or remembered."""
    if stopped_since(transaction):
        return ()
    is_digest = transaction.cursors.get(DIGEST) != _monday(desk)
    policies = desk.policies(transaction)
    notices = _notices_due(policies, desk, is_digest=is_digest)
    return tuple(_mails(policies, notices, desk, is_digest=is_digest))


def _monday(desk: PolicyDesk) -> str:
    return (desk.today - timedelta(days=desk.today.weekday())).isoformat()


def _notices_due(policies: tuple[Policy, ...], desk: PolicyDesk, *, is_digest: bool) -> tuple[Notice, ...]:
    """What is said today: everything in the digest; on other days the first word on a review, and what is near."""
    due = due_notices(policies, school=desk.school, today=desk.today)
    if is_digest:
        return tuple(due)
    return tuple(_only_the_new_person(notice) for notice in due if notice.is_first or notice.rung.at_once)


def _only_the_new_person(notice: Notice) -> Notice:
    """Between two digests an escalation tells the person who did not know; the others hear on Monday."""
    if notice.is_first or not notice.rung.newly:
        return notice
    new = tuple(person for person in notice.to if person.role == notice.rung.newly)
    return replace(notice, to=new or notice.to)


def _mails(
    policies: tuple[Policy, ...], notices: tuple[Notice, ...], desk: PolicyDesk, *, is_digest: bool
) -> Iterator[SendMail]:
    if not notices:
        return
    manager = manager_of(desk.school)
    people = {person.address: person for notice in notices for person in notice.to}
    if is_digest:
        people[manager.address] = people.get(manager.address, manager)
    for address, person in people.items():
        told = [notice for notice in notices if address in {to.address for to in notice.to}]
        if is_digest and address == manager.address:
            yield _for_manager(policies, notices, told, person, desk)
        else:
            yield _for_person(told, person, desk)


def _for_person(told: list[Notice], person: Recipient, desk: PolicyDesk) -> SendMail:
    """One policy has a mail of its own; several share one."""
    if len(told) == 1:
        return _single(told[0], person, desk)
    matters = tuple(_matter(notice.policy, desk) for notice in told)
    above = all(person.address in notice.escalated for notice in told)
    lines = PolicyDigestLines(
        matters=matters, is_escalated=above, findings=() if above else _findings(matters)
    )
    return mails.policy_digest(
        lines,
        school=desk.school,
        to=person,
        today=desk.today,
        keys=[notice.key(desk.school, person) for notice in told],
    )


def _for_manager(
    policies: tuple[Policy, ...],
    notices: tuple[Notice, ...],
    told: list[Notice],
    person: Recipient,
    desk: PolicyDesk,
) -> SendMail:
    """The Monday digest: every policy that is not simply current, whoever owns it, and what to look at in any."""
    school, today = desk.school, desk.today
    in_use = [policy for policy in policies if not policy.is_retired]
    matters = {policy.identity: _matter(policy, desk) for policy in in_use}
    listed = [policy for policy in in_use if belongs_in_digest(policy, school=school, today=today)]
    missing = _missing(in_use, desk)
    speaking = {policy.identity for policy in listed} | {
        identity for identity, matter in matters.items() if matter.findings
    }
    if len(told) == 1 and speaking <= {told[0].policy.identity}:
        return _single(told[0], person, desk)
    lines = PolicyDigestLines(
        matters=tuple(matters[policy.identity] for policy in listed),
        is_manager=True,
        missing=missing,
        findings=(*_findings(matters.values()), *_not_published(in_use, desk)),
        advice=spread(policies, desk).advice,
    )
    keys = [notice.key(school, person) for notice in notices]
    return mails.policy_digest(lines, school=school, to=person, today=today, keys=keys)


def _not_published(in_use: list[Policy], desk: PolicyDesk) -> Iterator[str]:
    """One line for all that must be on the website and have no address in the list."""
    listed = desk.school.policies.statutory
    titles = [
        policy.title
        for policy in in_use
        if not policy.published_at and (entry := statutory_for(policy.title, listed)) and entry.publish
    ]
    if titles:
        names = f"{', '.join(titles[:-1])} and {titles[-1]}" if len(titles) > 1 else titles[0]
        yield f'To be on the school\'s website, but without an address in "Published at": {names}.'


def _missing(in_use: list[Policy], desk: PolicyDesk) -> tuple[str, ...]:
    """The statutory policies that are missing: told in the first digest of a month, for they come one by one."""
    if desk.today.day > _DAYS_OF_WEEK:
        return ()
    titles = [policy.title for policy in in_use if not policy.is_lost]
    return tuple(entry.words for entry in missing_from(titles, desk.school.policies.statutory))


def _single(notice: Notice, person: Recipient, desk: PolicyDesk) -> SendMail:
    dated = notice.policy.due(desk.school.policies.due) is not None
    return mails.policy_mail(
        _matter(notice.policy, desk),
        school=desk.school,
        key=notice.key(desk.school, person),
        to=person,
        escalated=person.address in notice.escalated and dated,
        today=desk.today,
    )


def _matter(policy: Policy, desk: PolicyDesk) -> PolicyMatter:
    return matter_of(policy, school=desk.school, tokens=desk.tokens, today=desk.today)


def _findings(matters: Iterable[PolicyMatter]) -> tuple[str, ...]:
    every = [f"{matter.title}: {finding}" for matter in matters for finding in matter.findings]
    if len(every) <= _MOST_FINDINGS:
        return tuple(every)
    more = f"There are {len(every) - _MOST_FINDINGS} more; the policy list shows them all in Findings."
    return (*every[:_MOST_FINDINGS], more)


def _remember(transaction: JournalTransaction, notices: tuple[Notice, ...]) -> None:
    for notice in notices:
        record = transaction.policies.get(notice.policy.leader.file_id)
        if record and notice.told_as not in record.told:
            version = notice.version
            kept = tuple(entry for entry in record.told if entry.startswith(f"{version}/"))
            transaction.policies.save(replace(record, told=(*kept, notice.told_as)))


def _ask_about_folder(transaction: JournalTransaction, desk: PolicyDesk) -> int:
    """Ask the manager and the office, once a week, whether the folder was emptied on purpose."""
    found = stopped_since(transaction)
    if found is None:
        return 0
    since, documents = found
    week = desk.today - timedelta(days=(desk.today - since).days % 7)
    tag = policy_tag(desk.school.code, desk.tokens.policy(FOLDER, since.isoformat()))
    people = {
        person.address: person for person in (manager_of(desk.school), person_in(Role.OFFICE, desk.school))
    }
    return plan(
        transaction,
        *(
            mails.library_is_empty(
                school=desk.school, to=person, since=since, documents=documents, tag=tag, week=week
            )
            for person in people.values()
        ),
    )
