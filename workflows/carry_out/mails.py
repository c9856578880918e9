"""Sending a mail once: made in the reporting mailbox's own Drafts, found again by its key, then sent."""

from __future__ import annotations

import json

from casework.answers import cases_named
from casework.errors import NotThereError, PermanentConnectorError, TemporaryConnectorError
from casework.intents import SendMail
from casework.mails.facts import from_json
from casework.marks import MarkKind, reporter_mark
from casework.own_mails import own_sighting
from casework.ports import FoundMail, NewMail, Outgoing
from casework.records import PlannedEffect
from casework.school import Role
from workflows.carry_out.holding_back import count, is_answered_enough, wait_if_full
from workflows.carry_out.one_draft import MESSAGE_ID, make_draft
from workflows.carry_out.tools import Tools, first_time, must_look
from workflows.halts.looking import mailbox_found, note_sent, settle

FOR_SCHOOL_HOURS = "It waits for school hours."


def send_mail(effect: PlannedEffect, intent: SendMail, tools: Tools) -> None:
    """Make the draft, remember it, send it.

    Raises:
        HourIsFullError: too many have gone within an hour.
        TemporaryConnectorError: outside hours, or the draft that was made is not visible yet.
        PermanentConnectorError: the mail would reach the subject of a case.
    """
    _guard_recipient(intent, tools)
    if _tells_head_of_head(effect, intent, tools):
        return
    now = tools.clock.now()  # the machine may have slept since the sweep began
    if intent.in_hours and not tools.school.is_sending_time(now, on_working_days=intent.through_holidays):
        raise TemporaryConnectorError(FOR_SCHOOL_HOURS, retry_after=30)
    if is_answered_enough(effect, intent, tools, now=now):
        return
    wait_if_full(effect, intent, tools, now=now)
    outgoing = tools.mail.outgoing(tools.school.reporting_mailbox)
    mail = _found_or_made(effect, intent, outgoing, tools)
    if mail.is_draft:
        count(intent.key, tools, answers=intent.to if intent.answers else "")
        outgoing.send(mail.message_id)
    _record_sent(intent, mail, tools)


def _guard_recipient(intent: SendMail, tools: Tools) -> None:
    """No mail goes to the subject of a case by accident: letters alone are written to them."""
    address = intent.to.strip().casefold()
    with tools.journal.transaction() as transaction:
        named = transaction.marks.shared(MarkKind.SUBJECT, [reporter_mark(address)])
    if named and address not in tools.school.own_addresses:
        raise PermanentConnectorError(
            "This mail would go to the subject of a case, so it was held. "
            "Check ParentEmail in the register and the people in the settings file."
        )


def _tells_head_of_head(effect: PlannedEffect, intent: SendMail, tools: Tools) -> bool:
    """True if the mail speaks to the headteacher of a case that by now concerns the headteacher: it is not sent.

    It was planned before a person set Target, or answers a request that was withdrawn when they did.
    """
    if intent.to.strip().casefold() != tools.school.person(Role.HEADTEACHER).address.casefold():
        return False
    words = json.dumps(dict(intent.fields))
    with tools.journal.transaction() as transaction:
        named = {*([intent.case] if intent.case else []), *cases_named(words, school=tools.school.code)}
        cases = [case for one in sorted(named) if (case := transaction.cases.get(one))]
        told = [case.reference for case in cases if case.concerns_head]
        for reference in told if told and first_time(effect, transaction) else ():
            transaction.events.append(
                "mail.held", at=tools.now, case=reference, mail=intent.mail, role=intent.role
            )
    return bool(told)


def _found_or_made(effect: PlannedEffect, intent: SendMail, outgoing: Outgoing, tools: Tools) -> FoundMail:
    known = str(effect.progress.get(MESSAGE_ID, ""))
    if must_look(effect) or known:
        found = outgoing.find(intent.key)
        if found is None and known:
            found = _by_id(outgoing, known)
        if found and not (found.is_draft and found.key != intent.key):
            return found
        _refuse_if_mailbox_is_empty(outgoing, tools)
    written = tools.mail_writer.write(intent.mail, from_json(intent.fields))
    mail = NewMail(
        key=intent.key,
        to=(intent.to,),
        subject=written.subject,
        html=written.html,
        reply_to=tools.school.reporting_mailbox,
    )
    return make_draft(effect, mail, outgoing, tools)


def _refuse_if_mailbox_is_empty(outgoing: Outgoing, tools: Tools) -> None:
    """Not to be found means not made only where other mails are found."""
    found = mailbox_found(outgoing, tools.journal, tools.now)
    if found and settle(
        found.side, found, journal=tools.journal, school=tools.school, tokens=tools.tokens, now=tools.now
    ):
        raise TemporaryConnectorError(f"{found.sentence} It may have been sent already, so it waits.")


def _by_id(outgoing: Outgoing, message_id: str) -> FoundMail:
    try:
        return outgoing.read_back(message_id).found
    except NotThereError:
        raise TemporaryConnectorError(
            "The mail was made, but is not to be seen in the mailbox yet; it is not made twice."
        ) from None


def _record_sent(intent: SendMail, mail: FoundMail, tools: Tools) -> None:
    """Remember the mail, and log it once: an attempt that was cut short after this point comes here again."""
    own = own_sighting(
        intent.key,
        message_id=mail.message_id,
        internet_message_id=mail.internet_message_id,
        sent_at=tools.now,
        now=tools.now,
        case=intent.case,
        role=intent.role,
    )
    with tools.journal.transaction() as transaction:
        if transaction.sightings.get(own.key) is None:
            transaction.sightings.save(own)
            note_sent(transaction, intent.key, now=tools.now)
            transaction.events.append(
                "mail.sent", at=tools.now, case=intent.case, mail=intent.mail, role=intent.role
            )
