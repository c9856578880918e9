"""A sweep looks only at the cases whose moment has come, and does what a look at all of them would do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework import looks as looks_module
from casework.absences import Away
from casework.cases import Case, CaseReference, Relation, TalkOutcome, Target
from casework.ladders import APPROVAL_LADDER, SHIPPED_LADDERS, case_ladder
from casework.letters import Letter, LetterKind, LetterState
from casework.looks import Look, world_of
from casework.marks import MarkKind, reporter_mark
from casework.ports import Journal
from casework.still_up import PostState
from casework.tags import TokenMaker
from casework.term_dates import Closure
from connectors.journal import SqlJournal, open_journal
from connectors.memory import MemoryClock, MemoryLibrary
from tests.invented import a_letter, procedures, tillbrook
from tests.journals import CHAIN_KEY, MONDAY, sighting
from workflows.asking_for_evidence import ask_for_evidence
from workflows.calendar_changes import follow_calendar
from workflows.case_calendar import keep_case_calendar
from workflows.chase_follow_ups import chase_follow_ups
from workflows.deciding import note_absence
from workflows.draft_letters import draft_letters
from workflows.job_report import JobReport

PROCEDURES = procedures()
REPORTERS = ("teacher@tillbrook.example", "r.oakfield@parents.example")
THREE = range(1, 4)
ROUNDS = 6


@dataclass(kw_only=True)
class Life:
    """A school with three cases, whose days go by."""

    journal: Journal
    now: datetime = MONDAY
    tokens: TokenMaker = field(default_factory=lambda: TokenMaker(secret=CHAIN_KEY))

    def __post_init__(self) -> None:
        self.school = replace(tillbrook(), deadlines_in_outlook=True)
        self.ladders = SHIPPED_LADDERS
        self.library = MemoryLibrary(MemoryClock(MONDAY))

    def sweep(self, journal: Journal | None = None) -> int:
        """Every job that looks at cases, once; how much followed."""
        facts: dict[str, Any] = {"journal": journal or self.journal, "school": self.school, "now": self.now}
        by_rules = {**facts, "procedures": PROCEDURES}
        followed = follow_calendar(**by_rules)
        reports: list[JobReport] = [
            draft_letters(**by_rules, tokens=self.tokens, library=self.library),
            chase_follow_ups(**by_rules, tokens=self.tokens, ladders=self.ladders),
            ask_for_evidence(**facts, tokens=self.tokens),
            keep_case_calendar(**by_rules),
        ]
        return followed + sum(report.changes for report in reports)

    def works(self) -> None:
        """Sweeps until nothing follows any more, as `casework once` goes round."""
        for _ in range(ROUNDS):
            if not self.sweep():
                return

    def left_over(self) -> int:
        """What a look at every case would do now; the journal stays as it is."""
        found = -1
        with suppress(_UndoneError), self.journal.transaction() as transaction:
            for look in Look:
                transaction.cases.look_at_open(look)
                for reference in transaction.letters.cases_with_open():
                    transaction.cases.look_again(reference, look, MONDAY - timedelta(days=4000))
            found = self.sweep(cast("Journal", _Inside(transaction)))
            raise _UndoneError
        return found

    def changes(self, number: int, change: Callable[[Case], Case]) -> None:
        reference = CaseReference(f"TIS-2026-{number:04}")
        with self.journal.transaction() as transaction:
            case = transaction.cases.get(reference)
            if case:
                transaction.cases.save(change(case))


class _UndoneError(Exception):
    pass


@dataclass
class _Inside:
    """A journal whose transactions are all the one that is open, so that everything can be undone."""

    outer: object

    @contextmanager
    def transaction(self) -> Iterator[object]:
        yield self.outer


Step = Callable[[Life], None]


def opens(number: int, *, reporter: str, asked: bool, link: bool) -> Step:
    def step(life: Life) -> None:
        reference = CaseReference(f"TIS-2026-{number:04}")
        with life.journal.transaction() as transaction:
            if transaction.cases.get(reference):
                return
            transaction.cases.save(
                Case(
                    reference=reference,
                    reported_at=life.now,
                    title="Facebook post, reported lately",
                    platform="Facebook",
                    link="https://www.facebook.com/groups/tillbrook/posts/12" if link else "",
                    asked_at=life.now if asked else None,
                )
            )
            seen = sighting(f"mail/{number}", case=reference, sender=reporter, fingerprint=str(number))
            transaction.sightings.save(seen)
            transaction.marks.put(reference, MarkKind.REPORTER, [reporter_mark(reporter)])

    return step


def staff_set(number: int, columns: dict[str, Any]) -> Step:
    return lambda life: life.changes(number, lambda case: replace(case, staff=replace(case.staff, **columns)))


def somebody_looked(number: int, state: PostState) -> Step:
    return lambda life: life.changes(
        number, lambda case: replace(case, post_state=state, post_seen_on=life.school.today(life.now))
    )


def closes(number: int) -> Step:
    def closed(life: Life, case: Case) -> Case:
        staff = replace(case.staff, outcome="" if case.staff.outcome else "Removed.")
        if staff.outcome:
            return replace(case, staff=staff, closed_at=life.now)
        return replace(case, staff=staff, closed_at=None, reopened_at=life.now)

    return lambda life: life.changes(number, lambda case: closed(life, case))


def a_letter_becomes(number: int, state: LetterState) -> Step:
    """Of the case's newest letter, or a first one if it has none."""

    def step(life: Life) -> None:
        reference = CaseReference(f"TIS-2026-{number:04}")
        with life.journal.transaction() as transaction:
            if transaction.cases.get(reference) is None:
                return
            letters = transaction.letters.of_case(reference)
            first = a_letter(LetterKind.INVITATION, case=reference, key=f"TIS/case/{reference}/letter/x/1")
            transaction.letters.save(_become(letters[-1] if letters else first, state, life.now))

    return step


