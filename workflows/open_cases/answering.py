"""Answers of staff to Casework's questions: taken only from staff inside the school, carried out, and echoed."""

from __future__ import annotations

from dataclasses import replace

from casework.answers import QuestionKind, ReadReply, Said, listed, read_reply
from casework.cases import CaseReference
from casework.errors import PermanentConnectorError, TemporaryConnectorError
from casework.halts import Side, Word
from casework.intents import PrepareDraft
from casework.letters import LetterState
from casework.mails import answer_refused, answer_taken, answer_unclear
from casework.records import JournalTransaction, Sighting, SightingState
from casework.reopening import closed
from casework.staff_writes import with_text
from workflows.halts import say
from workflows.job_report import JobReport
from workflows.links_by_hand import keep_cases_apart, link_cases
from workflows.open_cases.desk import IntakeDesk
from workflows.open_cases.filing import SealedAgain, file_message_as, read_again
from workflows.planning import plan, record, record_letter
from workflows.questions import Question, ask, question_with
from workflows.set_aside import Guard, Passing, one_by_one

INTERNAL = "internal"
DELETED_OUTCOME = "Closed: the row was deleted by hand, and the office confirmed that by reply."


def take_answers(desk: IntakeDesk) -> JobReport:
    """Take the waiting answers in the order in which they came; each in its own transaction.

    One that cannot be carried out yet is told, stays waiting and holds up no other.
    """
    with desk.journal.transaction() as transaction:
        waiting = transaction.sightings.waiting("question answer")
    if not waiting:
        return JobReport()
    return one_by_one(
        waiting,
        lambda sighting: _taken(sighting, desk),
        guard=Guard(desk.journal, what="an answer to a question", now=desk.now),
        key=lambda sighting: sighting.key,
        case=lambda sighting: sighting.case,
        passing=lambda _: Passing(
            errors=(TemporaryConnectorError, PermanentConnectorError),
            sentence=lambda error: f"An answer of staff could not be carried out yet: {error}",
        ),
    )


def _taken(sighting: Sighting, desk: IntakeDesk) -> int:
    _take(sighting, desk)
    return 1


def _take(sighting: Sighting, desk: IntakeDesk) -> None:
    """One answer: who asked to have it so is checked before what they asked.

    What was asked for is done in the transaction that takes the answer: a power cut leaves both or neither.
    """
    message = _message_to_file(sighting, desk)
    with desk.journal.transaction() as transaction:
        token = _token(sighting)
        question = question_with(transaction, token)
        if question is None or not _is_proven(sighting, desk):
            _refuse(transaction, sighting, desk)
            return
        done = replace(sighting, state=SightingState.DONE)
        transaction.sightings.save(done)
        if question.settled:
            plan(transaction, answer_taken(done, what=question.settled, school=desk.school, again=True))
            return
        said = _said(question, sighting, desk)
        if not _can_be_done(transaction, said):
            plan(transaction, answer_unclear(done, question=question.kind, token=token, school=desk.school))
            return
        if question.kind is QuestionKind.FILING:
            what = file_message_as(transaction, message, said, desk)
        else:
            what = _carry_out(transaction, question, said, sighting, desk)
        ask(transaction, replace(question, settled=what))
        plan(transaction, answer_taken(done, what=what, school=desk.school, again=False))


def _message_to_file(sighting: Sighting, desk: IntakeDesk) -> SealedAgain | None:
    """The message of the tray that the answer is about, read before the journal is held up; None for other answers."""
    with desk.journal.transaction() as transaction:
        question = question_with(transaction, _token(sighting))
        if question is None or question.kind is not QuestionKind.FILING or question.settled:
            return None
        if not _is_proven(sighting, desk) or not _can_be_done(transaction, _said(question, sighting, desk)):
            return None
    return read_again(str(question.about["sighting"]), desk)


def _token(sighting: Sighting) -> str:
    return str(sighting.facts.get("question", ""))


