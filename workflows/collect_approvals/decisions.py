"""Answers to requests: whether one counts, and what follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from casework import mails
from casework.answers_to_requests import Answer, Doubt
from casework.cases import Case, Decision
from casework.deciders import NOT_THE_DECIDER, OUTSIDE, SaidBy, decider_proven
from casework.intents import FileMessage, PrepareDraft, SendLetter, SendMail
from casework.letters import SENT_BACK_REASONS, DecidedHow, Letter, LetterState, newest_version
from casework.mails.decisions import was_decided
from casework.mails.governors import paper_rejected
from casework.ports import Journal
from casework.records import JournalTransaction, Sighting, SightingState
from casework.school import School
from casework.tags import TokenMaker
from workflows.collect_approvals.telling import tell_the_other
from workflows.governors_paper import bring_up_to_date
from workflows.job_report import JobReport
from workflows.letter_versions import take_back_draft
from workflows.planning import plan, record_letter
from workflows.set_aside import Guard, handle_each

A_NEW_DRAFT = "again"
"""What the approver answers about a draft that cannot be found: CHANGE again makes a new one."""


def collect_decisions(*, journal: Journal, school: School, tokens: TokenMaker, now: datetime) -> JobReport:
    """Take the waiting answers in the order in which they came."""
    with journal.transaction() as transaction:
        waiting = transaction.sightings.waiting("decision")
    if not waiting:
        return JobReport()

    def take(transaction: JournalTransaction, sighting: Sighting) -> int:
        _Desk(transaction=transaction, school=school, tokens=tokens, now=now).take(sighting)
        return 1

    taken = handle_each(
        waiting,
        take,
        journal=journal,
        guard=Guard(journal, what="an answer about a letter", now=now),
        key=lambda sighting: sighting.key,
        case=lambda sighting: sighting.case,
    )
    return taken.report


class _Desk:
    def __init__(
        self, *, transaction: JournalTransaction, school: School, tokens: TokenMaker, now: datetime
    ) -> None:
        self._transaction = transaction
        self._school = school
        self._tokens = tokens
        self._now = now

    def take(self, sighting: Sighting) -> None:
        """Decide on one answer; it is settled afterwards, whatever came of it."""
        case = self._transaction.cases.get(sighting.case) if sighting.case else None
        letter = self._letter_meant(sighting, case) if case else self._paper_meant(sighting)
        if letter is None:
            self._settle(sighting, "no letter of the case waits for a decision")
        else:
            decider, why_not = decider_of(sighting, letter, self._school)
            if why_not:
                self._refuse(sighting, letter, why_not)
            else:
                self._take_from(decider, sighting, letter)
        if case and sighting.facts.get("how") == "column":
            # once recorded, Casework empties the column: a new fingerprint makes the next writing do it
            self._empty_decision(case)

    def _take_from(self, decider: str, sighting: Sighting, letter: Letter) -> None:
        """An answer that its decider gave, as is proven."""
        token = str(sighting.facts.get("token", ""))
        is_earlier = bool(token) and token in letter.earlier_tokens
        if letter.state is LetterState.APPROVED or (not letter.is_open and was_decided(letter)):
            self._tell_decided(sighting, letter, decider)
        elif is_earlier or not letter.is_open:
            self._tell_superseded(sighting, letter, decider)
        else:
            self._apply(sighting, letter, decider)

    def _letter_meant(self, sighting: Sighting, case: Case) -> Letter | None:
        letters = self._transaction.letters.of_case(case.reference)
        if sighting.facts.get("how") == "column":
            # a letter that nobody was asked about yet cannot be meant, however early the column was set
            asked = [letter for letter in letters if letter.requested_at]
            waiting = [letter for letter in asked if letter.is_open]
            return waiting[0] if len(waiting) == 1 else (asked[-1] if asked and not waiting else None)
        named = next((letter for letter in letters if letter.key == sighting.facts.get("letter")), None)
        return _after_own_edit(named, letters, sighting)

    def _paper_meant(self, sighting: Sighting) -> Letter | None:
        """The governors' paper, which has no case; the answer names it by its tag."""
        named = self._transaction.letters.get(str(sighting.facts.get("letter", "")))
        if named is None or not named.is_paper:
            return None
        return _after_own_edit(named, self._transaction.letters.of_case(named.case), sighting)

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

    def _refuse(self, sighting: Sighting, letter: Letter, why_not: str) -> None:
        """A message that is not proven decides nothing: it is set aside, and the approver is told."""
        self._settle(sighting, "not proven to come from the approver", needs_a_person=True)
        told = mails.decision_refused_proof(
            letter, school=self._school, received_at=sighting.received_at, reason=why_not
        )
        intents: list[SendMail | FileMessage] = [told]
        if sighting.facts.get("how") == "reply":
            key = f"{letter.key}/set aside/{sighting.sha256[:20]}"
            folder = "Casework/Needs a person"
            intents.append(
                FileMessage(key=key, message_id=sighting.source_id, folder=folder, case=letter.own_case)
            )
        plan(self._transaction, *intents)

    def _newer(self, letter: Letter) -> Letter | None:
        newest = newest_version(letter, self._transaction.letters.of_case(letter.case))
        return newest if newest.version > letter.version else None

    def _tell_decided(self, sighting: Sighting, letter: Letter, decider: str) -> None:
        self._settle(sighting, "already decided")
        newest, school, now = self._newer(letter), self._school, self._now
        plan(
            self._transaction,
            mails.already_decided(letter, school=school, to=decider, newest=newest, now=now),
        )

    def _tell_superseded(self, sighting: Sighting, letter: Letter, decider: str) -> None:
        """An answer to a request that no longer counts stays with the case, decides nothing, and is told so once."""
        self._settle(sighting, "it answered an earlier request, which no longer counts")
        newest = letter if letter.is_open else self._newer(letter)
        answered = str(sighting.facts.get("token", "")) or letter.key
        plan(
            self._transaction,
            mails.request_superseded(
                letter,
                school=self._school,
                answered=answered,
                answered_at=sighting.received_at,
                to=decider,
                newest=newest,
            ),
        )

    def _apply(self, sighting: Sighting, letter: Letter, decider: str) -> None:
        answer = str(sighting.facts.get("answer", ""))
        why = str(sighting.facts.get("why", ""))
        if answer == Answer.APPROVE:
            self._settle(sighting, "approved")
            self._approve(sighting, letter, decider)
        elif answer == Answer.CHANGE and letter.state is LetterState.MISSING and _asks_for_a_new_draft(why):
            self._settle(sighting, "a new draft asked for")
            self._draft_anew(letter)
        elif answer in {Answer.CHANGE, Answer.REJECT}:
            self._settle(sighting, f"{answer} asked for")
            self._send_back(sighting, letter, Decision(answer), decider)
        else:
            self._settle(sighting, "unclear, asked back")
            plan(self._transaction, self._unclear(sighting, letter, decider))

    def _unclear(self, sighting: Sighting, letter: Letter, decider: str) -> SendMail:
        return mails.decision_unclear(
            letter,
            school=self._school,
            sighting=sighting.key,
            received_at=sighting.received_at,
            doubt=str(sighting.facts.get("doubt") or Doubt.NOTHING_SAID.value),
            to=decider,
            token=letter.deputy_token if decider == letter.deputy else letter.token,
        )

    def _approve(self, sighting: Sighting, letter: Letter, decider: str) -> None:
        approved = self._decided(sighting, letter, Decision.APPROVE, LetterState.APPROVED, decider)
        if approved.draft_id:
            key = f"{letter.key}/send/{sighting.key}"
            plan(self._transaction, SendLetter(key=key, letter=letter.key, case=letter.own_case))
        else:
            key = f"{letter.key}/draft"
            plan(self._transaction, PrepareDraft(key=key, letter=letter.key, case=letter.own_case))

    def _draft_anew(self, letter: Letter) -> None:
        """The draft was lost: the next sweep of draft_letters makes another, with the same words."""
        reason = "Its draft was not found, and its approver asked for a new one."
        lost = replace(letter, state=LetterState.SUPERSEDED, reason=reason, missing_sweeps=0)
        self._transaction.letters.save(lost)
        take_back_draft(self._transaction, letter)
        self._go_on(letter)

    def _send_back(self, sighting: Sighting, letter: Letter, decision: Decision, decider: str) -> None:
        """The next sweep of draft_letters lays the new version ready; the office changes it before anybody is asked.

        A paper that is rejected is over: no procedure asks for it, so figures are drafted anew only if somebody says so.
        """
        over = letter.is_paper and decision is Decision.REJECT
        state = LetterState.WITHDRAWN if over else LetterState.SUPERSEDED
        decided = self._decided(sighting, letter, decision, state, decider)
        take_back_draft(self._transaction, letter)
        if over:
            plan(self._transaction, paper_rejected(decided, school=self._school, now=self._now))
        self._go_on(letter)

    def _go_on(self, letter: Letter) -> None:
        """Of a paper the next version is laid ready at once: no case is looked at again for it."""
        if letter.is_paper:
            bring_up_to_date(
                self._transaction, letter.case, school=self._school, tokens=self._tokens, now=self._now
            )

    def _decided(
        self, sighting: Sighting, letter: Letter, decision: Decision, state: LetterState, decider: str
    ) -> Letter:
        how = DecidedHow.COLUMN if sighting.facts.get("how") == "column" else DecidedHow.REPLY
        decided = replace(
            letter,
            state=state,
            decision=decision,
            decided_at=sighting.received_at,
            decided_by=decider,
            decided_how=how,
            comments=str(sighting.facts.get("why", "")) if decision in SENT_BACK_REASONS else letter.comments,
            reason=SENT_BACK_REASONS.get(decision, ""),
            missing_sweeps=0,
        )
        self._transaction.letters.save(decided)
        record_letter(self._transaction, f"letter.{_PAST[decision]}", letter, at=self._now, how=how.value)
        tell_the_other(self._transaction, decided, school=self._school, now=self._now)
        return decided

    def _empty_decision(self, case: Case) -> None:
        current = self._transaction.cases.get(case.reference)
        if current:
            self._transaction.cases.save(replace(current, written="", empty_decision=True))


