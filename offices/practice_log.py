"""In practice, the page shows what Casework did and why: after a sweep the news of the log go there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from casework.cases import CaseReference
from casework.deadlines import explain
from casework.errors import ConnectorError, TermDatesExhaustedError
from casework.plain_reasons import reason_for
from casework.plain_words import in_plain_words
from casework.procedures import ProcedureReading, read_by
from casework.procedures.picture import as_svg, as_text
from casework.records import Event, PolicyRecord
from casework.register_lists import CASES_LIST, POLICIES_LIST, ColumnOwner
from connectors.microsoft365.practice_log import LogEnd, PracticeLog
from offices.office import Office

LISTS = (CASES_LIST, POLICIES_LIST)
LONGEST_BREAK = timedelta(days=5)
"""A longer one ends the days that can be played in one go: half-term and the holidays."""


def tell_practice(office: Office, *, swept: datetime | None) -> None:
    """Show on the practice page what is new; for a real school this does nothing.

    A page that does not answer stops nothing: the next sweep tells it.

    Args:
        office: whose jobs were swept.
        swept: the practice moment, if all jobs were swept; None if only some were.
    """
    if office.practice_log is None:
        return
    try:
        _Telling(office, office.practice_log).tell(swept)
    except ConnectorError:
        office.practice_log.known = office.practice_log.drawn = None


class _Telling:
    def __init__(self, office: Office, log: PracticeLog) -> None:
        self._office = office
        self._log = log

    def tell(self, swept: datetime | None) -> None:
        with self._office.journal.transaction() as transaction:
            head = transaction.events.head()
        newest = LogEnd(number=head.number, mark=head.chain) if head else LogEnd(number=0, mark="")
        if swept is None and newest == self._log.known:
            return
        known = self._log.known or self._log.end()
        self._log.known = self._log.add(self._news(known, newest, swept))

    def _news(self, known: LogEnd, newest: LogEnd, swept: datetime | None) -> dict[str, Any]:
        is_same_log = self._is_same(known)
        with self._office.journal.transaction() as transaction:
            events = transaction.events.after(known.number if is_same_log else 0)
            titles = {each.file_id: _title_of(each) for each in transaction.policies.all()}
        told: dict[str, Any] = {
            "replace": not is_same_log,
            "entries": [_entry(event, titles) for event in events if event.number <= newest.number],
            "standings": self._standings({event.case for event in events if event.case}),
        }
        if swept:
            told |= {
                "swept": swept.isoformat(),
                "school_days": [f"{day}" for day in self._days(swept)],
                "staff_columns": {each.name: each.owned_by(ColumnOwner.STAFF) for each in LISTS},
            }
            versions = tuple(one.fingerprint for one in self._office.procedures.current)
            if versions != self._log.drawn or not is_same_log:
                told["procedures"] = self._drawn()
                self._log.drawn = versions
        return told

    def _drawn(self) -> list[dict[str, str]]:
        return [
            {"name": one.name, "svg": as_svg(one), "text": as_text(one)}
            for one in self._office.procedures.current
        ]

    def _is_same(self, known: LogEnd) -> bool:
        """Whether the page's log is this journal's, and not one of an earlier journal or school."""
        if known.number == 0:
            return True
        with self._office.journal.transaction() as transaction:
            entry = next(iter(transaction.events.after(known.number - 1)), None)
        return entry is not None and entry.chain == known.mark

    def _standings(self, touched: set[CaseReference]) -> dict[str, list[str]]:
        """Where each open case stands, and those that something happened to."""
        school, procedures = self._office.school, self._office.procedures
        with self._office.journal.transaction() as transaction:
            still_open = transaction.cases.open()
            others = touched - {case.reference for case in still_open}
            closed = [case for one in sorted(others) if (case := transaction.cases.get(one))]
            cases = (*still_open, *closed)
            letters = {case.reference: transaction.letters.of_case(case.reference) for case in cases}
        return {
            case.reference: list(
                _lines(read_by(procedures.of(case), case, letters[case.reference], school=school))
            )
            for case in cases
        }

    def _days(self, swept: datetime) -> list[date]:
        """The school days from today to the next long break."""
        school, days = self._office.school, list[date]()
        following = school.today(swept) - timedelta(days=1)
        try:
            while not days or following - days[-1] <= LONGEST_BREAK:
                days += [following] if following >= school.today(swept) else []
                following = school.calendar.next_school_day(following)
        except TermDatesExhaustedError:
            pass  # the calendar ends before the next break
        return days


def _title_of(policy: PolicyRecord) -> str:
    return (policy.facts.title if policy.facts else "") or policy.path.rpartition("/")[2]


def _entry(event: Event, titles: Mapping[str, str]) -> dict[str, Any]:
    title = titles.get(str(event.fields.get("file", "")), "")
    return {
        "number": event.number,
        "at": event.at.isoformat(),
        "reference": event.case or "",
        "words": f"{title}: {in_plain_words(event)}" if title else in_plain_words(event),
        "why": reason_for(event),
        "mark": event.chain,
    }


def _lines(read: ProcedureReading) -> Iterable[str]:
    standing = read.standing
    yield standing.next_step
    yield f"Why: {standing.source}"
    if standing.warning:
        yield standing.warning
    if standing.deadline:
        due = standing.deadline.due
        yield f"Due by the end of {due:%A} {due.day} {due:%B %Y}:"
        yield from explain(standing.deadline)
    yield from (duty.line for duty in read.duties)
    yield from (option.line for option in read.options_to_show)
