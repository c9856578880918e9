"""Keep deadlines in calendars: entries in Outlook that move with the day, and a feed; a number and a step, no content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from casework.calendar_feed import FeedEntry, feed
from casework.cases import Case
from casework.evidence import sha256_of
from casework.intents import KeepReviewEntry, StorePaper
from casework.policy_register.policies import policies_of
from casework.ports import Journal
from casework.procedures import Procedures, duties_of, standing_of
from casework.records import JournalTransaction
from casework.school import School
from casework.who_acts import who_acts
from workflows.job_report import JobReport
from workflows.planning import plan

FEED = "calendar feed as last written"
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
        if not (school.deadlines_in_outlook or in_use):
            return JobReport()
        cases = {case.reference: case for case in (*transaction.cases.open(), *transaction.cases.stale())}
        days = {
            case.reference: tuple(_days(transaction, case, school, procedures)) for case in cases.values()
        }
        planned = sum(
            _keep(transaction, case, days[case.reference] if school.deadlines_in_outlook else (), now)
            for case in cases.values()
        )
        planned += _feed(transaction, [one for case in days for one in days[case]], school, now)
        transaction.cursors.put(IN_USE, "yes" if school.deadlines_in_outlook else "no")
    return JobReport(changes=planned)


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
        return self.entry, self.address, f"{self.day.isoformat()} {self.subject}"


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
    kept = tuple(sorted(one.kept for one in wanted))
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


def _feed(transaction: JournalTransaction, days: list[_Day], school: School, now: datetime) -> int:
    """The feed lies where all staff may read it, so what may concern the headteacher is not in it."""
    entries = [FeedEntry(key=one.entry, day=one.day, summary=one.subject) for one in days if one.for_all]
    policies = policies_of(transaction.policies.all(), apart_from=school.name_words)
    entries += [
        FeedEntry(
            key=f"{school.code}/policy/{policy.identity}/review",
            day=due,
            summary=f"Policy review: {policy.title}",
        )
        for policy in policies
        if not (policy.is_retired or policy.is_lost) and (due := policy.due(school.policies.due))
    ]
    text = feed(entries, school_code=school.code, school_name=school.name)
    stands = sha256_of(text.encode())
    if transaction.cursors.get(FEED) == stands:
        return 0
    transaction.cursors.put(FEED, stands)
    key = f"{school.code}/calendar feed/{now.isoformat()}"
    return plan(transaction, StorePaper(key=key, path=FEED_FILE, text=text))
