"""HTML from the files in html/, with the words and dates that people expect."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from practice_tenant.directory import DOMAIN, SCHOOL
from practice_tenant.times import parse_moment

_LONDON = ZoneInfo("Europe/London")
_FOLDER = Path(__file__).parent / "html"
_UNITS = ("bytes", "KB", "MB", "GB")


def render(template: str, values: Mapping[str, Any]) -> str:
    return _environment().get_template(template).render(values)


def style_sheet() -> str:
    return (_FOLDER / "page.css").read_text(encoding="utf-8")


def page_script() -> str:
    return (_FOLDER / "page.js").read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "moment": moment_in_words,
        "day": day_in_words,
        "short": short_moment,
        "clock": time_of_day,
        "long_day": long_day,
        "size": size_in_words,
        "step": lambda text: quote(str(text), safe=""),
    }
    environment.globals |= {"school": SCHOOL, "domain": DOMAIN}
    return environment


def moment_in_words(value: str | datetime | None) -> str:
    """Monday 23 November 2026, 08:40."""
    there = _there(value)
    return f"{there:%A} {there.day} {there:%B %Y, %H:%M}" if there else ""


def short_moment(value: str | datetime | None) -> str:
    """Mon 23 Nov, 08:40."""
    there = _there(value)
    return f"{there:%a} {there.day} {there:%b, %H:%M}" if there else ""


def time_of_day(value: str | datetime | None) -> str:
    """08:40."""
    there = _there(value)
    return f"{there:%H:%M}" if there else ""


def long_day(day: date) -> str:
    """Monday 23 November 2026."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def day_in_words(value: str | datetime | None) -> str:
    """23 November 2026; a day in a list is read in the site's zone, which is UTC."""
    if not value:
        return ""
    moment = parse_moment(value) if isinstance(value, str) else value
    day = moment.astimezone(UTC)
    return f"{day.day} {day:%B %Y}"


def size_in_words(size: int) -> str:
    amount, unit = float(size), _UNITS[0]
    for bigger in _UNITS[1:]:
        if amount < 1024:
            break
        amount, unit = amount / 1024, bigger
    return f"{amount:.0f} {unit}" if unit == _UNITS[0] or amount >= 10 else f"{amount:.1f} {unit}"


def _there(value: str | datetime | None) -> datetime | None:
    if not value:
        return None
    moment = parse_moment(value) if isinstance(value, str) else value
    return moment.astimezone(_LONDON)
