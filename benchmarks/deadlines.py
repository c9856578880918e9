"""Deadlines a second: the table of a school's days beside a loop over `holidays` and numpy's busday_offset.

Run it with `uv run benchmarks/deadlines.py`. Every side answers the same questions, of which the answers are
compared. The loop and numpy know weekends and bank holidays only, so they are asked for working days; school days,
which neither of them can count, stand below, without and with every day explained in words. The table, and each
explanation, is made within the time that is measured, and the loop is measured anew beside each round of each side.
A million questions about a school's year ask for the same day again and again; what stands last is each day of the
year asked for once, so that every explanation is a new one.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import holidays

from casework.day_lines import lines_by_school_days, lines_by_working_days
from casework.deadlines import Clock, DeadlineTable, Duty, explain
from casework.term_dates import TermDates
from connectors.calendar_files import read_term_dates

CALENDAR = Path(__file__).parents[1] / "connectors" / "calendar_files" / "practice-term-dates.toml"
FIRST, LAST = date(2026, 9, 2), date(2027, 5, 28)
QUESTIONS = 1_000_000
ASKED_OF_THE_LOOP = 20_000
AMOUNT = 10
ROUNDS = 5


def loop_over_holidays(starts: Sequence[date]) -> list[date]:
    """What most people write first."""
    english = holidays.country_holidays("GB", subdiv="ENG")
    answers = []
    for start in starts:
        day, left = start, AMOUNT
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < 5 and day not in english
        answers.append(day)
    return answers


def with_numpy(starts: Sequence[date]) -> list[date]:
    """Numpy's own, from dates to dates, as a program has them."""
    import numpy as np  # noqa: PLC0415 - the peer is no dependency of ours

    english = holidays.country_holidays("GB", subdiv="ENG", years=range(2026, 2029))
    days = np.array(starts, dtype="datetime64[D]")
    found = np.busday_offset(days, AMOUNT, roll="backward", holidays=np.array(list(english), "M8[D]"))
    answers: list[date] = found.astype(object).tolist()
    return answers


def from_the_table(clock: Clock, calendar: TermDates) -> Callable[[Sequence[date]], list[date]]:
    """Ours, the table built anew."""
    duty = Duty(name="a duty", clock=clock, amount=AMOUNT, source="the benchmark")

    def ask(starts: Sequence[date]) -> list[date]:
        table = DeadlineTable(duty, calendar)
        return [table[start].due for start in starts]

    return ask


def explained(clock: Clock, calendar: TermDates) -> Callable[[Sequence[date]], list[tuple[str, ...]]]:
    """Ours with the words of each day from the first to the last, table and words made anew."""
    duty = Duty(name="a duty", clock=clock, amount=AMOUNT, source="the benchmark")

    def ask(starts: Sequence[date]) -> list[tuple[str, ...]]:
        table = DeadlineTable(duty, calendar)
        return [explain(table[start]) for start in starts]

    return ask


def explained_anew(clock: Clock, calendar: TermDates) -> Callable[[Sequence[date]], list[tuple[str, ...]]]:
    """Every explanation made for the first time, from a table in which each deadline is new and no line is ready."""
    ask = explained(clock, calendar)

    def ask_anew(starts: Sequence[date]) -> list[tuple[str, ...]]:
        for lines in (lines_by_school_days, lines_by_working_days):
            lines.cache_clear()
        return ask(starts)

    return ask_anew


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One way to answer, and what it is asked."""

    name: str
    ask: Callable[[Sequence[date]], object]
    starts: Sequence[date]

    def per_second(self) -> float:
        """Questions a second of processor time, asked once."""
        began = time.process_time()
        self.ask(self.starts)
        return len(self.starts) / (time.process_time() - began)


def beside(side: Side, loop: Side) -> tuple[float, float]:
    """Questions a second, and how many times the loop's: medians of some rounds.

    The loop is measured right before and after each round, because machines are not equally fast all the time.
    """
    rates, times = [], []
    before = loop.per_second()
    for _ in range(ROUNDS):
        rate, after = side.per_second(), loop.per_second()
        rates.append(rate)
        times.append(2 * rate / (before + after))
        before = after
    return statistics.median(rates), statistics.median(times)


def main() -> int:
    """Ask, compare, print."""
    calendar = read_term_dates(CALENDAR)
    chance = random.Random(1)  # noqa: S311 - the same questions every time
    span = (LAST - FIRST).days
    starts = [FIRST + timedelta(days=chance.randrange(span)) for _ in range(QUESTIONS)]
    once = [FIRST + timedelta(days=number) for number in range(span)]
    clocks = (Clock.WORKING_DAYS, Clock.SCHOOL_DAYS)
    ours = from_the_table(Clock.WORKING_DAYS, calendar)
    few = starts[:ASKED_OF_THE_LOOP]
    if ours(few) != loop_over_holidays(few):
        print("The loop comes to other days: nothing was measured.", file=sys.stderr)
        return 1
    loop = Side(name="loop over holidays, working days", ask=loop_over_holidays, starts=few)
    sides = [loop]
    try:
        if with_numpy(few) != ours(few):
            print("Numpy comes to other days.", file=sys.stderr)
            return 1
        sides.append(Side(name="numpy busday_offset, working days", ask=with_numpy, starts=starts))
    except ImportError:
        print("numpy is not installed; run with: uv run --with numpy benchmarks/deadlines.py")
    for clock in clocks:
        name = f"our table, {clock.value}"
        sides.append(Side(name=name, ask=from_the_table(clock, calendar), starts=starts))
    for clock in clocks:
        name = f"our table, {clock.value}, explained"
        sides.append(Side(name=name, ask=explained(clock, calendar), starts=starts))
    for clock in clocks:
        name = f"our table, {clock.value}, each explained anew"
        sides.append(Side(name=name, ask=explained_anew(clock, calendar), starts=once))
    for side in sides:
        rate, times = beside(side, loop)
        print(f"{side.name:46} {rate:>14,.0f} a second {times:>9.1f} times the loop")
    return 0


if __name__ == "__main__":
    sys.exit(main())
