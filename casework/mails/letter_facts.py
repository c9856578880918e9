"""What every mail about a letter says, and to whom it goes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from casework.governors.terms import term_that_ends
from casework.governors.versions import term_end_of
from casework.intents import SendMail
from casework.letters import Letter
from casework.mails.facts import to_json
from casework.school import Role, School


def facts_of(letter: Letter, school: School) -> dict[str, object]:
    """Which letter is meant."""
    return {
        "school_name": school.name,
        "case_reference": letter.own_case,
        "letter_name": name_of(letter, school),
        "version": letter.version,
    }


def name_of(letter: Letter, school: School) -> str:
    """How mails call it, with its article; the governors' paper with its term, because it has no case to be told by."""
    name = school.letter_name(letter.kind)
    return f"{name} for the {term_of_paper(letter, school)}" if letter.is_paper else name


def term_of_paper(letter: Letter, school: School) -> str:
    """The term and its year; where the calendar has changed since, the last day of the paper's term."""
    ends = term_end_of(letter.case)
    term = term_that_ends(ends, school.calendar)
    return f"{term.name} {ends.year}" if term else f"term that ended on {ends.day} {ends:%B %Y}"


def facts_with_token(letter: Letter, school: School, *, token: str = "") -> dict[str, object]:
    """Which letter is meant, and what a reply must carry to decide on it."""
    return facts_of(letter, school) | {
        "tag": f"{letter.case}-{token or letter.token}",
        "reporting_mailbox": school.reporting_mailbox,
    }


def list_link(letter: Letter, school: School) -> str:
    """Where its case is to be seen; nothing for the governors' paper, which has no row."""
    return "" if letter.is_paper else school.cases_url


def short(text: str) -> str:
    """A fingerprint for keys."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def to_approver(mail: str, key: str, letter: Letter, fields: Mapping[str, object]) -> SendMail:
    """A mail to whoever decides on the letter."""
    return SendMail(
        key=key, mail=mail, role="approver", to=letter.approver, case=letter.own_case, fields=to_json(fields)
    )


def to_office(
    mail: str,
    key: str,
    letter: Letter,
    fields: Mapping[str, object],
    school: School,
    *,
    in_hours: bool = False,
) -> SendMail:
    """A mail to the office about the letter."""
    return SendMail(
        key=key,
        mail=mail,
        role=Role.OFFICE.value,
        to=school.person(Role.OFFICE).address,
        case=letter.own_case,
        fields=to_json(fields),
        in_hours=in_hours,
    )


def to_person(
    mail: str, key: str, letter: Letter, fields: Mapping[str, object], *, role: str, to: str
) -> SendMail:
    """A mail to somebody else who has to know of the letter."""
    return SendMail(key=key, mail=mail, role=role, to=to, case=letter.own_case, fields=to_json(fields))
