"""The governors' paper on its way: to whom it goes, what its mail says, and what the office hears of a rejected one."""

from __future__ import annotations

from datetime import date, datetime

from casework.intents import SendMail
from casework.letters import Letter
from casework.mails.letter_facts import facts_of, term_of_paper, to_office
from casework.school import Role, School


def receives_paper(school: School) -> str:
    """To whom a paper for the governors goes: the clerk; the chair where there is no clerk."""
    return (school.people.get(Role.CLERK) or school.person(Role.CHAIR)).address


def cover_of_paper(letter: Letter, *, school: School, today: date) -> dict[str, object]:
    """What the mail says that carries the paper, for its template `governors_paper`."""
    approver = (one for one in school.people.values() if one.address.casefold() == letter.approver)
    return {
        "school_name": school.name,
        "term_name": term_of_paper(letter, school),
        "approver_name": next(approver, school.person(Role.HEADTEACHER)).name,
        "written_on": today,
    }


def paper_rejected(letter: Letter, *, school: School, now: datetime) -> SendMail:
    """Tells the office that the paper does not go, in the approver's own words, and how figures are drafted anew."""
    fields = facts_of(letter, school) | {
        "rejected_by": school.role_words(letter.decided_by),
        "rejected_on": school.today(letter.decided_at or now),
        "comments": letter.comments,
    }
    return to_office("governors_paper_rejected", f"{letter.key}/rejected", letter, fields, school)
