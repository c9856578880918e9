"""Mails about a case: the acknowledgement, and notes without content."""

from __future__ import annotations

from datetime import date, datetime

from casework.cases import Case, CaseReference
from casework.conflicts import conflicted_addresses
from casework.errors import TermDatesExhaustedError
from casework.intents import SendMail
from casework.mails.facts import to_json
from casework.school import Role, School
from casework.tags import TokenMaker

DAYS_TO_LOOK = 1
"""The school day by which somebody has looked at a report; the procedure's first stage says the same."""
LONGEST_WEEKEND = 4
"""Days from a Friday over a bank holiday to the next school day; more is a holiday, and the mail says so."""


def acknowledgement(
    case: CaseReference,
    *,
    to: str,
    key: str,
    school: School,
    tokens: TokenMaker,
    now: datetime,
    asks: tuple[str, ...] = (),
) -> SendMail:
    """Tells a reporter once that the report has arrived, and asks for what it does not say; names nobody."""
    today = school.today(now)
    fields = {
        "school_name": school.name,
        "reference_tag": f"{case}-{tokens.reporter(case)}",
        "in_term": _in_term(school, today),
        "read_by": _school_day_after(school, today, 1),
        "office_phone": school.phone,
        "asks": list(asks),
    }
    return SendMail(
        key=key, mail="acknowledgement", role="reporter", to=to, case=case, fields=to_json(fields)
    )


def closing_note(case: Case, *, to: str, mark: str, school: School) -> SendMail:
    """Tells a reporter once, however often the case is opened again, that the matter is closed; no word of how."""
    fields = {
        "school_name": school.name,
        "case_reference": case.reference,
        "reported_on": school.today(case.reported_at),
        "office_phone": school.phone,
    }
    return SendMail(
        key=f"{school.code}/case/{case.reference}/closing note/{mark}",
        mail="closing_note",
        role="reporter",
        to=to,
        case=case.reference,
        fields=to_json(fields),
    )


def _in_term(school: School, today: date) -> bool:
    """True unless the school is closed for longer than a weekend."""
    try:
        return (school.calendar.next_school_day(today) - today).days <= LONGEST_WEEKEND
    except TermDatesExhaustedError:
        return True


def _school_day_after(school: School, today: date, days: int) -> date:
    """The school day so many days on; a working day where the calendar ends before it, for this mail only."""
    try:
        return school.calendar.school_day_after(today, days)
    except TermDatesExhaustedError:
        return school.working_day_after(today, days)


def case_notes(case: Case, *, school: School, due: date | None = None) -> tuple[SendMail, ...]:
    """Who hears of a new case: the headteacher, or the chair alone where the report may concern the headteacher.

    Args:
        case: as it was opened.
        school: whose people hear of it.
        due: the day by which the procedure wants it looked at, as its row says; None where it names none.
    """
    if case.threat:
        roles = (Role.CHAIR,) if case.concerns_head else (Role.HEADTEACHER, Role.DEPUTY)
        return tuple(_urgent(case, role, school=school) for role in roles if role in school.people)
    return (_note(case, Role.CHAIR if case.concerns_head else Role.HEADTEACHER, school=school, due=due),)


def urgent_again(case: Case, *, school: School) -> SendMail | None:
    """To a third person, who was not told at first and is not whom the case is about; None where there is nobody."""
    first = {Role.CHAIR} if case.concerns_head else {Role.HEADTEACHER, Role.DEPUTY}
    told = {school.person(role).address.casefold() for role in first}
    barred = told | conflicted_addresses(case, school=school)
    if case.concerns_head and Role.DEPUTY in school.people:
        barred |= {school.people[Role.DEPUTY].address.casefold()}
    for role in (Role.SAFEGUARDING_LEAD, Role.OFFICE, Role.CHAIR):
        if role in school.people and school.people[role].address.casefold() not in barred:
            return _urgent(case, role, school=school, again=True)
    return None


def note_to_head(case: Case, *, school: School) -> SendMail:
    """The headteacher's note, once a person has set a Target that is not the headteacher."""
    return _note(case, Role.HEADTEACHER, school=school)


def note_to_chair(case: Case, *, school: School) -> SendMail:
    """The chair's note, once a case turns out to concern the headteacher."""
    return _note(case, Role.CHAIR, school=school)


def subject_wrote(case: Case, *, sha256: str, school: School, now: datetime) -> SendMail:
    """Tells whoever decides on the case that its subject has written, without content; nobody else hears of it."""
    role = Role.CHAIR if case.concerns_head else Role.HEADTEACHER
    today = school.today(now)
    fields = {
        "school_name": school.name,
        "case_reference": case.reference,
        "received_on": today,
        "due": _school_day_after(school, today, DAYS_TO_LOOK),
        "list_link": school.cases_url,
        "for_chair": role is Role.CHAIR,
    }
    return SendMail(
        key=f"{school.code}/case/{case.reference}/subject wrote/{sha256[:20]}",
        mail="subject_wrote",
        role=role.value,
        to=school.person(role).address,
        case=case.reference,
        fields=to_json(fields),
    )


def _note(case: Case, role: Role, *, school: School, due: date | None = None) -> SendMail:
    reported_on = school.today(case.reported_at)
    fields = {
        "school_name": school.name,
        "case_reference": case.reference,
        "reported_on": reported_on,
        "next_step": 'Look at the report, then set "Parent" and "Who it is about" in the list',
        "due": due or _school_day_after(school, reported_on, DAYS_TO_LOOK),
        "list_link": school.cases_url,
        "for_chair": role is Role.CHAIR,
    }
    return SendMail(
        key=f"{school.code}/case/{case.reference}/note/{role.value}",
        mail="case_opened",
        role=role.value,
        to=school.person(role).address,
        case=case.reference,
        fields=to_json(fields),
    )


def _urgent(case: Case, role: Role, *, school: School, again: bool = False) -> SendMail:
    fields = {
        "school_name": school.name,
        "case_reference": case.reference,
        "reported_at": case.reported_at,
        "list_link": school.cases_url,
        "for_chair": role is Role.CHAIR and not again,
        "again": again,
        "hours": school.urgent_hours,
    }
    return SendMail(
        key=f"{school.code}/case/{case.reference}/urgent/{'again/' if again else ''}{role.value}",
        mail="urgent_case",
        role=role.value,
        to=school.person(role).address,
        case=case.reference,
        fields=to_json(fields),
        urgent=True,
    )
