"""The governors' paper for whoever asks at the command line."""

from __future__ import annotations

from pathlib import Path

from casework.term_dates import Term
from offices.office import Office
from offices.writing_tools import papers
from workflows.governors_paper import term_of, written_paper


def write_governors_paper(office: Office, *, term: str = "", to: Path | None = None) -> Path:
    """Write a term's paper as .docx; returns where.

    Raises:
        ValueError: there is no such term, or no such folder.
    """
    wanted, path = governors_paper_of(office, term=term, to=to)
    school, today = office.school, office.school.today(office.clock.now())
    with office.journal.transaction() as transaction:
        paper = written_paper(transaction, school=school, term=wanted, today=today)
    path.write_bytes(papers().governors_paper(paper))
    return path


def governors_paper_of(office: Office, *, term: str = "", to: Path | None = None) -> tuple[Term, Path]:
    """The term that is meant, and where its paper is written.

    Raises:
        ValueError: there is no such term, or no such folder.
    """
    school = office.school
    wanted = term_of(school, school.today(office.clock.now()), term)
    if wanted is None:
        names = ", ".join(one.name for one in school.calendar.terms)
        raise ValueError(f"There is no such term in the calendar. It has: {names}.")
    path = to or Path(f"Governors' paper {wanted.name} {wanted.ends.year}.docx")
    if not path.absolute().parent.is_dir():
        raise ValueError(f"There is no folder {path.parent}; make it, or name another with --to.")
    return wanted, path
