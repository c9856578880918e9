"""Tells the forms in a policy's appendices, which have dates of their own, from the policy itself."""

import re
from collections.abc import Iterator, Sequence

from casework.policy_documents.rows import Row
from casework.policy_documents.subjects import speaks_of_another
from casework.policy_documents.values import Look, Where

_APPENDIX = re.compile(r"(?:appendix|annexe?|form|template|pro[ -]?forma)\b(?!.*\d\s*$)", re.IGNORECASE)
_INITIALS = "AaFfTtPp"
_FIRST_PART = re.compile(r"1[.)]?\s+[A-Z]")
_LONGEST = 100
_EDGES = (Where.HEADER, Where.FOOTER, Where.FOOTNOTE)


def without_forms(rows: Sequence[Row]) -> list[Row]:
    """Leaves out appendices that are about other things: "Appendix B: Individual healthcare plan".

    A line of the contents, which ends in the number of a page, begins no appendix.
    """
    return [row for row, inside in _placed(rows) if not inside]


def _placed(rows: Sequence[Row]) -> Iterator[tuple[Row, bool]]:
    inside = False
    for row in rows:
        if row.where in _EDGES:
            yield row, False
            continue
        if _begins_appendix(row):
            inside = speaks_of_another(row.text)
        elif inside and (row.look is not Look.PLAIN or _FIRST_PART.match(row.text)):
            inside = False
        yield row, inside


def _begins_appendix(row: Row) -> bool:
    text = row.cells[0]
    return (
        len(text) <= _LONGEST
        and text[:1] in _INITIALS
        and len(row.cells) == 1
        and _APPENDIX.match(text) is not None
    )
