"""A term of a trust in trouble: what people do at one of its schools, what breaks there, and what must never happen."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select

from casework.records import OutboxState
from connectors.journal.schema import outbox, turns
from offices.office import Office
from tests.campaigns.storms import Storm
from tests.campaigns.tally import Outcome, Tally
from tests.never.choices import APPROVALS, CHOICES, NAMED
from tests.never.examiner import Examiner
from tests.never.life import SchoolLife
from tests.never.looking import STAFF, mails_of
from tests.never.people import APPROVERS
from tests.school import SchoolAtWork

SETTLED = frozenset({OutboxState.DONE, OutboxState.CANCELLED, OutboxState.GATHERED, OutboxState.HELD_BACK})
BUSY = 0.5
"""How likely it is that something happens at a school on a day; the others are lived through in peace."""
ENOUGH, SHORTEST, LONGEST = 12, 6.0, 60.0
"""A storm lasts until so many requests were struck, so many seconds at least and at most."""
PATIENCE = 900.0
"""Seconds in which, once the trouble is over, a school must be settled."""
SWEEPS = 2
"""So many must end without trouble: the second has begun after all trouble was over."""
LOOK_EVERY = 1.0
NOTHING = "nothing"
"""Whatever people do, Casework's part is done by the trust's hosts and not by who plays the people."""
FIRST_DAY = datetime.fromisoformat("2026-11-23T09:00:00+00:00")


@dataclass(kw_only=True, slots=True)
class TermAtSchool:
    """One school of the trust through its days.

    Attributes:
        kinds: of storms, the one that leads next first.
        outcome: by the kind that led, and what was found wrong.
        gone: days that have gone by.
        asked: the kind of each storm, and the keys of what the journal was asked for in it.
    """

    school: SchoolAtWork
    chance: Random
    kinds: Iterator[str]
    life: SchoolLife = field(init=False)
    outcome: Outcome = field(default_factory=Outcome)
    gone: int = 0
    asked: list[tuple[str, set[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.life = SchoolLife()
        self.life.school = self.school
        self.life.examiner = Examiner(self.school)
        self.life.now = FIRST_DAY
        self.life.reports = 0

    @property
    def office(self) -> Office:
        return self.school.office

    def lives(self, days: Iterable[int], acts: int) -> Iterator[None]:
        """Live through these days of the term; yields while there is nothing to do but to wait.

        Args:
            days: since the first Monday.
            acts: things that people do on a day on which something happens.
        """
        for day in days:
            self.life.now = FIRST_DAY + timedelta(days=day)
            self.school.at(self.life.now)
            if self.chance.random() < BUSY:
                yield from self._busy_day(acts)
            else:
                yield from self._settles()
            self.gone += 1
        yield from self._settles()
        given_up = self._given_up()
        if given_up:
            self.outcome.found[f"{self.office.school.code} at the end"] = given_up

    def count_what_was_done(self) -> None:
        """Add to the outcome what came of all that was asked for; once, however far the term went."""
        states = self._states()
        for leading, keys in self.asked:
            self.outcome.rows[leading].done += sum(states[key] in SETTLED for key in keys)

    def _busy_day(self, acts: int) -> Iterator[None]:
        self.life.examiner.before()
        keys, twice = set(self._states()), self._twice()
        for _ in range(acts):
            self._one_act()
        storm = Storm(school=self.school, leading=next(self.kinds), chance=self.chance)
        storm.begins()
        yield from self._storm(storm)
        struck = storm.struck()
        storm.ends()
        yield from self._settles()
        for kind, number in struck.items():
            self.outcome.rows[kind].faults += number
        self._is_examined(storm.leading)
        asked = self._states().keys() - keys
        self.asked.append((storm.leading, asked))
        tally = Tally(points=1, asked=len(asked), twice=self._twice() - twice, lost=self._lost())
        self.outcome.rows[storm.leading].add(tally)

    def _storm(self, storm: Storm) -> Iterator[None]:
        began = time.monotonic()
        yield
        while time.monotonic() < began + LONGEST:
            if time.monotonic() > began + SHORTEST and storm.struck().total() >= ENOUGH:
                return
            yield from self._waits(LOOK_EVERY)
            storm.goes_on()

    def _settles(self) -> Iterator[None]:
        """Wait until Casework has come to an end with all that there is to do, long after all trouble."""
        limit = time.monotonic() + PATIENCE
        stamps = {self._swept_at()}
        while len(stamps) <= SWEEPS or self._is_busy():
            if time.monotonic() > limit:
                self._found("it does not come to an end with its work")
                return
            yield from self._waits(LOOK_EVERY)
            stamps.add(self._swept_at())

    def _waits(self, seconds: float) -> Iterator[None]:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            yield

    def _swept_at(self) -> str:
        """The mark of the last sweep that could do all of its work."""
        journal = self.office.journal
        with journal.transaction() as transaction:
            ran = transaction.connection.scalar(select(turns.c.ran).where(turns.c.school == journal.school))
        return str(ran)

    def _is_busy(self) -> bool:
        with self.office.journal.transaction() as transaction:
            return bool(transaction.outbox_view.unfinished())

    def _one_act(self) -> None:
        acts = [self._report, self._report, self._report_from_outside, self._file]
        if self.school.rows():
            acts += [self._name_the_parent, self._name_the_parent]
        if self.life.examiner.proofs.requests:
            acts += [self._answer, self._answer, self._press, self._decide]
        # Casework is at work meanwhile: what somebody wants to press or change may be gone when they come to it
        with suppress(AssertionError, StopIteration):
            self.chance.choice(acts)()

    def _report(self) -> None:
        about_head, filed = self.chance.random() < 0.2, self.chance.random() < 0.5
        self.life.the_teacher_forwards_a_report(NOTHING, about_head=about_head, filed=filed, by_aunt=False)

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

    def _is_examined(self, leading: str) -> None:
        """Look at everything; what must not be is kept with the day."""
        try:
            self.life.examiner.after(whole=True)
        except AssertionError as error:
            self._found(f"{error} (the storm: {leading})")

    def _found(self, what: str) -> None:
        self.outcome.found[f"{self.office.school.code} on {self.life.now:%A %d %B}"] = [what]

    def _given_up(self) -> list[str]:
        """Effects that were handed to a person, although all trouble passed."""
        with self.office.journal.transaction() as transaction:
            left = transaction.outbox_view.needing_a_person()
        return [f"{one.kind} was given up: {one.problem}" for one in left]

    def _states(self) -> dict[str, OutboxState]:
        """By key, how it stands with all that the journal was ever asked for."""
        journal = self.office.journal
        with journal.transaction() as transaction:
            rows = transaction.connection.execute(
                select(outbox.c.key, outbox.c.state).where(outbox.c.school == journal.school)
            )
            return {row.key: OutboxState(row.state) for row in rows}

    def _twice(self) -> int:
        """Mails that somebody has once too often."""
        mails = [mail for role in STAFF for mail in mails_of(self.school, role)]
        seen = Counter((mail.mailbox, mail.key) for mail in mails if mail.key and not mail.is_draft)
        return sum(count - 1 for count in seen.values())

    def _lost(self) -> int:
        """Reports that lie nowhere."""
        sealed = b"\n".join(self.life.examiner._sealed.now().values())
        return sum(marker.encode() not in sealed for marker in self.life.examiner.markers)
