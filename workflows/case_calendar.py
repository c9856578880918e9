"""Keep deadlines in calendars: entries in Outlook that move with the day, and a feed; a number and a step, no content."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from casework.calendar_feed import FeedEntry, Published, feed, published
from casework.cases import Case
from casework.evidence import sha256_of
from casework.intents import KeepReviewEntry, StorePaper
from casework.looks import Look, Looked, world_of
from casework.policy_register.policies import policies_of
from casework.ports import Journal
from casework.procedures import Procedures, duties_of, standing_of
from casework.records import JournalTransaction
from casework.school import School
from casework.who_acts import who_acts
from workflows.job_report import JobReport
from workflows.looking import Round
from workflows.planning import plan

FEED = "calendar feed as last written"
FEED_ENTRIES = "calendar feed, its entries"
"""When each was last changed, and how often it has moved: a calendar program is told both."""
FEED_POLICIES = "calendar feed of these policies"
IN_USE = "case calendar in use"
FEED_FILE = "Calendar/Deadlines.ics"
_TEXT = (
    "By the end of this day. The case list says what is known; when the deadline moves, this entry moves by itself, "
    "and it goes when the thing is done."
)


def keep_case_calendar(
    *, journal: Journal, school: School, procedures: Procedures, now: datetime
) -> JobReport:
    """Plan what is to be entered, moved or taken away, and the feed anew if a day in it changed."""
    with journal.transaction() as transaction:
        in_use = transaction.cursors.get(IN_USE) == "yes"
        if not is_kept(transaction, school):
            return JobReport()
        calendar = _Calendar(school=school, procedures=procedures, now=now)
        look = Round(look=Look.CALENDAR, world=world_of(school, procedures), now=now)
        cases = look.cases(transaction)
        planned = sum(look.note(transaction, case, calendar.keep(transaction, case)) for case in cases)
        look.look_over(transaction, school, lambda case: calendar.soonest(transaction, case))
        planned += calendar.feed(transaction, is_new=bool(cases))
        if in_use != school.deadlines_in_outlook:
            transaction.cursors.put(IN_USE, "yes" if school.deadlines_in_outlook else "no")
    return JobReport(changes=planned)


def is_kept(transaction: JournalTransaction, school: School) -> bool:
    """True where the school wants deadlines in calendars, or has some there from before."""
    return school.deadlines_in_outlook or transaction.cursors.get(IN_USE) == "yes"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Calendar:
    school: School
    procedures: Procedures
    now: datetime

    def keep(self, transaction: JournalTransaction, case: Case) -> Looked:
        """Enter, move or take away the days of one case."""
        days = tuple(self._days(transaction, case)) if self.school.deadlines_in_outlook else ()
        return Looked(changes=_keep(transaction, case, days, self.now))

    def soonest(self, transaction: JournalTransaction, case: Case) -> datetime | None:
        """Now if a day of the case stands elsewhere than it should: no entry waits for a day."""
        days = self._days(transaction, case) if self.school.deadlines_in_outlook else ()
        return None if _as_kept(days) == case.in_calendar else self.now

    def feed(self, transaction: JournalTransaction, *, is_new: bool) -> int:
        """Write the feed anew where a case or a policy may have changed it: it holds the days of all of them."""
        policies = tuple(_policy_entries(transaction, self.school))
        of_policies = sha256_of(repr(policies).encode())
        if not is_new and transaction.cursors.get(FEED_POLICIES) == of_policies:
            return 0
        transaction.cursors.put(FEED_POLICIES, of_policies)
        days = [one for case in transaction.cases.open() for one in self._days(transaction, case)]
        return _feed(transaction, days, policies, self.school, self.now)

    def _days(self, transaction: JournalTransaction, case: Case) -> Iterator[_Day]:
        return _days(transaction, case, self.school, self.procedures)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Day:
    """A day of a case: its entry's key, whose calendar it stands in, and what it says."""

    entry: str
    address: str
    day: date
    subject: str
    for_all: bool

    @property
    def kept(self) -> tuple[str, str, str]:
        return kept_day(self.entry, self.address, self.day, self.subject)


