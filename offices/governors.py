"""The governors' paper for whoever asks at the command line."""

from __future__ import annotations

from pathlib import Path

from offices.office import Office
from offices.writing_tools import papers
from workflows.governors_paper import term_of, written_paper


def write_governors_paper(office: Office, *, term: str = "", to: Path | None = None) -> Path:
    """Write a term's paper as .docx; returns where.

    Raises:
        ValueError: there is no such term, or no such folder.
    """
    school = office.school
    today = school.today(office.clock.now())
    wanted = term_of(school, today, term)
    if wanted is None:
        names = ", ".join(one.name for one in school.calendar.terms)
        raise ValueError(f"There is no such term in the calendar. It has: {names}.")
    path = to or Path(f"Governors' paper {wanted.name} {wanted.ends.year}.docx")
    if not path.absolute().parent.is_dir():
        raise ValueError(f"There is no folder {path.parent}; make it, or name another with --to.")
    with office.journal.transaction() as transaction:
        paper = written_paper(transaction, school=school, term=wanted, today=today)
    path.write_bytes(papers().governors_paper(paper))
    return path
