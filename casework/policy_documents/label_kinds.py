"""What a label may speak of, how it may stand in its line, and what a wording of one is made of."""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    NEXT = "next review"
    LAST = "last update"
    REVIEW = "review date"
    CYCLE = "review cycle"
    TITLE = "title"


REVIEWS = (Kind.NEXT, Kind.REVIEW)


class Manner(Enum):
    """How a label stands in its line, which decides how near its date must be and whom it may speak of."""

    NOUN = "noun"
    VERB = "verb"
    LOOSE = "loose"


APPROVAL = 3
"""The rank of "approved" and its like, which count as an update."""
WRITING = 4
"""The rank of "written", "issued" and their like."""
BARE_DATE = 5
"""The rank of the word "Date" by itself."""
COVER_DATE = 6
"""The rank of a date on the cover that has no label at all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelForm:
    """One wording; rank 1 is the plainest, and a lower one gives way to it.

    Attributes:
        needs: Pieces of lower-case text, one of which stands in whatever the pattern matches: most lines are passed over
            for want of one, without trying the pattern.
        also: More such pieces, of which one stands there too; any text will do where none is given.
    """

    kind: Kind
    rank: int
    manner: Manner
    pattern: str
    needs: tuple[str, ...]
    also: tuple[str, ...]


def form(kind: Kind, rank: int, manner: Manner, *parts: str, needs: str, also: str = "") -> LabelForm:
    """Puts a wording together; the pieces that it needs are parted by bars."""
    return LabelForm(
        kind=kind,
        rank=rank,
        manner=manner,
        pattern="".join(parts),
        needs=tuple(needs.split("|")),
        also=tuple(also.split("|")),
    )
