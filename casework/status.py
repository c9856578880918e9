"""How a school's Casework is: what is counted, what of it a person should look at, and what to do then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TypedDict
from zoneinfo import ZoneInfo

from casework.expiry import is_soon

OK, DEGRADED, DEAD = 0, 1, 2
HEARTBEAT = "last sweep at"
BACKUP = "journal backed up at"
"""What the journal's cursors are called that hold these moments."""
SILENT_FOR = timedelta(hours=1)
"""Without a sweep for so long, the service is dead."""
BACKUP_OLD = timedelta(hours=50)
LITTLE_ROOM = 500_000_000
"""Bytes."""
_START = "Start Casework: casework run, or casework service install"
_START_A_HOST = "Start one of the trust's hosts: systemctl start casework@1, or casework run --engine"


class JobStatus(TypedDict):
    """A job, or a place in Microsoft 365 that a job looks at.

    Attributes:
        every: seconds between two wakes; 0 where it has none of its own.
        good_at, failed_at: when it last did its work, and since when it cannot; ISO 8601 in UTC, None for never.
        next_at: when it is woken next if the service is at work; None where nobody knows.
    """

    name: str
    every: int
    good_at: str | None
    failed_at: str | None
    next_at: str | None


class Status(TypedDict):
    """Moments are ISO 8601 in UTC, sizes bytes; None where something never was or is not known.

    Attributes:
        verdict: 0 (well), 1 (a person should look), 2 (nothing is at work).
        cases_waiting: open cases that wait for others; the clocks of their steps stand still.
        needs_a_person: effects and messages that were tried and set aside, `set_aside` without the effects.
        deadlines_overdue, deadlines_due_today: of open cases, as they were last looked at in school hours. They are the
            school's work, so that the verdict, which is about Casework, does not rest on them.
        mails_held_back: because too many would go in an hour; until when at the latest.
        last_copy: of the journal, in the casework library.
        backups: copies of the journal that are kept.
        journal_size, disk_free: None where the journal lies on a server.
        troubles: sentences with what to do.
    """

    school: str
    version: str
    verdict: int
    open_cases: int
    cases_waiting: int
    deadlines_overdue: int
    deadlines_due_today: int
    letters_waiting: int
    effects_waiting: int
    reminders_waiting: int
    needs_a_person: int
    set_aside: int
    mails_held_back: int
    mails_held_until: str | None
    policies: int
    last_sweep: str | None
    last_backup: str | None
    last_copy: str | None
    backups: int
    log_entries: int
    sign_in_with: str | None
    sign_in_until: str | None
    journal_size: int | None
    disk_free: int | None
    jobs: list[JobStatus]
    places: list[JobStatus]
    troubles: list[str]


def judged(status: Status, standing: Iterable[str], *, now: datetime, zone: str, practice: bool) -> Status:
    """The status with its verdict and what a person should do, the worst first.

    Args:
        status: as counted.
        standing: what is known to be wrong besides, as sentences.
        now: the machine's time.
        zone: of the school.
        practice: its clock can be moved, so nothing is said of how long ago something was.
    """
    silence = _silence(status, now=now, zone=zone, practice=practice)
    troubles = [*silence, *standing, *_failing(status, zone), *_troubles(status, now=now, practice=practice)]
    verdict = DEAD if silence else DEGRADED if troubles else OK
    # the practice clock is the one of the sweeps
    clock = datetime.fromisoformat(status["last_sweep"]) if practice and status["last_sweep"] else now
    jobs, places = (
        [job if silence else _with_next(job, clock) for job in group]
        for group in (status["jobs"], status["places"])
    )
    return {**status, "troubles": troubles, "verdict": verdict, "jobs": jobs, "places": places}


def _with_next(job: JobStatus, now: datetime) -> JobStatus:
    if not job["good_at"] or not job["every"]:
        return job
    wake = next_wake(datetime.fromisoformat(job["good_at"]), timedelta(seconds=job["every"]), now)
    return {**job, "next_at": wake.isoformat(timespec="seconds")}


