"""What the journal knows of who may decide: who is away, and who of the school wrote a report themselves."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from operator import itemgetter

from casework.absences import AutomaticReplies, Away
from casework.cases import CaseReference
from casework.deciders import Deciding
from casework.errors import NotPermittedError, NotThereError, TemporaryConnectorError
from casework.marks import MarkKind, reporter_mark
from casework.ports import Journal
from casework.records import JournalTransaction
from casework.school import DECIDERS, Role, School

ABSENT = "away/"
LOOKED_AT = "automatic replies looked at/"
LOOK_EVERY = timedelta(minutes=15)


def deciding_now(transaction: JournalTransaction, school: School, now: datetime) -> Deciding:
    """Everything that bears on who decides today."""
    addresses = _addresses(school)
    return Deciding(
        today=school.today(now),
        away=_away(transaction, addresses, school, school.today(now)),
        authors=_authors(transaction, addresses),
    )


def away_today(
    transaction: JournalTransaction, school: School, now: datetime, addresses: Iterable[str]
) -> frozenset[str]:
    """Those of these addresses whose people are away today.

    Of the office only what names a day counts: many an office's mailbox thanks for every mail, all year round.
    """
    found = _away(transaction, addresses, school, school.today(now))
    office = school.person(Role.OFFICE).address.casefold()
    return frozenset(address for address, away in found.items() if address != office or away.known_until)


def away_in_words(transaction: JournalTransaction, school: School, now: datetime) -> str:
    """Who of those that decide is away today, as text: another one bears on every letter that waits."""
    today = school.today(now)
    return repr(sorted(_away(transaction, _addresses(school), school, today).items(), key=itemgetter(0)))


def note_absence(transaction: JournalTransaction, address: str, away: Away | None) -> None:
    """Remember that somebody is away, or is not any more."""
    if away is None:
        transaction.cursors.forget(f"{ABSENT}{address.casefold()}")
        return
    kept = {
        "since": away.since.isoformat() if away.since else None,
        "until": away.until.isoformat(),
        "back_on": away.back_on.isoformat() if away.back_on else None,
        "known_until": away.known_until,
    }
    transaction.cursors.put(f"{ABSENT}{address.casefold()}", json.dumps(kept))


def look_who_is_away(
    replies: AutomaticReplies | None, journal: Journal, school: School, now: datetime
) -> None:
    """Ask Outlook who of the school's people is away, now and then; what it may not tell is left as it is known."""
    if replies is None:
        return
    with journal.transaction() as transaction:
        due = asked_whether_away(transaction, school, now)
    found, refused = _asked(replies, due, now)
    if not (found or refused):
        return
    with journal.transaction() as transaction:
        for address in (*found, *refused):
            transaction.cursors.put(f"{LOOKED_AT}{address}", now.isoformat())
        for address, away in found.items():
            known = transaction.cursors.get(f"{ABSENT}{address}")
            if away or (known and "from Outlook" in known):
                note_absence(transaction, address, away)
            if away:
                _mark_as_from_outlook(transaction, address)


def asked_whether_away(transaction: JournalTransaction, school: School, now: datetime) -> list[str]:
    """The addresses of those of whom Outlook is asked now."""
    return [address for address in _of_people(school) if _is_due(transaction, address, now)]


def next_look_who_is_away(transaction: JournalTransaction, school: School, now: datetime) -> datetime | None:
    """When Outlook is next asked who is away. Of whom it could be asked already, nobody needs to know as things are."""
    looked = (transaction.cursors.get(f"{LOOKED_AT}{address}") for address in _of_people(school))
    moments = (datetime.fromisoformat(at) + LOOK_EVERY for at in looked if at)
    return min((moment for moment in moments if moment > now), default=None)


def _asked(
    replies: AutomaticReplies, addresses: Iterable[str], now: datetime
) -> tuple[dict[str, Away | None], tuple[str, ...]]:
    """What each mailbox says, and those that may not be asked; where the line failed, it is asked at the next sweep."""
    found: dict[str, Away | None] = {}
    refused: list[str] = []
    for address in addresses:
        try:
            found[address] = replies.away(address, now=now)
        except (NotPermittedError, NotThereError):
            refused.append(address)
        except TemporaryConnectorError:
            continue
    return found, tuple(refused)


def _mark_as_from_outlook(transaction: JournalTransaction, address: str) -> None:
    """What Outlook's setting said ends when the setting does; what a mail said ends on its day."""
    kept = json.loads(transaction.cursors.get(f"{ABSENT}{address}") or "{}")
    transaction.cursors.put(f"{ABSENT}{address}", json.dumps({**kept, "said": "from Outlook"}))


def _is_due(transaction: JournalTransaction, address: str, now: datetime) -> bool:
    looked = transaction.cursors.get(f"{LOOKED_AT}{address}")
    return looked is None or not timedelta(0) <= now - datetime.fromisoformat(looked) < LOOK_EVERY


def _of_people(school: School) -> tuple[str, ...]:
    """Whoever decides or has reminders, each once."""
    return tuple(dict.fromkeys(person.address.casefold() for person in school.people.values()))


def _addresses(school: School) -> tuple[str, ...]:
    people = (school.people.get(role) for role in DECIDERS)
    return tuple(dict.fromkeys(person.address.casefold() for person in people if person))


def _away(
    transaction: JournalTransaction, addresses: Iterable[str], school: School, today: date
) -> dict[str, Away]:
    """Who is away today; what the school has entered beforehand comes first, and an absence that is over is none."""
    found: dict[str, Away] = {}
    for address in addresses:
        kept = transaction.cursors.get(f"{ABSENT}{address}")
        told = [away for person, away in school.away if person == address]
        for away in (*told, *([_read(kept)] if kept else [])):
            if away.covers(today):
                found.setdefault(address, away)
    return found


def _read(kept: str) -> Away:
    values = json.loads(kept)
    return Away(
        since=date.fromisoformat(values["since"]) if values["since"] else None,
        until=date.fromisoformat(values["until"]),
        back_on=date.fromisoformat(values["back_on"]) if values["back_on"] else None,
        known_until=bool(values["known_until"]),
    )


def _authors(
    transaction: JournalTransaction, addresses: Iterable[str]
) -> dict[CaseReference, frozenset[str]]:
    """By case, who of those that decide wrote its report: found by marks, so that thousands of cases cost nothing."""
    found: dict[CaseReference, frozenset[str]] = {}
    for address in addresses:
        for reference in transaction.marks.shared(MarkKind.AUTHOR, [reporter_mark(address)]):
            found[reference] = found.get(reference, frozenset()) | {address}
    return found
