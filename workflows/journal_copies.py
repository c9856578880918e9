"""The nightly copy of the journal goes to Microsoft 365 too: sealed, so that losing the machine loses nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.errors import ConnectorError, JournalError, SignInError
from casework.ports import Journal, JournalShelf
from casework.records import JournalTransaction
from casework.status import BACKUP
from workflows.job_report import JobReport

COPIED = "journal copied at"
TROUBLE = "journal copy in trouble"
KEPT = 14
"""Copies; the older ones are deleted."""
ENDING = ".copy"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
"""As backups are named; days written so sort as they follow each other."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CopyTrouble:
    """Why the copy could not be put away, and since when."""

    since: datetime
    problem: str


def put_copy_away(
    *, newest: Callable[[], tuple[str, bytes] | None], shelf: JournalShelf, journal: Journal, now: datetime
) -> JobReport:
    """Put the newest backup away if it is newer than the last copy; what fails is tried again at the next sweep.

    Args:
        newest: gives the name and the sealed content of the newest backup; None where there is none.
        shelf: where copies lie.
        journal: the school's.
        now: this moment at the school.
    """
    with journal.transaction() as transaction:
        backed_up, copied = transaction.cursors.get(BACKUP), transaction.cursors.get(COPIED)
    if backed_up is None or backed_up == copied:
        return JobReport()
    try:
        copy = newest()
        if copy is not None:
            shelf.put(*copy)
            _prune(shelf, now)
    except SignInError:
        raise
    except (ConnectorError, JournalError, OSError) as error:
        problem = error.strerror or type(error).__name__ if isinstance(error, OSError) else str(error)
        with journal.transaction() as transaction:
            _note(transaction, problem, now)
        return JobReport(problems=(f"The copy of the journal could not be put away: {problem}",))
    with journal.transaction() as transaction:
        transaction.cursors.put(COPIED, backed_up)
        transaction.cursors.forget(TROUBLE)
    return JobReport(changes=0)


def copy_trouble(transaction: JournalTransaction) -> CopyTrouble | None:
    """What keeps the copy from being put away; None if nothing does."""
    kept = transaction.cursors.get(TROUBLE)
    if kept is None:
        return None
    facts = json.loads(kept)
    return CopyTrouble(since=datetime.fromisoformat(facts["since"]), problem=facts["problem"])


def _note(transaction: JournalTransaction, problem: str, now: datetime) -> None:
    earlier = copy_trouble(transaction)
    since = earlier.since if earlier else now
    transaction.cursors.put(TROUBLE, json.dumps({"since": since.isoformat(), "problem": problem}))


def order_of(name: str, now: datetime) -> tuple[bool, str]:
    """Sorts backups and copies by the day in their names, the oldest first.

    One of a day to come was named while the clock was wrong: it counts as older than all, so that it neither passes for
    the newest for ever nor keeps a good one from being kept.
    """
    day = _DAY.search(name)
    return (day is None or day[0] <= f"{now.date() + timedelta(days=1)}", name)


def _prune(shelf: JournalShelf, now: datetime) -> None:
    copies = [copy for copy in shelf.copies() if copy.name.endswith(ENDING)]
    for old in sorted(copies, key=lambda copy: order_of(copy.name, now))[:-KEPT]:
        shelf.discard(old.file_id)
