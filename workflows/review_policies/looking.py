"""Looking around: whether owners are still there, who may open a policy, and what its published copy says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from casework.errors import (
    NotPermittedError,
    NotThereError,
    PermanentConnectorError,
    SignInError,
    TemporaryConnectorError,
    UnreadableDocumentError,
)
from casework.evidence import sha256_of
from casework.policy_documents import PolicyFacts, read_policy
from casework.policy_people import find_owner
from casework.policy_register import term_spans
from casework.policy_register.policies import Policy
from casework.policy_register.record import PolicyRecord
from casework.records import JournalTransaction
from workflows.job_report import JobReport
from workflows.review_policies.desk import PolicyDesk
from workflows.review_policies.emptiness import is_stopped

OWNERS_LOOKED_AT = "policy owners looked for on"
_AGAIN = timedelta(days=7)
_MOST = 50
"""Documents looked at in one sweep: the first look at a large library is spread over several."""


def look_around(desk: PolicyDesk) -> JobReport:
    """Look at what nobody tells Casework; each policy once a week, and again when its document changed."""
    with desk.journal.transaction() as transaction:
        stopped = is_stopped(transaction)
        policies = desk.policies(transaction)
        owners_day = transaction.cursors.get(OWNERS_LOOKED_AT)
    if stopped:
        return JobReport()
    in_use = [policy for policy in policies if not (policy.is_lost or policy.is_retired)]
    reports = [*_look_at_each(in_use, desk)]
    if desk.directory and owners_day != desk.today.isoformat():
        reports.append(_look_for_owners(in_use, desk))
    return JobReport.joined(reports)


def next_look_around(transaction: JournalTransaction, desk: PolicyDesk) -> datetime | None:
    """When a policy is next looked at although its document did not change."""
    wants_sharing = desk.sharing is not None and bool(desk.school.policies.readers)
    if not (wants_sharing or desk.website):
        return None
    leaders = [policy.leader for policy in desk.policies(transaction)]
    looked = [
        *(record.shared_checked_at for record in leaders if wants_sharing),
        *(record.published_looked_at for record in leaders if desk.website),
    ]
    moments = (at + _AGAIN for at in looked if at)
    return min((moment for moment in moments if moment > desk.now), default=None)


def _look_at_each(policies: list[Policy], desk: PolicyDesk) -> Iterator[JobReport]:
    looked = 0
    for policy in policies:
        record = policy.leader
        if looked == _MOST:
            return
        wants_sharing = desk.sharing is not None and bool(desk.school.policies.readers)
        if wants_sharing and _is_due(record.shared_checked_at, record, desk):
            looked += 1
            yield _safely(_look_at_sharing, policy, desk)
        if desk.website and policy.published_at and _is_due(record.published_looked_at, record, desk):
            looked += 1
            yield _safely(_look_at_published, policy, desk)


def _safely(look: Callable[[Policy, PolicyDesk], None], policy: Policy, desk: PolicyDesk) -> JobReport:
    """One document that cannot be looked at stops none of the others."""
    try:
        look(policy, desk)
    except SignInError:
        raise
    except NotThereError:
        return JobReport()
    except (TemporaryConnectorError, PermanentConnectorError) as error:
        return JobReport(problems=(f"A policy could not be looked at: {error}",))
    return JobReport(changes=1)


def _is_due(looked: datetime | None, record: PolicyRecord, desk: PolicyDesk) -> bool:
    return looked is None or desk.now - looked >= _AGAIN or (record.changed_at or looked) > looked


def _look_at_sharing(policy: Policy, desk: PolicyDesk) -> None:
    if desk.sharing is None:
        return
    missing = desk.sharing.readers(policy.leader.file_id).cannot_open(desk.school.policies.readers)
    _save(policy, desk, not_shared_with=missing, shared_checked_at=desk.now)


def _look_at_published(policy: Policy, desk: PolicyDesk) -> None:
    _save(policy, desk, published_finding=_compared(policy, desk), published_looked_at=desk.now)


def _compared(policy: Policy, desk: PolicyDesk) -> str:
    """What is wrong with the published copy, as a finding; empty if it shows the same dates."""
    if desk.website is None:
        return ""
    address = policy.published_at
    try:
        copy = desk.website.fetch(address)
    except NotThereError:
        return f"Nothing is to be found at {address}. Ask the office to publish the document there again."
    if sha256_of(copy.content) == policy.leader.content_sha256:
        return ""
    try:
        document = desk.reader.read(copy.content, name=copy.name)
    except UnreadableDocumentError as error:
        return f"The published copy at {address} could not be compared: {error.reason}. Compare it by hand."
    published = read_policy(document, terms=term_spans(desk.school.calendar))
    if _dates(published) == _dates(policy.facts):
        return ""
    if not any(_dates(published)):
        return f"The published copy at {address} shows no dates, so it could not be compared. Compare it by hand."
    return (
        f"The published copy at {address} says {_said(published)}, this document {_said(policy.facts)}. "
        "Ask the office to publish this one."
    )


def _dates(facts: PolicyFacts | None) -> tuple[str | None, str | None]:
    if facts is None:
        return None, None
    last, following = facts.last_update, facts.next_review
    return last.value if last else None, following.value if following and not following.derived else None


def _said(facts: PolicyFacts | None) -> str:
    last = facts.last_update.text if facts and facts.last_update else "nothing"
    following = facts.next_review.text if facts and facts.next_review else "nothing"
    return f'last update "{last}" and next review "{following}"'


def _look_for_owners(policies: list[Policy], desk: PolicyDesk) -> JobReport:
    """Ask the directory once a day for everybody who is named as an owner."""
    if desk.directory is None:
        return JobReport()
    active: dict[str, bool] = {}
    changes = 0
    for policy in policies:
        owner = find_owner(policy.owner_words, desk.school)
        if owner is None:
            continue
        try:
            if owner.address not in active:
                active[owner.address] = desk.directory.is_active(owner.address)
        except NotPermittedError:
            return JobReport(
                problems=("Owners could not be looked for: the User.Read.All permission is missing.",)
            )
        except TemporaryConnectorError as error:
            return JobReport(changes=changes, problems=(f"Owners could not be looked for yet: {error}",))
        gone = "" if active[owner.address] else policy.owner_words
        if policy.leader.owner_gone != gone:
            _save(policy, desk, owner_gone=gone)
            changes += 1
    with desk.journal.transaction() as transaction:
        transaction.cursors.put(OWNERS_LOOKED_AT, desk.today.isoformat())
    return JobReport(changes=changes)


def _save(policy: Policy, desk: PolicyDesk, **facts: Any) -> None:  # noqa: ANN401 - fields of the record
    with desk.journal.transaction() as transaction:
        current = transaction.policies.get(policy.leader.file_id)
        if current:
            transaction.policies.save(replace(current, **facts))
