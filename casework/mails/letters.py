"""Mails about letters: requests, answers to answers, reminders of a decision."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime

from casework.cases import Decision
from casework.intents import SendMail
from casework.letters import DecidedHow, Delivery, Letter
from casework.mails.facts import to_json
from casework.school import Role, School

_DECIDED = {
    Decision.APPROVE: "approved",
    Decision.CHANGE: "sent back for a change",
    Decision.REJECT: "rejected",
}
_WAYS = {
    DecidedHow.SENT_THE_DRAFT: "by sending the draft",
    DecidedHow.REPLY: "by a reply",
    DecidedHow.COLUMN: "in the Decision column",
}


def approval_request(
    letter: Letter, *, school: School, now: datetime, warnings: tuple[str, ...] = ()
) -> SendMail:
    """Asks the approver to decide; its subject carries the token of this very version."""
    fields = _token_facts(letter, school) | {
        "delivery": "by email" if letter.delivery is Delivery.EMAIL else "by post or by hand",
        "asked_on": school.today(letter.requested_at or now),
        "warnings": list(warnings),
        "changes_wanted": letter.comments,
        "list_link": school.cases_url,
    }
    return _to_approver("approval_request", f"{letter.key}/request", letter, fields)


def asked_again(letter: Letter, *, school: School, differences: tuple[str, ...], now: datetime) -> SendMail:
    """Asks again where the draft is no longer what was asked about, naming what differs."""
    changed = [f"Changed in the draft since the last request: {difference}." for difference in differences]
    fields = _token_facts(letter, school) | {
        "delivery": "by email" if letter.delivery is Delivery.EMAIL else "by post or by hand",
        "asked_on": school.today(now),
        "warnings": [
            "The draft was changed after you were asked, so it was not sent. Please look at it again."
        ],
        "differences": changed,
        "list_link": school.cases_url,
    }
    key = f"{letter.key}/request/{_short(repr(letter.fingerprint))}"
    return _to_approver("approval_request", key, letter, fields)


def already_decided(
    letter: Letter, *, school: School, sighting: str, newest: Letter | None, now: datetime
) -> SendMail:
    """Tells a late or second answer what was decided first."""
    fields = _facts(letter, school) | {
        "decision": _DECIDED[letter.decision] if letter.decision else letter.state.value,
        "decided_by": _who(letter, school),
        "decided_at": letter.decided_at or letter.sent_at or now,
        "way": _WAYS[letter.decided_how] if letter.decided_how else "",
    }
    if newest:
        fields["decision"] = f"{fields['decision']}; version {newest.version} has taken its place"
    return _to_approver("already_decided", f"{letter.key}/already/{_short(sighting)}", letter, fields)


def change_wanted(letter: Letter, *, school: School, sighting: str, now: datetime) -> SendMail:
    """Tells the office what the approver wants changed; the words are the approver's own, about the letter."""
    fields = {
        "school_name": school.name,
        "what": f"A change was asked for in {school.letter_name(letter.kind)}, version {letter.version}.",
        "reason": letter.comments or "No reason was given.",
        "next_step": f"Edit the Word file of version {letter.version + 1} in the case's folder; it is drafted anew",
        "act_by": school.working_day_after(school.today(now), 1),
        "case_reference": letter.case,
        "list_link": school.cases_url,
    }
    return SendMail(
        key=f"{letter.key}/change wanted/{_short(sighting)}",
        mail="change_wanted",
        role=Role.OFFICE.value,
        to=school.person(Role.OFFICE).address,
        case=letter.case,
        fields=to_json(fields),
    )


def letter_returned(letter: Letter, *, school: School, now: datetime) -> SendMail:
    """Tells the office that a letter could not be delivered: it is not served, and must be posted or handed over."""
    fields = {
        "school_name": school.name,
        "case_reference": letter.case,
        "letter_name": school.letter_name(letter.kind),
        "version": letter.version,
        "sent_on": school.today(letter.sent_at or now),
        "act_by": school.working_day_after(school.today(now), 1),
        "list_link": school.cases_url,
    }
    return SendMail(
        key=f"{letter.key}/returned",
        mail="letter_returned",
        role=Role.OFFICE.value,
        to=school.person(Role.OFFICE).address,
        case=letter.case,
        fields=to_json(fields),
    )


