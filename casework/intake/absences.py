"""When somebody is away and when they are back, as their automatic reply says it; never a guess."""

# ruff: noqa: RUF001 - the letters of other alphabets are meant

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from casework.forwards.blocks import any_of
from casework.forwards.dates import parse_moment
from casework.intake.automatic_words import AWAY, SURE_SUBJECT, WEAK_SUBJECT
from casework.messages import ReceivedMessage

LONGEST_NOTICE = 4_000
_DAY = r"\s+(?:and including\s+|on\s+|the\s+)?(?P<when>(?:\d{1,2}\.(?=\s?[^\W\d_]|\s?\d)|[^\n.;!?()]){3,45})"
_UNTIL = any_of(
    r"""
    until|till|through(?: to)?|up to|to(?= \w+day| \d| the \d)|and(?= \d)|bis(?: zum| einschließlich| einschl\.?)?
    jusqu'au|au(?= \d)
    fino al|al(?= \d)|hasta el|até|t/m|tot(?: en met)?|til og med|til|till och med|till|asti|do(?= \d)|до|por(?= \d)
    """,
    before=r"\b",
    after=_DAY,
)
_BACK = any_of(
    r"""
    back (?:in (?:the |my )?(?:office|school) |at (?:work|school|my desk) |with you )?on|back(?= \w+day| \d)
    return(?:ing)?(?: to (?:work|school|the office|my desk))?(?: on)?|zurück am|(?:wieder|erst) (?:ab|am)(?: dem)?
    de retour le|rientro il|tornerò il|vuelvo el|regreso el|terug op|tillbaka(?: den)?|tilbage(?: den)?|tilbake(?: den)?
    wracam|vracím se|z powrotem
    """,
    before=r"\b",
    after=_DAY,
)
_SINCE = any_of(
    r"""
    from|between|starting(?: on)?|beginning(?: on)?|as of|vom|von|ab(?: dem)?|du|à partir du|dal|del|desde el|de(?= \d)
    van|vanaf|fra(?: og med)?(?: den)?|från(?: och med)?(?: den)?|od(?: dnia)?|с(?= \d)|з(?= \d)
    """,
    before=r"\b",
    after=_DAY,
)
_RANGE = re.compile(
    r"(?P<since>\d{1,2}(?:st|nd|rd|th)?(?:[./]\d{1,2}[./]?(?:\d{2,4})?|\s[^\W\d_]{3,12})?)\s?[-\u2013\u2014]\s?"
    r"(?P<until>\d{1,2}(?:st|nd|rd|th)?(?:[./]\d{1,2}[./]?(?:\d{2,4})?|\s[^\W\d_]{3,12}(?:\s\d{4})?))"
)
_ENDS_PHRASE = re.compile(
    r"\s(?:and|until|till|to|bis|au|al|t/m|tot|til|hasta|até|fino|through|inclusive|for|but|if|please|[-\u2013\u2014])\s|,\s(?=[a-z])"
)
_APPLE = re.compile(r"(start|end)Date=(\d{4}-\d\d-\d\d)")
_NUMERIC = re.compile(r"^\D{0,12}(\d{1,2})([./])(\d{1,2})(?!\d|[./]\d)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Absence:
    """What an automatic reply says of somebody who is away; each is None where no day is named.

    Attributes:
        since: the first day away.
        until: the last day that is named as away, or the day of return where only that is named.
        back_on: the day of return.
    """

    since: date | None = None
    until: date | None = None
    back_on: date | None = None


def read_absence(message: ReceivedMessage) -> Absence | None:
    """The absence that an automatic reply speaks of, if it does."""
    known = dict(_APPLE.findall(message.header("X-Apple-Criteria")))
    if known:
        return Absence(since=_iso(known.get("start")), until=_iso(known.get("end")))
    text = f"{message.subject}\n{message.text[:LONGEST_NOTICE]}".replace("’", "'")
    if not (AWAY.search(text) or SURE_SUBJECT.match(message.subject) or WEAK_SUBJECT.search(message.subject)):
        return None
    written = message.date.date() if message.date else None
    back = max(_days(_BACK, text, written), default=None)
    until = max(_days(_UNTIL, text, written), default=None)
    ranged = _ranged(text, written)
    last = until or (ranged[1] if ranged else back)
    begun = [day for day in _days(_SINCE, text, written, last) if last is None or day <= last]
    since = min(begun, default=ranged[0] if ranged else None)
    return Absence(since=since, until=last, back_on=back)


def _iso(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _ranged(text: str, written: date | None) -> tuple[date, date] | None:
    """Such as "24 October - 2 November 2026", "24.-28.10."; the first day borrows from the last what it leaves out."""
    for match in _RANGE.finditer(text):
        last = _day(match["until"], written)
        if last is None:
            continue
        first = _day(match["since"], written, last) or _same_month(match["since"], last)
        if first and first <= last:
            return first, last
    return None


def _same_month(text: str, last: date) -> date | None:
    figures = re.match(r"\d{1,2}", text)
    day = int(figures[0]) if figures and not re.search(r"\d\D+\d", text) else 0
    return last.replace(day=day) if 0 < day <= last.day else None


def _days(
    pattern: re.Pattern[str], text: str, written: date | None, last: date | None = None
) -> Iterator[date]:
    for match in pattern.finditer(text):
        when = _ENDS_PHRASE.split(f"{match['when']} ", maxsplit=1)[0].strip(" ,")
        day = _day(when, written, last)
        if day:
            yield day


def _day(text: str, written: date | None, last: date | None = None) -> date | None:
    """A day with its year, or without one if the last day away or the mail's own date settles it."""
    whole = parse_moment(re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text))
    if whole:
        return whole.date()
    near = last or written
    if near is None:
        return None
    for year in (near.year, near.year - 1 if last else near.year + 1):
        guess = parse_moment(_with_year(text, year))
        if guess and _fits(guess.date(), written, last):
            return guess.date()
    return None


def _fits(day: date, written: date | None, last: date | None) -> bool:
    if last:
        return day <= last
    return written is None or day >= written - timedelta(days=1)


def _with_year(text: str, year: int) -> str:
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text)
    numeric = _NUMERIC.match(plain)
    if numeric:
        return f"{numeric[1]}{numeric[2]}{numeric[3]}{numeric[2]}{year}"
    return f"{' '.join(plain.split()[:5])} {year}" if re.search(r"\d", plain) else ""
