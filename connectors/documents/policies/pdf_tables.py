"""Finds the tables of a PDF page by the places of words, and makes rows whole whose cells run over several lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median

from casework.policy_documents import Block, Look
from connectors.documents.policies.pdf_layout import Cell

_SCHOOL = re.compile(
    r"\b(?:school|academy|college|nursery|trust|federation|pre-?school|infants?|juniors?)\b", re.IGNORECASE
)
_LARGER = 1.25
# A heading right below the title is larger than the text too, but not as large as the title.
_AS_LARGE = 0.65
_LONGEST_TITLE = 120
_NEXT_LINE = 2.4
_RUNS_ON = re.compile(r"[a-z(&/,)\d]")
_LEFT_OPEN = re.compile(r"(?:[,(&/-]|\b(?:of|for|the|and))$")


def page_blocks(lines: list[list[Cell]], *, first: bool, table: int) -> Iterator[Block]:
    """Gives the lines of a page and the rows of its tables.

    Args:
        lines: The lines from top to bottom.
        first: Whether it is the first page, which has the title.
        table: The number of the first table on it; a page has fewer than a thousand.
    """
    lines = _with_title(lines) if first else lines
    region: _Table | None = None
    for cells in lines:
        if region is not None and region.take(cells):
            continue
        if region is not None:
            yield from region.blocks(table)
            table += 1
            region = None
        if len(cells) > 1:
            region = _Table()
            region.take(cells)
        else:
            yield Block(cells=(cells[0].text,), look=_look(cells[0]))
    if region is not None:
        yield from region.blocks(table)


@dataclass(slots=True)
class _Column:
    left: float
    right: float

    def holds(self, cell: Cell) -> bool:
        return cell.left < self.right and self.left < cell.right

    def widen(self, cell: Cell) -> None:
        self.left, self.right = min(self.left, cell.left), max(self.right, cell.right)


@dataclass(slots=True)
class _Table:
    """Lines below each other whose words stand in the same columns."""

    columns: list[_Column] = field(default_factory=list)
    rows: list[dict[int, str]] = field(default_factory=list)
    bottom: float = 0.0

    def take(self, cells: list[Cell]) -> bool:
        """Takes a line in, as a row or as the rest of the last one; False if it is no part of the table."""
        held = [[place for place, column in enumerate(self.columns) if column.holds(cell)] for cell in cells]
        if any(len(places) > 1 for places in held):
            return False
        found = {places[0]: cell for places, cell in zip(held, cells, strict=True) if places}
        if len(found) < sum(map(len, held)):
            return False
        if not self.rows:
            return self._add_row(cells, found)
        near = self.bottom - cells[0].top < _NEXT_LINE * (cells[0].top - cells[0].bottom)
        if near and len(found) == len(cells) and self._runs_on(found):
            self._join(found)
            return self._reach(cells, found)
        if len(cells) > 1 and found:
            return self._add_row(cells, found)
        return False

    def blocks(self, table: int) -> Iterator[Block]:
        order = sorted(range(len(self.columns)), key=lambda place: self.columns[place].left)
        rank = {place: at for at, place in enumerate(order)}
        for row in self.rows:
            places = sorted(row, key=rank.__getitem__)
            columns = tuple(rank[place] for place in places)
            yield Block(cells=tuple(row[place] for place in places), columns=columns, table=table)

    def _runs_on(self, found: dict[int, Cell]) -> bool:
        """Tells whether a line goes on with the last row: nothing new begins in its first column."""
        leftmost = min(range(len(self.columns)), key=lambda place: self.columns[place].left)
        cell = found.get(leftmost)
        if cell is None:
            return True
        above = self.rows[-1].get(leftmost, "")
        goes_on = cell.text[:1].islower() or cell.text[:1] == "(" or above.count("(") > above.count(")")
        return goes_on or _LEFT_OPEN.search(above) is not None

    def _join(self, found: dict[int, Cell]) -> None:
        row = self.rows[-1]
        for place, cell in found.items():
            above = row.get(place, "")
            wraps = (
                _RUNS_ON.match(cell.text) or _LEFT_OPEN.search(above) or above.count("(") > above.count(")")
            )
            row[place] = f"{above}{' ' if wraps else chr(10)}{cell.text}" if above else cell.text

    def _add_row(self, cells: list[Cell], found: dict[int, Cell]) -> bool:
        row: dict[int, str] = {place: cell.text for place, cell in found.items()}
        for cell in cells:
            if all(cell is not known for known in found.values()):
                self.columns.append(_Column(left=cell.left, right=cell.right))
                row[len(self.columns) - 1] = cell.text
        self.rows.append(row)
        return self._reach(cells, found)

    def _reach(self, cells: list[Cell], found: dict[int, Cell]) -> bool:
        for place, cell in found.items():
            self.columns[place].widen(cell)
        self.bottom = min(cell.bottom for cell in cells)
        return True


def _look(cell: Cell) -> Look:
    return Look.TITLE if cell.size < 0 else Look.PLAIN


def _with_title(lines: list[list[Cell]]) -> list[list[Cell]]:
    """Joins the lines below each other that are set largest, without the school's own name, and marks them."""
    sizes = [max(cell.size for cell in line) for line in lines]
    known = [size for size in sizes if size]
    if not known:
        return lines
    usual = median(known)
    texts = [" ".join(cell.text for cell in line) for line in lines]
    larger = [
        size > usual * _LARGER and not _SCHOOL.search(text) for size, text in zip(sizes, texts, strict=True)
    ]
    if True not in larger:
        return lines
    start = larger.index(True)
    goes_on = [big and size >= sizes[start] * _AS_LARGE for big, size in zip(larger, sizes, strict=True)]
    stop = goes_on.index(False, start) if False in goes_on[start:] else len(goes_on)
    while stop > start + 1 and sum(len(text) for text in texts[start:stop]) > _LONGEST_TITLE:
        stop -= 1
    whole = " ".join(" ".join(texts[start:stop]).split())
    first = lines[start][0]
    title = Cell(
        left=first.left, right=first.right, bottom=first.bottom, top=first.top, text=whole, size=-1.0
    )
    return [*lines[:start], [title], *lines[stop:]]
