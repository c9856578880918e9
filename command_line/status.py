"""`casework status` on the screen; kept free of everything that takes long to load."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from casework.status import DEAD, OK, JobStatus, Status, in_words, overdue_line, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LATE = "Casework is at work as it should be; the deadlines are for people: see above."
VERDICTS = ("All is well.", "A person should look: see above.", "Casework is not at work: see above.")
_WIDTH = 22
_IN_GIGABYTES = 10_000_000_000
_NO_DAY = "not known; with secret_expires in the settings you are told in time"


def at_once(words: Sequence[str]) -> int | None:
    """Answer a plain `casework status`; returns its exit code, or None where the whole command line is needed.

    Args:
        words: what was typed after `casework`.
    """
    typed = _typed(words)
    if typed is None:
        return None
    from offices.glance import status_at_a_glance  # noqa: PLC0415 - only here

    settings, as_json = typed
    found = status_at_a_glance(settings)
    if found is None:
        return None
    status, zone = found
    show(status, zone=zone, as_json=as_json)
    return status["verdict"]


def _typed(words: Sequence[str]) -> tuple[Path, bool] | None:
    """The settings file and whether JSON is wanted, if it was `[--settings FILE] status [--json]`."""
    import os  # noqa: PLC0415 - only here

    left = list(words)
    settings = os.environ.get("CASEWORK_SETTINGS") or "settings.toml"
    if left[:1] == ["--settings"] and len(left) > 1:
        settings, left = left[1], left[2:]
    elif left and left[0].startswith("--settings="):
        settings, left = left[0].partition("=")[2], left[1:]
    as_json = left == ["status", "--json"]
    return (Path(settings), as_json) if as_json or left == ["status"] else None


def show(status: Status, *, zone: str, as_json: bool) -> None:
    """Write it: one JSON object, or one screen."""
    text = json.dumps(status, indent=2) if as_json else "\n".join(lines(status, zone))
    sys.stdout.write(text + "\n")


def show_without_journal(error: Exception, *, as_json: bool) -> int:
    """Say why nothing can be at work; returns the exit code."""
    if as_json:
        sys.stdout.write(json.dumps({"verdict": DEAD, "troubles": [str(error)]}, indent=2) + "\n")
    else:
        sys.stderr.write(f"{error}\n{VERDICTS[DEAD]}\n")
    return DEAD


def lines(status: Status, zone: str) -> Iterator[str]:
    """The screen: how much there is, how it goes, what it rests on, and last what a person should do."""
    yield f"Casework {status['version']}, school {status['school']}"
    yield ""
    waiting = status.get("cases_waiting", 0)  # an older Casework noted none
    more = f", of which {waiting:,} {'waits' if waiting == 1 else 'wait'} for others" if waiting else ""
    yield _row("Open cases", f"{status['open_cases']:,}{more}")
    yield _row(
        "Deadlines", f"{status['deadlines_overdue']:,} overdue, {status['deadlines_due_today']:,} due today"
    )
    yield _row("Letters", f"{status['letters_waiting']:,} waiting for somebody's decision or to be drafted")
    yield _row("Mails and changes", f"{status['effects_waiting']:,} waiting to go out")
    yield _row("Reminders", f"{status['reminders_waiting']:,} waiting for the next morning mail")
    yield _row(
        "For a person",
        f"{status['needs_a_person']:,}, of which {status['set_aside']:,} not read or not handled",
    )
    if status["mails_held_back"]:
        yield _row(
            "Held back", f"{status['mails_held_back']:,} mails, because of the most that may go in an hour"
        )
    yield _row("Policies", f"{status['policies']:,} documents")
    yield ""
    if status["jobs"]:
        following = "next" if any(job["next_at"] for job in status["jobs"]) else ""
        yield f"{'':{_WIDTH + 2}}{'last did its work':{_WIDTH + 6}}{following}".rstrip()
    for job in (*status["jobs"], *status["places"]):
        yield _job_row(job, zone)
    yield ""
    yield _row("Last sweep", in_words(status["last_sweep"], zone))
    yield _row("Last backup", f"{in_words(status['last_backup'], zone)} ({status['backups']} kept)")
    yield _row("Copy in the library", in_words(status["last_copy"], zone))
    yield _row("Journal", _size(status["journal_size"], f"{status['log_entries']:,} entries in its log"))
    yield _row("Free on the disk", _size(status["disk_free"]))
    until = status["sign_in_until"]
    yield _row("Signs in until", f"{until} ({status['sign_in_with']})" if until else _NO_DAY)
    yield ""
    yield from (f"- {trouble}" for trouble in status["troubles"])
    late = overdue_line(status)
    if late:
        yield f"- {late}"
    yield LATE if late and status["verdict"] == OK else VERDICTS[status["verdict"]]


def _row(name: str, value: str) -> str:
    return f"  {name:{_WIDTH}}{value}"


def _job_row(job: JobStatus, zone: str) -> str:
    name = spoken(job["name"])
    if job["failed_at"]:
        return _row(name, f"NOT SINCE {in_words(job['failed_at'], zone)}")
    after = in_words(job["next_at"], zone).rpartition(" ")[2] if job["next_at"] else ""
    return _row(name, f"{in_words(job['good_at'], zone):{_WIDTH + 6}}{after}".rstrip())


def _size(size: int | None, more: str = "") -> str:
    if size is None:
        return more or "on a server"
    said = f"{size / 1_000_000_000:,.1f} GB" if size >= _IN_GIGABYTES else f"{size / 1_000_000:,.1f} MB"
    return f"{said}, {more}" if more else said
