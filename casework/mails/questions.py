"""Mails that ask staff something by a question's token, and what becomes of their answers; all without content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from casework.answers import QuestionKind, listed
from casework.cases import Case, CaseReference
from casework.evidence import sha256_of
from casework.halts import Halt
from casework.intents import SendMail
from casework.mails.facts import to_json
from casework.records import Sighting
from casework.school import Role, School

DAYS_TO_ANSWER = 2
"""Working days within which an answer helps; nothing happens by itself if none comes."""
_ASKED = {
    QuestionKind.FILING: "where a message of the holding tray belongs",
    QuestionKind.SAME_POST: "whether cases are about the same post",
    QuestionKind.DELETED_ROW: "what is to become of a case whose row was deleted",
    QuestionKind.LETTER_CHANGE: "whether a letter goes to its approver again as it is",
    QuestionKind.HALTED_SIDE: "whether Casework goes on although something is suddenly empty",
}
_WAYS = {
    QuestionKind.FILING: (
        "FILE and the case's number, such as FILE TIS-2026-0007",
        "NEW, if it is a report of its own",
        "NOT OURS, if it is neither",
    ),
    QuestionKind.SAME_POST: ("LINK, if they are about the same post", "KEEP APART, if they are not"),
    QuestionKind.DELETED_ROW: ("KEEP, if the row was deleted by mistake", "CLOSE, if the case is to end"),
    QuestionKind.LETTER_CHANGE: (
        "AS IT IS and why, if the approver should look at the letter again without a change",
        "nothing, if you change it: save the Word file, and the approver is asked",
    ),
    QuestionKind.HALTED_SIDE: (
        "PUT BACK, if it was a mistake and Casework is to write the rows again",
        "GO ON, if it was meant",
    ),
}


def to_file(sighting: Sighting, *, school: School, today: date, again: bool = False) -> SendMail:
    """Asks the office to file a message of the holding tray; again on every school day until it is filed."""
    token = str(sighting.facts.get("tray", ""))
    guesses = sighting.facts.get("guesses")
    rows = guesses if isinstance(guesses, list) else []
    fields = {
        "token": token,
        "reporting_mailbox": school.reporting_mailbox,
        "received_at": sighting.received_at,
        "why": str(sighting.facts.get("why", "")),
        "guesses": [_sentence(str(row[2])) for row in rows if isinstance(row, list)],
        "likeliest": next((str(row[0]) for row in rows if isinstance(row, list)), ""),
        "again": again,
    }
    day = f"/{today.isoformat()}" if again else ""
    key = f"{school.code}/tray/{token}{day}"
    return _to_office("to_file", key, fields, school, in_hours=again)


def same_post(
    cases: Iterable[CaseReference], *, signs: Iterable[str], token: str, school: School, today: date
) -> SendMail:
    """Offers to link cases that seem to be about the same post."""
    fields = {
        "token": token,
        "reporting_mailbox": school.reporting_mailbox,
        "cases": listed(cases),
        "signs": list(signs),
        "act_by": school.working_day_after(today, DAYS_TO_ANSWER),
    }
    return _to_office("same_post", f"{school.code}/same post/{token}", fields, school)


def row_deleted(case: Case, *, token: str, school: School, today: date) -> SendMail:
    """Asks what is to become of a case whose row somebody deleted; the row stands in the list again."""
    fields = {
        "token": token,
        "reporting_mailbox": school.reporting_mailbox,
        "case_reference": case.reference,
        "act_by": school.working_day_after(today, DAYS_TO_ANSWER),
    }
    return _to_office("row_deleted", f"{school.code}/row deleted/{token}", fields, school)


def side_halted(halt: Halt, *, token: str, school: School) -> SendMail:
    """Tells the office that something is suddenly empty, what waits for its word, and how to give it."""
    fields = {
        "token": token,
        "reporting_mailbox": school.reporting_mailbox,
        "side": halt.side.value,
        "found": halt.sentence,
        "since": school.today(halt.since),
        "first_step": halt.first_step,
        "if_meant": halt.if_meant,
        "can_put_back": halt.can_put_back,
        "can_go_on": halt.can_go_on,
        "can_be_answered": halt.can_be_answered,
    }
    return _to_office("side_halted", f"{school.code}/halted/{token}", fields, school)


def answer_taken(sighting: Sighting, *, what: str, school: School, again: bool) -> SendMail:
    """Echoes what was done, to whoever answered; a later answer hears what was done before."""
    fields = {"what": what, "again": again, "answered_at": sighting.received_at}
    return _to_answerer("answer_taken", sighting, fields, school)


def answer_unclear(sighting: Sighting, *, question: QuestionKind, token: str, school: School) -> SendMail:
    """Asks back: nothing is guessed."""
    fields = {
        "token": token,
        "asked": _ASKED[question],
        "ways": list(_WAYS[question]),
        "answered_at": sighting.received_at,
    }
    return _to_answerer("answer_unclear", sighting, fields, school)


def answer_refused(sighting: Sighting, *, school: School) -> SendMail:
    """Tells the office that an answer with a right token came from somewhere else; nothing was done."""
    key = f"{school.code}/answer refused/{_short(sighting)}"
    return _to_office("answer_refused", key, {"received_at": sighting.received_at}, school)


def order_taken(case: Case, sighting: Sighting, *, what: str, school: School) -> SendMail:
    """Echoes what was understood of a line about a case, to whoever told it."""
    return _about_a_case("order_taken", case, sighting, {"what": what}, school)


def order_unclear(case: Case, sighting: Sighting, *, question: str, school: School) -> SendMail:
    """Asks back what a line about a case left open; nothing was done."""
    return _about_a_case("order_unclear", case, sighting, {"question": question}, school)


def _about_a_case(
    mail: str, case: Case, sighting: Sighting, fields: Mapping[str, object], school: School
) -> SendMail:
    facts = {**fields, "case_reference": case.reference, "told_at": sighting.received_at}
    return replace(_to_answerer(mail, sighting, facts, school), case=case.reference)


def _to_office(
    mail: str, key: str, fields: Mapping[str, object], school: School, *, in_hours: bool = False
) -> SendMail:
    return SendMail(
        key=key,
        mail=mail,
        role=Role.OFFICE.value,
        to=school.person(Role.OFFICE).address,
        fields=to_json({**_common(school), **fields}),
        in_hours=in_hours,
    )


def _to_answerer(mail: str, sighting: Sighting, fields: Mapping[str, object], school: School) -> SendMail:
    """To the member of staff who answered: proven to be inside, so that nobody else learns a case's number."""
    return SendMail(
        key=f"{school.code}/{mail.replace('_', ' ')}/{_short(sighting)}",
        mail=mail,
        role="whoever answered",
        to=sighting.sender,
        answers=True,
        fields=to_json({**_common(school), **fields}),
    )


def _common(school: School) -> dict[str, object]:
    return {"school_name": school.name, "list_link": school.cases_url}


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _short(sighting: Sighting) -> str:
    return sha256_of(sighting.key.encode())[:20]
