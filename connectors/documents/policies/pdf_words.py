"""Gives the words of each box of text on a PDF page.

PDFium looks through the whole page for every box that it is asked about. Most boxes are a line of their own, so the lines
of the page's text are taken for them, after a look at where their first and last letters stand.
"""

import ctypes
import re
from collections.abc import Callable, Sequence
from typing import Protocol

from pypdfium2 import raw

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from the left and from the bottom of the page."""

_LONGEST_PIECE = 1024
_LINE = re.compile(r"\S(?:[^\r\n]*\S)?")
_SLACK = 2.0


class PageWords(Protocol):
    """What is used of the library's page of text; it has no types of its own."""

    def count_rects(self) -> int: ...
    def get_text_bounded(self, left: float, bottom: float, right: float, top: float) -> str: ...
    def get_index(self, x: float, y: float, x_tol: float, y_tol: float) -> int | None: ...
    def get_charbox(self, index: int, *, loose: bool = ...) -> Box: ...
    def get_text_range(self, index: int = ..., count: int = ...) -> str: ...
    def count_chars(self) -> int: ...


def boxes_of(words: PageWords) -> list[Box]:
    """Gives the boxes of a page. The library's own call makes four numbers anew for each."""
    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    into = (ctypes.byref(left), ctypes.byref(top), ctypes.byref(right), ctypes.byref(bottom))
    boxes: list[Box] = []
    for index in range(words.count_rects()):
        raw.FPDFText_GetRect(words, index, *into)
        boxes.append((left.value, bottom.value, right.value, top.value))
    return boxes


def words_of_boxes(words: PageWords, boxes: Sequence[Box]) -> list[str]:
    """Gives the words within each box, in the boxes' own order."""
    lines = _lines_of(boxes)
    whole = words.get_text_range() if boxes else ""
    found = list(_LINE.finditer(whole))
    # Where a letter has not exactly one place in the text, its place does not tell its box.
    if len(found) != len(lines) or len(whole) != words.count_chars():
        return [_within(words, box) for box in boxes]
    texts: list[str] = []
    place_of = _places(words)
    for line, match in zip(lines, found, strict=True):
        alone = len(line) == 1 and _stands_in(place_of, match, line[0])
        texts += [match[0]] if alone else [_within(words, box) for box in line]
    return texts


def _lines_of(boxes: Sequence[Box]) -> list[list[Box]]:
    """Gathers boxes that follow each other to the right at one height, as those of one line of text do."""
    lines: list[list[Box]] = []
    for box in boxes:
        if lines and _follows(box, lines[-1][-1]):
            lines[-1].append(box)
        else:
            lines.append([box])
    return lines


def _follows(box: Box, before: Box) -> bool:
    shared = min(box[3], before[3]) - max(box[1], before[1])
    return shared > min(box[3] - box[1], before[3] - before[1]) / 2 and box[0] >= before[2] - 1


def _places(words: PageWords) -> Callable[[int], Box]:
    """Gives what tells where a letter stands."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    into = (ctypes.byref(left), ctypes.byref(right), ctypes.byref(bottom), ctypes.byref(top))

    def place_of(index: int) -> Box:
        raw.FPDFText_GetCharBox(words, index, *into)
        return left.value, bottom.value, right.value, top.value

    return place_of


def _stands_in(place_of: Callable[[int], Box], line: re.Match[str], box: Box) -> bool:
    """Tells whether the first and the last letter of a line begin and end a box."""
    left, bottom, right, top = box
    first_left, first_bottom, _, first_top = place_of(line.start())
    _, last_bottom, last_right, last_top = place_of(line.end() - 1)
    # A space at the end is part of the box.
    ends = abs(first_left - left) <= _SLACK and -_SLACK <= right - last_right <= _SLACK + top - bottom
    low, high = bottom - _SLACK, top + _SLACK
    return ends and low <= first_bottom and low <= last_bottom and first_top <= high and last_top <= high


def _within(words: PageWords, box: Box) -> str:
    """Gives the words within a box. The library's own call asks PDFium twice, the first time for the length alone."""
    left, bottom, right, top = box
    buffer = (ctypes.c_ushort * _LONGEST_PIECE)()
    count = raw.FPDFText_GetBoundedText(words, left, top, right, bottom, buffer, _LONGEST_PIECE)
    if count >= _LONGEST_PIECE:
        return words.get_text_bounded(left, bottom, right, top)
    return bytes(buffer)[: 2 * count].decode("utf-16-le", "ignore").rstrip("\0")
