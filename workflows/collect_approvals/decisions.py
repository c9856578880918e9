"""Answers to requests: whether one counts, and what follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from casework import mails
from casework.answers_to_requests import Answer
from casework.cases import Case, Decision
from casework.intents import FileMessage, PrepareDraft, SendLetter, SendMail, WithdrawDraft
from casework.letters import DecidedHow, Letter, LetterState
from casework.ports import Journal
from casework.records import JournalTransaction, Sighting, SightingState
from casework.school import School
from workflows.job_report import JobReport
from workflows.planning import plan, record

INTERNAL = "internal"


def collect_decisions(*, journal: Journal, school: School, now: datetime) -> JobReport:
    """Take the waiting answers in the order in which they came."""
    decided = 0
    with journal.transaction() as transaction:
        desk = _Desk(transaction=transaction, school=school, now=now)
        for sighting in transaction.sightings.waiting("decision"):
            desk.take(sighting)
            decided += 1
    return JobReport(changes=decided)


class _Desk:
    def __init__(self, *, transaction: JournalTransaction, school: School, now: datetime) -> None:
        self._transaction = transaction
        self._school = school
        self._now = now

    def take(self, sighting: Sighting) -> None:
        """Decide on one answer; it is settled afterwards, whatever came of it."""
        case = self._transaction.cases.get(sighting.case) if sighting.case else None
        letter = self._letter_meant(sighting, case) if case else None
        if case is None or letter is None:
            self._settle(sighting, "no letter of the case waits for a decision")
        elif not _is_proven(sighting, letter):
            self._refuse(sighting, letter)
        elif not letter.is_open or letter.state is LetterState.APPROVED:
            self._tell_decided(sighting, letter)
        else:
            self._apply(sighting, letter)
        if case and sighting.facts.get("how") == "column":
            # once recorded, Casework empties the column: a new fingerprint makes the next writing do it
            self._empty_decision(case)

    def _letter_meant(self, sighting: Sighting, case: Case) -> Letter | None:
        letters = self._transaction.letters.of_case(case.reference)
        if sighting.facts.get("how") == "column":
            # a letter that nobody was asked about yet cannot be meant, however early the column was set
            asked = [letter for letter in letters if letter.requested_at]
            waiting = [letter for letter in asked if letter.is_open]
            return waiting[0] if len(waiting) == 1 else (asked[-1] if asked and not waiting else None)
        named = next((letter for letter in letters if letter.key == sighting.facts.get("letter")), None)
        return _after_own_edit(named, letters, sighting)

    def _settle(self, sighting: Sighting, outcome: str, *, needs_a_person: bool = False) -> None:
        state = SightingState.NEEDS_A_PERSON if needs_a_person else SightingState.DONE
        problem = outcome if needs_a_person else ""
        self._transaction.sightings.save(replace(sighting, state=state, problem=problem))
        self._transaction.events.append(
            "decision.settled",
            at=self._now,
            case=sighting.case,
            how=sighting.facts.get("how", ""),
            outcome=outcome,
        )

    def _refuse(self, sighting: Sighting, letter: Letter) -> None:
        """A message from outside decides nothing: it is set aside, and the approver is told."""
        self._settle(sighting, "not proven to come from the approver", needs_a_person=True)
        intents: list[SendMail | FileMessage] = [
            mails.decision_refused_proof(
                letter, school=self._school, sighting=sighting.key, received_at=sighting.received_at
            )
        ]
        if sighting.facts.get("how") == "reply":
            key = f"{letter.key}/set aside/{sighting.sha256[:20]}"
            folder = "Casework/Needs a person"
            intents.append(
                FileMessage(key=key, message_id=sighting.source_id, folder=folder, case=letter.case)
            )
        plan(self._transaction, *intents)

    def _tell_decided(self, sighting: Sighting, letter: Letter) -> None:
        self._settle(sighting, "already decided")
        later = [
            other
            for other in self._transaction.letters.of_case(letter.case)
            if other.kind is letter.kind and other.version > letter.version
        ]
        newest = later[-1] if later else None
        mail = mails.already_decided(
            letter, school=self._school, sighting=sighting.key, newest=newest, now=self._now
        )
        plan(self._transaction, mail)

    def _apply(self, sighting: Sighting, letter: Letter) -> None:
        answer = str(sighting.facts.get("answer", ""))
        if answer == Answer.APPROVE:
            self._settle(sighting, "approved")
            self._approve(sighting, letter)
        elif answer in {Answer.CHANGE, Answer.REJECT}:
            self._settle(sighting, f"{answer} asked for")
            self._send_back(sighting, letter, Decision(answer))
        else:
            self._settle(sighting, "unclear, asked back")
            plan(
                self._transaction,
                mails.decision_unclear(
                    letter,
                    school=self._school,
                    sighting=sighting.key,
                    received_at=sighting.received_at,
                    doubt=str(sighting.facts.get("doubt", "")),
                ),
            )

    def _approve(self, sighting: Sighting, letter: Letter) -> None:
        approved = self._decided(sighting, letter, Decision.APPROVE, LetterState.APPROVED)
        if approved.draft_id:
            key = f"{letter.key}/send/{sighting.key}"
            plan(self._transaction, SendLetter(key=key, letter=letter.key, case=letter.case))
        else:
            key = f"{letter.key}/draft"
            plan(self._transaction, PrepareDraft(key=key, letter=letter.key, case=letter.case))

    def _send_back(self, sighting: Sighting, letter: Letter, decision: Decision) -> None:
        """The next sweep of draft_letters writes the new version, which carries the approver's words."""
        decided = self._decided(sighting, letter, decision, LetterState.SUPERSEDED)
        self._ask_the_office(decided, sighting)
        if letter.draft_id:
            key = f"{letter.key}/withdraw"
            plan(self._transaction, WithdrawDraft(key=key, letter=letter.key, case=letter.case))

    def _ask_the_office(self, letter: Letter, sighting: Sighting) -> None:
        """Somebody must write the change; the new version is drafted meanwhile from the columns and the Word file."""
        mail = mails.change_wanted(letter, school=self._school, sighting=sighting.key, now=self._now)
        plan(self._transaction, mail)

    def _decided(self, sighting: Sighting, letter: Letter, decision: Decision, state: LetterState) -> Letter:
        how = DecidedHow.COLUMN if sighting.facts.get("how") == "column" else DecidedHow.REPLY
        words = {Decision.CHANGE: "A change was asked for.", Decision.REJECT: "It was rejected."}
        decided = replace(
            letter,
            state=state,
            decision=decision,
            decided_at=sighting.received_at,
            decided_by=sighting.sender,
            decided_how=how,
            comments=str(sighting.facts.get("why", "")) if decision in words else letter.comments,
            reason=words.get(decision, ""),
            missing_sweeps=0,
        )
        self._transaction.letters.save(decided)
        record(
            self._transaction,
            f"letter.{_PAST[decision]}",
            at=self._now,
            case=letter.case,
            kind=letter.kind.value,
            version=letter.version,
            how=how.value,
        )
        return decided

    def _empty_decision(self, case: Case) -> None:
        current = self._transaction.cases.get(case.reference)
        if current:
            self._transaction.cases.save(replace(current, written="", empty_decision=True))


