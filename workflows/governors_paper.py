"""The governors' paper: drafted at the end of a term, and decided on like a letter; nothing leaves by itself."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from casework.cases import CaseReference
from casework.deciders import Chosen
from casework.governors.figures import figures_of
from casework.governors.paper import GovernorsPaper, paper_of
from casework.governors.terms import whole_terms
from casework.governors.versions import decide_paper, is_paper, new_paper, paper_keys, paper_reference
from casework.letters import Letter
from casework.mails.governors import receives_paper
from casework.policy_register.policies import policies_of
from casework.ports import Journal
from casework.records import JournalTransaction
from casework.school import Person, School
from casework.tags import TokenMaker
from casework.term_dates import Term
from workflows.deciding import deciding_now
from workflows.job_report import JobReport
from workflows.letter_versions import draft_version, withdraw_version
from workflows.returned_papers import seen_to

LATEST = timedelta(days=60)
"""After a term's end; whoever starts Casework later gets no papers of long ago."""
NONE_ON = "no paper for the governors on"


def draft_governors_paper(
    *, journal: Journal, school: School, tokens: TokenMaker, now: datetime
) -> JobReport:
    """On the last day of a term, or the next school day that Casework is at work, draft its paper, once."""
    term = _term_to_report(school, school.today(now))
    if term is None or not school.is_sending_time(now):
        return JobReport()
    reference = paper_reference(school.code, term)
    with journal.transaction() as transaction:
        if transaction.letters.of_case(reference) or transaction.outbox_view.keys_starting(
            paper_keys(school.code, term.ends)
        ):
            return JobReport()
        if not _lived_through(transaction, term, school, now):
            return JobReport()
        draft_anew(transaction, term, school=school, tokens=tokens, now=now)
        return JobReport(changes=1)


def draft_anew(
    transaction: JournalTransaction, term: Term, *, school: School, tokens: TokenMaker, now: datetime
) -> Letter:
    """Have the figures of a term counted, written, and put before whoever decides."""
    reference = paper_reference(school.code, term)
    seen_to(transaction.cursors, reference)
    recipient = receives_paper(school)
    wanted = new_paper(
        term,
        transaction.letters.of_case(reference),
        chosen=chosen_for_paper(transaction, recipient, school, now),
        recipient=recipient,
    )
    return draft_version(transaction, reference, wanted, school=school, tokens=tokens)


def papers_open(transaction: JournalTransaction) -> tuple[CaseReference, ...]:
    """The papers that wait for something: for their draft, a decision, a change, or to be sent."""
    return tuple(sorted(filter(is_paper, transaction.letters.cases_with_open())))


def keep_papers_right(*, journal: Journal, school: School, tokens: TokenMaker, now: datetime) -> JobReport:
    """A paper that waits moves to whoever decides now, as a letter does."""
    with journal.transaction() as transaction:
        return JobReport(
            changes=sum(
                bring_up_to_date(transaction, reference, school=school, tokens=tokens, now=now)
                for reference in papers_open(transaction)
            )
        )


def bring_up_to_date(
    transaction: JournalTransaction,
    reference: CaseReference,
    *,
    school: School,
    tokens: TokenMaker,
    now: datetime,
) -> int:
    """Carry out what is to become of a term's paper; returns how many versions changed."""
    recipient = receives_paper(school)
    decided = decide_paper(
        transaction.letters.of_case(reference),
        chosen=chosen_for_paper(transaction, recipient, school, now),
        recipient=recipient,
    )
    for withdrawal in decided.withdraw:
        withdraw_version(transaction, withdrawal, now=now)
    for wanted in decided.drafts:
        draft_version(transaction, reference, wanted, school=school, tokens=tokens)
    return len(decided.withdraw) + len(decided.drafts)


def deputy_for_paper(
    transaction: JournalTransaction, paper: Letter, *, school: School, now: datetime
) -> Person | None:
    """Who may be offered the decision, because its approver has not decided for days."""
    deciding = deciding_now(transaction, school, now)
    return deciding.deputy_of(school.deciders_of_paper(paper.recipient), paper.approver)


def chosen_for_paper(
    transaction: JournalTransaction, recipient: str, school: School, now: datetime
) -> Chosen:
    """Who is asked about a paper that goes to this address."""
    return deciding_now(transaction, school, now).chosen_of(school.deciders_of_paper(recipient))


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
    terms = whole_terms(school.calendar)
    if name:
        wanted = name.strip().casefold()
        known = (*terms, *school.calendar.terms)
        return next((term for term in known if term.name.casefold() == wanted), None) or _by_season(
            terms, wanted
        )
    begun = [term for term in terms if term.starts <= today]
    return begun[-1] if begun else None


def _by_season(terms: tuple[Term, ...], said: str) -> Term | None:
    """The only term whose name begins so: "Autumn" means the "Autumn term"."""
    found = [term for term in terms if term.name.casefold().startswith(f"{said} ")]
    return found[0] if len(found) == 1 else None


def _term_to_report(school: School, today: date) -> Term | None:
    over = [term for term in whole_terms(school.calendar) if term.ends <= today <= term.ends + LATEST]
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
