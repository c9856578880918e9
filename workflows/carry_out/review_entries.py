"""Reviews in people's calendars: looked for by their own key, then entered, moved or taken away."""

from __future__ import annotations

from datetime import date

from casework.errors import NotThereError
from casework.intents import KeepReviewEntry
from casework.policy_ports import ReviewCalendar
from casework.records import PlannedEffect
from workflows.carry_out.tools import Tools


def keep_review_entry(effect: PlannedEffect, intent: KeepReviewEntry, tools: Tools) -> None:  # noqa: ARG001 - one signature for all
    """Look first: the same request twice, or one that was cut short, leaves one entry."""
    if tools.calendars is None:
        return
    calendar = tools.calendars.of(intent.address)
    found = calendar.find(intent.entry)
    if not intent.day:
        if found:
            calendar.remove(found.entry_id)
        return
    day = date.fromisoformat(intent.day)
    if found is None:
        _add(calendar, intent, day)
    elif (found.day, found.subject) != (day, intent.subject):
        try:
            calendar.move(found.entry_id, day=day, subject=intent.subject)
        except NotThereError:
            _add(calendar, intent, day)


def _add(calendar: ReviewCalendar, intent: KeepReviewEntry, day: date) -> None:
    calendar.add(key=intent.entry, day=day, subject=intent.subject, text=intent.text)
