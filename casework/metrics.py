"""The status as numbers that Prometheus reads: counts, sizes and moments, and nothing about anybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime

from casework.status import JobStatus, Status

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})
_COUNTS = {
    "open_cases": "Cases that are open.",
    "cases_waiting": "Open cases that wait for others.",
    "deadlines_overdue": "Deadlines of open cases that are overdue.",
    "deadlines_due_today": "Deadlines of open cases that are due today.",
    "letters_waiting": "Letters that wait for a decision or to be drafted.",
    "effects_waiting": "Mails and changes that are still to be carried out.",
    "reminders_waiting": "Reminders that wait for the next morning mail.",
    "needs_a_person": "Things that were tried and set aside for a person.",
    "mails_held_back": "Mails held back, because too many would go in an hour.",
    "policies": "Policy documents that are looked after.",
    "log_entries": "Entries of the chained log.",
    "backups": "Copies of the journal that are kept.",
}
_MOMENTS = {
    "last_sweep": "When the last sweep was made.",
    "last_backup": "When the journal was last backed up.",
    "last_copy": "When a copy of the journal was last put into the casework library.",
}
_SIZES = {"journal_size": "Size of the journal.", "disk_free": "Free room on its disk."}


def exposition(status: Status, *, today: date) -> str:
    """The status in the text format of Prometheus, version 0.0.4.

    Moments are seconds since 1970 in UTC, sizes bytes. What is not known is left out, as Prometheus wants it.

    Args:
        status: as `casework status` shows it.
        today: the school's, for the days that the sign-in is still good.

    Source: https://prometheus.io/docs/instrumenting/exposition_formats/
    """
    return "".join(f"{line}\n" for line in _lines(status, today))


def _lines(status: Status, today: date) -> Iterator[str]:
    facts: Mapping[str, object] = {**status}
    here = {"school": status["school"]}
    yield from _gauge(
        "verdict", "0 well, 1 a person should look, 2 not at work.", [(here, status["verdict"])]
    )
    for name, says in _COUNTS.items():
        yield from _gauge(name, says, [(here, facts[name])])
    for name, says in _MOMENTS.items():
        yield from _gauge(f"{name}_timestamp_seconds", says, [(here, _seconds(facts[name]))])
    for name, says in _SIZES.items():
        yield from _gauge(f"{name}_bytes", says, [(here, facts[name])])
    until = status["sign_in_until"]
    left = (date.fromisoformat(until) - today).days if until else None
    yield from _gauge("sign_in_days_left", "Days until the secret or certificate runs out.", [(here, left)])
    for kind in ("jobs", "places"):
        yield from _of_jobs(
            kind.removesuffix("s"), status["jobs"] if kind == "jobs" else status["places"], here
        )


def _of_jobs(kind: str, jobs: Iterable[JobStatus], here: Mapping[str, str]) -> Iterator[str]:
    """For each job, or place that a job looks at: when it last did its work, and whether it cannot now."""
    labelled = [({**here, kind: job["name"]}, job) for job in jobs]
    good = [(labels, _seconds(job["good_at"])) for labels, job in labelled]
    failing = [(labels, int(job["failed_at"] is not None)) for labels, job in labelled]
    yield from _gauge(f"{kind}_good_timestamp_seconds", f"When the {kind} was last well.", good)
    yield from _gauge(f"{kind}_failing", f"1 while the {kind} cannot do its work.", failing)


def _gauge(name: str, says: str, samples: Iterable[tuple[Mapping[str, str], object]]) -> Iterator[str]:
    known = [(labels, value) for labels, value in samples if value is not None]
    if known:
        yield f"# HELP casework_{name} {says}"
        yield f"# TYPE casework_{name} gauge"
    for labels, value in known:
        inside = ",".join(f'{label}="{text.translate(_ESCAPES)}"' for label, text in labels.items())
        yield f"casework_{name}{{{inside}}} {value}"


def _seconds(moment: object) -> float | None:
    if not isinstance(moment, str):
        return None
    at = datetime.fromisoformat(moment)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
