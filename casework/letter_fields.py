"""The fields of a letter: what templates/letters/<kind>/fields.toml asks for, from the case and the settings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from casework.cases import Case
from casework.letters import Delivery, Letter, LetterKind
from casework.policy_documents import PolicyFacts
from casework.policy_register import PolicyStatus, days_overdue, review_status
from casework.records import PolicyRecord
from casework.school import Role, School

_TITLES = re.compile(r"^(mr|mrs|ms|miss|mx|dr|prof|rev|sir|lady|lord)\.?\s", re.IGNORECASE)

CONCERNS = {
    "allegation or cyber-bullying": "The material appears to make allegations about people, or to be aimed at somebody.",
    "allegation about staff": "The material appears to make allegations about people who work at our school.",
    "allegation about a pupil": "The material appears to make allegations about a child at our school.",
    "cyber-bullying": "The material appears to be aimed at somebody in a way that may hurt them.",
    "complaint in public": "The material appears to raise a complaint that we would like to hear and answer directly.",
    "defamatory statement": "The material appears to include statements that may harm somebody's good name.",
    "inaccurate or offensive comment": "The material appears to include inaccurate or hurtful comments about people.",
    "protected characteristic": "The material appears to speak of somebody in a way that may demean who they are.",
    "threat of violence": "The material appears to include words that may be felt as a threat.",
}
"""What the written request says of each category: how the material appears, and never that somebody did wrong."""

GENERAL_CONCERN = (
    "The material appears to speak of our school or its people in a way that our policy asks families not to."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyExtract:
    """What a letter quotes of the school's policy.

    Attributes:
        version: the latest update as the document states it.
        warning: a sentence for the approver where the policy is overdue for review; empty otherwise.
    """

    title: str
    version: str
    read_on: date
    passages: tuple[str, ...]
    warning: str = ""

    @staticmethod
    def of(policy: PolicyRecord, facts: PolicyFacts, *, today: date) -> PolicyExtract:
        return PolicyExtract(
            title=facts.title,
            version=facts.last_update.text if facts.last_update else "",
            read_on=policy.read_at.date(),
            passages=policy.extract,
            warning=_overdue(facts, today),
        )


def _overdue(facts: PolicyFacts, today: date) -> str:
    if review_status(facts.next_review, today=today) is not PolicyStatus.OVERDUE or facts.next_review is None:
        return ""
    days = days_overdue(facts.next_review, today=today)
    return (
        f"The policy that this letter quotes was due for review in {facts.next_review.text} "
        f"({days:,} days ago). You may want it reviewed before you write to parents about it."
    )


def letter_fields(
    letter: Letter, case: Case, *, school: School, extract: PolicyExtract | None, now: datetime
) -> dict[str, object]:
    """Every field that the template of this letter knows."""
    today = school.today(now)
    fields = _face(school) | _addressee(letter, case) | _signatory(case, school)
    fields |= {"letter_date": today, "case_reference": case.reference}
    if letter.kind is LetterKind.INVITATION:
        return fields | _invitation(case, today, school)
    return fields | _removal_request(case, today, school) | _quoted(extract)


def _face(school: School) -> dict[str, object]:
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


def _addressee(letter: Letter, case: Case) -> dict[str, object]:
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


def _signatory(case: Case, school: School) -> dict[str, object]:
    approver = school.approver_of(case)
    title = "Chair of Governors" if approver.role is Role.CHAIR else "Headteacher"
    return {"signatory_name": approver.name, "signatory_role": title}


def _invitation(case: Case, today: date, school: School) -> dict[str, object]:
    return {
        "platform": case.platform or "social media",
        "reply_by": school.calendar.school_day_after(today, school.reply_days),
        # the letter is signed by the headteacher, who need not be named as somebody else to begin with
        "channels": [channel for channel in school.channels if channel != "the headteacher"],
    }


def _removal_request(case: Case, today: date, school: School) -> dict[str, object]:
    where = case.platform or "social media"
    post = f"The post on {where} that we spoke about"
    return {
        "platform": where,
        "talked_on": case.staff.talked_on,
        "material": [f"{post}: {case.link}" if case.link else post],
        "concerns": [CONCERNS[name] for name in case.staff.categories if name in CONCERNS]
        or [GENERAL_CONCERN],
        "complaint_open": "complaint in public" in case.staff.categories,
        "remove_by": school.calendar.school_day_after(today, school.removal_days),
    }


def _quoted(extract: PolicyExtract | None) -> dict[str, object]:
    if extract is None or not extract.passages:
        return {}
    return {
        "policy_title": extract.title,
        "policy_version": extract.version,
        "policy_read_on": extract.read_on,
        "policy_extract": list(extract.passages),
    }


def cover_fields(letter: Letter, case: Case, *, school: School) -> dict[str, object]:
    """Fields of the mail that carries a letter to its addressee."""
    signatory = _signatory(case, school)
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
    return {
        "school_name": school.name,
        "tag": f"{letter.case}-{letter.token}",
        "case_reference": letter.case,
        "letter_name": school.letter_name(letter.kind),
        "version": letter.version,
        "by_hand": False,
        "approved_on": today,
        "send_by": school.working_day_after(today, 1),
    }