def _said(question: Question, sighting: Sighting, desk: IntakeDesk) -> ReadReply:
    return read_reply(question.kind, str(sighting.facts.get("words", "")), school=desk.school.code)


def _is_proven(sighting: Sighting, desk: IntakeDesk) -> bool:
    """From inside the school's own mail system, by somebody of the school: a token alone could have been passed on."""
    own = sighting.sender.rpartition("@")[2] in desk.school.own_domains
    return own and sighting.facts.get("proof") == INTERNAL


def _refuse(transaction: JournalTransaction, sighting: Sighting, desk: IntakeDesk) -> None:
    reason = "An answer to a question of Casework's was not proven to come from staff; nothing was done."
    refused = replace(sighting, state=SightingState.NEEDS_A_PERSON, problem=reason)
    transaction.sightings.save(refused)
    transaction.events.append("answer.refused", at=desk.now)
    plan(transaction, answer_refused(refused, school=desk.school))


def _can_be_done(transaction: JournalTransaction, said: ReadReply) -> bool:
    if said.said is Said.UNCLEAR:
        return False
    return said.case is None or transaction.cases.get(said.case) is not None


def _carry_out(
    transaction: JournalTransaction,
    question: Question,
    said: ReadReply,
    sighting: Sighting,
    desk: IntakeDesk,
) -> str:
    """Do what was asked for; returns what was done, in a sentence."""
    if question.kind is QuestionKind.LETTER_CHANGE:
        return _ask_as_it_is(transaction, str(question.about.get("letter", "")), said, sighting, desk)
    if question.kind is QuestionKind.HALTED_SIDE:
        return say(transaction, Side(str(question.about["side"])), Word(said.said.value), now=desk.now)
    cases = _cases(question)
    if question.kind is QuestionKind.SAME_POST:
        if said.said is Said.LINK:
            link_cases(transaction, cases, now=desk.now)
            return f"{listed(cases)} are linked. Each keeps its own thread and evidence."
        keep_cases_apart(transaction, cases, now=desk.now)
        return f"{listed(cases)} are kept apart, and it is not asked again."
    return _row(transaction, cases[0], said, desk)


def _ask_as_it_is(
    transaction: JournalTransaction, key: str, said: ReadReply, sighting: Sighting, desk: IntakeDesk
) -> str:
    """The office wants the approver to look at the letter again without a change, and says why."""
    letter = transaction.letters.get(key)
    if letter is None or letter.state is not LetterState.CHANGING:
        return "The letter does not wait for a change any more; nothing was done."
    if said.said is Said.KEEP:
        return "The letter waits for your change: save the Word file, and its approver is asked."
    says = " ".join(str(sighting.facts.get("words", "")).split())[:LONGEST_REMARK]
    transaction.letters.save(replace(letter, state=LetterState.DRAFTING, office_says=says))
    record_letter(transaction, "letter.as_it_is", letter, at=desk.now)
    draft = PrepareDraft(key=f"{key}/draft/as it is", letter=key, case=letter.own_case)
    plan(transaction, draft)
    which = "governors' paper" if letter.is_paper else f"letter of {letter.case}"
    return f"The {which} goes to its approver again as it is, with your words."


LONGEST_REMARK = 500


def _cases(question: Question) -> tuple[CaseReference, ...]:
    named = question.about.get("cases")
    return tuple(CaseReference(str(one)) for one in named) if isinstance(named, list) else ()


def _row(transaction: JournalTransaction, reference: CaseReference, said: ReadReply, desk: IntakeDesk) -> str:
    """What becomes of a case whose row was deleted by hand."""
    case = transaction.cases.get(reference)
    if case is None or said.said is Said.KEEP or not case.is_open:
        return f"{reference} stays as it is in the list."
    over = closed(case, now=desk.now, on=desk.school.today(desk.now))
    transaction.cases.save(with_text(over, "Outcome", DELETED_OUTCOME))
    record(transaction, "case.closed_by_reply", at=desk.now, case=reference)
    return f"{reference} is closed. Its row, letters and evidence stay; an answer to it within 30 school days reopens it."
