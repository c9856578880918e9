"""Another list or library in the place of the one that Casework worked in: somebody mistyped a name, or means it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from casework.halts import Halt, How, Side
from casework.records import JournalTransaction
from workflows.halts import halt, halts_now, lift

_SIDES = {"cases_list": Side.CASES, "casework_drive": Side.CASE_FOLDERS, "sealed_drive": Side.SEALED}
_READ_ANEW = {
    "policies_drive": "policies library",
    "policies_list": "policies list",
    "drop_drive": "drop folder",
}
"""Where the journal keeps how far each was read; what is missing there is asked about by the review of policies."""


def note_other_places(
    transaction: JournalTransaction, place: str, found: Mapping[str, str], *, now: datetime
) -> None:
    """Compare the places with those of before, and halt each side that is another one; the first of before lifts that.

    Args:
        transaction: the journal.
        place: the name under which the journal keeps the places.
        found: id by name of the place, as they are now.
        now: this moment at the school.
    """
    kept = json.loads(transaction.cursors.get(place) or "{}").get("places", {})
    for name, cursor in _READ_ANEW.items():
        if name in kept and kept[name] != found[name]:
            transaction.cursors.forget(cursor)
    if not transaction.cases.all():
        return  # nothing rests on it yet
    for name, side in _SIDES.items():
        if name in kept and kept[name] != found[name]:
            _changed(transaction, side, kept[name], found[name], now)


def _changed(transaction: JournalTransaction, side: Side, before: str, found: str, now: datetime) -> None:
    earlier = halts_now(transaction).get(side)
    first = earlier.before if earlier and earlier.how is How.ANOTHER else before
    if first == found:
        lift(transaction, side, now=now)
    else:
        halt(transaction, Halt(side=side, how=How.ANOTHER, since=now, before=first), now=now)
