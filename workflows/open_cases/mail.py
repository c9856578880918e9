"""Mail of the reporting mailbox: read by delta, sealed, placed, and recorded before it is filed away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

from casework.errors import CursorExpiredError, TemporaryConnectorError
from casework.intents import FileMessage
from casework.ports import Inbox, InboxChanges, SeenMessage
from casework.records import JournalTransaction, OutboxState, Sighting, SightingState
from casework.school import School
from workflows.faults import in_words, is_of_the_place
from workflows.job_report import JobReport
from workflows.open_cases.carrying import free_key
from workflows.open_cases.desk import IntakeDesk
from workflows.open_cases.fetching import Fetched, Outcome, fetched_in_order
from workflows.open_cases.recording import record_message
from workflows.planning import plan
from workflows.seen import LEFT, was_left

CURSOR = "inbox"
BEGUN_AT = "begun at"
"""Mail older than this is left alone; set by the first `casework setup` of a school."""
FULL_LIST = "inbox listed in full at"
FULL_LIST_EVERY = timedelta(hours=6)
"""Delta can miss a message that was moved away and back (GRAPH 3.1), so a full list follows now and then."""
FULL_LIST_SPAN = timedelta(days=14)
TRIES = 3
NEEDS_A_PERSON = "Casework/Needs a person"


def take_in_mail(*, inbox: Inbox, desk: IntakeDesk) -> JobReport:
    """Gather what is new, take in each message by itself, and only then remember how far we read."""
    changes = _changes(inbox, desk)
    fresh = _not_settled((*changes.messages, *_full_list(inbox, desk)), desk)
    reports, all_settled = [], True
    with closing(fetched_in_order(fresh, inbox=inbox, desk=desk)) as arriving:
        for message, outcome in arriving:
            report, settled = _take_in_safely(message, outcome, desk)
            reports.append(report)
            all_settled = all_settled and settled
    if all_settled:
        _remember(changes.cursor, desk)
    return JobReport.joined(reports)


def _changes(inbox: Inbox, desk: IntakeDesk) -> InboxChanges:
    with desk.journal.transaction() as transaction:
        cursor = transaction.cursors.get(CURSOR)
    try:
        return inbox.changes(cursor)
    except CursorExpiredError:
        return inbox.changes(None)


def _full_list(inbox: Inbox, desk: IntakeDesk) -> tuple[SeenMessage, ...]:
    with desk.journal.transaction() as transaction:
        listed = transaction.cursors.get(FULL_LIST)
        if listed is None:  # the first delta round is a full list
            transaction.cursors.put(FULL_LIST, desk.now.isoformat())
    if listed is None or _recently(listed, desk.now):
        return ()
    messages = inbox.everything_since(desk.now - FULL_LIST_SPAN)
    with desk.journal.transaction() as transaction:
        transaction.cursors.put(FULL_LIST, desk.now.isoformat())
    return messages


def next_full_list(transaction: JournalTransaction) -> datetime | None:
    """When the mailbox is next listed in full."""
    listed = transaction.cursors.get(FULL_LIST)
    return datetime.fromisoformat(listed) + FULL_LIST_EVERY if listed else None


def _recently(listed: str, now: datetime) -> bool:
    return timedelta(0) <= now - datetime.fromisoformat(listed) < FULL_LIST_EVERY


def _not_settled(messages: Iterable[SeenMessage], desk: IntakeDesk) -> tuple[SeenMessage, ...]:
    once = {message.message_id: message for message in messages}
    if not once:
        return ()
    with desk.journal.transaction() as transaction:
        known = {key: transaction.sightings.get(_key(message)) for key, message in once.items()}
        begun_at = transaction.cursors.get(BEGUN_AT)
        put_back = {one for one, sighting in known.items() if _begins_again(transaction, sighting, desk)}
    unread = (None, SightingState.SEALED)
    fresh = [
        once[key]
        for key, sighting in known.items()
        if (sighting and sighting.state) in unread or key in put_back
    ]
    if begun_at:  # what lay in the mailbox before Casework came is the office's own affair
        fresh = [message for message in fresh if message.received_at >= datetime.fromisoformat(begun_at)]
    return tuple(sorted(fresh, key=lambda message: message.received_at))


def _begins_again(transaction: JournalTransaction, sighting: Sighting | None, desk: IntakeDesk) -> bool:
    """Count anew where a message that was set aside lies in the Inbox again: somebody wants it tried once more."""
    if sighting is None or sighting.attempts < TRIES:
        return False
    if sighting.state is not SightingState.NEEDS_A_PERSON and not was_left(sighting):
        return False
    moves = transaction.outbox_view.keys_starting(filing_key(sighting.source_id, desk.school))
    done = [transaction.outbox.get(key) for key in moves]
    if not done or not all(effect and effect.state is OutboxState.DONE for effect in done):
        return False
    facts = {name: value for name, value in sighting.facts.items() if name != LEFT}
    transaction.sightings.save(replace(sighting, state=SightingState.SEALED, attempts=0, facts=facts))
    return True


def filing_key(message_id: str, school: School) -> str:
    """What the keys begin with by which a message is moved to another folder."""
    return f"{school.code}/file/{_short(message_id)}"


def _key(message: SeenMessage) -> str:
    return f"mail/{message.message_id}"


def _remember(cursor: str, desk: IntakeDesk) -> None:
    with desk.journal.transaction() as transaction:
        if transaction.cursors.get(CURSOR) != cursor:
            transaction.cursors.put(CURSOR, cursor)


def _take_in_safely(message: SeenMessage, outcome: Outcome, desk: IntakeDesk) -> tuple[JobReport, bool]:
    """Take in one message; returns its report and whether the cursor may pass it."""
    try:
        fetched = outcome()
        if fetched is not None:
            _take_in(message, fetched, desk)
    except TemporaryConnectorError as error:
        return JobReport(problems=(f"A message could not be taken in yet: {error}",)), False
    except Exception as error:
        if is_of_the_place(error):
            raise
        return _failed(message, error, desk)
    return JobReport(changes=int(fetched is not None)), True


def _take_in(message: SeenMessage, fetched: Fetched, desk: IntakeDesk) -> None:
    sealed = fetched.read.sealed
    sighting = Sighting(
        key=_key(message),
        source_id=message.message_id,
        seen_at=desk.now,
        received_at=message.received_at,
        state=SightingState.DONE,
        internet_message_id=message.internet_message_id.strip("<> ").casefold(),
        sha256=sealed.sha256,
        sender=fetched.read.message.sender.address.casefold(),
        sealed_at=sealed.folder,
        facts={"conversation": message.conversation_id} if message.conversation_id else {},
    )
    record_message(sighting, raw=fetched.raw, read=fetched.read, desk=desk)


def _failed(message: SeenMessage, error: Exception, desk: IntakeDesk) -> tuple[JobReport, bool]:
    """Count the try, one a sweep; after three it goes to a person, and the rest go on."""
    with desk.journal.transaction() as transaction:
        earlier = transaction.sightings.get(_key(message))
        attempts = 1 if earlier is None else earlier.attempts + (earlier.seen_at != desk.now)
        given_up = attempts >= TRIES
        sighting = earlier or Sighting(
            key=_key(message),
            source_id=message.message_id,
            seen_at=desk.now,
            received_at=message.received_at,
            state=SightingState.SEALED,
        )
        state = SightingState.NEEDS_A_PERSON if given_up else SightingState.SEALED
        problem = in_words(error)
        counted = replace(sighting, seen_at=desk.now, attempts=attempts, state=state, problem=problem)
        transaction.sightings.save(counted)
        if given_up:
            transaction.events.append("message.set_aside", at=desk.now, reason=problem)
            plan(
                transaction,
                FileMessage(
                    key=free_key(transaction, filing_key(message.message_id, desk.school), desk),
                    message_id=message.message_id,
                    folder=NEEDS_A_PERSON,
                ),
            )
    what = f"is set aside in {NEEDS_A_PERSON}" if given_up else "is tried again at the next sweep"
    problems = (f"A message {what}, because it could not be taken in: {problem}",)
    return JobReport(changes=int(given_up), problems=problems), given_up


def _short(message_id: str) -> str:
    return hashlib.sha256(message_id.encode()).hexdigest()[:20]
