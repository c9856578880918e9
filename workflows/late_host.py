"""A host that hung may wake up after another has done its work: what it then writes must not undo that."""

from __future__ import annotations

from casework.ports import Journal


def refuse_if_late(journal: Journal) -> None:
    """Call it between reading an eTag and writing with it, whenever what is written was concluded earlier.

    If another host has taken the school over by now, the journal says so here; if it does so later, its write changes
    the eTag and Microsoft 365 refuses ours. Without this a late host would read the new eTag and write what it
    concluded long ago.

    Raises:
        TurnLostError: another host has taken the school over.
    """
    with journal.transaction():
        pass
