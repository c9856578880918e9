"""Finds whose policy it is: the manager, owner, lead, author or person responsible that the document names."""

import re
from collections.abc import Sequence

from casework.policy_documents.dates import find_dates
from casework.policy_documents.labels import find_labels
from casework.policy_documents.owner_forms import (
    OWNER_LABELS,
    OWNER_SENTENCE_STEMS,
    OWNER_SENTENCES,
    OWNER_STEMS,
    REVIEWER_RANK,
)
from casework.policy_documents.rows import Row
from casework.policy_documents.words import has_any

_BODY = re.compile(
    r"\b(?:govern|board|committee|trustee|directors|council|fgb|lgb|staff\s+and)\w*", re.IGNORECASE
)
_NOT_A_PERSON = re.compile(
    r"\d{2}|@|https?:|\b(?:will|shall|should|must|ensure|has\b|have\b|that|which|policy|date|review|approved|version|see"
    r"|annual(?:ly)?|statutory|all\s+staff|everyone|purpose|introduction|aims?|contents|we|you|they|is|are|was|were|be|been|tbc|tba)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[\t\n|;\u2022]|\s-\s(?=[A-Z])|[.]\s+(?=[A-Z][a-z]+\s+[a-z])")
_NEXT_ENTRY = re.compile(
    r"(?<=\s)(?:policy|document|approv\w+|versions?|status|type|committee|ratif\w+|signed|signature|issued?|review\w*|dated?"
    r"|next|last|category|link\s+governor|governor\s+respons\w+|published|statutory|audience|ref(?:erence)?|relevant"
    r"|(?:policy\s+)?(?:owner|author|lead)\s*:)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s*(?:\b(?:on|in|dated?|and|by)\b[\s:]*)?$", re.IGNORECASE)
_LONGEST = 80
_SHORT_LINE = 120
_MOST_WORDS = 12


def find_owner(rows: Sequence[Row]) -> str | None:
    """Gives the owner in the document's own words: a role, a name or both."""
    best: tuple[int, str] | None = None
    for at, row in enumerate(rows):
        if best and best[0] == 0:
            break
        text = row.text
        if not _may_be_labelled(text):
            continue
        lowered = text.lower()
        if not has_any(lowered, OWNER_STEMS):
            continue
        found = _owner_in(text, rows, at)
        if found and (best is None or found[0] < best[0]):
            best = found
    return best[1] if best else _owner_in_sentence(rows)


def _may_be_labelled(text: str) -> bool:
    """Tells whether a line is short, or has a mark that parts a label from a value."""
    return len(text) <= _SHORT_LINE or ":" in text or "\t" in text or " - " in text


def _owner_in(text: str, rows: Sequence[Row], at: int) -> tuple[int, str] | None:
    for rank, pattern in enumerate(OWNER_LABELS):
        for match in pattern.finditer(text):
            rest = text[match.end() :]
            beside = rest.strip(" :\t\n").split("\t", 1)[0]
            owner = _person(rest) if beside and not _is_label(beside) else _below(rows, at, match.start())
            if owner and not (rank >= REVIEWER_RANK and _BODY.search(owner)):
                return rank, owner
    return None


def _below(rows: Sequence[Row], at: int, start: int) -> str | None:
    """Takes the cell below a heading, or the line below a label; a label there means that none was filled in."""
    row = rows[at]
    if len(row.cells) == 1:
        return _person(_value_of_line(rows, at))
    below = rows[at + 1] if at + 1 < len(rows) else row
    if (below.table, below.where) != (row.table, row.where) or below is row:
        return None
    place = below.cell_at(row.columns[row.text.count("\t", 0, start)])
    words = below.cells[place] if place is not None and place < len(below.cells) else ""
    return None if _is_label(words) else _person(words)


def _value_of_line(rows: Sequence[Row], at: int) -> str:
    """Finds the value of a label: the next line, or its like in the run of values below a run of labels."""
    first = last = at
    while first > 0 and _is_label_line(rows[first - 1]):
        first -= 1
    while last + 1 < len(rows) and _is_label_line(rows[last + 1]):
        last += 1
    count = last - first + 1
    # A number by itself is a page's, which stands anywhere among flattened lines.
    values = [row for row in rows[last + 1 : last + 3 + count] if not row.text.isdigit()][:count]
    if len(values) < count or any(_is_label_line(value) for value in values):
        return ""
    return values[at - first].text


def _is_label_line(row: Row) -> bool:
    words = row.text.strip(" :")
    return len(row.cells) == 1 and len(words) <= _LONGEST and not find_dates(words) and _is_label(words)


def _is_label(words: str) -> bool:
    if any(pattern.match(words) for pattern in OWNER_LABELS):
        return True
    labels = find_labels(words)
    return bool(labels) and labels[0].start == 0


def _person(words: str) -> str | None:
    """Cuts what follows a label down to the person, or gives None if no person stands there."""
    words = _ENDS.split(words.strip(" :=\t\n-|"), maxsplit=1)[0]
    dates = find_dates(words)
    ends = [dates[0].start] if dates else []
    ends += [label.start for label in find_labels(words) if label.start or label.end == len(words)]
    entry = _NEXT_ENTRY.search(words)
    ends += [entry.start()] if entry else []
    words = _trim(words[: min(ends, default=len(words))])
    if not words or len(words) > _LONGEST or len(words.split()) > _MOST_WORDS or _NOT_A_PERSON.search(words):
        return None
    return words if re.search(r"[A-Za-z]{2}", words) else None


def _trim(words: str) -> str:
    words = _TAIL.sub("", words.strip(" ,.:;-/*_\"'()[")).strip(" ,.:;-/(")
    return words + ")" if words.count("(") > words.count(")") else words


def _owner_in_sentence(rows: Sequence[Row]) -> str | None:
    for row in rows:
        if "olicy" not in row.text or not has_any(row.text, OWNER_SENTENCE_STEMS):
            continue
        for pattern in OWNER_SENTENCES:
            match = pattern.search(row.text)
            owner = _person(re.sub(r"^[Tt]he\s+", "", match["owner"])) if match else None
            if owner:
                return owner
    return None
