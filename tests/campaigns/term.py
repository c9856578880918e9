"""A term of a trust in trouble: what people do at one of its schools, what breaks there, and what must never happen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from casework.records import OutboxState
from offices.office import Office
from tests.campaigns.tally import Tally
from tests.never.choices import APPROVALS, CHOICES, NAMED
from tests.never.examiner import Examiner
from tests.never.life import SchoolLife
from tests.never.looking import STAFF, mails_of
from tests.never.people import APPROVERS
from tests.school import SchoolAtWork

FAULTS = ("429", "503", "500", "504", "423", "reset", "lost", "truncated", "401")
STRUCK = frozenset({0, 401, 410, 412, 423, 429, 500, 502, 503, 504})
SETTLED = frozenset({OutboxState.DONE, OutboxState.CANCELLED, OutboxState.GATHERED, OutboxState.HELD_BACK})
CALM = 10.0
"""Seconds after the trouble in which a sweep that saw it may still end."""
NOTHING = "nothing"
"""Whatever people do, Casework's part is done by the trust's hosts and not by who plays the people."""


@dataclass(kw_only=True, slots=True)
class TermAtSchool:
    """One school of the trust through its days.

    Attributes:
        faults: requests that were refused or broken so far.
        found: what the examiner found wrong.
    """

    school: SchoolAtWork
    chance: Random
    life: SchoolLife = field(init=False)
    faults: int = 0
    found: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.life = SchoolLife()
        self.life.school = self.school
        self.life.examiner = Examiner(self.school)
        self.life.now = datetime.fromisoformat("2026-11-23T09:00:00+00:00")
        self.life.reports = 0

    @property
    def office(self) -> Office:
        return self.school.office

    def begins_day(self, day: int) -> None:
        self.life.now = datetime.fromisoformat("2026-11-23T09:00:00+00:00") + timedelta(days=day)
        self.school.at(self.life.now)
        self.life.examiner.before()

    def people_act(self, how_often: int) -> None:
        """So many things happen, and then the services begin to fail."""
        for _ in range(how_often):
            self._one_act()

    def _one_act(self) -> None:
        acts = [self._report, self._report, self._report_from_outside, self._file]
        if self.school.rows():
            acts += [self._name_the_parent, self._name_the_parent]
        if self.life.examiner.proofs.requests:
            acts += [self._answer, self._answer, self._press, self._decide]
        self.chance.choice(acts)()

    def _report(self) -> None:
        about_head, filed = self.chance.random() < 0.2, self.chance.random() < 0.5
        self.life.the_teacher_forwards_a_report(NOTHING, about_head=about_head, filed=filed, by_aunt=False)
        self._somebody_moves_it_there_and_back()

    def _report_from_outside(self) -> None:
        genuine = self.chance.random() < 0.8
        self.life.somebody_outside_reports(NOTHING, genuine=genuine, about_head=False, word_file=False)

    def _file(self) -> None:
        self.life.the_office_drops_a_file(NOTHING, as_mail=self.chance.random() < 0.5)

    def _name_the_parent(self) -> None:
        self.life.staff_edit_a_row(NOTHING, self.chance.randrange(12), NAMED)

    def _answer(self) -> None:
        words = self.chance.choice((*sorted(APPROVALS), "CHANGE be kinder", "REJECT too formal"))
        self.life.somebody_answers_a_request(NOTHING, self.chance.randrange(12), words, "the approver")

    def _press(self) -> None:
        handles = self.chance.choice(("graph", "desktop", "phone"))
        if any(self.life._drafts(role) for role in APPROVERS):
            self.life.an_approver_handles_a_draft(NOTHING, self.chance.randrange(12), False, handles)

    def _decide(self) -> None:
        decision = self.chance.choice(CHOICES["decision"])
        self.life.somebody_sets_decision(NOTHING, self.chance.randrange(12), "headteacher", decision, {})

    def _somebody_moves_it_there_and_back(self) -> None:
        """A mail that went from the inbox to another folder and came back before anybody looked."""
        inbox = self.school.messages("reports")
        if not inbox:
            return
        mailbox = f"users/{self.school.address('reports')}"
        moved = inbox[-1]["id"]
        for folder in ("archive", "inbox"):
            answer = self.school.server.graph(
                "POST", f"{mailbox}/messages/{moved}/move", json={"destinationId": folder}
            )
            if not answer.ok:
                return  # Casework has just filed it
            moved = answer.json()["id"]

    def trouble_begins(self) -> None:
        chance, server = self.chance, self.school.server
        server.forget_recorded()
        rules: list[dict[str, Any]] = [
            {"path": "/v1.0/*", "fault": name, "probability": 1 / 60, "seed": chance.randrange(10**6)}
            for name in chance.sample(FAULTS, k=len(FAULTS))
        ]
        for rule in rules:
            if rule["fault"] in {"429", "503"}:
                rule["retry_after"] = 1
        rules.append({"method": "PATCH", "path": "*/fields", "fault": "412", "probability": 0.3, "seed": 1})
        server.set_faults(*rules)
        server.practice("PUT", "delays", json={"new_items": 1, "mail_delta": 2, "delta": 2})
        if chance.random() < 0.5:
            holder = server.facts["casework"]["client_id"]
            server.practice("POST", "tokens/revoke", json={"holder": holder})
        if chance.random() < 0.5:
            drive = chance.choice(("drop", "policies", "casework"))
            server.practice("POST", "resync", json={"drive": self.school.places["drives"][drive]})
        if chance.random() < 0.5:
            server.practice("POST", "resync", json={"list": self.school.places["lists"]["cases"]})

    def trouble_ends(self) -> None:
        server = self.school.server
        self.faults += sum(one["status"] in STRUCK for one in server.recorded())
        server.set_faults()
        server.practice("PUT", "delays", json=dict.fromkeys(("new_items", "mail_delta", "delta"), 0))

    def is_settled(self, since: float) -> bool:
        """True if a whole sweep lies between then (so many seconds ago) and now, and nothing is left to be done."""
        ago = self.office.journal.turns.ago(self.office.school.code)
        with self.office.journal.transaction() as transaction:
            waits = transaction.outbox_view.unfinished()
        return ago.get("open_cases", since) < since - CALM and not waits

    def is_examined(self) -> None:
        """Look at everything; what must not be is kept with the day."""
        try:
            self.life.examiner.after(whole=True)
        except AssertionError as error:
            self.found.append(f"{self.office.school.code} on {self.life.now:%d %B}: {error}")

    def given_up(self) -> list[str]:
        """Effects that were handed to a person, although all trouble passed."""
        with self.office.journal.transaction() as transaction:
            left = transaction.outbox_view.needing_a_person()
        return [f"{self.office.school.code}: {one.kind} was given up: {one.problem}" for one in left]

    def tally(self) -> Tally:
        """What the journal was asked for and did, what anybody got twice, and which reports lie nowhere."""
        with self.office.journal.transaction() as transaction:
            keys = transaction.outbox_view.keys_starting("")
            states = [found.state for key in keys if (found := transaction.outbox.get(key))]
        mails = [mail for role in STAFF for mail in mails_of(self.school, role)]
        seen = Counter((mail.mailbox, mail.key) for mail in mails if mail.key and not mail.is_draft)
        sealed = b"\n".join(self.life.examiner._sealed.now().values())
        lost = sum(marker.encode() not in sealed for marker in self.life.examiner.markers)
        return Tally(
            points=self.life.reports,
            faults=self.faults,
            asked=len(states),
            done=sum(state in SETTLED for state in states),
            twice=sum(count - 1 for count in seen.values()),
            lost=lost,
        )
