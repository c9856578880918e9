"""Holding mails back where too many would go in an hour: none is lost or doubled, and their order is kept."""

from __future__ import annotations

from datetime import datetime

from casework.intents import SendMail
from casework.records import JournalTransaction, PlannedEffect
from workflows.carry_out.tools import Tools, first_time
from workflows.sent_mails import HELD_BACK_ON, note_sending, sent_lately


class HourIsFullError(Exception):
    """This mail has to wait until fewer have gone in an hour; nothing was done of it."""


def let_go(transaction: JournalTransaction, tools: Tools) -> None:
    """Put as many of those that wait back among what is to be done as there is room for, the oldest first."""
    if not transaction.outbox_view.held_back(most=1):
        return
    room = sent_lately(transaction.cursors).room_left(tools.school, tools.now)
    for effect in transaction.outbox_view.held_back(most=room):
        transaction.outbox_view.let_go(effect.key)


def wait_if_full(effect: PlannedEffect, intent: SendMail, tools: Tools, *, now: datetime) -> None:
    """Let pass what is urgent, and else only what has room and overtakes nothing.

    Raises:
        HourIsFullError: it has to wait.
    """
    if intent.urgent:
        return
    with tools.journal.transaction() as transaction:
        earlier = transaction.outbox_view.held_back(most=1)
        overtakes = bool(earlier) and earlier[0].number < effect.number
        full = not sent_lately(transaction.cursors).room_left(tools.school, now)
    if full or overtakes:
        raise HourIsFullError


def hold_back(effect: PlannedEffect, tools: Tools) -> str:
    """Lay the mail aside, and log it once a day; returns what is said of it."""
    most = tools.school.most_mails_an_hour
    today = tools.school.today(tools.now).isoformat()
    with tools.journal.transaction() as transaction:
        transaction.outbox.hold_back(effect.key)
        if transaction.cursors.get(HELD_BACK_ON) != today:
            transaction.cursors.put(HELD_BACK_ON, today)
            transaction.events.append("mails.held_back", at=tools.now, most=most)
    return (
        f"Mails are held back, because more than {most} would go in an hour; they go later, in their order."
    )


def is_answered_enough(effect: PlannedEffect, intent: SendMail, tools: Tools, *, now: datetime) -> bool:
    """True for an answer to somebody who has had so many lately that it may be a machine: it is left out, and logged."""
    if not intent.answers:
        return False
    with tools.journal.transaction() as transaction:
        enough = sent_lately(transaction.cursors).is_answered_enough(intent.to, intent.key, now)
        if enough and first_time(effect, transaction):
            transaction.events.append("mail.not_answered", at=tools.now, case=intent.case, mail=intent.mail)
    return enough


def count(key: str, tools: Tools, *, answers: str = "") -> None:
    """Count a mail; call it just before it is sent."""
    now = tools.clock.now()
    with tools.journal.transaction() as transaction:
        note_sending(transaction, key, at=now, answers=answers)