_PAST = {Decision.APPROVE: "approved", Decision.CHANGE: "sent_back", Decision.REJECT: "rejected"}


def _is_proven(sighting: Sighting, letter: Letter) -> bool:
    """True if the approver decided.

    A reply counts from the approver, internal by Exchange's own header, with the token; the column counts if the
    approver set it after the request.
    """
    if sighting.sender.casefold() != letter.approver.casefold():
        return False
    if sighting.facts.get("how") == "column":
        # SharePoint gives the time of a version in whole seconds
        asked = letter.requested_at.replace(microsecond=0) if letter.requested_at else None
        return asked is not None and sighting.received_at >= asked
    return sighting.facts.get("proof") == INTERNAL


def _after_own_edit(named: Letter | None, letters: tuple[Letter, ...], sighting: Sighting) -> Letter | None:
    """APPROVE after the approver's own last edit of the Word file means the version made from that edit."""
    if (
        named is None
        or named.state is not LetterState.SUPERSEDED
        or sighting.facts.get("answer") != Answer.APPROVE
    ):
        return named
    newest = [letter for letter in letters if letter.kind is named.kind][-1]
    own = newest.edited_by == sighting.sender.casefold() and newest.edited_at is not None
    if own and newest.edited_at and sighting.received_at >= newest.edited_at and newest.is_open:
        return newest
    return named
