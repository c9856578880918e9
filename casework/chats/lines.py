"""The lines of an exported chat: which of them begin a message, and what stands in front of it."""

# ruff: noqa: RUF001 - the dashes of telephones are meant

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

_MARKS = str.maketrans(
    dict.fromkeys(
        (0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0xFEFF)
    )
    | {0x00A0: " ", 0x202F: " ", 0x2009: " "}
)
_DATE = r"(?P<one>\d{1,4})\s?[./-]\s?(?P<two>\d{1,2})\s?[./-]\s?(?P<three>\d{1,4})\.?"
_TIME = (
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?"
    r"(?:\s?(?P<half>[ap]\.?\s?m\.?|vorm\.|nachm\.|de la mañana|de la tarde))?"
)
_BETWEEN = r",?\s(?:at\s|um\s|à\s|alle\s|kl\.?\s)?"
_STARTS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\[{_DATE}{_BETWEEN}{_TIME}\]\s?(?P<rest>.*)",
        rf"{_DATE}{_BETWEEN}{_TIME}\s[-–]\s(?P<rest>.*)",
    )
)
_LONGEST_START = 60
"""Characters in front of a message: a longer line is not looked at twice."""
_CENTURY = 100
_MONTHS = 12
_FOUR_DIGITS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Start:
    """The beginning of a message.

    Attributes:
        numbers: the three of its date, as written.
        rest: the line behind date and time.
    """

    numbers: tuple[str, str, str]
    hour: int
    minute: int
    second: int
    rest: str

    @property
    def year_first(self) -> bool:
        return len(self.numbers[0]) == _FOUR_DIGITS

    def at(self, *, day_first: bool) -> datetime | None:
        """The moment, by the telephone's clock; None where the calendar has no such day."""
        one, two, three = (int(number) for number in self.numbers)
        if self.year_first:
            year, month, day = one, two, three
        else:
            day, month, year = (one, two, three) if day_first else (two, one, three)
        year += 2000 if year < _CENTURY else 0
        try:
            return datetime(year, month, day, self.hour, self.minute, self.second)  # noqa: DTZ001 - an export names no zone
        except ValueError:
            return None


def without_marks(text: str) -> str:
    """The text without direction marks, with plain spaces."""
    return text.translate(_MARKS)


def read_start(line: str) -> Start | None:
    """The beginning of a message, where the line (without marks) is one."""
    for form in _STARTS:
        match = form.match(line)
        if match and match.start("rest") <= _LONGEST_START:
            return Start(
                numbers=(match["one"], match["two"], match["three"]),
                hour=_hour(int(match["hour"]), (match["half"] or "").lower()),
                minute=int(match["minute"]),
                second=int(match["second"] or 0),
                rest=match["rest"],
            )
    return None


def _hour(hour: int, half: str) -> int:
    if not half:
        return hour
    afternoon = half.startswith(("p", "nach", "de la t"))
    return hour % 12 + 12 * afternoon


def is_day_first(starts: list[Start]) -> bool | None:
    """Whether day stands before month, from all dates together; None where none of them tells.

    A number above twelve is a day. Where there is none, the order in which the file runs forward in time is right.
    """
    dates = [start for start in starts if not start.year_first]
    if any(int(start.numbers[0]) > _MONTHS for start in dates):
        return True
    if any(int(start.numbers[1]) > _MONTHS for start in dates):
        return False
    backward = {order: _steps_back(dates, day_first=order) for order in (True, False)}
    if backward[True] == backward[False]:
        return None
    return backward[True] < backward[False]


def _steps_back(starts: list[Start], *, day_first: bool) -> int:
    moments = [moment for start in starts if (moment := start.at(day_first=day_first))]
    return sum(later < earlier for earlier, later in pairwise(moments))
