"""The governors' paper for whoever asks at the command line: as a file, or put before its approver once more."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from casework.errors import CaseworkError
from casework.governors.paper import said_aloud
from casework.governors.terms import whole_terms
from casework.governors.versions import paper_reference, word_path
from casework.letters import Letter, LetterState
from casework.mails.governors import receives_paper
from casework.mails.letter_facts import term_of_paper
from casework.records import JournalTransaction
from casework.term_dates import Term
from offices.office import Office
from offices.writing_tools import papers
from workflows.governors_paper import chosen_for_paper, draft_anew, term_of, written_paper


class PaperNotDraftedError(CaseworkError):
    """The paper of this term waits for its approver, or the governors have it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WouldDraft:
    """What would be drafted.

    Attributes:
        approver, goes_to: by role, with the article.
        hindrance: why it would not be drafted, in a sentence with the next step; empty if it would.
        text: the paper's words, a line each.
    """

    term: str
    file: str
    approver: str
    goes_to: str
    hindrance: str
    text: tuple[str, ...]


def write_governors_paper(office: Office, *, term: str = "", to: Path | None = None) -> Path:
    """Write a term's paper as .docx; returns where.

    Raises:
        ValueError: there is no such term, or no such folder.
    """
    wanted, path = governors_paper_of(office, term=term, to=to)
    school = office.school
    with office.journal.transaction() as transaction:
        paper = written_paper(transaction, school=school, term=wanted, today=school.today(office.clock.now()))
    path.write_bytes(papers().governors_paper(paper))
    return path


def governors_paper_of(office: Office, *, term: str = "", to: Path | None = None) -> tuple[Term, Path]:
    """The term that is meant, and where its paper is written.

    Raises:
        ValueError: there is no such term, or no such folder.
    """
    wanted = _wanted(office, term)
    path = to or Path(f"Governors' paper {wanted.name} {wanted.ends.year}.docx")
    if not path.absolute().parent.is_dir():
        raise ValueError(f"There is no folder {path.parent}; make it, or name another with --to.")
    return wanted, path


def would_draft(office: Office, *, term: str = "") -> WouldDraft:
    """What drafting a term's paper would put where, and before whom; nothing is done.

    Raises:
        ValueError: there is no such term.
    """
    wanted, school, now = _wanted(office, term, ended=True), office.school, office.clock.now()
    recipient = receives_paper(school)
    with office.journal.transaction() as transaction:
        versions = _versions(transaction, office, wanted)
        paper = written_paper(transaction, school=school, term=wanted, today=school.today(now))
        chosen = chosen_for_paper(transaction, recipient, school, now)
    return WouldDraft(
        term=f"{wanted.name} {wanted.ends.year}",
        file=word_path(wanted, 1 + max((one.version for one in versions), default=0)),
        approver=school.role_words(chosen.person.address),
        goes_to=school.role_words(recipient),
        hindrance=_hindrance(versions, wanted, office),
        text=tuple(said_aloud(paper)),
    )


def draft_governors_paper(office: Office, *, term: str = "") -> Letter:
    """Have a term's figures counted anew and put before whoever decides, at the next sweep.

    Raises:
        ValueError: there is no such term.
        PaperNotDraftedError: the last one still waits, or was sent.
    """
    wanted = _wanted(office, term, ended=True)
    with office.sweep(), office.journal.transaction() as transaction:
        if hindrance := _hindrance(_versions(transaction, office, wanted), wanted, office):
            raise PaperNotDraftedError(hindrance)
        return draft_anew(
            transaction, wanted, school=office.school, tokens=office.tokens, now=office.clock.now()
        )


def _wanted(office: Office, name: str, *, ended: bool = False) -> Term:
    """The term of that name; without one the current or last, or the last that has ended."""
    school = office.school
    today = school.today(office.clock.now())
    wanted = term_of(school, today, name)
    if ended and not name:
        over = [term for term in whole_terms(school.calendar) if term.ends <= today]
        wanted = max(over, key=lambda term: term.ends, default=wanted)
    if wanted is None:
        names = "; ".join(one.name for one in whole_terms(school.calendar))
        raise ValueError(f"There is no such term in the calendar. It has: {names}.")
    return wanted


def _versions(transaction: JournalTransaction, office: Office, term: Term) -> tuple[Letter, ...]:
    return transaction.letters.of_case(paper_reference(office.school.code, term))


def _hindrance(versions: tuple[Letter, ...], term: Term, office: Office) -> str:
    """Why no paper of the term is drafted now, with the next step; empty if one is."""
    if office.school.today(office.clock.now()) < term.ends:
        return (
            f"{term.name} ends on {term.ends.day} {term.ends:%B %Y}, and its paper is drafted then. "
            "To write the figures until today into a file: casework governors-paper --to FILE"
        )
    newest = max(versions, key=lambda one: one.version, default=None)
    if newest is None:
        return ""
    about = f"The governors' paper for the {term_of_paper(newest, office.school)}"
    if newest.state is LetterState.SENT and newest.sent_at:
        sent = office.school.today(newest.sent_at)
        return (
            f"{about} was sent on {sent.day} {sent:%B %Y}. "
            "To write its figures into a file for yourself: casework governors-paper --to FILE"
        )
    if newest.is_open:
        who = office.school.role_words(newest.approver)
        if newest.state is LetterState.CHANGING:
            return f"{about} is being changed by the office. Save its Word file, or answer AS IT IS to the mail about it."
        return f"{about} waits for {who}. To have it drafted anew, {who} answers REJECT and why to the mail about it."
    return ""
