"""Lays a document out as rows of cells: tables as they are, tabbed lines and spaced columns as tables of their own."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from casework.policy_documents.values import Block, Look, Where
from casework.policy_documents.words import has_digit, mend_months, part_run_ons, tidy

_COLUMNS = re.compile(r"\t+| {3,}")
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z])")
_LONGEST_LINE = 1200
_ONE_COLUMN = (0,)
_NEAR_COLUMN = 4
# A longer line without a digit holds no date whose words would need mending.
_SHORT_LINE = 80


class Row(NamedTuple):
    """One line of the document; a plain line has one cell. It is a tuple, for a document has hundreds of them.

    Attributes:
        columns: Where each cell begins.
        table: Rows with the same number stand below each other.
    """

    cells: tuple[str, ...]
    columns: tuple[int, ...]
    where: Where
    look: Look
    table: int | None

    @property
    def text(self) -> str:
        return "\t".join(self.cells) if len(self.cells) > 1 else self.cells[0]

    def cell_at(self, column: int) -> int | None:
        """Finds the cell that stands in a column of another row."""
        if column in self.columns:
            return self.columns.index(column)
        near = [(abs(own - column), place) for place, own in enumerate(self.columns)]
        distance, place = min(near, default=(_NEAR_COLUMN + 1, 0))
        return place if distance <= _NEAR_COLUMN and self.table is not None and self.table < 0 else None


def lay_out(blocks: Iterable[Block]) -> Iterator[Row]:
    """Gives the rows of a document in reading order; empty lines are left out."""
    spaced = _SpacedTables()
    for block in blocks:
        if len(block.cells) > 1:
            spaced.end()
            yield from _rows_of_table(block)
            continue
        text = block.text
        if text.isprintable() and len(text) <= _LONGEST_LINE and "   " not in text:
            # Most paragraphs are one line of plain words: a tab, a line end and a hard space are not printable.
            if text and not text.isspace():
                spaced.end()
                yield Row((_tidied(text),), _ONE_COLUMN, block.where, block.look, None)
        else:
            yield from _rows_of_lines(text, block, spaced)


def _rows_of_lines(text: str, block: Block, spaced: "_SpacedTables") -> Iterator[Row]:
    for whole in text.replace("\u00a0", " ").splitlines():
        for line in _pieces(whole) if len(whole) > _LONGEST_LINE else (whole,):
            if line and not line.isspace():
                yield spaced.row(line, block)


class _SpacedTables:
    """Numbers the runs of lines that are set in columns; the numbers are negative, so no real table has them."""

    def __init__(self) -> None:
        self._number = -1
        self._inside = False

    def end(self) -> None:
        if self._inside:
            self._number -= 1
        self._inside = False

    def row(self, line: str, block: Block) -> Row:
        if "\t" not in line and "   " not in line:
            self.end()
            return Row((_tidied(line),), _ONE_COLUMN, block.where, block.look, None)
        starts, cells = _split(line)
        if len(cells) > 1:
            self._inside = True
        else:
            self.end()
        number = self._number if len(cells) > 1 else None
        return Row(cells=cells, columns=starts, where=block.where, look=block.look, table=number)


def _pieces(line: str) -> Iterator[str]:
    """Cuts a line that is far too long, such as a whole document without line ends, at sentences or spaces."""
    while len(line) > _LONGEST_LINE:
        ends = [match.end() for match in _SENTENCE_END.finditer(line, _LONGEST_LINE // 2, _LONGEST_LINE)]
        at = ends[-1] if ends else line.rfind(" ", _LONGEST_LINE // 2, _LONGEST_LINE) + 1
        at = at or _LONGEST_LINE
        yield line[:at]
        line = line[at:]
    yield line


def _tidied(text: str) -> str:
    text = tidy(text)
    if len(text) <= _SHORT_LINE or has_digit(text):
        text = mend_months(part_run_ons(text))
    return text.strip()


def _split(line: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Splits a line at tabs and wide gaps. Tabs have no width that we know, so such cells are simply counted."""
    cells: list[str] = []
    starts: list[int] = []
    at = len(line) - len(line.lstrip())
    for part in _COLUMNS.split(line.strip()):
        starts.append(at)
        cells.append(_tidied(part))
        at = line.find(part, at) + len(part)
        at += len(line[at:]) - len(line[at:].lstrip())
    if "\t" in line:
        starts = [place * (_NEAR_COLUMN + 1) for place in range(len(cells))]
    return tuple(starts), tuple(cells)


def _rows_of_table(block: Block) -> Iterator[Row]:
    lines = [[_tidied(line) for line in cell.splitlines() if line.strip()] for cell in block.cells]
    if any(sum(map(len, cell)) > _LONGEST_LINE for cell in lines):
        yield from _lines_of_cells(lines, block)
        return
    heights = {len(cell) for cell in lines if cell}
    level_rows = len(heights) == 1 and sum(1 for cell in lines if cell) > 1
    levels = (
        [tuple(cell[level : level + 1] for cell in lines) for level in range(max(heights))]
        if level_rows
        else [lines]
    )
    columns = block.columns or tuple(range(len(lines)))
    for level in levels:
        cells = tuple("\n".join(cell) for cell in level)
        if any(cells):
            yield Row(cells=cells, columns=columns, where=block.where, look=block.look, table=block.table)


def _lines_of_cells(lines: list[list[str]], block: Block) -> Iterator[Row]:
    """Gives the lines of cells that hold whole pages: such a table only sets text side by side."""
    for cell in lines:
        for whole in cell:
            for line in _pieces(whole):
                yield Row(cells=(line,), columns=(0,), where=block.where, look=block.look, table=None)
