"""What a policy document says, and the values that the reading of it gives."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

LARGEST_DOCUMENT = 100_000_000
"""Bytes of the largest policy document that is read; a larger one is not even fetched."""
TOO_LARGE = f"it is larger than {LARGEST_DOCUMENT // 1_000_000} MB; save it without its pictures"


class Where(StrEnum):
    """The part of a document in which words stand, in a reader's words."""

    BODY = "body"
    TABLE = "table"
    HEADER = "header"
    FOOTER = "footer"
    FOOTNOTE = "footnote"
    TEXT_BOX = "text box"
    CONTENT_CONTROL = "content control"
    FORM_FIELD = "form field"


class Precision(StrEnum):
    """How exactly a document states a date; it is kept, never sharpened."""

    DAY = "day"
    MONTH = "month"
    TERM = "term"
    YEAR = "year"
    ACADEMIC_YEAR = "academic year"
    NONE = "none"


class Look(StrEnum):
    """How a paragraph is set, as far as that helps to find the title."""

    TITLE = "title"
    HEADING = "heading"
    PLAIN = "plain"


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One paragraph, or one row of a table, in reading order.

    Attributes:
        cells: The cells of a row from left to right; a paragraph has one. Lines within a cell are parted by a line end.
        columns: Where each cell begins, so that a heading finds the cells below it although others are merged.
        table: The same number for all rows of one table, None for a paragraph.
    """

    cells: tuple[str, ...]
    where: Where = Where.BODY
    look: Look = Look.PLAIN
    columns: tuple[int, ...] = ()
    table: int | None = None

    @property
    def text(self) -> str:
        return "\t".join(self.cells) if len(self.cells) != 1 else self.cells[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentText:
    """The words of a document as a reader meets them: headers first, then the body, then notes and footers.

    Attributes:
        wrapped: Whether its lines are broken where the page ends, as in a PDF, and not where a paragraph does.
        properties: What the file says about itself (its title, say). Dates in it are the computer's, so none is read.
    """

    name: str
    blocks: tuple[Block, ...]
    wrapped: bool = False
    properties: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class StatedDate:
    """A date as a document states it.

    Attributes:
        text: The words that state it.
        value: ``2023-09-01``, ``2023-09``, ``2024-autumn``, ``2025`` or ``2023/24``; None when the words give no date.
        from_: The first day meant.
        to: The last day meant.
        derived: True when it was worked out from the last update and the review cycle.
        where: The part of the document, as ``Where`` names it.
    """

    text: str
    value: str | None
    precision: Precision
    from_: date | None = None
    to: date | None = None
    derived: bool = False
    where: str = Where.BODY.value


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewCycle:
    """How often a policy is reviewed.

    Attributes:
        text: The words that say so.
        months: The cycle in calendar months.
        month: The calendar month in which it falls, where the words name one ("every September").
    """

    text: str
    months: int
    month: int | None = None
    where: str = Where.BODY.value


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyFacts:
    """What one policy document says about itself; ``findings`` are sentences for a person."""

    title: str
    owner: str | None
    last_update: StatedDate | None
    next_review: StatedDate | None
    cycle: ReviewCycle | None
    findings: tuple[str, ...] = ()