def _become(letter: Letter, state: LetterState, now: datetime) -> Letter:
    sent = state is LetterState.SENT
    return replace(
        letter,
        state=state,
        requested_at=now,
        change_wanted_at=now if state is LetterState.CHANGING else None,
        sent_at=now if sent else None,
    )


def the_question_leaves(number: int) -> Step:
    def step(life: Life) -> None:
        reference = CaseReference(f"TIS-2026-{number:04}")
        with life.journal.transaction() as transaction:
            if transaction.cases.get(reference):
                transaction.events.append("mail.sent", at=life.now, case=reference, mail="evidence_ask")

    return step


def is_away(address: str, days: int) -> Step:
    def step(life: Life) -> None:
        today = life.school.today(life.now)
        away = Away(since=today, until=today + timedelta(days=days)) if days else None
        with life.journal.transaction() as transaction:
            note_absence(transaction, address, away)

    return step


def snows(in_days: int) -> Step:
    def step(life: Life) -> None:
        day = life.school.today(life.now) + timedelta(days=in_days)
        calendar = life.school.calendar
        if not (calendar.covers(day) and calendar.is_school_day(day)):
            return
        shut = replace(calendar, closures=(*calendar.closures, Closure(day=day, reason="snow")))
        life.school = replace(life.school, calendar=shut)

    return step


def other_settings(days: int) -> Step:
    def step(life: Life) -> None:
        life.school = replace(life.school, removal_days=days, reply_days=days)

    return step


def another_ladder(life: Life) -> None:
    fewer = replace(case_ladder(), rungs=case_ladder().rungs[::2])
    life.ladders = replace(
        life.ladders, duties={"every": fewer}, approval=replace(APPROVAL_LADDER, repeats=())
    )


def time_goes_by(minutes: int) -> Step:
    def step(life: Life) -> None:
        life.now = min(life.now + timedelta(minutes=minutes), MONDAY + timedelta(days=230))

    return step


COLUMNS = st.sampled_from(
    [
        {"parent": "Mrs R Oakfield", "parent_email": REPORTERS[1], "target": Target.SCHOOL},
        {"parent": "Mr T Ashdown", "parent_email": "t.ashdown@parents.example", "relation": Relation.PARENT},
        {"target": Target.HEADTEACHER},
        {"target": Target.STAFF, "categories": ("threat",)},
        {"talked_on": date(2026, 11, 26), "talk_outcome": TalkOutcome.REFUSED},
        {"talked_on": date(2026, 11, 27), "talk_outcome": TalkOutcome.REMOVED},
        {"continues": True},
        {"parent": "", "parent_email": ""},
        {"handler": "deputy@tillbrook.example"},
    ]
)
NUMBERS = st.sampled_from(THREE)
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(opens, NUMBERS, reporter=st.sampled_from(REPORTERS), asked=st.booleans(), link=st.booleans()),
    st.builds(staff_set, NUMBERS, COLUMNS),
    st.builds(staff_set, NUMBERS, COLUMNS),
    st.builds(somebody_looked, NUMBERS, st.sampled_from(PostState)),
    st.builds(closes, NUMBERS),
    st.builds(
        a_letter_becomes,
        NUMBERS,
        st.sampled_from([LetterState.WAITING, LetterState.CHANGING, LetterState.SENT, LetterState.MISSING]),
    ),
    st.builds(the_question_leaves, NUMBERS),
    st.builds(
        is_away,
        st.sampled_from(["headteacher@tillbrook.example", "deputy@tillbrook.example"]),
        st.integers(0, 6),
    ),
    st.builds(snows, st.integers(0, 12)),
    st.builds(other_settings, st.sampled_from([5, 10])),
    st.just(another_ladder),
    st.builds(time_goes_by, st.sampled_from([1, 40, 60, 300, 600, 1440, 2880, 4320, 10080, 40320])),
    st.builds(time_goes_by, st.sampled_from([60, 600, 1440, 2880, -1440])),
    st.builds(time_goes_by, st.integers(0, 3000)),
)
HISTORIES = st.lists(STEPS, min_size=5, max_size=25)
relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def live_through(history: list[Step]) -> None:
    with TemporaryDirectory() as folder, in_the_folder(Path(folder)) as journal:
        life = Life(journal=journal)
        for number in THREE:
            opens(number, reporter=REPORTERS[number % 2], asked=True, link=number == 1)(life)
        for step in history:
            step(life)
            life.works()
            assert life.left_over() == 0
        assert not _looked_over(journal), "no moment was wrong"


