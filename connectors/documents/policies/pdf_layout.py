"""Puts the pieces of text of a PDF page together as a reader sees them: lines from top to bottom, of cells."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

_SEVERAL = 5
_WIDER = 1.5
_COLUMN_GAP = 1.1
_WORD_GAP = 0.15
_TURNED = 2.5


class Piece(NamedTuple):
    """Words that stand beside each other on a page, in points from its left and from its bottom edge.

    Attributes:
        size: The size in which they are set, 0 if it is not known.
    """

    left: float
    bottom: float
    right: float
    top: float
    text: str
    size: float = 0.0

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def is_turned(self) -> bool:
        """Tells whether the words run up or down the page."""
        height = self.top - self.bottom
        return height > _TURNED * max(self.right - self.left, 0.1) and len(self.text.strip()) > 2  # noqa: PLR2004


class Cell(NamedTuple):
    """Words of one line without a wide gap, in points as a piece is."""

    left: float
    right: float
    bottom: float
    top: float
    text: str
    size: float = 0.0


def page_lines(pieces: Sequence[Piece]) -> list[list[Cell]]:
    """Gives the lines of a page from top to bottom, each as its cells: the words between wide gaps."""
    lines = _lines([piece for piece in pieces if piece.text.strip()])
    return [_cells(line) for line in lines]


def _lines(pieces: list[Piece]) -> list[list[Piece]]:
    """Gathers pieces that stand at the same height; turned words are lines of their own."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -(piece.top + piece.bottom)):
        line = lines[-1] if lines else None
        if line and not piece.is_turned and not line[0].is_turned and _beside(piece, line):
            line.append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda piece: piece.left) for line in lines]


def _beside(piece: Piece, line: list[Piece]) -> bool:
    """Tells whether a piece stands in a line: its middle is within the tallest piece of the line, or the other way."""
    tallest = max(line, key=lambda other: other.height)
    middle, its_middle = (piece.top + piece.bottom) / 2, (tallest.top + tallest.bottom) / 2
    return tallest.bottom < middle < tallest.top or piece.bottom < its_middle < piece.top


def _cells(line: list[Piece]) -> list[Cell]:
    if len(line) == 1:
        return [_alone(line[0])]
    if all(len(piece.text.strip()) == 1 for piece in line) and len(line) > _SEVERAL:
        return [_spelt(line)]
    groups: list[list[Piece]] = []
    for piece in line:
        if groups and piece.left - groups[-1][-1].right <= _COLUMN_GAP * max(piece.height, 1.0):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [_cell(group, _joined(group)) for group in groups]


def _spelt(line: list[Piece]) -> Cell:
    """Joins letters that are set one by one: the gaps between words are wider than those between letters."""
    gaps = [max(after.left - before.right, 0.0) for before, after in pairwise(line)]
    usual = median(gaps)
    text = line[0].text.strip()
    for piece, gap in zip(line[1:], gaps, strict=True):
        text += (" " if gap > usual * _WIDER else "") + piece.text.strip()
    return _cell(line, text)


def _joined(pieces: list[Piece]) -> str:
    text = ""
    reached = pieces[0].left
    for piece in pieces:
        apart = piece.left - reached > _WORD_GAP * piece.height
        text += (" " if text and apart and not text.endswith(" ") else "") + piece.text
        reached = piece.right
    return text.strip()


def _alone(piece: Piece) -> Cell:
    """Most lines of a page are one piece."""
    return Cell(
        left=piece.left,
        right=piece.right,
        bottom=piece.bottom,
        top=piece.top,
        size=piece.size,
        text=piece.text.strip(),
    )


def _cell(pieces: list[Piece], text: str) -> Cell:
    return Cell(
        left=min(piece.left for piece in pieces),
        right=max(piece.right for piece in pieces),
        bottom=min(piece.bottom for piece in pieces),
        top=max(piece.top for piece in pieces),
        size=max(piece.size for piece in pieces),
        text=text,
    )
