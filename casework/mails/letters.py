"""Mails about letters: requests, answers to answers, reminders of a decision."""

from __future__ import annotations

from datetime import date, datetime

from casework.intents import SendMail
from casework.letters import Delivery, Letter
from casework.mails.facts import to_json
from casework.mails.letter_facts import (
    facts_of,
    facts_with_token,
    list_link,
    name_of,
    short,
    to_approver,
    to_office,
)
from casework.school import School


def approval_request(
    letter: Letter,
    *,
    school: School,
    now: datetime,
    warnings: tuple[str, ...] = (),
    before: Letter | None = None,
    differences: tuple[str, ...] = (),
) -> SendMail:
    """Asks the approver to decide; its subject carries the token of this very version.

    Args:
        letter: as it waits.
        school: the school.
        now: the moment.
        warnings: what the approver should know first, as sentences.
        before: the version that this approver was asked about before, whose request no longer counts.
        differences: what differs from it (casework.differences).
    """
    fields = _asked(letter, school) | {
        "asked_on": school.today(letter.requested_at or now),
        "warnings": list(warnings),
        "changes_wanted": letter.comments,
        "standing_in": letter.standing_in,
        "takes_place_of": before.version if before else None,
        "differences": list(differences),
        "same_words": before is not None and not differences,
    }
    return to_approver(_request(letter), f"{letter.key}/request", letter, fields)


def asked_again(letter: Letter, *, school: School, differences: tuple[str, ...], now: datetime) -> SendMail:
    """Asks again where the draft is no longer what was asked about, naming what differs."""
    parts = [part.replace("letter", "paper") if letter.is_paper else part for part in differences]
    changed = [f"Changed in the draft since the last request: {part}." for part in parts]
    fields = _asked(letter, school) | {
        "asked_on": school.today(now),
        "warnings": [
            "The draft was changed after you were asked, so it was not sent. Please look at it again."
        ],
        "draft_differences": changed,
    }
    key = f"{letter.key}/request/{short(repr(letter.fingerprint))}"
    return to_approver(_request(letter), key, letter, fields)


def _asked(letter: Letter, school: School) -> dict[str, object]:
    """Which letter is meant, how to answer, how it goes, and where else to decide."""
    known = facts_with_token(letter, school)
    if letter.is_paper:
        return known | {"goes_to": school.role_words(letter.recipient)}
    delivery = "by email" if letter.delivery is Delivery.EMAIL else "by post or by hand"
    return known | {"delivery": delivery, "list_link": school.cases_url}


def _request(letter: Letter) -> str:
    """The mail that asks: the governors' paper has no case list to decide in, and no parent to go to."""
    return "governors_paper_waiting" if letter.is_paper else "approval_request"


def change_wanted(letter: Letter, *, school: School, token: str, now: datetime, rung: str = "") -> SendMail:
    """Tells the office what the approver wants changed, in the approver's own words; again on each rung."""
    asked_on = school.today(letter.change_wanted_at or now)
    fields = facts_of(letter, school) | {
        "token": token,
        "reporting_mailbox": school.reporting_mailbox,
        "asked_by": school.role_words(letter.approver),
        "comments": letter.comments or "No reason was given.",
        "file_name": letter.word_path.rpartition("/")[2],
        "asked_on": asked_on,
        "act_by": school.working_day_after(school.today(now), 1),
        "again": bool(rung),
        "list_link": list_link(letter, school),
    }
    key = f"{letter.key}/change/{rung}" if rung else f"{letter.key}/change wanted"
    return to_office("change_wanted", key, letter, fields, school, in_hours=bool(rung))


def letter_returned(letter: Letter, *, school: School, now: datetime) -> SendMail:
    """Tells the office that a letter could not be delivered: it is not served, and must be posted or handed over."""
    fields = facts_of(letter, school) | {
        "sent_on": school.today(letter.sent_at or now),
        "act_by": school.working_day_after(school.today(now), 1),
        "list_link": list_link(letter, school),
    }
    mail = "letter_returned"
    if letter.is_paper:
        mail = "governors_paper_returned"
        fields |= {"goes_to": school.role_words(letter.recipient)}
    return to_office(mail, f"{letter.key}/returned", letter, fields, school)


def draft_missing(letter: Letter, *, school: School, now: datetime) -> SendMail:
    """Asks about a draft that two sweeps running did not find."""
    seen = school.today(letter.requested_at or now)
    fields = facts_with_token(letter, school) | {"last_seen_on": seen}
    return to_approver("draft_missing", f"{letter.key}/missing", letter, fields)


def approval_reminder(letter: Letter, *, school: School, rung: str, asked_on: date, waiting: int) -> SendMail:
    """Reminds the approver of a letter that waits."""
    fields = facts_with_token(letter, school) | {"asked_on": asked_on, "waiting": waiting}
    return SendMail(
        key=f"{letter.key}/reminder/{rung}",
        mail="approval_reminder",
        role="approver",
        to=letter.approver,
        case=letter.own_case,
        fields=to_json(fields),
        in_hours=True,
    )


def approval_escalation(
    letter: Letter, *, school: School, rung: str, asked_on: date, today: date
) -> SendMail:
    """Tells the office that a letter has waited long for a decision."""
    fields = {
        "school_name": school.name,
        "case_reference": letter.own_case,
        "duty": f"Decide on {name_of(letter, school)}, version {letter.version}",
        "due": asked_on,
        "days_overdue": (today - asked_on).days,
        "owner_role": school.role_words(letter.approver),
        "was_reminded": True,
        "act_by": school.working_day_after(today, 2),
        "list_link": list_link(letter, school),
    }
    return SendMail(
        key=f"{letter.key}/reminder/{rung}",
        mail="duty_escalation",
        role=school.third_person.value,
        to=school.person(school.third_person).address,
        case=letter.own_case,
        fields=to_json(fields),
        in_hours=True,
    )
