"""Answers to reminders: REVIEWED, RETIRED, EMPTIED; proven to come from the school, or set aside for a person."""

from __future__ import annotations

from dataclasses import replace

from casework import mails
from casework.intents import FileMessage
from casework.policy_answers import PolicyAnswer
from casework.policy_people import Recipient, manager_of, owner_of, person_in
from casework.policy_register.policies import Policy
from casework.records import JournalTransaction, Sighting, SightingState
from casework.school import Role
from workflows.job_report import JobReport
from workflows.planning import plan
from workflows.review_policies.desk import PolicyDesk
from workflows.review_policies.emptiness import let_go_on, stopped_since
from workflows.review_policies.notices import matter_of, version_of
from workflows.review_policies.reminding import FOLDER
from workflows.set_aside import Guard, handle_each

KIND = "policy answer"
_ABOVE = (Role.HEADTEACHER, Role.CLERK, Role.CHAIR, Role.OFFICE)
_NO_WORD = "The answer begins with none of the words that Casework understands."
_WHICH = "The answer does not say which policy it means: several, or none, of their references stand in it."


def take_answers(desk: PolicyDesk) -> JobReport:
    """Take the waiting answers in the order in which they came."""
    with desk.journal.transaction() as transaction:
        waiting = transaction.sightings.waiting(KIND)
        if not waiting:
            return JobReport()
        policies = {_token(policy, desk): policy for policy in desk.policies(transaction)}

    def take(transaction: JournalTransaction, sighting: Sighting) -> int:
        _take(transaction, sighting, policies, desk)
        return 1

    guard = Guard(desk.journal, what="an answer about policies", now=desk.now)
    return handle_each(
        waiting, take, journal=desk.journal, guard=guard, key=lambda sighting: sighting.key
    ).report


def _token(policy: Policy, desk: PolicyDesk) -> str:
    return desk.tokens.policy(policy.identity, version_of(policy, desk.school))


def _take(
    transaction: JournalTransaction, sighting: Sighting, policies: dict[str, Policy], desk: PolicyDesk
) -> None:
    named = sighting.facts.get("tokens")
    tokens = [str(token) for token in named] if isinstance(named, list) else []
    meant = [policies[token] for token in tokens if token in policies]
    folder = _is_about_folder(transaction, tokens, desk)
    person = _who_answered(sighting, meant, desk)
    if person is None:
        _set_aside(transaction, sighting, desk)
        return
    answer = str(sighting.facts.get("answer", ""))
    if folder and answer == PolicyAnswer.EMPTIED:
        let_go_on(transaction)
        _settle(transaction, sighting, desk, "the folder was emptied on purpose")
    elif len(meant) == 1 and answer == PolicyAnswer.REVIEWED and not meant[0].is_lost:
        _note_review(transaction, sighting, meant[0], person, desk)
    elif len(meant) == 1 and answer == PolicyAnswer.RETIRED and meant[0].is_lost:
        _retire(transaction, sighting, meant[0], desk)
    else:
        _ask_back(transaction, sighting, meant, person, desk)


def _is_about_folder(transaction: JournalTransaction, tokens: list[str], desk: PolicyDesk) -> bool:
    found = stopped_since(transaction)
    return found is not None and desk.tokens.policy(FOLDER, found[0].isoformat()) in tokens


def _who_answered(sighting: Sighting, meant: list[Policy], desk: PolicyDesk) -> Recipient | None:
    """Whoever may speak for these policies: their owner, the policy manager, or who is told when they are overdue."""
    if sighting.facts.get("proof") != "internal":
        return None
    people = [owner_of(policy, desk.school) for policy in meant]
    people += [manager_of(desk.school), *(person_in(role, desk.school) for role in _ABOVE)]
    sender = sighting.sender.casefold()
    return next((person for person in people if person.address.casefold() == sender), None)


def _note_review(
    transaction: JournalTransaction, sighting: Sighting, policy: Policy, person: Recipient, desk: PolicyDesk
) -> None:
    """A note, and nothing more: the review is over once the document itself says so."""
    matter = matter_of(policy, school=desk.school, tokens=desk.tokens, today=desk.today)
    noted = replace(policy.leader, reviewed_on=desk.today, reviewed_by=person.words)
    transaction.policies.save(noted)
    transaction.events.append(
        "policy.reviewed_by_answer", at=desk.now, file=policy.leader.file_id, role=person.role
    )
    _settle(transaction, sighting, desk, "reviewed, noted")
    plan(
        transaction,
        mails.policy_change_document(
            matter, school=desk.school, sighting=sighting.key, to=person, today=desk.today
        ),
    )


def _retire(transaction: JournalTransaction, sighting: Sighting, policy: Policy, desk: PolicyDesk) -> None:
    for record in policy.everything:
        transaction.policies.save(replace(record, retired_on=desk.today))
    transaction.events.append("policy.retired", at=desk.now, file=policy.leader.file_id, how="an answer")
    _settle(transaction, sighting, desk, "retired")


def _ask_back(
    transaction: JournalTransaction,
    sighting: Sighting,
    meant: list[Policy],
    person: Recipient,
    desk: PolicyDesk,
) -> None:
    _settle(transaction, sighting, desk, "unclear, asked back")
    mail = mails.policy_answer_unclear(
        school=desk.school,
        sighting=sighting.key,
        to=person,
        titles=[policy.title for policy in meant],
        why=_why_unclear(str(sighting.facts.get("answer", "")), meant),
        today=desk.today,
    )
    plan(transaction, mail)


def _why_unclear(answer: str, meant: list[Policy]) -> str:
    if answer == PolicyAnswer.UNCLEAR:
        return _NO_WORD
    if len(meant) != 1:
        return _WHICH
    if answer == PolicyAnswer.RETIRED:
        return "The document is still in the policies folder. Take it out of there if the policy is retired."
    return (
        "The document is no longer in the policies folder, so there is nothing that could have been reviewed."
    )


def _set_aside(transaction: JournalTransaction, sighting: Sighting, desk: PolicyDesk) -> None:
    """A message from outside, or from somebody who is not asked, notes nothing: a person looks at it."""
    _settle(transaction, sighting, desk, "not proven to come from who was asked", needs_a_person=True)
    key = f"{desk.school.code}/policies/set aside/{sighting.sha256[:20]}"
    plan(
        transaction,
        FileMessage(key=key, message_id=sighting.source_id, folder="Casework/Needs a person"),
    )


def _settle(
    transaction: JournalTransaction,
    sighting: Sighting,
    desk: PolicyDesk,
    outcome: str,
    *,
    needs_a_person: bool = False,
) -> None:
    state = SightingState.NEEDS_A_PERSON if needs_a_person else SightingState.DONE
    transaction.sightings.save(replace(sighting, state=state, problem=outcome if needs_a_person else ""))
    transaction.events.append("policy.answer_settled", at=desk.now, outcome=outcome)
