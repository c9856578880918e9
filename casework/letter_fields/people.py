"""Who a letter is from, to whom it goes, and how to answer it."""

from __future__ import annotations

import re
from datetime import datetime

from casework.cases import Case
from casework.letters import Delivery, Letter
from casework.school import Role, School

_TITLES = re.compile(r"^(mr|mrs|ms|miss|mx|dr|prof|rev|sir|lady|lord)\.?\s", re.IGNORECASE)


def face_of(school: School) -> dict[str, object]:
    """The school's own face, and the named contact."""
    office = school.person(Role.OFFICE)
    return {
        "school_name": school.name,
        "school_motto": school.motto,
        "school_logo": school.logo,
        "school_address": list(school.address_lines),
        "school_phone": school.phone,
        "school_email": school.email,
        "school_website": school.website,
        "contact_name": office.name,
        "contact_role": "the school office",
        "contact_phone": school.phone,
        "contact_email": school.reporting_mailbox,
        "complaints_where": "on our website, or on paper from the school office"
        if school.website
        else "on paper from the school office",
    }


def addressee_of(letter: Letter, case: Case) -> dict[str, object]:
    """To whom, where, and by which way."""
    lines = [line.strip() for line in re.split(r"[\n,;]+", case.staff.parent_address) if line.strip()]
    by_mail = letter.delivery is Delivery.EMAIL
    return {
        "addressee": case.staff.parent,
        "addressee_address": lines,
        "delivery_note": "By email" if by_mail else "By post or by hand",
        "salutation": salutation(case.staff.parent),
    }


def salutation(name: str) -> str:
    """The name after Dear: title and last name where a title is given, else the whole name."""
    words = name.split()
    return f"{words[0]} {words[-1]}" if _TITLES.match(f"{name} ") and len(words) > 1 else name.strip()


def signatory_of(case: Case, school: School) -> dict[str, object]:
    """Who signs: who decides on the letters of the case."""
    approver = school.approver_of(case)
    title = "Chair of Governors" if approver.role is Role.CHAIR else "Headteacher"
    return {"signatory_name": approver.name, "signatory_role": title}


def cover_fields(letter: Letter, case: Case, *, school: School) -> dict[str, object]:
    """Fields of the mail that carries a letter to its addressee."""
    signatory = signatory_of(case, school)
    return {
        "school_name": school.name,
        "salutation": salutation(case.staff.parent),
        "reference_tag": f"{letter.case}-{letter.subject_token}",
        "office_phone": school.phone,
        **signatory,
    }


def post_fields(letter: Letter, *, school: School, now: datetime) -> dict[str, object]:
    """Fields of the mail that asks the office to print and post an approved letter."""
    today = school.today(now)
    send_by = school.working_day_after(today, 1)
    return {
        "school_name": school.name,
        "tag": f"{letter.case}-{letter.token}",
        "case_reference": letter.case,
        "letter_name": school.letter_name(letter.kind),
        "version": letter.version,
        "by_hand": False,
        "approved_on": today,
        "send_by": send_by,
        "arrives_on": school.working_day_after(send_by, school.post_days),
    }
