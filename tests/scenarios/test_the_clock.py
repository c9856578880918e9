"""Clocks that jump, stop and are wrong: nothing is sent twice or in a storm, and a wrong day sends nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from casework.cases import CaseReference
from casework.errors import TemporaryConnectorError
from casework.ports import Clock
from offices.machine_clock import ClockWatch
from offices.office import Office
from offices.service import Service
from schedule import TIMETABLE
from tests.remembering import Moments
from tests.scenarios.test_approving_a_letter import PARENT, draft, report
from tests.school import SchoolAtWork, words

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MORNINGS = ("Casework on", "Overdue:", "Due on", "Please step in", "Still waiting")
ROLES = ("office", "headteacher", "chair", "deputy")


def mornings(school: SchoolAtWork) -> dict[str, int]:
    """How many morning mails each person has."""
    return {role: sum(one.startswith(MORNINGS) for one in school.subjects(role)) for role in ROLES}


def three_cases_wait(school: SchoolAtWork) -> None:
    """Reported on Thursday 22 October 2026, the day before half-term; nobody has done anything."""
    school.at("2026-10-22T09:00:00+01:00")
    for number in range(3):
        school.teacher_forwards(f"Post number {number} that somebody saw.")
        school.works()


def words_of_mornings(school: SchoolAtWork, role: str) -> list[str]:
    return [words(one) for one in school.messages(role) if one["subject"].startswith(MORNINGS)]


@pytest.fixture
def waiting(moments: Moments) -> SchoolAtWork:
    return moments.come_to(three_cases_wait)


def sweep_at(school: SchoolAtWork, *moments: str) -> None:
    for moment in moments:
        school.at(moment)
        school.works()


def test_a_clock_that_goes_back_an_hour_sends_nothing_twice(waiting: SchoolAtWork) -> None:
    sweep_at(waiting, "2026-11-04T07:45:00+00:00")
    before = {role: waiting.subjects(role) for role in ROLES}
    assert any(subjects for subjects in before.values())

    sweep_at(waiting, "2026-11-04T06:45:00+00:00", "2026-11-04T07:31:00+00:00", "2026-11-04T07:45:00+00:00")

    assert {role: waiting.subjects(role) for role in ROLES} == before
    assert waiting.office.journal.verify().holds


@pytest.mark.soak
def test_a_clock_that_goes_back_a_day_sends_no_second_mail_of_that_day(waiting: SchoolAtWork) -> None:
    sweep_at(waiting, "2026-11-04T07:45:00+00:00", "2026-11-05T07:45:00+00:00")
    before = mornings(waiting)

    sweep_at(waiting, "2026-11-04T09:00:00+00:00", "2026-11-05T09:00:00+00:00")

    assert mornings(waiting) == before


def test_a_machine_that_slept_over_a_day_sends_one_digest(waiting: SchoolAtWork) -> None:
    sweep_at(waiting, "2026-11-03T07:45:00+00:00")
    before = mornings(waiting)

    sweep_at(waiting, "2026-11-05T16:00:00+00:00", "2026-11-05T16:01:00+00:00")

    assert all(number - before[role] <= 1 for role, number in mornings(waiting).items())
    assert mornings(waiting)["office"] == before["office"] + 1


def test_a_pc_switched_on_after_the_morning_tells_at_once_what_is_due_today(waiting: SchoolAtWork) -> None:
    """Whichever job is woken first."""
    sweep_at(waiting, "2026-10-23T07:45:00+01:00")
    waiting.at("2026-11-04T08:30:00+00:00")
    report_day = next(job for job in TIMETABLE.jobs if job.name == "report_day")
    service = Service(waiting.office, TIMETABLE, told=lambda line: None)
    service._wake(report_day).call()
    told = {role: words_of_mornings(waiting, role) for role in ROLES}

    waiting.works()

    with waiting.office.journal.transaction() as transaction:
        assert transaction.outbox_view.gathered() == (), "nothing waits for tomorrow's mail"
    assert {role: words_of_mornings(waiting, role) for role in ROLES} == told


class FallsAsleep(Clock):
    """The machine is put to sleep right after the sweep has begun, and awake again at another time."""

    def __init__(self, begun: str, awake: str) -> None:
        self.moments = [datetime.fromisoformat(begun)]
        self.awake = datetime.fromisoformat(awake)

    def now(self) -> datetime:
        return self.moments.pop() if self.moments else self.awake


def test_a_machine_that_wakes_at_night_in_the_middle_of_a_sweep_writes_to_nobody(
    waiting: SchoolAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, right = mornings(waiting), waiting.office.clock
    sleepy = FallsAsleep("2026-11-04T17:20:00+00:00", "2026-11-05T02:00:00+00:00")
    waiting.office.clock = sleepy  # type: ignore[misc]  # a cached property

    waiting.works()
    assert mornings(waiting) == before

    waiting.office.clock = right  # type: ignore[misc]
    monkeypatch.setattr(
        waiting.office.journal, "_machine_clock", lambda: datetime.now(UTC) + timedelta(hours=1)
    )
    sweep_at(waiting, "2026-11-05T07:45:00+00:00")
    assert mornings(waiting)["office"] > before["office"]


@pytest.mark.soak
def test_after_three_weeks_of_darkness_each_person_has_one_mail(waiting: SchoolAtWork) -> None:
    before = mornings(waiting)

    sweep_at(waiting, *(f"2026-11-20T{hour:02}:00:00+00:00" for hour in (9, 11, 13, 15)))

    assert all(number - before[role] <= 1 for role, number in mornings(waiting).items())
    assert mornings(waiting)["office"] == before["office"] + 1
    assert mornings(waiting)["headteacher"] == before["headteacher"] + 1


@pytest.mark.parametrize(
    ("early", "opens"),
    [
        ("2026-10-23T06:29:00+00:00", "2026-10-23T06:31:00+00:00"),  # the last school day of summer time
        ("2026-11-02T07:29:00+00:00", "2026-11-02T07:31:00+00:00"),  # the first one after it
    ],
)
def test_the_day_begins_by_the_schools_clock_on_both_sides_of_the_change(
    waiting: SchoolAtWork, early: str, opens: str
) -> None:
    before = mornings(waiting)
    sweep_at(waiting, early)
    assert mornings(waiting) == before

    sweep_at(waiting, opens)

    assert mornings(waiting)["office"] == before["office"] + 1


# --- a clock that is wrong -------------------------------------------------------------------------------


class Machine:
    """A machine whose clock and time are a test's, and the service that it asks what time it is."""

    def __init__(self, shows: datetime) -> None:
        self.shows = shows
        self.passed = 0.0
        self.service: datetime | None = NOW
        self.asked = 0
        self.watch = ClockWatch(self._ask, machine=lambda: self.shows, steady=lambda: self.passed)

    def _ask(self) -> str:
        self.asked += 1
        if self.service is None:
            raise TemporaryConnectorError("No network. Wait.")
        return f"{self.service:%a, %d %b %Y %H:%M:%S} GMT"

    def goes_on(self, *, shown: timedelta, truly: timedelta) -> None:
        self.shows += shown
        self.passed += truly.total_seconds()


