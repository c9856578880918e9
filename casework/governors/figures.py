"""A term's figures: counted from cases and letters, without a name, a number of a case, or a word of anybody's."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from casework.cases import Case
from casework.errors import TermDatesExhaustedError
from casework.governors.terms import counted_from
from casework.letters import Letter, LetterKind, LetterState
from casework.policy_register.policies import Policy
from casework.school import School
from casework.term_dates import Term

BY_CONVERSATION = "after the conversation"
BY_LETTER = "after the written request"
WITHOUT = "without speaking with the parent"
CONTACT_SPANS = ("within 1 school day", "2 to 5 school days", "more than 5 school days", "no contact yet")
_ONE, _WEEK = 1, 5
_ONE_DAY = timedelta(days=1)
_TO_THE_PARENT = frozenset({LetterKind.INVITATION, LetterKind.REMOVAL_REQUEST})


@dataclass(frozen=True, kw_only=True, slots=True)
class TermFigures:
    """What happened in a term, as exact numbers: nothing of it is shown before `small_numbers` has seen it.

    Attributes:
        since: the first day that is counted: the holidays before a term belong to it.
        first_contact: how many cases had their first contact with the parent within which span.
        usual_contact: the middle one of those times, in school days; None if fewer than five are known.
        resolved: how many closed cases ended after which step.
        talks_skipped: cases in which a person decided to skip the conversation.
        carried_over: cases from before the term that were open in it.
        policies: how many policies stand how; overdue: titles and days, which name nobody.
    """

    term: Term
    since: date
    until: date
    opened: int
    closed: int
    still_open: int
    carried_over: int
    platforms: Mapping[str, int]
    targets: Mapping[str, int]
    first_contact: Mapping[str, int]
    usual_contact: float | None
    resolved: Mapping[str, int]
    talks_skipped: int
    policies: Mapping[str, int] = field(default_factory=dict)
    overdue: tuple[tuple[str, int], ...] = ()


def figures_of(
    cases: Iterable[Case],
    *,
    letters_of: Callable[[Case], Iterable[Letter]],
    policies: Iterable[Policy],
    term: Term,
    today: date,
    school: School,
) -> TermFigures:
    """Count a term, up to today if it is not over."""
    until = min(term.ends, today)
    stand, overdue = _policies(policies, today, school)
    known = [(case, tuple(letters_of(case))) for case in cases]
    days = [school.today(case.reported_at) for case, _ in known]
    since = counted_from(term, school.calendar) or min([term.starts, *days])
    opened = [one for one in known if since <= school.today(one[0].reported_at) <= until]
    closed = [one for one in known if (day := _closed_on(one[0], school)) and since <= day <= until]
    before = [one for one in known if school.today(one[0].reported_at) < since]
    times = [_days_to_contact(case, letters, until, school) for case, letters in opened]
    contacted = [time for time in times if time is not None]
    return TermFigures(
        term=term,
        since=since,
        until=until,
        opened=len(opened),
        closed=len(closed),
        still_open=sum(_is_open_on(case, until, school) for case, _ in known),
        carried_over=sum(_is_open_on(case, since - _ONE_DAY, school) for case, _ in before),
        platforms=dict(Counter(case.platform or "other or not known" for case, _ in opened)),
        targets=dict(Counter(_target(case) for case, _ in opened)),
        first_contact=dict(Counter(_span(time) for time in times)),
        usual_contact=statistics.median(contacted) if len(contacted) >= _WEEK else None,
        resolved=dict(Counter(_resolved_by(case, letters) for case, letters in closed)),
        talks_skipped=sum(_skipped(case) for case, _ in opened),
        policies=stand,
        overdue=overdue,
    )


def _closed_on(case: Case, school: School) -> date | None:
    return school.today(case.closed_at) if case.closed_at else None


def _is_open_on(case: Case, day: date, school: School) -> bool:
    closed_on = _closed_on(case, school)
    return school.today(case.reported_at) <= day and (closed_on is None or closed_on > day)


def _target(case: Case) -> str:
    return case.staff.target.value if case.staff.target else "not yet entered"


def _days_to_contact(case: Case, letters: tuple[Letter, ...], until: date, school: School) -> int | None:
    """School days from the report to the first talk or letter to the parent; None if there was none so far."""
    days = [school.today(one.sent_at) for one in letters if _reached(one) and one.sent_at]
    if case.staff.talked_on:
        days.append(case.staff.talked_on)
    first = min((day for day in days if day <= until), default=None)
    if first is None:
        return None
    return _school_days_between(school.today(case.reported_at), first, school)


def _reached(letter: Letter) -> bool:
    return letter.state is LetterState.SENT and letter.kind in _TO_THE_PARENT


def _school_days_between(first: date, last: date, school: School) -> int:
    try:
        days = (date.fromordinal(number) for number in range(first.toordinal() + 1, last.toordinal() + 1))
        return sum(school.calendar.is_school_day(day) for day in days)
    except TermDatesExhaustedError:
        return max(0, (last - first).days)


def _span(days: int | None) -> str:
    if days is None:
        return CONTACT_SPANS[3]
    return CONTACT_SPANS[0] if days <= _ONE else CONTACT_SPANS[1] if days <= _WEEK else CONTACT_SPANS[2]


def _resolved_by(case: Case, letters: tuple[Letter, ...]) -> str:
    if any(one.kind is LetterKind.REMOVAL_REQUEST and one.state is LetterState.SENT for one in letters):
        return BY_LETTER
    return BY_CONVERSATION if case.talk_logged else WITHOUT


def _skipped(case: Case) -> bool:
    """True where staff wrote down why there is no conversation."""
    steps = getattr(case.staff, "steps", None)
    return bool(steps and getattr(steps, "skip_reason", None))


def _policies(
    policies: Iterable[Policy], today: date, school: School
) -> tuple[dict[str, int], tuple[tuple[str, int], ...]]:
    listed = [policy for policy in policies if not (policy.is_retired or policy.is_lost)]
    rules = school.policies
    status = {policy.title: policy.status(today=today, which=rules.due) for policy in listed}
    overdue = sorted(
        (
            (policy.title, (today - due).days)
            for policy in listed
            if (due := policy.due(rules.due)) and due < today
        ),
        key=lambda one: (-one[1], one[0]),
    )
    return dict(Counter(one.value for one in status.values())), tuple(overdue)