def in_the_folder(folder: Path) -> SqlJournal:
    return open_journal(folder / "journal.sqlite", school="TIS", chain_key=CHAIN_KEY)


@settings(relaxed, max_examples=8)
@given(HISTORIES)
def test_a_look_at_every_case_finds_nothing_that_the_due_looks_left(history: list[Step]) -> None:
    live_through(history)


@pytest.mark.soak
@settings(relaxed, max_examples=400)
@given(HISTORIES)
def test_a_look_at_every_case_finds_nothing_in_many_more_histories(history: list[Step]) -> None:
    live_through(history)


def test_a_sweep_with_nothing_due_reads_no_case(journal: SqlJournal) -> None:
    life = Life(journal=journal)
    opens(1, reporter=REPORTERS[0], asked=False, link=True)(life)
    life.works()

    with journal.transaction() as transaction:
        due = [transaction.cases.to_look_at(look, life.now) for look in Look]

    assert due == [()] * len(Look)


def test_a_wrong_moment_is_found_in_the_night_and_the_log_says_so(journal: SqlJournal) -> None:
    life = Life(journal=journal)
    opens(1, reporter=REPORTERS[0], asked=False, link=True)(life)
    life.works()
    reference = CaseReference("TIS-2026-0001")
    with journal.transaction() as transaction:
        transaction.cases.look_again(reference, Look.REMINDERS, MONDAY + timedelta(days=300))

    life.now = MONDAY + timedelta(days=4, hours=12)
    life.works()  # in the night
    assert _looked_over(journal) == [(reference, "reminders")]

    life.now += timedelta(minutes=5)
    life.works()
    assert _looked_over(journal) == [(reference, "reminders")]
    life.now = MONDAY + timedelta(days=7)
    assert life.sweep() > 0, "the reminder is made after all"


def test_a_clock_that_was_a_year_ahead_keeps_no_reminder_back(journal: SqlJournal) -> None:
    life = Life(journal=journal)
    opens(1, reporter=REPORTERS[0], asked=False, link=True)(life)
    life.now = MONDAY + timedelta(days=365)
    life.works()
    with journal.transaction() as transaction:
        ahead = len(transaction.outbox_view.gathered())

    life.now = MONDAY + timedelta(days=4)
    life.works()

    with journal.transaction() as transaction:
        assert len(transaction.outbox_view.gathered()) > ahead


def test_what_bears_on_every_case_is_the_same_in_every_process() -> None:
    school = tillbrook()
    again = replace(tillbrook(), own_domains=frozenset({"tillbrook.example"}))

    assert world_of(school, PROCEDURES, SHIPPED_LADDERS) == world_of(again, procedures(), SHIPPED_LADDERS)
    assert " at 0x" not in repr((school, PROCEDURES, SHIPPED_LADDERS))
    assert world_of(school) != world_of(replace(school, removal_days=11))


def test_a_host_with_many_schools_reckons_what_bears_on_their_cases_once_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    schools = [replace(tillbrook(), removal_days=days) for days in range(5, 45)]
    before = [world_of(school, PROCEDURES) for school in schools]
    monkeypatch.setattr(looks_module, "_world", lambda _: "reckoned anew")

    assert [world_of(school, PROCEDURES) for school in schools] == before
    assert len(set(before)) == len(schools)


def _looked_over(journal: SqlJournal) -> list[tuple[str | None, object]]:
    with journal.transaction() as transaction:
        events = transaction.events.after(0)
    return [(event.case, event.fields["look"]) for event in events if event.what == "case.looked_over"]
