"""The storms of a trust's term: in each, one kind of trouble leads, and every other strikes now and then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Any

from requests.exceptions import RequestException

from tests.school import SchoolAtWork

RULES: Mapping[str, dict[str, Any]] = {
    "429, asked to wait": {"fault": "429", "retry_after": 1},
    "503, not available": {"fault": "503", "retry_after": 1},
    "504, no answer in time": {"fault": "504"},
    "500, an error of theirs": {"fault": "500"},
    "412, changed meanwhile": {"fault": "412", "method": "PATCH"},
    "423, locked": {"fault": "423"},
    "the connection reset": {"fault": "reset"},
    "the answer lost": {"fault": "lost"},
    "the answer cut short": {"fault": "truncated"},
}
RESYNC, LATE = "410, read everything again", "what is new is seen late"
EXPIRED, MOVED = "a token expired", "a mail moved there and back"
KINDS = (*RULES, RESYNC, LATE, EXPIRED, MOVED)
LEADING, ELSE = 1 / 10, 1 / 120
"""How likely a request is hit by the kind that leads, and by each of the others."""
DELAYS = {"new_items": 1, "mail_delta": 2, "delta": 2}
"""Seconds."""
NOT_FOUND, GONE, NOT_SIGNED_IN = 404, 410, 401
TRIES = 20


@dataclass(kw_only=True, slots=True)
class Storm:
    """Trouble at one school.

    Attributes:
        leading: one of KINDS.
        moves: how often people moved a mail to another folder and back before anybody looked.
    """

    school: SchoolAtWork
    leading: str
    chance: Random
    moves: int = 0

    def begins(self) -> None:
        server, chance = self.school.server, self.chance
        server.forget_recorded()
        server.practice("PUT", "clients", json={"delta_trap": self.leading == MOVED})
        rules = [
            {
                "path": "/v1.0/*",
                **rule,
                "probability": LEADING if kind == self.leading else ELSE,
                "seed": chance.randrange(10**6),
            }
            for kind, rule in RULES.items()
        ]
        server.set_faults(*rules)
        if self.leading == LATE:
            server.practice("PUT", "delays", json=DELAYS)
        self.goes_on()

    def goes_on(self) -> None:
        """What Microsoft or people do again and again while it lasts."""
        if self.leading == EXPIRED:
            holder = self.school.server.facts["casework"]["client_id"]
            self.school.server.practice("POST", "tokens/revoke", json={"holder": holder})
        if self.leading == MOVED:
            self._mail_is_moved()
        if self.leading == RESYNC:
            self._all_is_read_again()

    def _all_is_read_again(self) -> None:
        for drive in ("drop", "policies", "casework"):
            self.school.server.practice("POST", "resync", json={"drive": self.school.places["drives"][drive]})
        for name in ("cases", "policies"):
            self.school.server.practice("POST", "resync", json={"list": self.school.places["lists"][name]})

    def struck(self) -> Counter[str]:
        """How often so far, by kind; of late sight, how often something was asked for that could not be found yet."""
        server = self.school.server
        seen = Counter(one["status"] for one in server.recorded())
        rules = server.practice("GET", "faults").json()
        found = Counter({kind: rule["struck"] for kind, rule in zip(RULES, rules, strict=False)})
        own = {RESYNC: seen[GONE], EXPIRED: seen[NOT_SIGNED_IN], MOVED: self.moves}
        if self.leading == LATE:
            own[LATE] = seen[NOT_FOUND] + sum("delta" in one["path"] for one in server.recorded())
        return found + Counter(own)

    def ends(self) -> None:
        self.school.server.set_faults()
        self.school.server.practice("PUT", "delays", json=dict.fromkeys(DELAYS, 0))
        self.school.server.practice("PUT", "clients", json={"delta_trap": False})
        for mail in self.school.messages("reports", "archive"):  # its mover never had the answer
            self._moved(mail["id"], "inbox")

    def _mail_is_moved(self) -> None:
        """Every mail of the inbox goes to another folder and comes back: Microsoft then says that it is gone."""
        with suppress(AssertionError, RequestException):  # whoever moves it is struck by the storm too
            for mail in self.school.messages("reports"):
                away = self._moved(mail["id"], "archive")
                self.moves += bool(away and self._moved(away, "inbox"))

    def _moved(self, mail_id: str, folder: str) -> str:
        """Its id there, or nothing where Casework has just filed it: who began to move it goes on until it is there."""
        path = f"users/{self.school.address('reports')}/messages/{mail_id}/move"
        for _ in range(TRIES):
            with suppress(RequestException):
                answer = self.school.server.graph("POST", path, json={"destinationId": folder})
                if answer.ok:
                    return str(answer.json()["id"])
                if answer.status_code == NOT_FOUND:
                    return ""
        return ""
