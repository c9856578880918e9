"""What `casework explain` says beside the story of one case: which cases are open, and how a governors' paper stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from casework.cases import Case, CaseReference
from casework.letters import Letter, LetterState
from casework.mails.letter_facts import name_of
from casework.overdue import overdue_words
from casework.procedures import Procedures, standing_of
from casework.records import JournalTransaction
from casework.register_columns import letters_line
from casework.school import School
from casework.waiting import waiting_now
from offices.calendar_file import as_last_swept
from offices.office import Office
from workflows.returned_papers import papers_that_came_back


def story_of_open_cases(office: Office) -> tuple[str, ...]:
    """A line for each case that is open, for somebody who does not know the number."""
    now = office.clock.now()
    procedures = office.procedures  # asks the journal itself, so before the transaction
    with office.journal.transaction() as transaction:
        trouble = as_last_swept(office, transaction)
        cases = sorted(transaction.cases.open(), key=lambda case: case.reference)
        lines = [line for case in cases for line in _case(transaction, case, office.school, procedures, now)]
    head = _how_many(cases)
    last = ("", f"The whole story of one: casework explain {cases[0].reference}") if cases else ()
    return (*((trouble,) if trouble else ()), head, *lines, *last)


def _how_many(cases: Sequence[Case]) -> str:
    """How many are open and, of these, how many wait for others."""
    if not cases:
        return "No case is open."
    waiting = sum(waiting_now(case.waits) is not None for case in cases)
    if len(cases) == 1:
        return "1 case is open, and it waits for others." if waiting else "1 case is open."
    head = f"{len(cases):,} cases are open"
    return (
        f"{head}; {waiting:,} of them {'waits' if waiting == 1 else 'wait'} for others."
        if waiting
        else f"{head}."
    )


def _case(
    transaction: JournalTransaction, case: Case, school: School, procedures: Procedures, now: datetime
) -> Iterator[str]:
    letters = transaction.letters.of_case(case.reference)
    standing = standing_of(case, letters, school=school, procedure=procedures.of(case))
    due = standing.due
    when = f", due on {due:%A} {due.day} {due:%B %Y}" if due else ""
    yield f"  {case.reference}: {case.title}"
    yield f"    {standing.stage.value}{when}: {standing.next_step}"
    if standing.deadline and (late := overdue_words(standing.deadline, now, school.zone)):
        yield f"    {late}"


def story_of_paper(office: Office, reference: CaseReference) -> tuple[str, ...]:
    """The versions of a term's paper, and what is next.

    Raises:
        ValueError: there is no such paper.
    """
    with office.journal.transaction() as transaction:
        versions = transaction.letters.of_case(reference)
        came_back = {one.reference: one.sentence for one in papers_that_came_back(transaction.cursors)}
    if not versions:
        raise ValueError(
            f"There is no governors' paper {reference}; its number ends with the last day of the term, year first. "
            "A paper is drafted on the last day of a term, or with: casework governors-paper --draft"
        )
    newest = max(versions, key=lambda one: one.version)
    name = name_of(newest, office.school)
    return (
        f"{reference}: {name[:1].upper()}{name[1:]}",
        "",
        "Versions",
        *(f"  {line}" for line in letters_line(versions).splitlines()),
        "",
        "What is next",
        f"  {came_back.get(reference) or _next(office, newest)}",
    )


def _next(office: Office, paper: Letter) -> str:
    who = office.school.role_words(paper.approver)
    if paper.is_open:
        return f"It waits for {who}: Send in the Drafts of {who}, or a reply to the mail that asks."
    if paper.state is LetterState.SENT:
        return f"Nothing: {office.school.role_words(paper.recipient)} has it."
    if paper.state is LetterState.RETURNED:
        return "Nothing: it came back, and somebody has seen to it."
    return "Nothing, unless it is drafted anew: casework governors-paper --draft"
