"""What the service is handed by schedule.py: the jobs, and how a sweep of them is run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from offices.office import Office
from workflows.job_report import JobReport


@dataclass(frozen=True, kw_only=True, slots=True)
class TimetableJob:
    """One entry of the table.

    Attributes:
        name: stable; people script against it.
        every: how often it is woken; what is due it decides by the school's own clock.
        tells: True if it tells what the jobs before it in the table find: woken first of all, as may happen when a PC is
            switched on, it would tell it a day late. So they are swept with it.
    """

    name: str
    every: timedelta
    sweep: Callable[[Office, datetime], JobReport]
    tells: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SweepReport:
    """What one sweep did.

    Attributes:
        failed: jobs that could not do their work, with the reason and the next step.
        refused_sign_in: Microsoft 365 did not let Casework in, so that nothing could be asked of it.
        problems: single messages, documents or effects that could not be done; the rest went on.
    """

    changes: int
    failed: tuple[str, ...]
    problems: tuple[str, ...]
    refused_sign_in: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Timetable:
    """All jobs, and the function that sweeps some of them."""

    jobs: tuple[TimetableJob, ...]
    run_once: Callable[[Office, tuple[TimetableJob, ...]], SweepReport]

    def woken_by(self, job: TimetableJob) -> tuple[TimetableJob, ...]:
        """The jobs that are swept when this one is woken."""
        return self.jobs[: self.jobs.index(job) + 1] if job.tells else (job,)
