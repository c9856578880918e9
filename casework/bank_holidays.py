"""Which days are weekends or bank holidays in each part of the United Kingdom."""

from __future__ import annotations

from collections.abc import Mapping
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

_SATURDAY = 5


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
