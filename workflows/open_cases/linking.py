"""The same post from several people: found, shown on the cases, and offered once; only a person links."""

from __future__ import annotations

from dataclasses import replace

from casework.answers import QuestionKind
from casework.cases import Case, CaseReference
from casework.intake import Report
from casework.linked_cases import SIGNS, alike_cases, groups_of
from casework.mails import same_post
from casework.marks import marks_of_report
from casework.records import JournalTransaction
from workflows.job_report import JobReport
from workflows.open_cases.desk import IntakeDesk
from workflows.planning import plan
from workflows.questions import Question, ask, question_with


def note_marks(
    transaction: JournalTransaction, reference: CaseReference, report: Report, desk: IntakeDesk
) -> None:
    """Keep what the case is found by, and note the cases that seem to be about the same post on both sides."""
    marks = marks_of_report(report, own_domains=desk.school.own_domains)
    shared = {kind: transaction.marks.shared(kind, marks[kind]) for kind in SIGNS}
    for kind, values in marks.items():
        transaction.marks.put(reference, kind, values)
    case = transaction.cases.get(reference)
    if case is None:
        return
    known = (reference, *case.linked, *case.kept_apart)
    for other, sign in alike_cases(shared, apart_from=known):
        _note_alike(transaction, reference, other, sign)
        _note_alike(transaction, other, reference, sign)


def _note_alike(
    transaction: JournalTransaction, reference: CaseReference, other: CaseReference, sign: str
) -> None:
    case = transaction.cases.get(reference)
    if case and other not in dict(case.alike):
        transaction.cases.save(replace(case, alike=tuple(sorted((*case.alike, (other, sign))))))


def offer_links(desk: IntakeDesk) -> JobReport:
    """Offer every group of cases that seem to be about one post, once, however many came in this sweep."""
    with desk.journal.transaction() as transaction:
        fresh = [case for case in transaction.cases.stale() if _unoffered(case)]
        pairs = [(case.reference, other) for case in fresh for other, _ in case.alike]
        offered = sum(_offer(transaction, group, desk) for group in groups_of(pairs))
    return JobReport(changes=offered)


def _unoffered(case: Case) -> bool:
    return bool({other for other, _ in case.alike} - set(case.offered))


def _offer(transaction: JournalTransaction, group: tuple[CaseReference, ...], desk: IntakeDesk) -> int:
    """One question for the group; an earlier one that is still open about some of it is settled by this."""
    cases = [case for reference in group if (case := transaction.cases.get(reference))]
    token = desk.tokens.question(f"same post/{'/'.join(group)}")
    if question_with(transaction, token):
        return 0
    _settle_earlier(transaction, cases, token, desk)
    ask(transaction, Question(token=token, kind=QuestionKind.SAME_POST, about={"cases": list(group)}))
    signs = tuple(dict.fromkeys(sign for case in cases for other, sign in case.alike if other in group))
    for case in cases:
        transaction.cases.save(replace(case, offered=tuple(one for one in group if one != case.reference)))
        transaction.events.append("case.looks_like", at=desk.now, case=case.reference, others=len(cases) - 1)
    today = desk.school.today(desk.now)
    return plan(transaction, same_post(group, signs=signs, token=token, school=desk.school, today=today))


def _settle_earlier(transaction: JournalTransaction, cases: list[Case], token: str, desk: IntakeDesk) -> None:
    for case in cases:
        if not case.offered:
            continue
        asked_about = sorted({case.reference, *case.offered})
        earlier = question_with(transaction, desk.tokens.question(f"same post/{'/'.join(asked_about)}"))
        if earlier and not earlier.settled and earlier.token != token:
            ask(transaction, replace(earlier, settled="A newer question asks about one case more."))
