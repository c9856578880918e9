"""What a calendar file says, entry by entry, each with its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import inf
from typing import TypeAlias

from casework.bank_holidays import BankHoliday, is_weekend
from casework.term_date_checks import Break, CalendarProblem, Closure, OpenDay, Term
from connectors.calendar_files.welsh import MONTHS as MONTHS_IN_WELSH

Entry: TypeAlias = Term | Break | Closure | OpenDay | BankHoliday | date

# A closure that lasts is a mistake in a date, or a holiday under another name.
_LONGEST_CLOSURE = 60

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
# 26-10-30 is left to whoever wrote it: it may begin with the day or with the year
_DAY_FIRST = re.compile(r"(\d{1,2})(?:[/.-](\d{1,2})[/.-](?=\d{4}$)|[/.](\d{1,2})[/.](?=\d\d$))(\d+)")
_WORDS = re.compile(
    r"(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?([a-z]{3})[a-z]*\.?,?[\s-]+(\d{4}|\d{2})"
)
_CENTURY = 2000
# What Excel writes of a day whose cell is not formatted as one: the days since this one. Five figures are 1982 to 2173.
_EXCEL_BEGINS = date(1899, 12, 30)
_EXCEL = re.compile(r"[3-9]\d{4}")
# The hour that spreadsheets and programs add to a day.
_HOUR = re.compile(r"(?:(?<=\d)t|\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.0+)?)?(?:\s*[ap]m)?z?$")
_LINE = re.compile(r"line (\d+)\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class PassedOver:
    """An entry of a feed that does not count; `mentions` says that its words speak of terms or days off all the same."""

    says: str
    starts: date
    ends: date
    mentions: bool


@dataclass(kw_only=True, slots=True)
class CalendarDraft:
    """The entries of a file while it is read.

    Attributes:
        problems: sentences about entries that could not be read.
        passed_over: entries that do not count, in the file's order.
    """

    division: str = ""
    problems: list[str] = field(default_factory=list)
    passed_over: list[PassedOver] = field(default_factory=list)
    _entries: list[tuple[Entry, str]] = field(default_factory=list)

    @property
    def terms(self) -> tuple[Term, ...]:
        return tuple(entry for entry, _ in self._entries if isinstance(entry, Term))

    @property
    def half_terms(self) -> tuple[Break, ...]:
        return tuple(entry for entry, _ in self._entries if isinstance(entry, Break))

    @property
    def inset_days(self) -> tuple[date, ...]:
        return tuple(entry for entry, _ in self._entries if isinstance(entry, date))

    @property
    def closures(self) -> tuple[Closure, ...]:
        return tuple(entry for entry, _ in self._entries if isinstance(entry, Closure))

    @property
    def open_days(self) -> tuple[OpenDay, ...]:
        return tuple(entry for entry, _ in self._entries if isinstance(entry, OpenDay))

    @property
    def bank_holidays(self) -> tuple[BankHoliday, ...]:
        return tuple(entry for entry, _ in self._entries if isinstance(entry, BankHoliday))

    def add(self, entry: Entry, place: str) -> None:
        """Take an entry; feeds repeat themselves, so the same one twice is one."""
        if all(known != entry for known, _ in self._entries):
            self._entries.append((entry, place))

    def add_days(self, starts: date, ends: date, place: str, *, closed_for: str | None = None) -> None:
        """Take each day of a span: closures with their reason, or INSET days if there is none to give."""
        if not timedelta(0) <= ends - starts <= timedelta(days=_LONGEST_CLOSURE):
            self.problems.append(
                f"{place}: goes from {starts.isoformat()} to {ends.isoformat()}; mend the dates."
            )
            return
        for number in range(starts.toordinal(), ends.toordinal() + 1):
            day = date.fromordinal(number)
            self.add(day if closed_for is None else Closure(day=day, reason=closed_for), place)

    def add_bank_holidays(self, starts: date, ends: date, place: str, *, name: str) -> None:
        """Take the weekdays of a span; a table names the usual ones, too, and Boxing Day where it is a Saturday."""
        days = map(date.fromordinal, range(starts.toordinal(), ends.toordinal() + 1))
        for day in days:
            if not is_weekend(day):
                self.add(BankHoliday(day=day, name=name), place)

    def place(self, problem: CalendarProblem) -> str:
        """Say a problem together with the place of the entry that it is about."""
        places = (place for entry, place in self._entries if entry == problem.about)
        place = next(places, "")
        return f"{place}: {problem.says}" if place else problem.says


def read_day(written: object) -> date | None:
    """Read a day as British offices write it (the day first), or None if it is none."""
    if isinstance(written, datetime):
        return None
    if isinstance(written, date):
        return written
    if not isinstance(written, str):
        return None
    return _day_in(_HOUR.sub("", written.strip().casefold()))


def _day_in(text: str) -> date | None:
    if _EXCEL.fullmatch(text):
        return _EXCEL_BEGINS + timedelta(days=int(text))
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = int(found[1]), int(found[2] or found[3]), _year(found[4])
    elif (found := _WORDS.fullmatch(text)) and (named := _month(found[2])):
        day, month, year = int(found[1]), named, _year(found[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(begins: str) -> int | None:
    return next((names.index(begins) + 1 for names in (_MONTHS, MONTHS_IN_WELSH) if begins in names), None)


def _year(written: str) -> int:
    """Spreadsheets shorten a year to its last two digits; terms are of this century."""
    return int(written) if len(written) > len("26") else _CENTURY + int(written)


def by_line(problems: Iterable[str]) -> list[str]:
    """Problems in the order in which somebody meets them in the file; those of no line come last."""

    def line(problem: str) -> float:
        found = _LINE.match(problem)
        return int(found[1]) if found else inf

    return sorted(problems, key=line)
