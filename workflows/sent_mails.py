"""What was sent in the last hours, as the journal remembers it: how many, and how many answers to one address."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.evidence import sha256_of
from casework.marks import reporter_mark
from casework.records import Cursors, JournalTransaction
from casework.school import School
from casework.sending_cap import ANSWERS_WITHIN, MOST_ANSWERS, full_until, room_at, room_left

LEDGER = "mails sent lately"
HELD_BACK_ON = "mails last held back on"
KEPT = ANSWERS_WITHIN


@dataclass(frozen=True, kw_only=True, slots=True)
class SentMails:
    """The mails of the last hours, by a fingerprint of their key: the moment of each, and whom it answered.

    Attributes:
        answered: fingerprints of addresses, by the mail's own; only mails that answer a message.
    """

    at: dict[str, datetime]
    answered: dict[str, str]

    def room_left(self, school: School, now: datetime) -> int:
        return room_left(self.at.values(), most=school.most_mails_an_hour, now=now)

    def full_until(self, most: int) -> datetime | None:
        return full_until(self.at.values(), most=most)

    def is_answered_enough(self, address: str, key: str, now: datetime) -> bool:
        """True if this address has had so many answers lately that it may be a machine's."""
        mark, this = _mark(address), _fingerprint(key)
        others = [one for one, whom in self.answered.items() if whom == mark and one != this]
        return sum(abs(now - self.at[one]) < ANSWERS_WITHIN for one in others) >= MOST_ANSWERS


def sent_lately(cursors: Cursors) -> SentMails:
    kept: dict[str, list[str]] = json.loads(cursors.get(LEDGER) or "{}")
    return SentMails(
        at={key: datetime.fromisoformat(at) for key, (at, _) in kept.items()},
        answered={key: whom for key, (_, whom) in kept.items() if whom},
    )


def next_room(transaction: JournalTransaction, school: School, now: datetime) -> datetime | None:
    """When the next of the mails that were held back may go; None where none is."""
    if not transaction.outbox_view.held_back(most=1):
        return None
    sent = sent_lately(transaction.cursors).at.values()
    return room_at(sent, most=school.most_mails_an_hour, now=now)


def note_sending(transaction: JournalTransaction, key: str, *, at: datetime, answers: str = "") -> None:
    """Count a mail just before it is sent; one that is tried again counts once, from its last try.

    Args:
        transaction: of the school.
        key: the mail's own, as the outbox has it.
        at: this moment at the school.
        answers: the address, if it answers a message from there.
    """
    sent = sent_lately(transaction.cursors)
    sent.at[_fingerprint(key)] = at
    if answers:
        sent.answered[_fingerprint(key)] = _mark(answers)
    kept = {one: [moment, sent.answered.get(one, "")] for one, moment in _recent(sent.at.items(), at)}
    transaction.cursors.put(LEDGER, json.dumps(kept))


def _recent(sent: Iterable[tuple[str, datetime]], now: datetime) -> list[tuple[str, str]]:
    return [
        (one, moment.isoformat()) for one, moment in sent if abs(now - moment) < KEPT + timedelta(hours=1)
    ]


def _fingerprint(key: str) -> str:
    return sha256_of(key.encode())[:16]


def _mark(address: str) -> str:
    return reporter_mark(address.strip().casefold())[:16]
