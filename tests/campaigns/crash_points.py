"""Every point at which a sweep can be broken off, enumerated by the sweep itself, and what comes of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import select

from connectors.journal.schema import outbox
from tests.account import Account, account_of, differences, log_of
from tests.campaigns.tally import Outcome, Tally, surplus_and_missing
from tests.journal_stores import JournalStore
from tests.killing import (
    COMMIT,
    KILLED,
    PROBLEMS,
    TURN,
    Moment,
    done_in,
    hangs_of,
    hung,
    kind_of,
    lost_answers_of,
    moments_of,
    sweeps,
)
from tests.remembering import remembered
from tests.school import SchoolAtWork

Choice: TypeAlias = Callable[[list[Moment], list[str]], list[Moment]]
"""Chooses among the points of a sweep, given what it did."""
FINISHED = frozenset({"done", "cancelled", "gathered", "held back"})
"""Carried out, withdrawn, or waiting for its hour, as it should be."""
MOST_SWEEPS = 4
"""So many more sweeps may be needed before nothing is left, where an answer was lost."""


def every_point(points: list[Moment], done: list[str]) -> list[Moment]:
    return points


@dataclass(frozen=True, kw_only=True, slots=True)
class Undisturbed:
    """How a sweep goes and ends when nothing breaks it off.

    Attributes:
        done: its writes and commits, in their order: between them lie the points.
        before: the keys of what the journal had been asked for when it began.
    """

    account: Account
    log: list[str]
    done: list[str]
    before: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class CrashPoints:
    """One sweep of a school, broken off at one point after another.

    Args:
        school: something has happened there, and Casework has not yet seen it.
        store: where its journal lies.
        ledger: a file to write to.
        share: which of how many equal shares of its points is tried, from 0.
    """

    school: SchoolAtWork
    store: JournalStore
    ledger: Path
    share: tuple[int, int] = (0, 1)

    def broken_off(self, which: Choice = every_point) -> Outcome:
        """Break the sweep off at these of its points, each time from the beginning; then let it be made good.

        Args:
            which: chooses among the points.
        """
        outcome = Outcome()
        with remembered(self.school, store=self.store) as again:
            self.school.once()  # whatever is loaded late is loaded now: a forked child has it then
            again()
            plain = self._undisturbed()
            number, shares = self.share
            points = list(self._points(plain.done))[number::shares]
            for moment in points:
                outcome.rows[name_of(moment, plain.done)].points += 1
            for moment in which(points, plain.done):
                again()
                name = name_of(moment, plain.done)
                tally, differs = self._one(moment, plain)
                outcome.rows[name].add(tally)
                if differs:
                    outcome.found[f"{name} {moment.number}: {kind_of(plain.done[moment.number - 1])}"] = (
                        differs
                    )
        return outcome

    def _points(self, done: list[str]) -> Iterator[Moment]:
        on_a_server = bool(self.school.office.settings.journal.url)
        yield from moments_of(done)
        yield from lost_answers_of(done, on_a_server=on_a_server)
        if (
            on_a_server
        ):  # a file is held by the operating system's lock: nobody else comes while its holder lives
            yield from hangs_of(done)

    def _undisturbed(self) -> Undisturbed:
        before = frozenset(self._effects())
        self._close()
        assert sweeps(self.school.settings, self.ledger) == 0, done_in(self.ledger)
        done = done_in(self.ledger)
        plain = Undisturbed(
            account=account_of(self.school),
            log=log_of(self.school.office),
            done=done,
            before=before,
        )
        self._close()
        return plain

    def _one(self, moment: Moment, plain: Undisturbed) -> tuple[Tally, list[str]]:
        self._close()
        differs = self._hung(moment) if moment.hangs else self._broken(moment)
        self.store.time_passes()
        differs += self._made_good()
        differs += differences(plain.account, account_of(self.school))
        differs += differences({"log": plain.log}, {"log": log_of(self.school.office)})
        asked = [state for key, state in self._effects().items() if key not in plain.before]
        done = sum(state in FINISHED for state in asked)
        self._close()
        tally = Tally(faults=1, asked=len(asked), done=done, **surplus_and_missing(differs))
        return tally, differs

    def _broken(self, moment: Moment) -> list[str]:
        ended = sweeps(self.school.settings, self.ledger, dies=moment)
        as_wanted = ended in {0, PROBLEMS} if moment.lost else ended == KILLED
        return [] if as_wanted else [f"  it was not broken off there, but ended with {ended}"]

    def _hung(self, moment: Moment) -> list[str]:
        """One host stands still for longer than its turn lasts; another does the work; then the first goes on."""
        with hung(self.school.settings, self.ledger.with_suffix(".hung"), moment):
            self.store.time_passes()
            return self._made_good()

    def _made_good(self) -> list[str]:
        """Sweep until one has nothing to complain of; returns the last complaints if none comes."""
        for _ in range(MOST_SWEEPS):
            if sweeps(self.school.settings, self.ledger) == 0:
                return []
            self.store.time_passes()
        return [f"  it was not made good: {done_in(self.ledger)[-1]}"]

    def _effects(self) -> dict[str, str]:
        journal = self.school.office.journal
        with journal.transaction() as transaction:
            rows = transaction.connection.execute(
                select(outbox.c.key, outbox.c.state).where(outbox.c.school == journal.school)
            )
            return {row.key: row.state for row in rows}

    def _close(self) -> None:
        """The school is opened again when it is next looked at: a child must not inherit its connections."""
        self.school.office.close_journal()


def name_of(moment: Moment, done: list[str]) -> str:
    """What is done to Casework at this point, in words."""
    what = done[moment.number - 1]
    of = "a commit of the journal" if what in {COMMIT, TURN} else "a write to Microsoft 365"
    if moment.hangs:
        return f"hung right before {of} until another host had done all"
    if moment.lost:
        return f"the answer to {of} is lost"
    return f"killed right {'after' if moment.after else 'before'} {of}"


def sample(seed: int, size: int, points: list[Moment], done: list[str]) -> list[Moment]:
    """Choose so many points by lot, the same each time, in their order."""
    chance = random.Random(seed)  # noqa: S311 - the same lot each time
    drawn = set(chance.sample(range(len(points)), k=min(size, len(points))))
    return [point for number, point in enumerate(points) if number in drawn]


def numbered(number: int, points: list[Moment], done: list[str]) -> list[Moment]:
    """The points of this number, of every sort."""
    return [point for point in points if point.number == number]


def hung_at_each_kind(points: list[Moment], done: list[str]) -> list[Moment]:
    """The points at which a host hangs, one for each kind of write."""
    known: set[str] = set()
    chosen = []
    for point in points:
        kind = kind_of(done[point.number - 1])
        if point.hangs and kind not in known:
            known.add(kind)
            chosen.append(point)
    return chosen
