"""Joins lines that were only broken because the page is narrow, as in PDF files and plain text."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from casework.policy_documents.labels import find_labels
from casework.policy_documents.rows import Row
from casework.policy_documents.values import Look

_FULL_LINE = 50
# In narrow columns a full line is shorter; a document has so many lines of prose before that is believed.
_NARROW_LINE = 30
_MANY_LINES = 24
_AS_USUAL = 0.8
_LONGEST_PARAGRAPH = 800
_LONGEST_LABEL = 45
_ENTRY = re.compile(r"[A-Z][^.:]{1,40}:")
_ENDINGS = (".", ":", ";", "!", "?")


def reflow(rows: Sequence[Row]) -> Iterator[Row]:
    """Gives the rows with sentences and labels made whole again."""
    held: Row | None = None
    full = _full_line(rows)
    for row in rows:
        joined = _joined(held, row, full) if held is not None else None
        if held is not None and joined is None:
            yield held
        held = joined or row
    if held is not None:
        yield held


def _full_line(rows: Sequence[Row]) -> int:
    """Gives how long a line is that runs to the edge of its column."""
    lengths = sorted(len(row.cells[0]) for row in rows if len(row.cells) == 1)
    if len(lengths) < _MANY_LINES:
        return _FULL_LINE
    usual = lengths[len(lengths) * 3 // 4]
    return min(_FULL_LINE, max(_NARROW_LINE, int(usual * _AS_USUAL)))


def _joined(upper: Row, lower: Row, full: int) -> Row | None:
    if upper.where is not lower.where or Look.PLAIN not in (upper.look, lower.look):
        return None
    if len(upper.cells) == 1 == len(lower.cells):
        return _as_sentence(upper, lower, full)
    return _as_wrapped_label(upper, lower)


def _as_sentence(upper: Row, lower: Row, full: int) -> Row | None:
    """Joins a full line that ends in the middle of a sentence with the one below it."""
    above, below = upper.cells[0], lower.cells[0]
    last_line = above.rpartition("\n")[2]
    # A line that ends in a date is an entry of its own, if the next one begins like a sentence.
    ends = above.endswith(_ENDINGS) or (above[-1:].isdigit() and below[:1].isupper())
    runs_on = len(last_line) >= full and not ends
    if not runs_on or len(above) > _LONGEST_PARAGRAPH or upper.look is not lower.look or _is_entry(below):
        return None
    return upper._replace(cells=(f"{above} {below}",))


def _is_entry(line: str) -> bool:
    """Tells whether a line begins an entry of its own ("Approved by governors: ...")."""
    return _ENTRY.match(line) is not None or (
        line[:1].isupper() and any(not label.start for label in find_labels(line))
    )


def _as_wrapped_label(upper: Row, lower: Row) -> Row | None:
    """Joins "Date of next | May 2027" with "review" below it, where the two halves make one label."""
    above, below = upper.cells[0], lower.cells[0]
    if len(upper.cells) == 1 or len(lower.cells) > len(upper.cells) or lower.columns[0] > upper.columns[1]:
        return None
    if len(above) > _LONGEST_LABEL or len(below) > _LONGEST_LABEL or not _make_one_label(above, below):
        return None
    pairs = zip_longest(upper.cells, lower.cells, fillvalue="")
    return upper._replace(cells=tuple(f"{one} {other}".strip() for one, other in pairs))


def _make_one_label(above: str, below: str) -> bool:
    seam = len(above)
    return not find_labels(above) and any(
        label.start < seam < label.end - 1 for label in find_labels(f"{above} {below}")
    )