@pytest.mark.parametrize("year", [1970, 2099])
def test_a_clock_of_another_century_is_told_with_what_to_do(year: int) -> None:
    told = Machine(NOW.replace(year=year)).watch.trouble()

    assert str(year) in told
    assert "Monday 23 November 2026, 09:00" in told
    assert "Set the clock" in told


def test_a_right_clock_is_asked_about_once_and_again_after_it_jumped() -> None:
    machine = Machine(NOW)
    minute = timedelta(minutes=1)
    for _ in range(30):
        assert machine.watch.trouble() == ""
        machine.goes_on(shown=minute, truly=minute)
    assert machine.asked == 1

    machine.goes_on(shown=timedelta(days=30), truly=minute)
    assert "Nothing is done" in machine.watch.trouble()
    machine.goes_on(shown=-timedelta(days=30), truly=minute)
    assert machine.watch.trouble() == ""


def test_a_machine_that_hibernated_finds_its_clock_right() -> None:
    machine = Machine(NOW)
    machine.watch.trouble()
    machine.goes_on(shown=timedelta(days=9), truly=timedelta(seconds=1))
    machine.service = NOW + timedelta(days=9)

    assert machine.watch.trouble() == ""
    assert machine.asked == 2


def test_without_an_answer_nothing_is_judged_and_it_is_asked_again() -> None:
    machine = Machine(NOW.replace(year=2099))
    machine.service = None
    assert machine.watch.trouble() == ""
    machine.service = NOW

    assert "2099" in machine.watch.trouble()


