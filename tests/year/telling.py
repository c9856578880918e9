"""The account of a school's year: every mail that Casework sent, from what the tenant holds, with its reason."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from casework.governors.versions import paper_reference
from casework.intents import SendMail, intent_from
from casework.letters import Letter
from casework.records import OutboxState
from offices.from_settings import TEMPLATES
from tests.school import SchoolAtWork, words
from tests.year.hands import key_of

APPROVERS = ("headteacher", "deputy", "chair")
ANYBODY = "a parent"
TOKEN = re.compile(r"(?<=\[)(TIS-\d{4}-\d{4}|TIS-GOV-\d{8}|TIS-P|Question)[- ][a-z0-9]+(?=\])")
"""Differs with every journal, so the account leaves it out."""
APPROVED = {
    "by pressing Send": "pressed Send",
    "by reply": "answered",
    "in the Decision column": "set Decision",
}
PARTS = {"could_not": "could not be done", "happened": "happened", "week": "the week"}
MOST = 6
"""So many are named under one heading; of more the number is told."""
FIELDS = "id,subject,toRecipients,sentDateTime,internetMessageHeaders,body"


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One mail of the year."""

    sent_at: datetime
    to: str
    subject: str
    key: str
    said: str

    def lines(self, why: str) -> Iterator[str]:
        subject = TOKEN.sub(r"\1", self.subject)
        yield f"{self.sent_at:%a %d %b %Y %H:%M}  {self.to:<17} {subject}"
        yield f"{'':<41} {why}"


def mails_of_the_year(school: SchoolAtWork) -> list[Told]:
    """What lies in the Sent Items of the reporting mailbox and of everybody who approves, by Casework's own keys."""
    told = [mail for role in ("reports", *APPROVERS) for mail in _sent_items(school, role)]
    return sorted(told, key=lambda mail: (mail.sent_at.replace(second=0, microsecond=0), mail.to, mail.key))


def _sent_items(school: SchoolAtWork, role: str) -> Iterator[Told]:
    people = {school.address(one): one.replace("_", " ") for one in school.places["users"]}
    page = f"users/{school.address(role)}/mailFolders/sentitems/messages?$top=200&$select={FIELDS}"
    while page:
        answer = school.as_visitor("GET", page).json()
        for message in answer["value"]:
            if key := key_of(message):
                yield _told(message, key, people, school)
        page = str(answer.get("@odata.nextLink", "")).partition("/v1.0/")[2]


def _told(message: dict[str, Any], key: str, people: dict[str, str], school: SchoolAtWork) -> Told:
    to = [str(one["emailAddress"]["address"]).casefold() for one in message["toRecipients"]]
    return Told(
        sent_at=datetime.fromisoformat(message["sentDateTime"]).astimezone(school.office.school.zone),
        to=", ".join(sorted({people.get(address, ANYBODY) for address in to})),
        subject=message["subject"],
        key=key,
        said=words(message),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Books:
    """What the journal says that was sent, by key: the other side of the account."""

    mails: Mapping[str, SendMail]
    letters: Mapping[str, Letter]

    @property
    def keys(self) -> set[str]:
        return {*self.mails, *self.letters}


def books_of(school: SchoolAtWork) -> Books:
    with school.office.journal.transaction() as transaction:
        view = transaction.outbox_view
        effects = [
            effect for key in view.keys_starting(school.office.school.code) if (effect := view.get(key))
        ]
        mails = [
            intent_from(one) for one in effects if one.kind == SendMail.kind and one.state is OutboxState.DONE
        ]
        code, terms = school.office.school.code, school.office.school.calendar.terms
        papers = [paper_reference(code, term) for term in terms]
        letters = [
            letter
            for reference in (*(case.reference for case in transaction.cases.all()), *papers)
            for letter in transaction.letters.of_case(reference)
            if letter.sent_at
        ]
    return Books(
        mails={mail.key: mail for mail in mails if isinstance(mail, SendMail)},
        letters={letter.key: letter for letter in letters},
    )


def account_of(mails: list[Told], books: Books) -> str:
    """Two lines a mail, and at the end how many each person had."""
    lines = [line for mail in mails for line in mail.lines(_why(mail.key, books))]
    people = Counter(mail.to for mail in mails)
    days = len({mail.sent_at.date() for mail in mails})
    lines += ["", f"{len(mails)} mails on {days} days"]
    lines += [f"  {to}: {number}" for to, number in sorted(people.items())]
    return "\n".join(lines) + "\n"


def _why(key: str, books: Books) -> str:
    if letter := books.letters.get(key):
        kind = letter.kind.value if letter.is_paper else f"{letter.kind.value} letter"
        name = f"{kind}, version {letter.version}".replace("_", " ")
        return f"The {name}: the approver {APPROVED[str(letter.decided_how)]}."
    if intent := books.mails.get(key):
        return _in_a_digest(intent) or _purpose(intent.mail)
    return "A paper that the school's leaders sent from their Drafts."


def _in_a_digest(intent: SendMail) -> str:
    """What stands under which heading; empty for a mail that says one thing."""
    parts = intent.fields.get("parts")
    if not isinstance(parts, list):
        return ""
    told = [_under(*part) for part in parts]  # type: ignore[misc]  # heading and rows, as the mail's fields say
    for field, heading in PARTS.items():
        said = intent.fields.get(field)
        if isinstance(said, list) and said:
            told.append(f"{heading}: {len(said)}")
    return "; ".join(told) or "Nothing is waiting."


def _under(heading: str, rows: list[list[str]]) -> str:
    titles = list(dict.fromkeys(row[0] for row in rows))
    return f"{heading}: {', '.join(titles) if len(titles) <= MOST else len(titles)}"


@cache
def _purpose(mail: str) -> str:
    """What the office reads about a mail where it edits it."""
    text = (TEMPLATES / "emails" / mail / "fields.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["purpose"])
