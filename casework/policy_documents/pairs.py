"""Joins labels and dates within one line: "Approved by Governors: 12.5.22, to be reviewed Spring 2024"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from casework.policy_documents.clauses import goes_on_about_another, may_speak
from casework.policy_documents.cycles import FoundCycle, find_cycles
from casework.policy_documents.dates import find_dates
from casework.policy_documents.gaps import (
    LONGEST_GAP,
    ends_open,
    find_qualifier,
    find_unsure,
    has_break,
    is_filler,
    is_near,
    lists_on,
    may_be_value,
    may_lead,
)
from casework.policy_documents.interruptions import find_interrupted
from casework.policy_documents.labels import APPROVAL, BARE_DATE, REVIEWS, Kind, Label, Manner, find_labels
from casework.policy_documents.runs import find_runs
from casework.policy_documents.spans import FoundDate
from casework.policy_documents.terms import TermSpan

# Between a label and its own date: "The next review date, agreed by governors on 3 December 2025, is 3 December 2027".
_ASIDE = re.compile(
    r"\s*,\s+(?:as\s+)?(?:agreed|set|fixed|decided|determined|approved|confirmed)\b[^,;\t\n]{1,80},\s+(?:is|was|being|will\s+be|falls)\b"
    # "will be reviewed in line with the school's review cycle, January 2027"
    r"|\s+(?:(?:in\s+)?(?:line|accordance|keeping)\s+with|(?:as\s+)?part\s+of)\s+(?:the|our|its|their)\s+(?:[\w']+\s+){0,4}?(?:cycle|schedule|programme|timetable)\b"
)
_LABEL_ENDS = re.compile(r"\s*(?:date\s*)?(?:$|[\t\n),.;|])")
_LONGEST_VALUE = 240
_ONLY_ENTRIES = re.compile(r"(?:[A-Z][\w /&'-]{1,40}:[\s:]*){2,}")
_JOINS_BACK = re.compile(
    r"[\s,(|:-]*(?:the\s+|is\s+)?"
    # "December 2026 is when this policy is next due for review", "in force until August 2027, when it will be reviewed"
    r"|,?\s*(?:(?:is|was|being)\s+)?(?:when|the\s+(?:date|day|month|term|year|time)\s+(?:(?:by|in|on|at)\s+which|that|when|for|of))"
    r"\s+(?:(?:this|the|our)\s+(?:[\w&'-]+\s+){0,3}?(?:policy|document|plan|procedure|statement)|it|we|governors|trustees|the\s+(?:board|governors|governing\s+body|trustees))?\s*(?:(?:is|was|are)\s+)?",
    re.IGNORECASE,
)


class Reading(NamedTuple):
    """What one label says; a tuple, for each is changed several times on its way.

    Attributes:
        unsure: Words that stand where the date should be ("TBC", "September" without a year).
        history: True for one of several past dates, as in a table of versions.
    """

    kind: Kind
    rank: int
    label: str
    dates: tuple[FoundDate, ...] = ()
    cycle: FoundCycle | None = None
    unsure: FoundDate | str | None = None
    where: str = "body"
    order: int = 0
    history: bool = False

    @property
    def says_something(self) -> bool:
        return bool(self.dates or self.cycle or self.unsure)


@dataclass(frozen=True, kw_only=True, slots=True)
class LineReading:
    """A line taken apart.

    Attributes:
        open_labels: Labels without a value in this line, whose value may stand below or beside it.
        value: The line's dates, cycle or "TBC" if it holds nothing else, so that it may be a label's value.
        only_labels: True if the line holds labels and nothing else.
    """

    readings: tuple[Reading, ...] = ()
    open_labels: tuple[Label, ...] = ()
    value: Reading | None = None
    only_labels: bool = False


SILENT = LineReading()
"""A line that says nothing of a review, as most do."""


def read_line(text: str, *, terms: TermSpan | None = None) -> LineReading:
    """Reads one tidied line by itself."""
    labels = find_labels(text)
    if not labels and len(text) > _LONGEST_VALUE:
        return SILENT
    if not labels and not may_be_value(text):
        return SILENT
    dates = _outside(find_dates(text, terms=terms), labels)
    cycles = [
        cycle
        for cycle in find_cycles(text)
        if not any(date.value and _overlap(cycle, date) for date in dates)
    ]
    dates = [date for date in dates if date.value or not any(_overlap(cycle, date) for cycle in cycles)]
    if not labels:
        return LineReading(value=_bare_value(text, dates, cycles))
    interrupted = find_interrupted(text, dates)
    if interrupted:
        dates.remove(interrupted[1])
    line = _Line(text=text, labels=_without_idle_dates(text, labels, dates), dates=dates, cycles=cycles)
    readings, still_open = line.read()
    if interrupted:
        label, date = interrupted
        readings.append(Reading(kind=label.kind, rank=label.rank, label=label.text, dates=(date,)))
    return LineReading(
        readings=tuple(readings),
        open_labels=tuple(still_open),
        only_labels=not readings and not dates and _is_nothing_but_labels(text, labels),
    )


def value_for(label: Label, value: Reading) -> Reading:
    """Gives a label the value that stands beside or below it."""
    return Reading(
        kind=label.kind,
        rank=label.rank,
        label=label.text,
        dates=value.dates,
        cycle=value.cycle,
        unsure=value.unsure,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Line:
    text: str
    labels: list[Label]
    dates: list[FoundDate]
    cycles: list[FoundCycle]

    def read(self) -> tuple[list[Reading], list[Label]]:
        readings: list[Reading] = []
        still_open: list[Label] = []
        used: set[int] = set()
        spoke: Label | None = None
        silent: Label | None = None
        reviews = any(label.kind in REVIEWS for label in self.labels)
        runs = find_runs(self.text, self.labels, self.dates)
        used |= {date.start for date in runs.values()}
        for label, end in map(self._reach, range(len(self.labels))):
            if (silent and goes_on_about_another(silent, label, self.text, self.dates)) or not may_speak(
                label, self.text, self.dates, spoke, among_reviews=reviews
            ):
                silent = label
                continue
            silent = None
            spoke = label
            reading = self._value_after(label, end, used)
            if label.start in runs:
                reading = reading._replace(dates=(runs[label.start],), unsure=None)
            if not reading.says_something:
                reading = self._value_before(label, end, used)
            if reading.says_something:
                readings.append(reading)
            elif ends_open(self.text[label.end : end]):
                still_open.append(label)
        return readings, still_open

    def _reach(self, position: int) -> tuple[Label, int]:
        """Gives a label, and where its words end: at the next label, unless that is an aside within the sentence."""
        label = self.labels[position]
        aside = _ASIDE.match(self.text, label.end) if label.kind in REVIEWS else None
        if aside:
            label = replace(label, end=aside.end())
        following = [other.start for other in self.labels[position + 1 :] if other.start >= label.end]
        return label, following[0] if following else len(self.text)

    def _value_after(self, label: Label, end: int, used: set[int]) -> Reading:
        dates = self._dates_after(label, end, used)
        return Reading(
            kind=label.kind,
            rank=label.rank,
            label=label.text,
            dates=dates,
            cycle=self._cycle_of(label, end, has_date=bool(dates)),
            unsure=None if dates else self._unsure_after(label, end),
        )

    def _dates_after(self, label: Label, end: int, used: set[int]) -> tuple[FoundDate, ...]:
        found: list[FoundDate] = []
        reached = label.end
        for date in self.dates:
            if date.value is None or not label.end <= date.start < end or date.start in used:
                continue
            gap = self.text[reached : date.start]
            near = is_near(label, gap, date) if not found else lists_on(gap)
            if not near:
                if found:
                    break
                continue
            found.append(date)
            used.add(date.start)
            reached = date.end
        return tuple(found)

    def _value_before(self, label: Label, end: int, used: set[int]) -> Reading:
        """Takes the date before the label, as in "September 2024 (next review)"."""
        empty = Reading(kind=label.kind, rank=label.rank, label=label.text)
        if not _LABEL_ENDS.match(self.text[label.end : end]):
            return empty
        before = [
            date for date in self.dates if date.end <= label.start and date.value and date.start not in used
        ]
        if not before or not _JOINS_BACK.fullmatch(self.text[before[-1].end : label.start]):
            return empty
        date = before[-1]
        begins = not self.text[: date.start].strip() or self.text[date.start - 1] in "\t\n|(;"
        if (label.kind is Kind.REVIEW or date.weak or label.rank >= BARE_DATE) and not begins:
            return empty
        used.add(date.start)
        return Reading(kind=label.kind, rank=label.rank, label=label.text, dates=(date,))

    def _cycle_of(self, label: Label, end: int, *, has_date: bool) -> FoundCycle | None:
        if label.kind is Kind.TITLE or label.rank > APPROVAL:
            return None
        inside = find_cycles(label.text)
        if inside and not inside[0].weak:
            return inside[0]
        for cycle in self.cycles:
            if not label.end < cycle.end <= end:
                continue
            gap = self.text[label.end : cycle.start]
            if is_filler(gap) or (not cycle.weak and not has_date and may_lead(label, gap)):
                return cycle
        return None

    def _unsure_after(self, label: Label, end: int) -> FoundDate | str | None:
        if label.kind is Kind.CYCLE:
            return None
        said = find_unsure(self.text, label.end, end)
        if said:
            return said
        for date in self.dates:
            if date.value is None and label.end <= date.start < end and label.kind in REVIEWS:
                return date if is_filler(self.text[label.end : date.start]) else None
        return None


def _outside(dates: Sequence[FoundDate], labels: Sequence[Label]) -> list[FoundDate]:
    return [date for date in dates if not any(_overlap(date, label) for label in labels)]


def _overlap(one: FoundDate | FoundCycle | Label, other: FoundDate | FoundCycle | Label) -> bool:
    return one.start < other.end and other.start < one.end


def _without_idle_dates(text: str, labels: Sequence[Label], dates: list[FoundDate]) -> list[Label]:
    """Drops a bare "Date" that only repeats what the label before it says ("Approved by: Governors  Date: ...")."""
    kept: list[Label] = []
    for label in labels:
        if label.rank >= BARE_DATE and kept and kept[-1].rank <= APPROVAL and dates:
            before = kept[-1]
            gap = text[before.end : label.start]
            valued = any(before.end <= date.start < label.start and date.value for date in dates)
            if not valued and len(gap) <= LONGEST_GAP[Manner.NOUN] and not has_break(gap):
                continue
        kept.append(label)
    return kept


def _is_nothing_but_labels(text: str, labels: Sequence[Label]) -> bool:
    return is_filler(_cut(text, labels)) or _ONLY_ENTRIES.fullmatch(text) is not None


def _bare_value(text: str, dates: list[FoundDate], cycles: list[FoundCycle]) -> Reading | None:
    qualified = find_qualifier(text)
    if qualified:
        text = text[: qualified.start()]
        dates = [date for date in dates if date.end <= len(text)]
        cycles = [cycle for cycle in cycles if cycle.end <= len(text)]
    said = find_unsure(text, 0, len(text))
    if said and text.strip(" :.").endswith(said):
        return Reading(kind=Kind.REVIEW, rank=0, label="", unsure=said)
    if not (dates or cycles) or not is_filler(_cut(text, [*dates, *cycles])):
        return None
    stated = tuple(date for date in dates if date.value)
    return Reading(
        kind=Kind.REVIEW,
        rank=0,
        label="",
        dates=stated,
        cycle=cycles[0] if cycles else None,
        unsure=dates[0] if dates and not stated else None,
    )


def _cut(text: str, tokens: Sequence[Label | FoundDate | FoundCycle]) -> str:
    for token in sorted(tokens, key=lambda token: -token.start):
        text = text[: token.start] + " " + text[token.end :]
    return text
