"""Reads all rows of a document: labels with values beside them, below them, above them, or in the next column."""

import re
from collections.abc import Sequence
from datetime import date as day
from itertools import groupby

from casework.policy_documents.labels import Kind, Label, find_labels, may_have_label
from casework.policy_documents.pairs import SILENT, LineReading, Reading, read_line, value_for
from casework.policy_documents.rows import Row
from casework.policy_documents.subjects import speaks_of_another
from casework.policy_documents.terms import TermSpan
from casework.policy_documents.words import MONTHS, has_any, has_digit

_DIGITS = re.compile(r"\d\d")
_VALUE_STEMS = ("annual", "year", "term", "month", "quarter", "bienn", "trienn", "biann")
_SHORT_VALUE_STEMS = (*(month[:3] for month in MONTHS), "tbc", "tba", "n/a")
_QUALIFIERS = ("unless", "or earlier", "or sooner", "or before", "subject to")
_LONGEST_VALUE = 80
_KEEP_OPEN_LINES = 2
_LABEL_AND_VALUE = 2
_HISTORY = re.compile(
    r"\b(?:changes?|amendments?|amended|comments?|reviewer|reviewed\s+by|updated\s+by|by\s+whom|outcome|notes|summary"
    r"|reason|details|description|signed|signature|initials|history)\b",
    re.IGNORECASE,
)
_NOT_OURS = re.compile(
    r"\b(?:course|certificate|first\s+aider|staff\s+member|name\s+of\s+staff|actions?|targets?|success\s+criteria|hazards?|risks?"
    r"|pupil|child|item|equipment|insurer|supplier|contract|licence|training)\b",
    re.IGNORECASE,
)

# A form about one child, as in an appendix with the school's forms.
_OF_ONE = re.compile(
    r"(?:full\s+|first\s+|sur)?name\s+of\s+(?:the\s+)?(?:pupil|child|student)|(?:pupil|child|student)(?:'s)?\s+(?:full\s+)?name|date\s+of\s+birth|d\.?o\.?b\b",
    re.IGNORECASE,
)

_NAMES_OF_POLICIES = re.compile(
    r"(?:name\s+of\s+)?(?:(?:school|statutory)\s+)?(?:polic(?:y|ies)|documents?)(?:\s+(?:name|title))?",
    re.IGNORECASE,
)


def gather(rows: Sequence[Row], *, terms: TermSpan | None = None) -> list[Reading]:
    """Gives every reading of the document in reading order."""
    found: list[Reading] = []
    for (_, table), group in groupby(
        rows, key=lambda row: (row.where, row.table if len(row.cells) > 1 else None)
    ):
        part = list(group)
        lines = [_read(row, terms) for row in part]
        found += _in_columns(part, lines, terms) if table is not None else _in_lines(part, lines)
    return [reading._replace(order=order) for order, reading in enumerate(found)]


def _read(row: Row, terms: TermSpan | None) -> LineReading:
    text = row.text
    return read_line(text, terms=terms) if _is_worth_reading(text) else SILENT


def _is_worth_reading(text: str) -> bool:
    """Tells quickly whether a line can hold a label with a value, or, if it is short, one of the two."""
    lowered = text.lower()
    has_value = (has_digit(text) and _DIGITS.search(text) is not None) or has_any(lowered, _VALUE_STEMS)
    if len(text) > _LONGEST_VALUE:
        return has_value and (may_have_label(lowered) or has_any(lowered, _QUALIFIERS))
    return has_value or may_have_label(lowered) or has_any(lowered, _SHORT_VALUE_STEMS)


def _in_lines(rows: list[Row], lines: list[LineReading]) -> list[Reading]:
    """Reads lines below each other; a run of labels takes the run of values that follows it, in order."""
    found: list[Reading] = []
    pending: list[Label] = []
    age = 0
    at = 0
    while at < len(lines):
        line = lines[at]
        if line is SILENT and not pending:
            age, at = age + 1, at + 1
            continue
        found += [reading._replace(where=rows[at].where.value) for reading in line.readings]
        if line.value is not None:
            run = _run_of_values(lines, at)
            if age > _KEEP_OPEN_LINES and len(run) < len(pending):
                pending = []
            where = rows[at].where.value
            found += [reading._replace(where=where) for reading in _hand_out(pending, run, lines, at)]
            pending, at = [], at + len(run)
            continue
        if line.open_labels:
            pending = [*pending, *line.open_labels] if line.only_labels else [line.open_labels[-1]]
            age = 0
        elif line.readings or age >= _patience(pending) or len(rows[at].text) > _LONGEST_VALUE:
            pending = []
        age += 1
        at += 1
    return found


