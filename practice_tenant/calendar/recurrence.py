"""The days of a series: a recurrence read from a client, and the days on which it falls."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from practice_tenant.errors import GraphError, not_implemented

Json = dict[str, Any]

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PATTERNS = ("daily", "weekly", "absoluteMonthly", "absoluteYearly")
_FURTHER_PATTERNS = ("relativeMonthly", "relativeYearly")
_RANGES = ("endDate", "noEnd", "numbered")
_NO_DAY = "0001-01-01"
# Outlook takes no longer series.
_MOST_OCCURRENCES = 999
_LONGEST_INTERVAL = 999
# Exchange counts time from here.
_FIRST_YEAR = 1601
_WEEK, _MONTHS = 7, 12


def read_recurrence(given: object, zone: str) -> Json | None:
    """The recurrence in the form in which Graph gives it back, None for none.

    Args:
        given: the client's patternedRecurrence.
        zone: of the event's start, which says when a day begins unless the range names another.

    Raises:
        GraphError: 400 for one that makes no series, 501 for patterns that are not practised.
    """
    if given is None:
        return None
    pattern, limits = _part(given, "pattern"), _part(given, "range")
    return {"pattern": _pattern(pattern), "range": _range(limits, zone)}


def days_of(recurrence: Json, until: date) -> Iterator[date]:
    """The days of a series in order, up to and with `until`; a month without the day gives its last."""
    limits = recurrence["range"]
    last, most = until, None
    if limits["type"] == "endDate":
        last = min(until, date.fromisoformat(limits["endDate"]))
    if limits["type"] == "numbered":
        most = int(limits["numberOfOccurrences"])
    start = date.fromisoformat(limits["startDate"])
    for number, day in enumerate(_endless(recurrence["pattern"], start)):
        if day > last or number == most:
            return
        yield day


def _endless(pattern: Json, start: date) -> Iterator[date]:
    interval, kind = int(pattern["interval"]), pattern["type"]
    if kind == "daily":
        yield from _every(start, interval)
    elif kind == "weekly":
        yield from _weekly(pattern, start)
    else:
        yield from _by_months(pattern, start, interval * (_MONTHS if kind == "absoluteYearly" else 1))


def _every(start: date, interval: int) -> Iterator[date]:
    day = start
    while day <= date.max - timedelta(days=interval):
        yield day
        day += timedelta(days=interval)


def _weekly(pattern: Json, start: date) -> Iterator[date]:
    first = _DAYS.index(pattern["firstDayOfWeek"])
    offsets = sorted((_DAYS.index(day) - first) % _WEEK for day in pattern["daysOfWeek"])
    week = start - timedelta(days=(start.weekday() - first) % _WEEK)
    for monday in _every(week, _WEEK * int(pattern["interval"])):
        yield from (day for offset in offsets if (day := monday + timedelta(days=offset)) >= start)


def _by_months(pattern: Json, start: date, step: int) -> Iterator[date]:
    month = int(pattern["month"]) or start.month
    count = start.year * _MONTHS + (month if pattern["type"] == "absoluteYearly" else start.month) - 1
    while count < date.max.year * _MONTHS:
        year, place = divmod(count, _MONTHS)
        day = date(year, place + 1, min(int(pattern["dayOfMonth"]), monthrange(year, place + 1)[1]))
        if day >= start:
            yield day
        count += step


def _pattern(given: Json) -> Json:
    kind = _word(given, "type", (*_PATTERNS, *_FURTHER_PATTERNS))
    if kind in _FURTHER_PATTERNS:
        raise not_implemented(f"the recurrence pattern {kind}")
    days = given.get("daysOfWeek") or []
    if not isinstance(days, list):
        raise _refused("daysOfWeek must be a list of days.")
    named = [_word({"daysOfWeek": day}, "daysOfWeek", _DAYS) for day in days]
    if kind == "weekly" and not named:
        raise _refused("A weekly recurrence needs daysOfWeek.")
    by_month = kind in {"absoluteMonthly", "absoluteYearly"}
    return {
        "type": kind,
        "interval": _number(given, "interval", 1, _LONGEST_INTERVAL),
        "month": _number(given, "month", 1, _MONTHS) if kind == "absoluteYearly" else 0,
        "dayOfMonth": _number(given, "dayOfMonth", 1, 31) if by_month else 0,
        "daysOfWeek": named if kind == "weekly" else [],
        "firstDayOfWeek": _word({"firstDayOfWeek": "sunday", **given}, "firstDayOfWeek", _DAYS),
        "index": "first",
    }


def _range(given: Json, zone: str) -> Json:
    kind = _word(given, "type", _RANGES)
    start = _day(given, "startDate")
    end = _day(given, "endDate") if kind == "endDate" else _NO_DAY
    if date.fromisoformat(start).year < _FIRST_YEAR:
        raise _refused("startDate of a recurrence lies too far back.")
    if kind == "endDate" and end < start:
        raise _refused("The endDate of a recurrence lies before its startDate.")
    return {
        "type": kind,
        "startDate": start,
        "endDate": end,
        "recurrenceTimeZone": str(given.get("recurrenceTimeZone") or zone),
        "numberOfOccurrences": _number(given, "numberOfOccurrences", 1, _MOST_OCCURRENCES)
        if kind == "numbered"
        else 0,
    }


def _part(given: object, name: str) -> Json:
    part = given.get(name) if isinstance(given, dict) else None
    if not isinstance(part, dict):
        raise _refused(f"A recurrence needs a {name}.")
    return part


def _word(given: Json, name: str, words: tuple[str, ...]) -> str:
    for word in words:
        if str(given.get(name)).lower() == word.lower():
            return word
    raise _refused(f"{name} of a recurrence must be one of {', '.join(words)}.")


def _number(given: Json, name: str, least: int, most: int) -> int:
    value = given.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise _refused(f"{name} of a recurrence must be a number from {least} to {most}.")
    return value


def _day(given: Json, name: str) -> str:
    try:
        return date.fromisoformat(str(given.get(name))).isoformat()
    except ValueError as error:
        raise _refused(f"{name} of a recurrence is no date.") from error


def _refused(sentence: str) -> GraphError:
    return GraphError(400, "ErrorPropertyValidationFailure", sentence)
