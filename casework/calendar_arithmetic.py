"""Months on the calendar, counted as people count them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def months_later(day: date, months: int, *, else_next_day: bool = False) -> date:
    """Return the corresponding day so many months later; a negative number goes back.

    Args:
        day: the day to begin from.
        months: how many months.
        else_next_day: what stands in for a day that the month does not have (30 February): False takes the
            last day of that month, True the first of the next.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    longest = monthrange(year, month + 1)[1]
    if day.day <= longest:
        return date(year, month + 1, day.day)
    last = date(year, month + 1, longest)
    return last + timedelta(days=1) if else_next_day else last