def _patience(pending: list[Label]) -> int:
    """Gives how many other lines may part labels from values: more where several labels wait, as in a flattened table."""
    several = len(pending) >= _LABEL_AND_VALUE
    return _KEEP_OPEN_LINES * len(pending) + _KEEP_OPEN_LINES if several else _KEEP_OPEN_LINES


def _run_of_values(lines: list[LineReading], at: int) -> list[Reading]:
    run: list[Reading] = []
    for line in lines[at:]:
        if line.value is None:
            break
        run.append(line.value)
    return run


def _hand_out(pending: list[Label], run: list[Reading], lines: list[LineReading], at: int) -> list[Reading]:
    if pending:
        labels = pending if len(run) >= len(pending) else pending[-len(run) :]
        return [value_for(label, value) for label, value in zip(labels, run, strict=False)]
    after = lines[at + len(run)] if at + len(run) < len(lines) else SILENT
    is_answered = at + len(run) + 1 < len(lines) and lines[at + len(run) + 1].value is not None
    if after.only_labels and len(after.open_labels) == 1 and not is_answered:
        return [value_for(after.open_labels[0], run[-1])]
    return []


def _in_columns(rows: list[Row], lines: list[LineReading], terms: TermSpan | None) -> list[Reading]:
    """Reads a table: across each row first, then down from the headings that no value stands beside."""
    found: list[Reading] = []
    where = rows[0].where.value
    of_one = any(_OF_ONE.match(row.cells[0]) for row in rows) or _lists_policies(rows)
    foreign = of_one or _is_about_other_things(rows)
    for at, line in enumerate(lines):
        if foreign and (of_one or len(rows[at].cells) > _LABEL_AND_VALUE):
            continue
        found += [reading._replace(where=where) for reading in line.readings]
        if line.open_labels and not foreign:
            found += [reading._replace(where=where) for reading in _below(rows, at, line, terms)]
    return found


def _below(rows: list[Row], at: int, line: LineReading, terms: TermSpan | None) -> list[Reading]:
    found: list[Reading] = []
    heading = rows[at]
    for label in line.open_labels:
        place = heading.text.count("\t", 0, label.start)
        if speaks_of_another(heading.cells[place]):
            continue
        values = _column_below(rows[at + 1 :], heading.columns[place], terms)
        if not values:
            continue
        dates = tuple(date for value in values for date in value.dates)
        beside_updates = any(
            other.kind is Kind.LAST and not _names_persons(heading, other) for other in line.open_labels
        )
        if label.kind is Kind.REVIEW and beside_updates:
            # Each version has its own review, so that of the last one is the coming review.
            dates = tuple(sorted(dates, key=lambda date: date.to or day.min)[-1:])
        history = len(dates) > 1 or (
            label.kind is Kind.REVIEW and not beside_updates and _is_history(heading)
        )
        merged = values[0]._replace(dates=dates, unsure=None if dates else values[0].unsure)
        found.append(value_for(label, merged)._replace(history=history))
    return found


def _names_persons(heading: Row, label: Label) -> bool:
    """Tells whether a heading such as "Reviewed by" stands over names."""
    return (
        re.search(r"\bby\b", heading.cells[heading.text.count("\t", 0, label.start)], re.IGNORECASE)
        is not None
    )


def _column_below(rows: list[Row], column: int, terms: TermSpan | None) -> list[Reading]:
    values: list[Reading] = []
    for row in rows:
        place = row.cell_at(column)
        text = row.cells[place] if place is not None and place < len(row.cells) else ""
        if not text:
            continue
        line = read_line(text, terms=terms)
        if line.value is None:
            break
        values.append(line.value)
    return values


def _is_history(heading: Row) -> bool:
    return _HISTORY.search(heading.text) is not None


def _lists_policies(rows: list[Row]) -> bool:
    """Tells whether a table lists several policies, as a schedule does; their dates are those of other documents."""
    if len(rows) <= _LABEL_AND_VALUE or not _NAMES_OF_POLICIES.fullmatch(rows[0].cells[0].strip(" :")):
        return False
    names = {row.cells[0] for row in rows[1:] if len(row.cells) > 1 and row.cells[0]}
    return len(names) > 1 and not any(find_labels(name) for name in names)


def _is_about_other_things(rows: list[Row]) -> bool:
    """Tells by its headings whether a table is of certificates, actions or pupils, whose dates are not the policy's."""
    heading = rows[0].text
    return (
        len(rows) > 1
        and len(rows[0].cells) > _LABEL_AND_VALUE
        and _NOT_OURS.search(heading) is not None
        and "polic" not in heading.lower()
    )
