"""Looking whether mailbox and libraries still hold what Casework knows to lie there: one request each, now and then."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial

from casework.custody import EvidenceItem, Shelf
from casework.errors import ConnectorError, NotThereError, SignInError
from casework.halts import Halt, How, Side, is_suddenly_empty
from casework.ports import Journal, Library, Outgoing
from casework.records import JournalTransaction
from casework.school import School
from casework.tags import TokenMaker
from workflows.halts import accepted_at, halt, halts_now, lift, tell_once
from workflows.job_report import JobReport

LOOKED = "sides looked at"
EVERY = timedelta(minutes=15)
MAILS = "mails lately sent"
MOST = 5
"""Things looked for before a side counts as empty; the first that is found ends the look."""
OLD_ENOUGH = timedelta(minutes=15)
"""What was made a moment ago need not be visible yet."""
_SHELVES = {Side.CASE_FOLDERS: Shelf.CASE_FOLDER, Side.SEALED: Shelf.SEALED}
_LISTED = (30, 200)
"""So many kept files are read to choose from; more only where the first are of too few cases."""
_SEVERAL = 3


def look_at_sides(
    *,
    outgoing: Outgoing,
    libraries: Mapping[Shelf, Library],
    journal: Journal,
    school: School,
    tokens: TokenMaker,
    now: datetime,
) -> JobReport:
    """Look every quarter of an hour, and at every sweep while something is halted."""
    with journal.transaction() as transaction:
        halted = halts_now(transaction)
        if not halted and not _is_due(transaction, now):
            return JobReport()
    looks: dict[Side, Callable[[], Halt | None]] = {
        Side.MAILBOX: partial(mailbox_found, outgoing, journal, now),
        Side.CASE_FOLDERS: partial(_library_found, Side.CASE_FOLDERS, libraries, journal, now),
        Side.SEALED: partial(_library_found, Side.SEALED, libraries, journal, now),
    }
    problems = []
    for side, look in looks.items():
        if side in halted and halted[side].how is How.ANOTHER:
            continue  # only a person's word ends that
        try:
            settle(side, look(), journal=journal, school=school, tokens=tokens, now=now)
        except SignInError:
            raise
        except ConnectorError as error:
            problems.append(f"The {side} could not be looked at: {error}")
    with journal.transaction() as transaction:
        transaction.cursors.put(LOOKED, now.isoformat())
        for found in halts_now(transaction).values():
            tell_once(transaction, found, school=school, tokens=tokens, now=now)
    return JobReport(problems=tuple(problems))


def _is_due(transaction: JournalTransaction, now: datetime) -> bool:
    last = transaction.cursors.get(LOOKED)
    return not last or not timedelta(0) <= now - datetime.fromisoformat(last) < EVERY


def next_look_at_sides(transaction: JournalTransaction) -> datetime | None:
    """When mailbox and libraries are next looked at."""
    last = transaction.cursors.get(LOOKED)
    return datetime.fromisoformat(last) + EVERY if last else None


def looked_for_first(transaction: JournalTransaction, now: datetime) -> tuple[str, Mapping[Shelf, str]]:
    """What a look at the sides that is due now begins with: the key of a mail, and a path in each library."""
    if not _is_due(transaction, now):
        return "", {}
    keys = _keys_to_find(transaction, now)
    paths = {shelf: _files_to_find(transaction, side, now) for side, shelf in _SHELVES.items()}
    return keys[-1] if keys else "", {shelf: files[0].path for shelf, files in paths.items() if files}


def settle(
    side: Side, found: Halt | None, *, journal: Journal, school: School, tokens: TokenMaker, now: datetime
) -> bool:
    """Halt the side or let it go on, as it was found; True if it is halted."""
    with journal.transaction() as transaction:
        if found is None:
            lift(transaction, side, now=now)
            return False
        tell_once(transaction, halt(transaction, found, now=now), school=school, tokens=tokens, now=now)
    return True


def mailbox_found(outgoing: Outgoing, journal: Journal, now: datetime) -> Halt | None:
    """Look for the mails that were sent lately: one of them is enough."""
    with journal.transaction() as transaction:
        keys = _keys_to_find(transaction, now)
    gone = 0
    for key in reversed(keys):
        if outgoing.find(key):
            return None
        gone += 1
    if not is_suddenly_empty(known=len(keys), gone=gone):
        return None
    return Halt(side=Side.MAILBOX, how=How.EMPTIED, since=now, known=len(keys), gone=gone)


def _keys_to_find(transaction: JournalTransaction, now: datetime) -> list[str]:
    since = accepted_at(transaction, Side.MAILBOX)
    return [
        key for key, at in _lately(transaction) if at <= now - OLD_ENOUGH and (since is None or at > since)
    ]


def note_sent(transaction: JournalTransaction, key: str, *, now: datetime) -> None:
    """Remember a mail that lies in the mailbox, so that it can be looked for."""
    sent = [(one, at) for one, at in _lately(transaction) if one != key][1 - MOST :]
    kept = [[one, at.isoformat()] for one, at in (*sent, (key, now))]
    transaction.cursors.put(MAILS, json.dumps(kept))


def _lately(transaction: JournalTransaction) -> list[tuple[str, datetime]]:
    kept = json.loads(transaction.cursors.get(MAILS) or "[]")
    return [(key, datetime.fromisoformat(at)) for key, at in kept]


def _library_found(
    side: Side, libraries: Mapping[Shelf, Library], journal: Journal, now: datetime
) -> Halt | None:
    """Look for evidence of several cases; if none is there, ask whether there is a library at all."""
    library = libraries[_SHELVES[side]]
    with journal.transaction() as transaction:
        files = _files_to_find(transaction, side, now)
    gone = 0
    for item in files:
        if library.find(item.path):
            return None
        gone += 1
    if not is_suddenly_empty(known=len(files), gone=gone):
        return None
    how = How.EMPTIED if _is_there(library) else How.GONE
    return Halt(side=side, how=how, since=now, known=len(files), gone=gone)


def _files_to_find(transaction: JournalTransaction, side: Side, now: datetime) -> list[EvidenceItem]:
    since = accepted_at(transaction, side)
    found: list[EvidenceItem] = []
    for most in _LISTED:
        listed = transaction.evidence.not_checked_since(now, most)
        found = _spread(listed, _SHELVES[side], before=now - OLD_ENOUGH, after=since)
        if len(listed) < most or len({item.case for item in found}) >= _SEVERAL:
            break
    return found


def _spread(
    items: Iterable[EvidenceItem], shelf: Shelf, *, before: datetime, after: datetime | None
) -> list[EvidenceItem]:
    """A file of each of several cases first: one case's folder may have been taken away for good."""
    known = [
        item
        for item in items
        if item.shelf is shelf
        and item.finding is None
        and item.kept_at <= before
        and (after is None or item.kept_at > after)
    ]
    of_each = list({item.case: item for item in known}.values())
    rest = [item for item in known if item not in of_each]
    return [*of_each, *rest][:MOST]


def _is_there(library: Library) -> bool:
    try:
        return library.find("") is not None
    except NotThereError:
        return False
