"""Deadlines a second: the table of a school's days beside a loop over `holidays` and numpy's busday_offset.

Run it with `uv run benchmarks/deadlines.py`. Every side answers the same questions, of which the answers are
compared. The loop and numpy know weekends and bank holidays only, so they are asked for working days; school days,
which neither of them can count, stand below, without and with every day explained in words. The table, and each
explanation, is made within the time that is measured. A million questions about a school's year ask for the same day
again and again; what stands last is each day of the year asked for once, so that every explanation is a new one.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
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


def per_second(ask: Callable[[Sequence[date]], object], starts: Sequence[date]) -> float:
    """Questions a second of processor time: the median of some rounds."""
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        ask(starts)
        taken.append(time.process_time() - began)
    return len(starts) / statistics.median(taken)


def main() -> int:
    """Ask, compare, print."""
    calendar = read_term_dates(CALENDAR)
    chance = random.Random(1)  # noqa: S311 - the same questions every time
    span = (LAST - FIRST).days
    starts = [FIRST + timedelta(days=chance.randrange(span)) for _ in range(QUESTIONS)]
    ours = from_the_table(Clock.WORKING_DAYS, calendar)
    few = starts[:ASKED_OF_THE_LOOP]
    if ours(few) != loop_over_holidays(few):
        print("The loop comes to other days: nothing was measured.", file=sys.stderr)
        return 1
    loop = per_second(loop_over_holidays, few)
    rows = [("loop over holidays, working days", loop)]
    try:
        if with_numpy(few) != ours(few):
            print("Numpy comes to other days.", file=sys.stderr)
            return 1
        rows.append(("numpy busday_offset, working days", per_second(with_numpy, starts)))
    except ImportError:
        print("numpy is not installed; run with: uv run --with numpy benchmarks/deadlines.py")
    rows.append(("our table, working days", per_second(ours, starts)))
    in_school_days = from_the_table(Clock.SCHOOL_DAYS, calendar)
    rows.append(("our table, school days", per_second(in_school_days, starts)))
    rows += [
        (f"our table, {clock.value}, explained", per_second(explained(clock, calendar), starts))
        for clock in (Clock.WORKING_DAYS, Clock.SCHOOL_DAYS)
    ]
    once = [FIRST + timedelta(days=number) for number in range(span)]
    rows += [
        (f"our table, {clock.value}, each explained anew", per_second(explained_anew(clock, calendar), once))
        for clock in (Clock.WORKING_DAYS, Clock.SCHOOL_DAYS)
    ]
    for name, rate in rows:
        print(f"{name:46} {rate:>14,.0f} a second {rate / loop:>9.1f} times the loop")
    return 0


if __name__ == "__main__":
    sys.exit(main())