_PAST = {Decision.APPROVE: "approved", Decision.CHANGE: "sent_back", Decision.REJECT: "rejected"}


def decider_of(sighting: Sighting, letter: Letter, school: School) -> tuple[str, str]:
    """Whose decision it is, or why it is nobody's: exactly one of the two is not empty.

    A reply carries the token of a request and is proven by the mail system (casework.deciders); the column counts if
    the approver, or the deputy who was offered the decision, set it after being asked.
    """
    asked = {letter.approver.casefold(): letter.requested_at}
    if letter.deputy and letter.offered_at:
        asked[letter.deputy.casefold()] = letter.offered_at
    sender = sighting.sender.casefold()
    if sighting.facts.get("how") == "column":
        asked_at = asked.get(sender)
        if sender not in asked:
            return "", NOT_THE_DECIDER
        # SharePoint gives the time of a version in whole seconds
        is_later = asked_at is not None and sighting.received_at >= asked_at.replace(microsecond=0)
        return (sender, "") if is_later else ("", BEFORE_ASKED)
    if not sighting.facts.get("token"):
        return "", OUTSIDE
    said = SaidBy(
        sender=sender,
        proof=str(sighting.facts.get("proof", "")),
        on_behalf_by=str(sighting.facts.get("on_behalf_by", "")),
    )
    is_deputy = sender == letter.deputy.casefold() != letter.approver.casefold()
    if is_deputy and sighting.facts.get("token") != letter.deputy_token:
        return "", NOT_THE_DECIDER  # a request that was merely passed on is not the deputy's to answer
    return decider_proven(said, frozenset(asked), school)


BEFORE_ASKED = "Decision was set in the case list before you were asked about this letter."


def _asks_for_a_new_draft(why: str) -> bool:
    return why.casefold().strip(" .!") == A_NEW_DRAFT


def _after_own_edit(named: Letter | None, letters: tuple[Letter, ...], sighting: Sighting) -> Letter | None:
    """APPROVE after the approver's own last edit of the Word file means the version made from that edit."""
    if (
        named is None
        or named.state is not LetterState.SUPERSEDED
        or sighting.facts.get("answer") != Answer.APPROVE
    ):
        return named
    newest = newest_version(named, letters)
    own = newest.edited_by == sighting.sender.casefold() and newest.edited_at is not None
    if own and newest.edited_at and sighting.received_at >= newest.edited_at and newest.is_open:
        return newest
    return named