def kept_day(entry: str, address: str, day: date, subject: str) -> tuple[str, str, str]:
    """A day in somebody's calendar as its case remembers it."""
    return entry, address, f"{day.isoformat()} {subject}"


def _days(
    transaction: JournalTransaction, case: Case, school: School, procedures: Procedures
) -> Iterator[_Day]:
    if not case.is_open:
        return
    letters = transaction.letters.of_case(case.reference)
    procedure = procedures.of(case)
    step = standing_of(case, letters, school=school, procedure=procedure)
    duties = duties_of(case, letters, school=school, procedure=procedure)
    for standing in (step, *(duty.standing for duty in duties)):
        if standing.due:
            _, address = who_acts(case, standing.owner, school=school)
            yield _Day(
                entry=f"{school.code}/case/{case.reference}/day/{standing.matter}",
                address=address.casefold(),
                day=standing.due,
                subject=f"{case.reference}: {standing.matter}",
                for_all=not case.concerns_head,
            )


def _keep(transaction: JournalTransaction, case: Case, wanted: tuple[_Day, ...], now: datetime) -> int:
    kept = _as_kept(wanted)
    if kept == case.in_calendar:
        return 0
    current = {(one.entry, one.address): one for one in wanted}
    before = {(entry, address): said for entry, address, said in case.in_calendar}
    stamp = now.isoformat()
    planned = plan(
        transaction,
        *(
            KeepReviewEntry(
                key=f"{entry}/{stamp}/away/{sha256_of(address.encode())[:8]}", entry=entry, address=address
            )
            for entry, address in before
            if (entry, address) not in current
        ),
        *(
            KeepReviewEntry(
                key=f"{one.entry}/{stamp}",
                entry=one.entry,
                address=one.address,
                day=one.day.isoformat(),
                subject=one.subject,
                text=_TEXT,
            )
            for place, one in current.items()
            if before.get(place) != one.kept[2]
        ),
    )
    transaction.cases.save(replace(case, in_calendar=kept))
    return planned


def _as_kept(days: Iterable[_Day]) -> tuple[tuple[str, str, str], ...]:
    return tuple(sorted(one.kept for one in days))


def _policy_entries(transaction: JournalTransaction, school: School) -> Iterator[FeedEntry]:
    for policy in policies_of(transaction.policies.all(), apart_from=school.name_words):
        due = policy.due(school.policies.due)
        if due and not (policy.is_retired or policy.is_lost):
            yield FeedEntry(
                key=f"{school.code}/policy/{policy.identity}/review",
                day=due,
                summary=f"Policy review: {policy.title}",
            )


def _feed(
    transaction: JournalTransaction,
    days: list[_Day],
    policies: tuple[FeedEntry, ...],
    school: School,
    now: datetime,
) -> int:
    """The feed lies where all staff may read it, so what may concern the headteacher is not in it."""
    entries = [FeedEntry(key=one.entry, day=one.day, summary=one.subject) for one in days if one.for_all]
    now_stand = published([*entries, *policies], before=_last_published(transaction), now=now)
    text = feed(now_stand.values(), school_code=school.code, school_name=school.name)
    stands = sha256_of(text.encode())
    if transaction.cursors.get(FEED) == stands:
        return 0
    transaction.cursors.put(FEED, stands)
    transaction.cursors.put(FEED_ENTRIES, json.dumps([_as_row(one) for one in now_stand.values()]))
    key = f"{school.code}/calendar feed/{now.isoformat()}"
    return plan(transaction, StorePaper(key=key, path=FEED_FILE, text=text))


def _last_published(transaction: JournalTransaction) -> dict[str, Published]:
    rows = json.loads(transaction.cursors.get(FEED_ENTRIES) or "[]")
    return {
        key: Published(
            entry=FeedEntry(key=key, day=date.fromisoformat(day), summary=summary),
            changed_at=datetime.fromisoformat(changed_at),
            moves=moves,
        )
        for key, day, summary, changed_at, moves in rows
    }


def _as_row(one: Published) -> list[object]:
    entry = one.entry
    return [entry.key, entry.day.isoformat(), entry.summary, one.changed_at.isoformat(), one.moves]