def _silence(status: Status, *, now: datetime, zone: str, practice: bool) -> list[str]:
    # a journal on a server, which is a trust's, has no disk here
    start = _START if status["disk_free"] is not None else _START_A_HOST
    if status["last_sweep"] is None:
        return [f"No sweep was ever made. {start}"]
    if practice or now - datetime.fromisoformat(status["last_sweep"]) < SILENT_FOR:
        return []
    return [f"Nothing has been done since {in_words(status['last_sweep'], zone)}. {start}"]


def _failing(status: Status, zone: str) -> list[str]:
    return [
        f"The job {spoken(job['name'])} could not do its work since {in_words(job['failed_at'], zone)}. "
        "Run: casework doctor"
        for job in status["jobs"]
        if job["failed_at"]
    ]


def _troubles(status: Status, *, now: datetime, practice: bool) -> list[str]:
    found: list[str] = []
    if status["needs_a_person"]:
        found.append(f"{things(status['needs_a_person'])} a person. See what and why: casework seen")
    backup = status["last_backup"]
    old = backup is not None and now - datetime.fromisoformat(backup) > BACKUP_OLD
    if old and status["journal_size"] and not practice:
        found.append("The last backup is older than two days. Check the disk and the folder backups.")
    until = status["sign_in_until"]
    if until and is_soon(last := date.fromisoformat(until), now.date()):
        found.append(_signs_in_until(str(status["sign_in_with"]), last, is_over=last < now.date()))
    if status["disk_free"] is not None and status["disk_free"] < LITTLE_ROOM:
        found.append("The disk is nearly full. Make room; until then reports may have to wait.")
    return found


def _signs_in_until(what: str, last: date, *, is_over: bool) -> str:
    day = f"{last.day} {last:%B %Y}"
    if not is_over:
        return f"The {what} for signing in works until {day}. Have it renewed in Entra."
    return (
        f"The {what} for signing in ran out on {day}. Have it renewed in Entra; if it was, "
        "write its new last day into the settings."
    )


def overdue_line(status: Status) -> str:
    """How many deadlines are overdue and what to do; empty where none is."""
    late = status["deadlines_overdue"]
    if not late:
        return ""
    return f"{late:,} {'deadline is' if late == 1 else 'deadlines are'} overdue. See which: casework explain"


def day_there(last_sweep: str | None, *, now: datetime, zone: str, practice: bool) -> date:
    """The school's day; in practice that of the last sweep, by whose clock everything goes."""
    moment = datetime.fromisoformat(last_sweep) if practice and last_sweep else now
    return moment.astimezone(ZoneInfo(zone)).date()


def things(count: int) -> str:
    """How many things need somebody, as the beginning of a sentence."""
    return "1 thing needs" if count == 1 else f"{count} things need"


def spoken(job: str) -> str:
    """The name of a job as people say it."""
    return job.replace("_", " ")


def in_words(at: str | None, zone: str) -> str:
    """A moment by the school's clock, such as Monday 23 November, 09:00."""
    if at is None:
        return "never"
    there = datetime.fromisoformat(at).astimezone(ZoneInfo(zone))
    return f"{there:%A} {there.day} {there:%B, %H:%M}"


def next_wake(good_at: datetime, every: timedelta, now: datetime) -> datetime:
    """When a job that is woken at this interval is woken next."""
    missed = max(0, int((now - good_at) / every))
    return good_at + (missed + 1) * every


PLACES: Mapping[str, tuple[str, str]] = {
    "reporting mailbox": ("open_cases", "reporting mailbox"),
    "case list": ("sync_register", "case list"),
    "case folders": ("draft_letters", "casework library"),
    "policy documents": ("review_policies", ""),
}
"""Each place by name: the job that looks at it, and the side as a halt names it."""


def places_of(jobs: Iterable[JobStatus], halted: Mapping[str, str]) -> list[JobStatus]:
    """How each place is, seen by the job that looks at it.

    Args:
        jobs: as they went.
        halted: sides that are suddenly empty or gone, with since when.
    """
    by_name = {job["name"]: job for job in jobs}
    found: list[JobStatus] = []
    for place, (name, side) in PLACES.items():
        job = by_name.get(name)
        found.append(
            {
                "name": place,
                "every": job["every"] if job else 0,
                "good_at": job["good_at"] if job else None,
                "failed_at": halted.get(side) or (job["failed_at"] if job else None),
                "next_at": None,
            }
        )
    return found
