"""How a life in trouble may end otherwise than a quiet one, and nothing else may differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from tests.account import Account
from tests.never.looking import STAFF, mails_of
from tests.school import SchoolAtWork

MORNING_MAIL = "Casework on "
BACKUPS = "/Backups of the journal/"
TOLD_BY_DAYS = (
    MORNING_MAIL,
    "Still waiting ",
    "Something is missing ",
    "Due on ",
    "Overdue: ",
    "Please step in",
    "Decided: ",  # to who was asked because the decision had waited
)
"""Subjects of mails that go because days went by: who sleeps over a day gets fewer of them."""
LOGGED_BY_DAYS = ("letter.offered ", "mail.sent ")
BY_DAYS = re.compile(r"'(?:Stage|NextStep|Due|CaseworkSays|Duties)': (?:'[^']*'|\"[^\"]*\")(?:, )?")
"""Columns of the list."""
DAYS = re.compile(
    r"\d{4}-\d\d-\d\d(?:T[\d:.+Z]+)?"
    r"|(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day )?\d{1,2} "
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{4})?"
)
CONTENT = re.compile(r"\b[0-9a-f]{16,64}\b")


def comparable(account: Account) -> Account:
    """Without what trouble itself is told in: the words of a morning mail, and of which nights a backup was made.

    That the morning mail came, once, to whom, and what its subject counts, stays.
    """
    return {
        place: [
            line.rpartition(" | ")[0] if f"| {MORNING_MAIL}" in line else line
            for line in lines
            if BACKUPS not in line
        ]
        for place, lines in account.items()
    }


def undated(account: Account) -> Account:
    """Who has which mails, rows and files: no day, no content, and nothing that is told because a day has come."""
    return {
        place: sorted(_without_days(place, line) for line in lines if not _is_told_by_days(place, line))
        for place, lines in account.items()
    }


def undated_log(log: Iterable[str]) -> list[str]:
    """What happened, on whichever day, apart from the mails: whether one went twice is asked of them."""
    return sorted(_masked(line) for line in log if not any(what in line for what in LOGGED_BY_DAYS))


def mails_twice(school: SchoolAtWork) -> list[str]:
    """Every key that somebody has more than one mail of."""
    mails = [mail for role in STAFF for mail in mails_of(school, role)]
    seen = Counter((mail.mailbox, mail.key) for mail in mails if mail.key and not mail.is_draft)
    return [
        f"the {mailbox} has {count} mails of {key}" for (mailbox, key), count in seen.items() if count > 1
    ]


def _is_told_by_days(place: str, line: str) -> bool:
    asks_deputy = "mailbox of" in place and "deputy@" in line and "Please approve: " in line
    return asks_deputy or any(f"| {subject}" in line for subject in TOLD_BY_DAYS)


def _without_days(place: str, line: str) -> str:
    line = BY_DAYS.sub("", _masked(line))
    return re.sub(r" \d+ \S+$", "", line) if place.startswith("files in") else line


def _masked(line: str) -> str:
    return CONTENT.sub("(content)", DAYS.sub("(a day)", line))
