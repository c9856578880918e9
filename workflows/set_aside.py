"""What makes its handling stumble three times is set aside for a person, told once and kept whole; the rest go on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from casework.cases import Case, CaseReference
from casework.errors import SignInError, TemporaryConnectorError
from casework.ports import Journal
from casework.records import Cursors, JournalTransaction
from workflows.faults import in_words, is_of_the_place
from workflows.job_report import JobReport

SET_ASIDE = "stumbled over"
TRIES = 3
LISTS = ("cases list", "drop folder", "policies library")
"""The cursors of what is read by changes: forgotten, everything is listed once more, and so what was set aside too."""

Item = TypeVar("Item")


@dataclass(frozen=True, kw_only=True, slots=True)
class Stumble:
    """What could not be handled.

    Attributes:
        what: in office words, such as "a row of the case list".
        tries: sweeps in which it failed.
        at: the last of them, ISO 8601.
        told: the log has said that it was set aside.
        left: a person has seen it, so nobody is told of it any more.
    """

    what: str
    problem: str
    tries: int
    at: str
    case: str = ""
    told: bool = False
    left: bool = False

    @property
    def is_set_aside(self) -> bool:
        return self.tries >= TRIES


def stumbles(cursors: Cursors) -> dict[str, Stumble]:
    """Everything that stumbles at present, by its key."""
    kept: dict[str, dict[str, object]] = json.loads(cursors.get(SET_ASIDE) or "{}")
    return {key: Stumble(**given) for key, given in kept.items()}  # type: ignore[arg-type]  # as it was written


def things_set_aside(cursors: Cursors) -> tuple[Stumble, ...]:
    """Those that somebody still has to look at."""
    return tuple(one for one in stumbles(cursors).values() if one.is_set_aside and not one.left)


def leave_alone(cursors: Cursors, key: str) -> None:
    """A person has seen it: it is tried every night as before, and spoken of no more."""
    known = stumbles(cursors)
    _keep(cursors, {**known, key: replace(known[key], left=True)})


def set_aside_lines(cursors: Cursors) -> Iterator[str]:
    """What the office hears of it in the morning mail."""
    for one in things_set_aside(cursors):
        about = f"{one.case}: " if one.case else ""
        what = one.what if about else f"{one.what[:1].upper()}{one.what[1:]}"
        yield (
            f"{about}{what} could not be handled in three tries, so it is left as it is, and all else goes on. "
            f"{_reason(one.problem)} Casework tries once more every night; at once with: casework try-again. "
            "Seen, and to be left: casework seen"
        )


def try_all_again(transaction: JournalTransaction, *, tries_left: int = TRIES) -> int:
    """Let what was set aside be tried again, so many times; returns how many things that are."""
    known = stumbles(transaction.cursors)
    aside = {key: one for key, one in known.items() if one.is_set_aside}
    if aside:
        again = {key: replace(one, tries=TRIES - tries_left, at="") for key, one in aside.items()}
        _keep(transaction.cursors, {**known, **again})
        for name in LISTS:
            transaction.cursors.forget(name)
    return len(aside)


class Guard:
    """Counts the tries of single things, one a sweep."""

    def __init__(self, journal: Journal, *, what: str, now: datetime) -> None:
        self._journal = journal
        self._what = what
        self._now = now

    @cached_property
    def _known(self) -> dict[str, Stumble]:
        """Read when the first thing is to be handled: an idle sweep must cost nothing."""
        with self._journal.transaction() as transaction:
            return stumbles(transaction.cursors)

    def leaves_alone(self, key: str) -> bool:
        """True for what was set aside."""
        found = self._known.get(self._name(key))
        return found is not None and found.is_set_aside

    def knows(self, key: str) -> bool:
        return self._name(key) in self._known

    def stumbled(self, key: str, error: Exception, *, case: CaseReference | None = None) -> str:
        """Count the try; returns what is said of it.

        Raises:
            Exception: the error itself, if the next thing would fail in the same way.
        """
        if is_of_the_place(error) or isinstance(error, TemporaryConnectorError):
            raise error
        name, problem = self._name(key), in_words(error)
        with self._journal.transaction() as transaction:
            known = stumbles(transaction.cursors)
            before = known.get(name) or Stumble(
                what=self._what, problem=problem, tries=0, at="", case=case or ""
            )
            tries = before.tries + (before.at != self._now.isoformat())
            now = replace(before, problem=problem, tries=tries, at=self._now.isoformat())
            if now.is_set_aside and not now.told:
                now = replace(now, told=True)
                transaction.events.append("item.set_aside", at=self._now, case=case, item=self._what)
            _keep(transaction.cursors, {**known, name: now})
        self._known[name] = now
        outcome = "is set aside for a person" if now.is_set_aside else "is tried again at the next sweep"
        about = f" ({case})" if case else ""
        return f"{self._what[:1].upper()}{self._what[1:]}{about} {outcome}: {problem}"

    def went_well(self, key: str) -> None:
        """Forget that it ever stumbled."""
        if self._known.pop(self._name(key), None):
            with self._journal.transaction() as transaction:
                known = stumbles(transaction.cursors)
                known.pop(self._name(key), None)
                _keep(transaction.cursors, known)

    def _name(self, key: str) -> str:
        return f"{self._what}/{key}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Handled:
    """What came of several things; `settled` is False while one of them is still to be tried again."""

    report: JobReport
    settled: bool


def handle_each(
    items: Iterable[Item],
    handle: Callable[[JournalTransaction, Item], int],
    *,
    journal: Journal,
    guard: Guard,
    key: Callable[[Item], str],
    case: Callable[[Item], CaseReference | None] = lambda _: None,
) -> Handled:
    """Handle all in one transaction; where one stumbles, each in its own, so that it holds up none of the others.

    Args:
        items: in their order.
        handle: changes the journal, and returns how much changed.
        journal: the school's.
        guard: knows what was set aside.
        key: an item's own, without personal data.
        case: of which the office hears that it is concerned.
    """
    going = [item for item in items if not guard.leaves_alone(key(item))]
    if not any(guard.knows(key(item)) for item in going):
        changes = _together(going, handle, journal)
        if changes is not None:
            return Handled(report=JobReport(changes=changes), settled=True)
    changes, problems = 0, []
    for item in going:
        try:
            with journal.transaction() as transaction:
                changes += handle(transaction, item)
        except Exception as error:  # noqa: BLE001 - one thing's fault must not stop the others
            problems.append(guard.stumbled(key(item), error, case=case(item)))
        else:
            guard.went_well(key(item))
    settled = all(guard.leaves_alone(key(item)) or not guard.knows(key(item)) for item in going)
    return Handled(report=JobReport(changes=changes, problems=tuple(problems)), settled=settled)


@dataclass(frozen=True, kw_only=True, slots=True)
class Passing:
    """What is no fault of a thing, so that it is tried again at every sweep: which errors, and what is told of them."""

    errors: tuple[type[Exception], ...]
    sentence: Callable[[Exception], str]


def one_by_one(
    items: Iterable[Item],
    handle: Callable[[Item], int],
    *,
    guard: Guard,
    key: Callable[[Item], str],
    case: Callable[[Item], CaseReference | None],
    passing: Callable[[Item], Passing],
) -> JobReport:
    """Handle each by itself, where each asks Microsoft 365: one that stumbles holds up none of the others.

    Args:
        items: in their order.
        handle: returns how much changed; it opens its own transactions.
        guard: knows what was set aside.
        key: an item's own, without personal data.
        case: of which the office hears that it is concerned.
        passing: what is no fault of the item.

    Raises:
        SignInError: nobody is let in, so none of them would be handled.
    """
    changes, problems = 0, []
    for item in items:
        if guard.leaves_alone(key(item)):
            continue
        no_fault = passing(item)
        try:
            changes += handle(item)
        except SignInError:
            raise
        except no_fault.errors as error:
            problems.append(no_fault.sentence(error))
        except Exception as error:  # noqa: BLE001 - one thing's fault must not stop the others
            problems.append(guard.stumbled(key(item), error, case=case(item)))
        else:
            guard.went_well(key(item))
    return JobReport(changes=changes, problems=tuple(problems))


def _together(
    items: list[Item], handle: Callable[[JournalTransaction, Item], int], journal: Journal
) -> int | None:
    """Handle all or none; None if one of them stumbled."""
    if not items:
        return 0
    try:
        with journal.transaction() as transaction:
            return sum(handle(transaction, item) for item in items)
    except Exception as error:
        if is_of_the_place(error) or isinstance(error, TemporaryConnectorError):
            raise
        return None


def or_at_once(
    soonest: Callable[[Case], datetime | None], *, now: datetime
) -> Callable[[Case], datetime | None]:
    """When a case is to be looked at; at once where that cannot be told, and then the look itself is guarded."""

    def told(case: Case) -> datetime | None:
        try:
            return soonest(case)
        except Exception as error:
            if is_of_the_place(error) or isinstance(error, TemporaryConnectorError):
                raise
            return now

    return told


def _keep(cursors: Cursors, known: dict[str, Stumble]) -> None:
    if known:
        cursors.put(SET_ASIDE, json.dumps({key: asdict(one) for key, one in known.items()}))
    else:
        cursors.forget(SET_ASIDE)


def _reason(problem: str) -> str:
    """Our own errors are sentences with a next step; any other is a name that only the maker can use."""
    return problem if problem.endswith(".") else f"Tell whoever looks after Casework this word: {problem}."
