"""What is halted because a side is suddenly empty, and a person's word about it."""

from __future__ import annotations

from casework.custody import Shelf
from casework.halts import Halt, Side, Word, jobs_at_rest
from offices.office import Office
from workflows.check_evidence import Libraries
from workflows.halts import halts_now, say

FINDING_HALTS = frozenset({"sync_register", "keep_house", "outbox"})
"""The steps of a sweep that may find a side empty, or whole again."""


def halted(office: Office) -> tuple[Halt, ...]:
    """Every side that is halted."""
    with office.journal.transaction() as transaction:
        return tuple(halts_now(transaction).values())


def at_rest(office: Office) -> frozenset[str]:
    """The steps of a sweep that wait."""
    return jobs_at_rest(halted(office))


def halted_sentences(office: Office) -> tuple[str, ...]:
    """What waits for a person's word, for the terminal and for monitoring."""
    return tuple(
        f"{one.sentence} Nothing that rests on it is done until somebody says so: casework halted"
        for one in halted(office)
    )


def whole_libraries(office: Office) -> Libraries:
    """The libraries in which evidence may be looked for."""
    sides = {one.side for one in halted(office)}
    shelves = {Side.CASE_FOLDERS: Shelf.CASE_FOLDER, Side.SEALED: Shelf.SEALED}
    resting = {shelves[side] for side in sides if side in shelves}
    return {shelf: library for shelf, library in office.evidence_libraries.items() if shelf not in resting}


def give_word(office: Office, word: Word, *, sides: tuple[Side, ...] = ()) -> tuple[str, ...]:
    """Say it of these sides, or of all that are halted; returns what comes of each, in sentences."""
    with office.sweep():
        now = office.clock.now()
        with office.journal.transaction() as transaction:
            meant = sides or tuple(halts_now(transaction))
            return tuple(say(transaction, side, word, now=now) for side in meant)
