"""What the words of a school's calendar mean: "Autumn term begins", "October half-term", "INSET day"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from casework.term_date_checks import Break, OpenDay, Term
from connectors.calendar_files.entries import CalendarDraft, PassedOver
from connectors.calendar_files.subjects import Subject, subject_of
from connectors.calendar_files.welsh import in_english


class Meaning(Enum):
    NOTHING = auto()
    TERM = auto()
    TERM_STARTS = auto()
    TERM_ENDS = auto()
    BREAK = auto()
    BREAK_STARTS = auto()
    BREAK_ENDS = auto()
    INSET_DAY = auto()
    CLOSURE = auto()
    OPEN_DAY = auto()
    BANK_HOLIDAY = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Dated:
    """One entry of a feed or table.

    Attributes:
        kind: what the entry itself says it is, in a column of its own; empty in feeds.
        repeats: True if a rule repeats it.
    """

    says: str
    starts: date
    ends: date
    place: str
    kind: str = ""
    repeats: bool = False

    @property
    def length(self) -> timedelta:
        return self.ends - self.starts + timedelta(days=1)


_FLAGS = re.IGNORECASE
_INSET = re.compile(
    r"\binset\b|in-?service|\bnon-?pupil|\bbaker day|\bpd day|\bcpd\b|\bclosed to pupils|\btraining days?\b"
    r"|\b(staff|teacher)s?\W?\s+(training|development|learning|planning|only|day|returns?|back)\b"
    r"|\bprofessional (development|learning)|\bnon-?contact day|\bno school for pupils",
    _FLAGS,
)
_INSET_DAY = re.compile(
    r"(\binset|in-?service|\bnon-?pupil|\bbaker|\bpd|\bcpd|\btraining|\bdevelopment)\s+days?\b", _FLAGS
)
_NOT_THE_CALENDAR = re.compile(
    r"\b(academic|school) year\b|\bbank holiday\b|\bgood friday\b|\beaster monday\b|\bmay day\b"
    r"|\bnew year\W?s day\b|\bholiday (club|camp|activit|homework|playscheme)|\bparents?\W? evening",
    _FLAGS,
)
_HALF_TERM = re.compile(r"\bhalf[\s-]*term\b(?!\s*\d)", _FLAGS)
_HOLIDAY = re.compile(r"\bholidays?\b|\bvacation\b|\bmid[\s-]*term break\b", _FLAGS)
_BREAK = re.compile(r"\bbreak\b|\brecess\b", _FLAGS)
_CLOSED = re.compile(r"\bclos(ed|ure)\b|\bsnow\b|\bstrike\b|\bindustrial action\b|\boccasional day\b", _FLAGS)
# why a school is closed may be anything; "closure" by itself may be that of a road
_CLOSED_FOR = re.compile(r"\bclos(ed|ure)\s+(for|because|due|owing|by|after|as|to)\b.*", _FLAGS)
_TERM = re.compile(r"\bterm\b|\bsemester\b|\bhalf[\s-]*term\s*\d", _FLAGS)
_SCHOOL_OPENS = re.compile(
    r"\bre-?opens?\b|\bopens\b|\breturns?\b|\bback (to|at|in) school\b|\bfirst day (of|back)?\b|\bresumes?\b",
    _FLAGS,
)
_SCHOOL_SHUTS = re.compile(r"\bbreaks? up\b|\bcloses\b|\blast day\b|\bschool ends\b", _FLAGS)
_STARTS = re.compile(r"\b(start|begin|commence)(s|ning)?\b", _FLAGS)
_ENDS = re.compile(r"\b(end|finish)(s|es)?\b", _FLAGS)
# the day on which staff are back, without pupils
_FOR_STAFF = re.compile(r"\b(staff|teacher)s?\W?\s+(only|returns?|back)\b(?!.*\bpupils)", _FLAGS)
_FOR_THE_BREAK = re.compile(
    r"\b(for|before|after|from) (the )?(\w+ )?(half|holiday|christmas|easter|summer)", _FLAGS
)
_NAME = re.compile(
    r"\b(autumn|winter|spring|summer|michaelmas|lent|hilary|trinity)(\s+term)?(\s*\d\b)?|\bterm\s*\d\b",
    _FLAGS,
)

_KINDS = {
    "term": Meaning.TERM,
    "half-term": Meaning.BREAK,
    "half term": Meaning.BREAK,
    "holiday": Meaning.BREAK,
    "break": Meaning.BREAK,
    "inset": Meaning.INSET_DAY,
    "inset day": Meaning.INSET_DAY,
    "closure": Meaning.CLOSURE,
    "closed": Meaning.CLOSURE,
    "snow": Meaning.CLOSURE,
    # only as a kind of its own: the usual ones are known, and a feed names them all
    "bank holiday": Meaning.BANK_HOLIDAY,
    # only as a kind of its own: a feed's "School open day" invites parents to have a look
    "open": Meaning.OPEN_DAY,
    "open day": Meaning.OPEN_DAY,
}

# "Half-term" names both the holiday of a week or two and the half of a term in which pupils are taught.
_LONGEST_HALF_TERM_BREAK = timedelta(days=17)
_SHORTEST_TERM = timedelta(days=10)
_LONGEST_CLOSURE = timedelta(days=5)


def add_dated(entries: Iterable[Dated], draft: CalendarDraft, *, every_row_counts: bool = False) -> None:
    """Add what the entries mean to a draft.

    Args:
        entries: all the entries of a file.
        draft: takes terms, breaks, days and problems.
        every_row_counts: True if an entry that means nothing is a mistake, as in a table of term dates; in a
            school's feed, sports day and the parents' evening stand between the terms.
    """
    boundaries: list[tuple[Dated, Meaning]] = []
    for entry in entries:
        meanings = meanings_of(entry)
        if not meanings and every_row_counts and not _NOT_THE_CALENDAR.search(entry.says):
            known = "term, half-term, INSET or closure"
            draft.problems.append(
                f"{entry.place}: {entry.says!r} is not understood; write {known} as its kind."
            )
        if not meanings:
            draft.passed_over.append(_passed_over(entry))
        if meanings and entry.repeats:
            draft.problems.append(
                f"{entry.place}: {entry.says!r} repeats by a rule; write each of its dates."
            )
            continue
        for meaning in meanings:
            if meaning in _BOUNDARIES:
                boundaries.append((entry, meaning))
            else:
                _add(entry, meaning, draft)
    _pair(boundaries, Meaning.BREAK_STARTS, Meaning.BREAK_ENDS, draft)
    _pair(boundaries, Meaning.TERM_STARTS, Meaning.TERM_ENDS, draft)


def is_about_a_bank_holiday(says: str) -> bool:
    """True for "Coronation bank holiday", and not for a "Bank holiday club"."""
    return subject_of(in_english(says), lasts=False).is_about(_BANK_HOLIDAY)


def _passed_over(entry: Dated) -> PassedOver:
    says = in_english(entry.says)
    is_known_as_none = _NOT_THE_CALENDAR.search(says)
    mentions = not is_known_as_none and any(phrase.search(says) for phrase in _OF_A_DAY_OFF)
    return PassedOver(says=entry.says, starts=entry.starts, ends=entry.ends, mentions=mentions)


_BANK_HOLIDAY = re.compile(r"\bbank holiday\b", _FLAGS)
_OF_A_DAY_OFF = (_HALF_TERM, _HOLIDAY, _CLOSED, _INSET, _INSET_DAY)
_BOUNDARIES = (Meaning.TERM_STARTS, Meaning.TERM_ENDS, Meaning.BREAK_STARTS, Meaning.BREAK_ENDS)


def meanings_of(entry: Dated) -> tuple[Meaning, ...]:
    """Say what an entry means; "Autumn term begins (INSET)" means two things, "Sports day" nothing."""
    kind = in_english(entry.kind.strip())
    if known := _KINDS.get(kind.casefold()):
        return (known,)
    subject = subject_of(f"{kind} {in_english(entry.says)}".strip(), lasts=entry.length > timedelta(days=2))
    boundary = _boundary(subject) if entry.starts == entry.ends else Meaning.NOTHING
    inset = Meaning.INSET_DAY if _is_inset(subject) else Meaning.NOTHING
    meanings = tuple(meaning for meaning in (inset, boundary) if meaning is not Meaning.NOTHING)
    if meanings:
        return meanings
    span = _span(subject, entry.length)
    return () if span is Meaning.NOTHING else (span,)


def _is_inset(subject: Subject) -> bool:
    """An INSET day may name what is learned: "INSET day: reading". Without "day" it may be a form or a room."""
    return any(
        subject.is_about(phrase, with_its_topic=phrase is _INSET_DAY) for phrase in (_INSET_DAY, _INSET)
    )


def _boundary(subject: Subject) -> Meaning:
    """Read a single day on which a term or a break begins or ends; "Last day to order cards" is none."""
    says = subject.says
    if _NOT_THE_CALENDAR.search(says) or not subject.is_plain_edge():
        return Meaning.NOTHING
    if _FOR_STAFF.search(says):
        return Meaning.NOTHING
    opens, shuts = _SCHOOL_OPENS.search(says), _SCHOOL_SHUTS.search(says)
    starts, ends = _STARTS.search(says), _ENDS.search(says)
    of_a_break = (_HALF_TERM.search(says) or _HOLIDAY.search(says)) and not _FOR_THE_BREAK.search(says)
    if of_a_break and (starts or ends):
        return Meaning.BREAK_STARTS if starts else Meaning.BREAK_ENDS
    if opens or (starts and _TERM.search(says)):
        return Meaning.TERM_STARTS
    if shuts or (ends and _TERM.search(says)):
        return Meaning.TERM_ENDS
    return Meaning.NOTHING


def _span(subject: Subject, length: timedelta) -> Meaning:
    if _NOT_THE_CALENDAR.search(subject.says):
        return Meaning.NOTHING
    if subject.is_about(_HALF_TERM):
        return Meaning.BREAK if length <= _LONGEST_HALF_TERM_BREAK else Meaning.TERM
    if subject.is_about(_HOLIDAY) or (length > timedelta(days=1) and subject.is_about(_BREAK)):
        return Meaning.BREAK
    if any(subject.is_about(phrase, with_its_topic=True) for phrase in (_CLOSED, _CLOSED_FOR)):
        return Meaning.CLOSURE if length <= _LONGEST_CLOSURE else Meaning.BREAK
    return Meaning.TERM if length >= _SHORTEST_TERM and subject.is_about(_TERM) else Meaning.NOTHING


def _add(entry: Dated, meaning: Meaning, draft: CalendarDraft) -> None:
    if meaning is Meaning.INSET_DAY:
        draft.add_days(entry.starts, entry.ends, entry.place)
    elif meaning is Meaning.CLOSURE:
        draft.add_days(entry.starts, entry.ends, entry.place, closed_for=entry.says)
    elif meaning is Meaning.BANK_HOLIDAY:
        draft.add_bank_holidays(entry.starts, entry.ends, entry.place, name=entry.says)
    elif meaning is Meaning.OPEN_DAY:
        draft.add(OpenDay(day=entry.starts), entry.place)
    elif meaning is Meaning.BREAK:
        name = "half-term" if _HALF_TERM.search(in_english(entry.says)) else entry.says
        draft.add(Break(name=name, starts=entry.starts, ends=entry.ends), entry.place)
    else:
        draft.add(Term(name=entry.says, starts=entry.starts, ends=entry.ends), entry.place)


def _pair(
    boundaries: Sequence[tuple[Dated, Meaning]], first: Meaning, last: Meaning, draft: CalendarDraft
) -> None:
    """Join each beginning with the end that follows it.

    An end before the first beginning, and a beginning after the last end, belong to what the file does not
    cover; in the middle a lonely one is a mistake, unless a break explains it ("School reopens").
    """
    whole = draft.terms
    ours = [
        (entry, meaning is first)
        for entry, meaning in sorted(boundaries, key=lambda pair: (pair[0].starts, pair[1] is last))
        if meaning in (first, last) and not any(term.starts <= entry.starts <= term.ends for term in whole)
    ]
    begun: Dated | None = None
    for entry, begins in ours:
        if begins:
            if begun is not None and not _break_between(begun.starts, entry.starts, draft):
                draft.problems.append(
                    f"{begun.place}: nothing says when {begun.says!r} ends; add its last day."
                )
                begun = None
            begun = begun or entry
        elif begun is not None:
            _add_pair(begun, entry.ends, first, draft)
            begun = None
        elif draft.terms or draft.half_terms:
            draft.problems.append(
                f"{entry.place}: nothing says when {entry.says!r} began; add its first day."
            )


def _add_pair(begun: Dated, ends: date, first: Meaning, draft: CalendarDraft) -> None:
    if first is Meaning.BREAK_STARTS:
        draft.add(Break(starts=begun.starts, ends=ends), begun.place)
        return
    named = _NAME.search(begun.says)
    draft.add(Term(name=named[0] if named else "Term", starts=begun.starts, ends=ends), begun.place)


def _break_between(first: date, last: date, draft: CalendarDraft) -> bool:
    return any(first < rest.starts and rest.ends < last for rest in draft.half_terms)
