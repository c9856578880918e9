"""Chooses among the readings of a document, and says where they disagree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from casework.policy_documents.derive import derive_next
from casework.policy_documents.labels import APPROVAL, COVER_DATE, Kind
from casework.policy_documents.pairs import Reading
from casework.policy_documents.spans import FoundDate
from casework.policy_documents.terms import TermSpan
from casework.policy_documents.values import Precision, ReviewCycle, StatedDate

_ANOTHER_GENERATION = timedelta(days=183)
_CYCLE_SLACK = timedelta(days=124)
_MONTH = timedelta(days=31)
_OF_PAST_REVIEWS = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Dates:
    """The dates chosen, with sentences about what contradicts them."""

    last_update: StatedDate | None
    next_review: StatedDate | None
    cycle: ReviewCycle | None
    findings: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Candidate:
    stated: StatedDate
    first: date
    last: date
    rank: int
    history: bool


def choose(readings: Sequence[Reading], *, terms: TermSpan | None = None) -> Dates:
    """Chooses last update, next review and cycle; what contradicts them becomes a finding."""
    findings: list[str] = []
    cycle = _choose_cycle(readings)
    explicit = _candidates(readings, Kind.NEXT)
    either = _candidates(readings, Kind.REVIEW)
    updates = _before_reviews(_candidates(readings, Kind.LAST), [*explicit, *either])
    coming, past = _part_review_dates(either, explicit, _choose_last(updates))
    last = _choose_last([*updates, *past])
    last_update = last.stated if last else None
    following = _choose_next([*explicit, *coming], findings)
    if following is None and cycle and last and last_update and last.rank < COVER_DATE:
        following = derive_next(last_update, cycle, terms=terms)
    if following is None:
        following = _unsure(readings, findings)
    findings += _contradictions(last_update, following, cycle, terms)
    return Dates(last_update=last_update, next_review=following, cycle=cycle, findings=tuple(findings))


def _candidates(readings: Sequence[Reading], kind: Kind) -> list[_Candidate]:
    return [
        candidate
        for reading in readings
        if reading.kind is kind
        for found in reading.dates
        for candidate in _candidate(reading, found)
    ]


def _candidate(reading: Reading, found: FoundDate) -> Iterator[_Candidate]:
    if found.from_ is None or found.to is None:
        return
    several_reviews = reading.kind is Kind.REVIEW and len(reading.dates) > 1
    yield _Candidate(
        stated=StatedDate(
            text=found.text,
            value=found.value,
            precision=found.precision,
            from_=found.from_,
            to=found.to,
            where=reading.where,
        ),
        first=found.from_,
        last=found.to,
        rank=reading.rank,
        history=reading.history or several_reviews,
    )


def _choose_cycle(readings: Sequence[Reading]) -> ReviewCycle | None:
    """Takes the cycle that stands beside a label of its own, else the first that a sentence states."""
    for reading in sorted(readings, key=lambda reading: reading.kind is not Kind.CYCLE):
        if reading.cycle is not None:
            return ReviewCycle(
                text=reading.cycle.text,
                months=reading.cycle.months,
                month=reading.cycle.month or _month_beside(reading),
                where=reading.where,
            )
    return None


def _month_beside(reading: Reading) -> int | None:
    return reading.unsure.month if isinstance(reading.unsure, FoundDate) else None


def _latest(candidates: Sequence[_Candidate]) -> _Candidate | None:
    """Takes the latest; a day wins over the month that it lies in."""
    best: _Candidate | None = None
    for one in candidates:
        if best is None or _is_later(one, best):
            best = one
    return best


def _is_later(one: _Candidate, other: _Candidate) -> bool:
    if other.first <= one.first and one.last <= other.last:
        return (other.first, other.last) != (one.first, one.last)
    if one.first <= other.first and other.last <= one.last:
        return False
    return one.last > other.last


def _choose_last(candidates: Sequence[_Candidate]) -> _Candidate | None:
    """Takes the last review or update; an approval gives way to it, unless it belongs to a later generation."""
    best: _Candidate | None = None
    for rank in sorted({one.rank for one in candidates}):
        group = _latest([one for one in candidates if one.rank == rank])
        if best is None or (group and rank <= APPROVAL and group.last - best.last > _ANOTHER_GENERATION):
            best = group
    return best


def _before_reviews(updates: list[_Candidate], reviews: list[_Candidate]) -> list[_Candidate]:
    """Leaves out a date of the cover that is the review's own."""
    return [
        one for one in updates if one.rank < COVER_DATE or all(one.last < review.first for review in reviews)
    ]


def _part_review_dates(
    either: list[_Candidate], explicit: list[_Candidate], last: _Candidate | None
) -> tuple[list[_Candidate], list[_Candidate]]:
    """Parts "review date" into coming and past.

    It is past in a history, beside a next review of its own, and where it is no later than the last update.
    """
    stated = _latest(explicit)
    past = [
        one
        for one in either
        if one.history or (stated and one.first <= stated.last) or (last and _is_no_later(one, last))
    ]
    coming = [one for one in either if one not in past]
    return coming, [replace(one, rank=_OF_PAST_REVIEWS) for one in past]


def _is_no_later(one: _Candidate, other: _Candidate) -> bool:
    """Tells whether a date is before another, or within it where that is no wider than a month."""
    return one.last <= other.first or (one.last <= other.last and other.last - other.first <= _MONTH)


def _choose_next(candidates: list[_Candidate], findings: list[str]) -> StatedDate | None:
    best = _latest(candidates)
    if best is None:
        return None
    for other in candidates:
        if not other.history and (other.last < best.first or best.last < other.first):
            findings.append(
                f"Two next review dates are stated: {best.stated.text} ({best.stated.where}) and "
                f"{other.stated.text} ({other.stated.where}); the later is taken until the document is put right."
            )
            break
    return best.stated


def _unsure(readings: Sequence[Reading], findings: list[str]) -> StatedDate | None:
    for kind in (Kind.NEXT, Kind.REVIEW):
        for reading in readings:
            if reading.kind is kind and reading.unsure:
                words = reading.unsure if isinstance(reading.unsure, str) else reading.unsure.text
                findings.append(f'The next review is given as "{words}", which names no date.')
                return StatedDate(text=words, value=None, precision=Precision.NONE, where=reading.where)
    findings.append("No next review date was found in the document.")
    return None


def _contradictions(
    last: StatedDate | None, following: StatedDate | None, cycle: ReviewCycle | None, terms: TermSpan | None
) -> list[str]:
    if last is None or following is None or following.to is None or last.from_ is None:
        return []
    if following.to < last.from_:
        where = f"({following.text}, {following.where}) is before the last update ({last.text}, {last.where})"
        return [f"The next review {where}."]
    if cycle is None or following.derived:
        return []
    expected = derive_next(last, cycle, terms=terms)
    if expected and expected.to and abs(expected.to - following.to) > _CYCLE_SLACK:
        return [f'The review cycle is "{cycle.text}", but the dates are {last.text} and {following.text}.']
    return []