@pytest.fixture
def real(school: SchoolAtWork) -> Iterator[SchoolAtWork]:
    """The school as a real one, which goes by the machine's clock."""
    school.office.journal.close()
    school.office = Office(school.office.settings.model_copy(update={"practice": None}))
    school.at(datetime.now(UTC))
    yield school
    school.restart()


@pytest.mark.parametrize("year", [1970, 2099])
def test_started_with_a_wrong_clock_casework_does_nothing_until_it_is_right(
    real: SchoolAtWork, year: int
) -> None:
    real.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    watch = real.office.clock_watch
    assert watch
    watch._machine = lambda: datetime.now(UTC).replace(year=year, day=1)

    report = real.once()

    assert "Set the clock" in " ".join(report.failed)
    assert real.rows() == []
    assert real.subjects("teacher") == []

    watch._machine = lambda: datetime.now(UTC)
    real.works()
    assert len(real.rows()) == 1
    assert len(real.subjects("teacher")) == 1


class ClockSetAhead(Clock):
    """Somebody sets it a day ahead after it was read twice."""

    readings = 0

    def now(self) -> datetime:
        self.readings += 1
        return datetime.now(UTC) + timedelta(days=self.readings > 2)


def test_a_clock_that_goes_wrong_in_the_middle_of_a_sweep_dates_no_request(real: SchoolAtWork) -> None:
    """Dated tomorrow, an answer of today would be one to an earlier request, and decide nothing."""
    report(real)
    real.staff_set(**PARENT)
    right, watch, wrong = real.office.clock, real.office.clock_watch, ClockSetAhead()
    assert watch
    real.office.clock, watch._machine = wrong, wrong.now  # type: ignore[misc]  # a cached property

    told = real.once()

    assert "Set the clock" in " ".join(told.problems)
    real.office.clock, watch._machine = right, right.now  # type: ignore[misc]
    real.until_settled()
    with real.office.journal.transaction() as transaction:
        (letter,) = transaction.letters.of_case(CaseReference("TIS-2026-0001"))
    assert letter.requested_at
    assert letter.requested_at < datetime.now(UTC)
    real.reply("headteacher", real.the_request(), "APPROVE")
    real.works()
    assert len(real.letters_sent()) == 1


class SomeMinutesAhead(Clock):
    """Of the school's true time."""

    def __init__(self, right: Clock) -> None:
        self.right = right

    def now(self) -> datetime:
        return self.right.now() + timedelta(minutes=10)


def test_a_decision_in_the_list_counts_though_the_pc_is_some_minutes_ahead(school: SchoolAtWork) -> None:
    """SharePoint says when it was set, by its own clock."""
    school.office.clock = SomeMinutesAhead(school.office.clock)  # type: ignore[misc]  # a cached property
    draft(school)
    school.staff_set(by="headteacher", Decision="approve")

    school.works()

    assert len(school.letters_sent()) == 1
