"""Jobs of the service that are woken at the same moment are swept in one sweep, and none of them is left out."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

import schedule
from offices.office import Office
from offices.service import Service
from offices.timetable import SweepReport, Timetable, TimetableJob
from tests.unit.service.test_status import settings_in

JOBS = schedule.JOBS
EVERY_JOB = tuple(job.name for job in JOBS)
EVERY_MINUTE = ("open_cases", "sync_register", "collect_approvals")


class Day:
    """A service whose clock a test moves, and the sweeps that it makes."""

    def __init__(self, folder: Path) -> None:
        self.now = 5000.0
        self.sweeps: list[tuple[str, ...]] = []
        self.takes = 0.0
        timetable = Timetable(jobs=JOBS, run_once=self.run_once)
        office = cast("Office", SimpleNamespace(settings=settings_in(folder)))
        self.service = Service(office, timetable, lambda line: None, steady=lambda: self.now)
        self.wakes = {job.name: self.service._wake(job) for job in JOBS}

    def run_once(self, office: Office, jobs: tuple[TimetableJob, ...]) -> SweepReport:
        self.sweeps.append(tuple(job.name for job in jobs))
        self.now += self.takes
        return SweepReport(changes=0, failed=("told to nobody",), problems=())

    def wake(self, *names: str) -> None:
        """The engine wakes these, one a moment after the other."""
        for name in names:
            self.wakes[name].call()
            self.now += 0.001


@pytest.fixture
def day(tmp_path: Path) -> Day:
    return Day(tmp_path)


def test_at_the_start_all_jobs_are_one_sweep(day: Day) -> None:
    day.wake(*EVERY_JOB)

    assert day.sweeps == [EVERY_JOB]


def test_each_minute_is_one_sweep_of_what_is_due(day: Day) -> None:
    day.wake(*EVERY_JOB)
    day.now = 5060.0

    day.wake(*EVERY_MINUTE)

    assert day.sweeps[1:] == [EVERY_MINUTE]


def test_the_order_of_the_table_holds_whoever_is_woken_first(day: Day) -> None:
    day.wake(*EVERY_JOB)
    day.now = 5060.0

    day.wake(*reversed(EVERY_MINUTE))

    assert day.sweeps[1:] == [EVERY_MINUTE]


def test_a_job_that_was_woken_while_a_long_sweep_went_on_has_its_own(day: Day) -> None:
    day.wake(*EVERY_JOB)
    day.now, day.takes = 5060.0, 45.0
    day.wake("sync_register")
    day.takes = 0.0
    assert day.now > 5100

    day.wake("sync_register")

    assert "sync_register" in day.sweeps[-1]
    assert len(day.sweeps) == 3


def test_whatever_the_hour_every_job_is_swept_as_often_as_the_table_says(day: Day) -> None:
    day.wake(*EVERY_JOB)
    for second in range(1, 3601):
        day.now = 5000.0 + second
        day.wake(*(job.name for job in JOBS if second % job.every.total_seconds() == 0))

    swept = {job.name: sum(job.name in sweep for sweep in day.sweeps) for job in JOBS}

    wanted = {job.name: 1 + 3600 // int(job.every.total_seconds()) for job in JOBS}
    told_with = set(JOBS[: 1 + next(number for number, job in enumerate(JOBS) if job.tells)])
    assert {name for name, times in swept.items() if times < wanted[name]} == set()
    assert all(swept[job.name] == wanted[job.name] for job in JOBS if job not in told_with)
    assert len(day.sweeps) == 61
