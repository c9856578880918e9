"""A governors' paper that came back: it is spoken of until it is drafted anew, or a person has seen to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime

from casework.letters import Letter
from casework.mails.letter_facts import name_of
from casework.records import Cursors
from casework.school import School

CAME_BACK = "papers that came back"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReturnedPaper:
    """What is told of it.

    Attributes:
        reference: of the paper, by its term's last day.
        what: in office words, with its article.
        to: to whom it went, by role.
        on: the school's day, ISO 8601.
    """

    reference: str
    what: str
    to: str
    on: str
    reason: str

    @property
    def sentence(self) -> str:
        """What has happened and what to do, for whoever looks after everything."""
        day = date.fromisoformat(self.on)
        return (
            f"{self.what[:1].upper()}{self.what[1:]} came back undelivered on {day.day} {day:%B %Y}, so the governors do "
            f"not have it. Correct the address of {self.to} in the settings, then run: casework governors-paper --draft. "
            "If they have it in another way: casework seen"
        )


def papers_that_came_back(cursors: Cursors) -> tuple[ReturnedPaper, ...]:
    """Those that nobody has seen to."""
    return tuple(ReturnedPaper(**kept) for kept in json.loads(cursors.get(CAME_BACK) or "[]"))


def returned_lines(cursors: Cursors) -> Iterator[str]:
    """For the status and the morning mail."""
    yield from (one.sentence for one in papers_that_came_back(cursors))


def note_returned_paper(cursors: Cursors, paper: Letter, *, school: School, now: datetime) -> None:
    """Speak of this paper from now on."""
    seen_to(cursors, paper.case)
    known = papers_that_came_back(cursors)
    new = ReturnedPaper(
        reference=paper.case,
        what=name_of(paper, school),
        to=school.role_words(paper.recipient),
        on=school.today(now).isoformat(),
        reason=paper.reason,
    )
    _keep(cursors, (*known, new))


def seen_to(cursors: Cursors, reference: str) -> None:
    """It is drafted anew, or somebody knows and will see to it."""
    known = papers_that_came_back(cursors)
    if any(one.reference == reference for one in known):
        _keep(cursors, tuple(one for one in known if one.reference != reference))


def _keep(cursors: Cursors, papers: tuple[ReturnedPaper, ...]) -> None:
    if papers:
        cursors.put(CAME_BACK, json.dumps([asdict(one) for one in papers]))
    else:
        cursors.forget(CAME_BACK)
