"""A report in the shape that `casework inspect message --json` promises."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casework.forwards import Forward
from casework.intake.absences import Absence
from casework.intake.report import Report
from casework.intake.suggestions import Suggestion
from casework.messages import Address


def as_json(report: Report) -> dict[str, Any]:
    """Everything but `file`, which the caller knows. `original` is the mail itself where nothing was forwarded.

    An automatic reply that speaks of an absence has `absence` too: its days as {from, until, back_on}.
    """
    return {
        "kind": report.kind.value,
        "forwarded": report.forwarded,
        "original": _forward(report.original),
        "chain": [_forward(forward) for forward in report.chain],
        "message": report.message,
        "attachments": [
            {
                "name": attachment.name,
                "content_type": attachment.content_type,
                "size": attachment.size,
                "sha256": attachment.sha256,
                "inline": attachment.inline,
                "depth": attachment.depth,
            }
            for attachment in report.attachments
        ],
        "urls": list(report.urls),
        "platforms": list(report.platforms),
        "suggested": {
            "categories": _suggestions(report.suggested.categories),
            "characteristics": _suggestions(report.suggested.characteristics),
            "threat": _suggestions(report.suggested.threat),
        },
        "problems": list(report.problems),
        **_absence(report.absence),
    }


def _forward(forward: Forward) -> dict[str, Any]:
    return {
        "from_name": forward.from_name,
        "from_address": forward.from_address,
        "to": _people(forward.to),
        "cc": _people(forward.cc),
        "subject": forward.subject,
        "date": forward.date.isoformat() if forward.date else None,
        "body": forward.body,
    }


def _absence(absence: Absence | None) -> dict[str, dict[str, str | None]]:
    """Only an automatic reply that speaks of one has an absence."""
    if absence is None:
        return {}
    days = {"from": absence.since, "until": absence.until, "back_on": absence.back_on}
    return {"absence": {name: day.isoformat() if day else None for name, day in days.items()}}


def _people(people: Iterable[Address]) -> list[dict[str, str]]:
    return [{"name": person.name, "address": person.address} for person in people]


def _suggestions(suggestions: Iterable[Suggestion]) -> list[dict[str, Any]]:
    return [{"name": suggestion.name, "words": list(suggestion.words)} for suggestion in suggestions]
