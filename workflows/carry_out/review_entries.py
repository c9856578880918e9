"""Reviews in people's calendars: looked for by their own key, then entered, moved or taken away."""

from __future__ import annotations

from datetime import date

from casework.errors import ChangedMeanwhileError, NotThereError, TemporaryConnectorError
from casework.intents import KeepReviewEntry, intent_from
from casework.policy_ports import CalendarEntry, ReviewCalendar
from casework.records import PlannedEffect
from workflows.carry_out.tools import Tools, must_look
from workflows.late_host import refuse_if_late


def keep_review_entry(effect: PlannedEffect, intent: KeepReviewEntry, tools: Tools) -> None:
    """Look first: the same request twice, or one that was cut short, leaves one entry.

    One that a person had to see to, and that is tried again, brings no entry back to where a later one has moved it from.

    Raises:
        TurnLostError: another host has taken the school over, and may have moved the entry on since.
        TemporaryConnectorError: somebody is changing the entry at this moment.
    """
    if tools.calendars is None or _is_overtaken(effect, intent, tools):
        return
    calendar = tools.calendars.of(intent.address)
    found = calendar.find(intent.entry)
    refuse_if_late(tools.journal)
    try:
        if intent.day:
            _bring_to(date.fromisoformat(intent.day), calendar, intent, found, effect, tools)
        for spare in found[1 if intent.day else 0 :]:
            calendar.remove(spare)
    except ChangedMeanwhileError as error:
        raise TemporaryConnectorError(
            "An entry in a calendar is being changed right now. Casework moves it later."
        ) from error


def _is_overtaken(effect: PlannedEffect, intent: KeepReviewEntry, tools: Tools) -> bool:
    with tools.journal.transaction() as transaction:
        later = transaction.outbox_view.later_ones(effect)
    return any(_address(one) == intent.address for one in later)


def _address(effect: PlannedEffect) -> str:
    intent = intent_from(effect)
    return intent.address if isinstance(intent, KeepReviewEntry) else ""


def _bring_to(
    day: date,
    calendar: ReviewCalendar,
    intent: KeepReviewEntry,
    found: tuple[CalendarEntry, ...],
    effect: PlannedEffect,
    tools: Tools,
) -> None:
    """Move the entry there, or make it.

    One that an earlier attempt may have made is written to even where it stands right: a host that is late with that
    attempt finds it changed then, and does not take it back.
    """
    entry = found[0] if found else None
    if entry and (entry.day, entry.subject) == (day, intent.subject) and not must_look(effect):
        return
    if entry:
        try:
            calendar.move(entry, day=day, subject=intent.subject)
        except NotThereError:
            entry = None
    if entry is None:
        calendar.add(
            key=intent.entry,
            day=day,
            subject=intent.subject,
            text=intent.text,
            once=intent.key,
            settled=lambda: refuse_if_late(tools.journal),
        )
