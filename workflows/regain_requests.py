"""Regain when an approver was asked, and whether the deputy was offered to decide: from the requests that were sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from casework.cases import Case
from casework.letters import Letter
from casework.mails.evidence import ask_reporter_key
from casework.mails.reminders import day_in_words
from casework.ports import FoundMail
from casework.school import Role, School
from casework.tags import TokenMaker

_OFFER = "/offer-deputy"
"""The rung of the ladder on which a deputy is offered to decide; the key of that mail ends with it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Requests:
    """When each of the reporting mailbox's mails was sent, by key.

    Attributes:
        now: stands in where a mailbox could not be read: then the reminders begin anew.
    """

    school: School
    tokens: TokenMaker
    now: datetime
    sent: dict[str, datetime] = field(default_factory=dict)

    def note(self, found: Iterable[FoundMail]) -> None:
        """Remember what was sent."""
        self.sent.update({mail.key: mail.sent_at for mail in found if mail.sent_at and not mail.is_draft})

    def about(self, letter: Letter) -> Letter:
        """The letter with the moment of its request, from which its reminders are counted.

        What a deputy was asked while the headteacher was away stays with the deputy; how long that was, is not known.
        """
        asked = self.sent.get(f"{letter.key}/deputy asked")
        since = f"since {day_in_words(self.school.today(asked))}" if asked else ""
        requested_at = self.sent.get(f"{letter.key}/request", self.now)
        return replace(letter, requested_at=requested_at, standing_in=since)

    def asked_reporter(self, case: Case) -> Case:
        """The case with the moment at which its reporter was last asked for what is missing, or was thanked."""
        again = self.sent.get(ask_reporter_key(case, self.school))
        thanked = (at for key, at in self.sent.items() if key.endswith(f"/{case.reference}"))
        return replace(case, asked_at=case.asked_at or again or min(thanked, default=None))

    def change_of(self, letter: Letter) -> Letter:
        """The letter with the moment at which the office was asked to change it, from which it is reminded."""
        asked_at = self.sent.get(f"{letter.key}/change wanted")
        where = f" of {day_in_words(self.school.today(asked_at))}" if asked_at else ""
        return replace(
            letter,
            change_wanted_at=asked_at or self.now,
            comments=f'The words stand in the mail "Please change a letter"{where}.',
        )

    def offered(self, letter: Letter) -> Letter:
        """The letter with its deputy, if the deputy has the offer to decide and may answer it."""
        begins = f"{letter.key}/reminder/"
        offers = [at for key, at in self.sent.items() if key.startswith(begins) and key.endswith(_OFFER)]
        deputy = self.school.people.get(Role.DEPUTY)
        if not (offers and deputy) or letter.approver == deputy.address.casefold():
            return letter
        return replace(
            letter,
            deputy=deputy.address.casefold(),
            deputy_token=self.tokens.approver(f"{letter.key}/deputy"),
            offered_at=min(offers),
        )
