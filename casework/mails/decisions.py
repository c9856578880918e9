"""Mails about decisions on letters: what was taken, what was not and why, and what became of a request."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from casework.cases import Decision
from casework.intents import SendMail
from casework.letters import DecidedHow, Delivery, Letter, LetterState
from casework.mails.letter_facts import (
    facts_of,
    facts_with_token,
    list_link,
    short,
    to_approver,
    to_office,
    to_person,
)
from casework.school import School

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


def already_decided(
    letter: Letter, *, school: School, to: str, newest: Letter | None, now: datetime
) -> SendMail:
    """Tells a late or second answer what was decided first; once, however many answers come."""
    decision = _DECIDED[letter.decision] if letter.decision else letter.state.value
    if newest:
        decision = f"{decision}; version {newest.version} has taken its place"
    fields = facts_of(letter, school) | {
        "decision": decision,
        "decided_by": _who(letter, school),
        "decided_at": letter.decided_at or letter.sent_at or now,
        "way": _WAYS[letter.decided_how] if letter.decided_how else "",
    }
    key = f"{letter.key}/already/{short(f'{to}/{letter.state.value}/{letter.decided_at}')}"
    return to_person("already_decided", key, letter, fields, role="approver", to=to)


def decided_by_other(letter: Letter, *, school: School, role: str, to: str, now: datetime) -> SendMail:
    """Tells the other one who was asked that there is nothing left to decide."""
    fields = facts_of(letter, school) | {
        "decision": _DECIDED[letter.decision] if letter.decision else letter.state.value,
        "decided_by": _who(letter, school),
        "decided_at": letter.decided_at or letter.sent_at or now,
        "way": _WAYS[letter.decided_how] if letter.decided_how else "",
    }
    key = f"{letter.key}/decided by other/{short(to)}"
    return to_person("decided_by_other", key, letter, fields, role=role, to=to)


def request_superseded(
    letter: Letter, *, school: School, answered: str, answered_at: datetime, to: str, newest: Letter | None
) -> SendMail:
    """Tells an approver that the request that was answered no longer counts, and which one does, if one does.

    `answered` is the request that was answered: it is told once for each, however often it is answered.
    """
    waits = newest is not None and newest.is_open
    asked = newest is not None and newest.requested_at is not None
    fields = facts_of(letter, school) | {
        "answered_at": answered_at,
        "newer_version": newest.version if newest and waits and asked else None,
        "same_version": newest is not None and newest.key == letter.key,
        "to_come": bool(waits and not asked),
    }
    key = f"{letter.key}/superseded/{short(f'{to}/{answered}')}"
    return to_person("request_superseded", key, letter, fields, role="approver", to=to)


def decision_unclear(
    letter: Letter, *, school: School, sighting: str, received_at: datetime, doubt: str, to: str, token: str
) -> SendMail:
    """Asks back whoever answered, with what was not clear: nothing is guessed."""
    fields = facts_with_token(letter, school, token=token) | {"received_at": received_at, "reason": doubt}
    key = f"{letter.key}/unclear/{short(sighting)}"
    mail = to_person("decision_unclear", key, letter, fields, role="approver", to=to)
    return replace(mail, answers=True)


def decision_refused_proof(letter: Letter, *, school: School, received_at: datetime, reason: str) -> SendMail:
    """Tells the approver, once a day for each reason, that a decision in their name was not proven."""
    fields = facts_of(letter, school) | {
        "tag": f"{letter.case}-{letter.token}",
        "received_at": received_at,
        "reason": reason,
    }
    key = f"{letter.key}/refused/{school.today(received_at)}/{short(reason)}"
    return to_approver("decision_refused_proof", key, letter, fields)


def letter_withdrawn(letter: Letter, *, school: School, today: date, reason: str) -> SendMail:
    """Tells the approver that a letter no longer waits; its draft is gone by then."""
    fields = facts_of(letter, school) | {"withdrawn_on": today, "reason": reason}
    return to_approver("letter_withdrawn", f"{letter.key}/withdrawn", letter, fields)


def sent_before_withdrawn(letter: Letter, *, school: School, now: datetime) -> tuple[SendMail, ...]:
    """Tells approver and office that a letter that was to be withdrawn had been sent already."""
    fields = facts_of(letter, school) | {
        "sent_at": letter.sent_at or now,
        "list_link": list_link(letter, school),
    }
    key = f"{letter.key}/sent before withdrawn"
    mail = "sent_before_withdrawn"
    return (
        to_approver(mail, f"{key}/approver", letter, fields),
        to_office(mail, f"{key}/office", letter, fields, school),
    )


def sent_with_faults(
    letter: Letter, faults: tuple[str, ...], *, school: School, now: datetime
) -> tuple[SendMail, ...]:
    """Tells approver and office what is wrong in a mail that its approver changed before sending it.

    Args:
        letter: as sent.
        faults: sentences that repeat nothing of the mail (casework.letter_faults.late_faults).
        school: the school.
        now: the moment.
    """
    fields = facts_of(letter, school) | {
        "sent_at": letter.sent_at or now,
        "faults": list(faults),
        "list_link": list_link(letter, school),
    }
    key, mail = f"{letter.key}/sent with faults", "sent_with_faults"
    return (
        to_approver(mail, f"{key}/approver", letter, fields),
        to_office(mail, f"{key}/office", letter, fields, school),
    )


def deputy_offered(letter: Letter, *, rung: str, school: School, asked_on: date, waiting: int) -> SendMail:
    """Asks the deputy to decide as well, with the letter's own words: it lies in the approver's Drafts alone."""
    fields = facts_with_token(letter, school, token=letter.deputy_token) | {
        "delivery": "by email" if letter.delivery is Delivery.EMAIL else "by post or by hand",
        "asked_on": asked_on,
        "waiting": waiting,
        "paragraphs": [line.strip() for line in letter.words.splitlines() if line.strip()],
        "word_file": letter.word_path.rpartition("/")[2],
    }
    key = f"{letter.key}/reminder/{rung}"
    return to_person("deputy_offered", key, letter, fields, role="deputy", to=letter.deputy)


def deputy_asked(letter: Letter, *, school: School, to: str, asked_on: date) -> SendMail:
    """Tells a headteacher who is away that the deputy decides."""
    fields = facts_of(letter, school) | {"standing_in": letter.standing_in, "asked_on": asked_on}
    return to_person("deputy_asked", f"{letter.key}/deputy asked", letter, fields, role="headteacher", to=to)


def file_open(
    letter: Letter, *, school: School, effect: str, since: datetime, to_the_office: bool
) -> SendMail:
    """Says once that a letter waits because somebody has its Word file open; `effect` is what waits."""
    fields = facts_of(letter, school) | {
        "since": since,
        "file_name": letter.word_path.rpartition("/")[2],
    }
    key = f"{letter.key}/file open/{short(effect)}"
    if to_the_office:
        return to_office("file_open", key, letter, fields, school)
    return to_approver("file_open", key, letter, fields)


def _who(letter: Letter, school: School) -> str:
    """The role of who decided, never a name."""
    if not letter.decided_by:
        return "Casework"
    return school.role_words(letter.decided_by)


def was_decided(letter: Letter) -> bool:
    """True where a person decided on this version; False where it was only replaced or taken back."""
    return letter.decision is not None or letter.state in {LetterState.SENT, LetterState.RETURNED}
