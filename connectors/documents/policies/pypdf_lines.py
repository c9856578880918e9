"""Gives the lines of a PDF page by their place on it, and finds those that are set as the title."""

import re
from collections.abc import Iterator
from statistics import median

from pypdf import PageObject

from casework.policy_documents import Block, Look

_SPACED_LETTERS = re.compile(r"\s*(?:\S {1,2}){5,}\S\s*$")
_SCHOOL = re.compile(
    r"\b(?:school|academy|college|nursery|trust|federation|pre-?school|infants?|juniors?)\b", re.IGNORECASE
)
_LARGER = 1.25
_LONGEST_TITLE = 120


def page_blocks(page: PageObject, *, first: bool) -> Iterator[Block]:
    """Gives the lines of a page from top to bottom, columns parted by wide gaps."""
    lines = [_joined_letters(line) for line in _text(page).splitlines() if line.strip()]
    title = _title_lines(page, lines) if first else range(0)
    if title:
        lines[title.start : title.stop] = [" ".join(" ".join(lines[at].split()) for at in title)]
    for at, line in enumerate(lines):
        yield Block(cells=(line,), look=Look.TITLE if title and at == title.start else Look.PLAIN)


def _text(page: PageObject) -> str:
    text = page.extract_text(
        extraction_mode="layout", layout_mode_space_vertically=False, layout_mode_strip_rotated=False
    )
    return text if text.strip() else page.extract_text()


def _joined_letters(line: str) -> str:
    """Joins a line that is set letter by letter ("N e x t  r e v i e w"); wider gaps part its words."""
    if not _SPACED_LETTERS.match(line):
        return line
    return " ".join(re.sub(r"(?<=\S) (?=\S)", "", word) for word in re.split(r" {2,}", line.strip()))


def _title_lines(page: PageObject, lines: list[str]) -> range:
    """Finds the lines below each other that are set largest, without the school's own name."""
    sizes = _sizes(page)
    if not sizes:
        return range(0)
    usual = median(size for size in sizes.values())
    set_larger = [_size_of(line, sizes) > usual * _LARGER and not _SCHOOL.search(line) for line in lines]
    if True not in set_larger:
        return range(0)
    start = set_larger.index(True)
    stop = set_larger.index(False, start) if False in set_larger[start:] else len(lines)
    while stop > start and sum(len(line) for line in lines[start:stop]) > _LONGEST_TITLE:
        stop -= 1
    return range(start, stop)


def _sizes(page: PageObject) -> dict[str, float]:
    """Gives the size in which each piece of text is set."""
    sizes: dict[str, float] = {}

    def note(text: str, page_matrix: list[float], text_matrix: list[float], _: object, size: float) -> None:
        for piece in text.splitlines():
            words = piece.strip()
            if words:
                sizes[_squeezed(words)] = abs(size * text_matrix[3] * page_matrix[3]) or abs(size)

    page.extract_text(visitor_text=note)
    return sizes


def _size_of(line: str, sizes: dict[str, float]) -> float:
    whole = _squeezed(line)
    return max(
        (size for piece, size in sizes.items() if whole and (piece in whole and len(piece) * 2 > len(whole))),
        default=0.0,
    )


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
