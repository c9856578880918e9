"""A glance at a journal in a file: a few counts by Python's own SQLite, because loading the journal takes a second."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

# What changes when anything changes that a status counts: the log's head, what waits or is stuck, and the notes.
_MARK = """
SELECT
  (SELECT head_number FROM schools WHERE code = :school),
  (SELECT group_concat(state || count) FROM (
     SELECT state, count(*) AS count FROM outbox
     WHERE school = :school AND state IN ('planned', 'gathered', 'claimed', 'held back', 'needs a person')
     GROUP BY state ORDER BY state)),
  (SELECT count(*) FROM sightings WHERE school = :school AND state = 'needs a person'),
  (SELECT group_concat(value) FROM (
     SELECT value FROM cursors
     WHERE school = :school AND name IN ('stumbled over', 'journal backup in trouble', 'journal copy in trouble')
     ORDER BY name))
"""


class Glance(NamedTuple):
    """What was seen.

    Attributes:
        mark: differs whenever something of what a status counts has changed.
        notes: the journal's cursors that were asked for, by name.
    """

    mark: str
    notes: dict[str, str]


def glance(file: Path, *, school: str, notes: Sequence[str]) -> Glance | None:
    """Look at a journal without changing or locking it; None if it cannot be read like this.

    Args:
        file: the journal.
        school: its code.
        notes: names of cursors.
    """
    if not file.is_file():
        return None
    try:
        connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=2)
    except sqlite3.Error:
        return None
    try:
        marks = connection.execute(_MARK, {"school": school}).fetchone()
        wanted = ", ".join("?" for _ in notes)
        # the names are bound; only their number stands in the statement
        rows = connection.execute(
            f"SELECT name, value FROM cursors WHERE school = ? AND name IN ({wanted})",  # noqa: S608
            (school, *notes),
        ).fetchall()
    except sqlite3.Error:
        return None
    finally:
        connection.close()
    *counted, troubles = marks
    mark = "/".join(str(one) for one in (*counted, zlib.crc32((troubles or "").encode())))
    return Glance(mark=mark, notes=dict(rows))
