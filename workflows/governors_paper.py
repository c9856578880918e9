"""The governors' paper: at the end of a term it is written and put before the headteacher; nothing leaves by itself."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from casework.governors.figures import figures_of
from casework.governors.paper import GovernorsPaper, paper_of
from casework.mails.governors import draft_of_paper, paper_waits
from casework.policy_register.policies import policies_of
from casework.ports import Journal
from casework.records import JournalTransaction
from casework.school import School
from casework.term_dates import Term
from workflows.job_report import JobReport
from workflows.planning import plan

LATEST = timedelta(days=60)
"""After a term's end; whoever starts Casework later gets no papers of long ago."""
NONE_ON = "no paper for the governors on"


def draft_governors_paper(*, journal: Journal, school: School, now: datetime) -> JobReport:
    """On the last day of a term, or the next school day that Casework is at work, draft its paper, once."""
    term = _term_to_report(school, school.today(now))
    if term is None or not school.is_sending_time(now):
        return JobReport()
    with journal.transaction() as transaction:
        draft = draft_of_paper(term, school=school, today=school.today(now))
        if transaction.outbox.get(draft.key) or not _lived_through(transaction, term, school, now):
            return JobReport()
        told = paper_waits(term, school=school, today=school.today(now))
        return JobReport(changes=plan(transaction, draft, told))


def written_paper(
    transaction: JournalTransaction, *, school: School, term: Term, today: date
) -> GovernorsPaper:
    """A term's paper from what the journal holds today."""
    figures = figures_of(
        transaction.cases.all(),
        letters_of=lambda case: transaction.letters.of_case(case.reference),
        policies=policies_of(transaction.policies.all(), apart_from=school.name_words),
        term=term,
        today=today,
        school=school,
    )
    return paper_of(figures, school_name=school.name, written_on=today)


def term_of(school: School, today: date, name: str = "") -> Term | None:
    """The term of that name, else the one that is or was last; None where the calendar has none."""
    terms = sorted(school.calendar.terms, key=lambda term: term.starts)
    if name:
        return next((term for term in terms if term.name.casefold() == name.strip().casefold()), None)
    begun = [term for term in terms if term.starts <= today]
    return begun[-1] if begun else None


def _term_to_report(school: School, today: date) -> Term | None:
    over = [term for term in school.calendar.terms if term.ends <= today <= term.ends + LATEST]
    return max(over, key=lambda term: term.ends, default=None)


def _lived_through(transaction: JournalTransaction, term: Term, school: School, now: datetime) -> bool:
    """True if a case was there before the term was over: a new school gets no empty paper.

    That there was none is asked once a day, since only all of the cases can tell it.
    """
    today = school.today(now).isoformat()
    if transaction.cursors.get(NONE_ON) == today:
        return False
    day_after = datetime.combine(term.ends + timedelta(days=1), time(), tzinfo=school.zone)
    lived = transaction.cases.any_reported_before(day_after)
    if not lived and today > term.ends.isoformat():
        transaction.cursors.put(NONE_ON, today)
    return lived
