"""Which days are weekends or bank holidays in each part of the United Kingdom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

SUBDIVISIONS: Mapping[str, str] = MappingProxyType(
    {
        "England": "ENG",
        "England and Wales": "ENG",
        "Wales": "WLS",
        "Scotland": "SCT",
        "Northern Ireland": "NIR",
    }
)
"""The divisions that a calendar may name, and what the `holidays` library calls them."""

CHECKED_UNTIL = date(2028, 12, 31)
"""So far the days below were compared with the government's list, by a test that fails when less than a year is left."""
_SATURDAY = 5
_FEWEST_IN_A_YEAR = 7
"""A year of the government's list with fewer days is not all there; of it only what is named is taken."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BankHoliday:
    """A bank holiday of one year alone, such as that of a coronation, announced after this version of Casework.

    Attributes:
        name: as it is explained; empty for a usual one that was moved to another day.
    """

    day: date
    name: str = "bank holiday"


def announced(published: Mapping[date, str], division: str) -> tuple[BankHoliday, ...]:
    """In what the government's list of a division differs from the days that Casework knows.

    Args:
        published: the list: day and name.
        division: one of `SUBDIVISIONS`.
    """
    years = sorted({day.year for day in published})
    found = (one for year in years for one in _differing(published, division, year))
    return tuple(sorted(found, key=lambda one: one.day))


def _differing(published: Mapping[date, str], division: str, year: int) -> Iterator[BankHoliday]:
    known = {day for day in bank_holidays(division, year) if not is_weekend(day)}
    listed = {day: name for day, name in published.items() if day.year == year and not is_weekend(day)}
    yield from (BankHoliday(day=day, name=name) for day, name in listed.items() if day not in known)
    if len(listed) >= _FEWEST_IN_A_YEAR:
        yield from (BankHoliday(day=day, name="") for day in known if day not in listed)


def is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY


def bank_holiday_name(day: date, division: str) -> str | None:
    """Say which bank holiday a day is in a division (one of `SUBDIVISIONS`), or None."""
    return bank_holidays(division, day.year).get(day)


def is_working_day(day: date, division: str) -> bool:
    return not is_weekend(day) and bank_holiday_name(day, division) is None


@cache
def bank_holidays(division: str, year: int) -> Mapping[date, str]:
    """Return the bank holidays of one year, substitute days included."""
    # Importing the library costs half a second of CPU; a command that counts no days must not pay for it.
    import holidays  # noqa: PLC0415

    found = holidays.country_holidays("GB", subdiv=SUBDIVISIONS[division], years=year)
    return MappingProxyType(dict(found.items()))
