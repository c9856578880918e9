"""Reviews in people's calendars: looked for by their own key, then entered, moved or taken away."""

from __future__ import annotations

from datetime import date

from casework.errors import ChangedMeanwhileError, NotThereError, TemporaryConnectorError
from casework.intents import KeepReviewEntry
from casework.policy_ports import CalendarEntry, ReviewCalendar
from casework.records import PlannedEffect
from workflows.carry_out.tools import Tools
from workflows.late_host import refuse_if_late


def keep_review_entry(effect: PlannedEffect, intent: KeepReviewEntry, tools: Tools) -> None:  # noqa: ARG001 - one signature for all
    """Look first: the same request twice, or one that was cut short, leaves one entry.

    Raises:
        TurnLostError: another host has taken the school over, and may have moved the entry on since.
        TemporaryConnectorError: somebody is changing the entry at this moment.
    """
    if tools.calendars is None:
        return
    calendar = tools.calendars.of(intent.address)
    found = calendar.find(intent.entry)
    refuse_if_late(tools.journal)
    try:
        _bring_to(calendar, intent, found)
    except ChangedMeanwhileError as error:
        raise TemporaryConnectorError(
            "An entry in a calendar is being changed right now. Casework moves it later."
        ) from error


def _bring_to(calendar: ReviewCalendar, intent: KeepReviewEntry, found: CalendarEntry | None) -> None:
    if not intent.day:
        if found:
            calendar.remove(found)
        return
    day = date.fromisoformat(intent.day)
    if found is None:
        _add(calendar, intent, day)
    elif (found.day, found.subject) != (day, intent.subject):
        try:
            calendar.move(found, day=day, subject=intent.subject)
        except NotThereError:
            _add(calendar, intent, day)


def _add(calendar: ReviewCalendar, intent: KeepReviewEntry, day: date) -> None:
    calendar.add(key=intent.entry, day=day, subject=intent.subject, text=intent.text)
