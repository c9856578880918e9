"""Reads a page whose text is set in two columns: the left one to its end, then the right one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from connectors.documents.policies.pdf_layout import Cell

_FEWEST_LINES = 12
_PROSE = 25
_FULL = 0.7
_MOST_ACROSS = 5


def part_columns(lines: list[list[Cell]]) -> list[list[Cell]]:
    """Gives the lines of a page in the order in which they are read; a page in one column stays as it is.

    A table has columns too, but its cells are short, or do not fill their columns as lines of prose do.
    """
    if len(lines) < _FEWEST_LINES:
        return lines
    gutter = _gutter([cell for line in lines for cell in line])
    return list(_in_order(lines, gutter)) if gutter is not None else lines


def _gutter(cells: Sequence[Cell]) -> float | None:
    """Finds where the right column begins: prose stands on both sides of that place, and next to nothing across it."""
    first = min(cell.left for cell in cells)
    starts = Counter(round(cell.left) for cell in cells if cell.left > first + (cell.right - cell.left) / 2)
    place, found = max(starts.items(), key=lambda item: item[1], default=(0, 0))
    if found * 2 < _FEWEST_LINES:
        return None
    gutter = place - 2.0
    sides = (
        [cell for cell in cells if cell.right <= gutter],
        [cell for cell in cells if cell.left >= gutter],
    )
    across = len(cells) - sum(map(len, sides))
    return gutter if across * _MOST_ACROSS <= len(cells) and all(map(_is_prose, sides)) else None


def _is_prose(cells: Sequence[Cell]) -> bool:
    if len(cells) < _FEWEST_LINES or median(len(cell.text) for cell in cells) < _PROSE:
        return False
    width = max(cell.right for cell in cells) - min(cell.left for cell in cells)
    return median(cell.right - cell.left for cell in cells) >= _FULL * width


def _in_order(lines: Sequence[list[Cell]], gutter: float) -> Iterator[list[Cell]]:
    left: list[list[Cell]] = []
    right: list[list[Cell]] = []
    for line in lines:
        if any(cell.left < gutter < cell.right for cell in line):
            yield from (*left, *right, line)
            left, right = [], []
            continue
        halves = (
            [cell for cell in line if cell.right <= gutter],
            [cell for cell in line if cell.left >= gutter],
        )
        left += [halves[0]] if halves[0] else []
        right += [halves[1]] if halves[1] else []
    yield from (*left, *right)