def decision_unclear(
    letter: Letter, *, school: School, sighting: str, received_at: datetime, doubt: str
) -> SendMail:
    """Asks back, with what was not clear: nothing is guessed."""
    key = f"{letter.key}/unclear/{_short(sighting)}"
    fields = _token_facts(letter, school) | {"received_at": received_at, "reason": doubt}
    return _to_approver("decision_unclear", key, letter, fields)


def decision_refused_proof(
    letter: Letter, *, school: School, sighting: str, received_at: datetime
) -> SendMail:
    """Tells the approver that a decision in their name was not proven, and decided nothing."""
    reason = "It could not be proven to come from your own mailbox inside the school's mail system."
    fields = _facts(letter, school) | {
        "tag": f"{letter.case}-{letter.token}",
        "received_at": received_at,
        "reason": reason,
    }
    return _to_approver("decision_refused_proof", f"{letter.key}/refused/{_short(sighting)}", letter, fields)


def draft_missing(letter: Letter, *, school: School, now: datetime) -> SendMail:
    """Asks about a draft that two sweeps running did not find."""
    seen = school.today(letter.requested_at or now)
    fields = _token_facts(letter, school) | {"last_seen_on": seen}
    return _to_approver("draft_missing", f"{letter.key}/missing", letter, fields)


def letter_withdrawn(letter: Letter, *, school: School, today: date) -> SendMail:
    """Tells the approver that a letter no longer waits."""
    fields = _facts(letter, school) | {"withdrawn_on": today, "reason": letter.reason}
    return _to_approver("letter_withdrawn", f"{letter.key}/withdrawn", letter, fields)


def approval_reminder(letter: Letter, *, school: School, rung: str, asked_on: date, waiting: int) -> SendMail:
    """Reminds the approver of a letter that waits."""
    fields = _token_facts(letter, school) | {"asked_on": asked_on, "waiting": waiting}
    return SendMail(
        key=f"{letter.key}/reminder/{rung}",
        mail="approval_reminder",
        role="approver",
        to=letter.approver,
        case=letter.case,
        fields=to_json(fields),
        in_hours=True,
    )


def approval_escalation(
    letter: Letter, *, school: School, rung: str, asked_on: date, today: date
) -> SendMail:
    """Tells the office that a letter has waited long for a decision."""
    fields = {
        "school_name": school.name,
        "case_reference": letter.case,
        "duty": f"Decide on {school.letter_name(letter.kind)}, version {letter.version}",
        "due": asked_on,
        "days_overdue": (today - asked_on).days,
        "owner_role": "the headteacher",
        "act_by": school.working_day_after(today, 2),
        "list_link": school.cases_url,
    }
    return SendMail(
        key=f"{letter.key}/reminder/{rung}",
        mail="duty_escalation",
        role=Role.OFFICE.value,
        to=school.person(Role.OFFICE).address,
        case=letter.case,
        fields=to_json(fields),
        in_hours=True,
    )


def _facts(letter: Letter, school: School) -> dict[str, object]:
    return {
        "school_name": school.name,
        "case_reference": letter.case,
        "letter_name": school.letter_name(letter.kind),
        "version": letter.version,
    }


def _token_facts(letter: Letter, school: School) -> dict[str, object]:
    return _facts(letter, school) | {
        "tag": f"{letter.case}-{letter.token}",
        "reporting_mailbox": school.reporting_mailbox,
    }


def _who(letter: Letter, school: School) -> str:
    """The role of who decided, never a name."""
    by = letter.decided_by.casefold()
    roles = [person.role.words for person in school.people.values() if person.address.casefold() == by]
    return f"the {roles[0]}" if roles else "Casework"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _to_approver(mail: str, key: str, letter: Letter, fields: Mapping[str, object]) -> SendMail:
    return SendMail(
        key=key, mail=mail, role="approver", to=letter.approver, case=letter.case, fields=to_json(fields)
    )
