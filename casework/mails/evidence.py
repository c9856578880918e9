"""Mails about evidence: something is not as it was kept; something is missing in a report; is the post still up?"""

from __future__ import annotations

from datetime import date

from casework.cases import Case
from casework.custody import EvidenceItem, Finding
from casework.evidence import sha256_of
from casework.evidence_words import place_of, wrong_item
from casework.intents import SendMail
from casework.mails.facts import to_json
from casework.school import Role, School
from casework.tags import TokenMaker


def evidence_wrong(
    item: EvidenceItem, finding: Finding, *, school: School, locked: bool, today: date
) -> tuple[SendMail, ...]:
    """Tells the office and the safeguarding lead of evidence that is not as it was kept, once a day that it is found."""
    wrong = wrong_item(item, finding)
    fields: dict[str, object] = {
        "school_name": school.name,
        "what": wrong.what,
        "where": place_of(item),
        "next_step": wrong.next_step,
        "act_by": school.working_day_after(today, 1),
        "case_reference": item.case or "",
        "locked": locked,
        "list_link": school.cases_url,
    }
    mark = sha256_of(item.key.encode())[:16]
    roles = (Role.SAFEGUARDING_LEAD, Role.OFFICE)
    return tuple(
        SendMail(
            key=f"{school.code}/evidence/{mark}/{finding.value}/{today}/{role.value}",
            mail="evidence_wrong",
            role=role.value,
            to=school.person(role).address,
            case=item.case,
            fields=to_json(fields),
        )
        for role in roles
        if role in school.people
    )


def ask_reporter(
    case: Case, *, to: str, asks: tuple[str, ...], school: School, tokens: TokenMaker, today: date
) -> SendMail:
    """Asks a reporter a second and last time for what would help."""
    fields: dict[str, object] = {
        "school_name": school.name,
        "reference_tag": f"{case.reference}-{tokens.reporter(case.reference)}",
        "asks": list(asks),
        "act_by": school.working_day_after(today, 2),
        "office_phone": school.phone,
    }
    return SendMail(
        key=ask_reporter_key(case, school),
        mail="evidence_ask",
        role="reporter",
        to=to,
        case=case.reference,
        fields=to_json(fields),
        in_hours=True,
    )


def ask_reporter_key(case: Case, school: School) -> str:
    return f"{school.code}/case/{case.reference}/ask/reporter"


def ask_office_key(case: Case, school: School) -> str:
    return f"{school.code}/case/{case.reference}/ask/office"


def ask_office(
    case: Case, *, asks: tuple[str, ...], school: School, tokens: TokenMaker, today: date
) -> SendMail:
    """Hands what nobody could say to the office, once."""
    person = school.person(Role.OFFICE)
    fields: dict[str, object] = {
        "school_name": school.name,
        "reference_tag": f"{case.reference}-{tokens.staff(case.reference)}",
        "case_reference": case.reference,
        "asks": list(asks),
        "asked_reporter": case.asked_at is not None,
        "act_by": school.working_day_after(today, 2),
        "list_link": school.cases_url,
    }
    return SendMail(
        key=ask_office_key(case, school),
        mail="evidence_missing",
        role=Role.OFFICE.value,
        to=person.address,
        case=case.reference,
        fields=to_json(fields),
        in_hours=True,
    )


def still_up(
    case: Case, *, key: str, role: str, to: str, due: date, today: date, school: School, tokens: TokenMaker
) -> SendMail:
    """Asks a person to look whether the post is still up; Casework never looks itself."""
    fields: dict[str, object] = {
        "school_name": school.name,
        "tag": f"{case.reference}-{tokens.staff(case.reference)}",
        "case_reference": case.reference,
        "due": due,
        "days_overdue": max(0, (today - due).days),
        "reporting_mailbox": school.reporting_mailbox,
        "list_link": school.cases_url,
    }
    return SendMail(
        key=key, mail="still_up", role=role, to=to, case=case.reference, fields=to_json(fields), in_hours=True
    )
