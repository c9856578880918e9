"""The account of a school without its days: trouble over days does the same things, but on other days."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tests.account import Account

MORNING_MAIL = "Casework on "
DAYS = re.compile(
    r"\d{4}-\d\d-\d\d(?:T[\d:.+Z]+)?"
    r"|(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day )?\d{1,2} "
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{4})?"
)
HASH = re.compile(r"\b[0-9a-f]{16,64}\b")


def undated(account: Account) -> Account:
    """Who has which mails, rows and files: no day, no content, and no morning mail: each day has its own."""
    return {
        place: sorted(_without_days(place, line) for line in lines if f"| {MORNING_MAIL}" not in line)
        for place, lines in account.items()
    }


def undated_log(log: Iterable[str]) -> list[str]:
    """What happened, on whichever day."""
    return sorted(HASH.sub("(content)", DAYS.sub("(a day)", line)) for line in log)


def _without_days(place: str, line: str) -> str:
    line = HASH.sub("(content)", DAYS.sub("(a day)", line))
    return re.sub(r" \d+ \S+$", "", line) if place.startswith("files in") else line
