"""As a look begins: what its jobs will ask first is asked for in one request, in the order in which they will ask."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from casework.custody import Shelf
from casework.errors import JournalBusyError
from connectors.microsoft365 import first_requests
from connectors.microsoft365.batches import Part
from offices.office import Office
from workflows.collect_approvals.drafts import letters_looked_for
from workflows.collect_approvals.returned import looked_for_now
from workflows.deciding import asked_whether_away
from workflows.draft_letters import CURSOR as CASE_FOLDERS
from workflows.halts.looking import looked_for_first
from workflows.open_cases.dropped import CURSOR as DROP_FOLDER
from workflows.open_cases.mail import CURSOR as INBOX
from workflows.review_policies.edits import LIST_CURSOR as POLICIES_LIST
from workflows.review_policies.reading import CURSOR as POLICIES
from workflows.sync_register import CURSOR as CASES_LIST

if TYPE_CHECKING:
    from casework.records import JournalTransaction


def ask_ahead(office: Office, jobs: Collection[str], now: datetime) -> None:
    """Ask in one request for what these jobs will ask first; what fails in it they ask for themselves."""
    if office.account.con.only_reading:
        return  # a dry run sends nothing but single requests that read
    if same := office.nothing_new.asked_before(office, jobs, now):
        office.ahead.ask(office.account.con, same)
        return
    # a journal that is busy is no reason to begin no look
    with suppress(JournalBusyError):
        with office.journal.transaction() as transaction:
            wanted = [part for part in _first(office, transaction, jobs, now) if part]
        office.ahead.ask(office.account.con, wanted)


def _first(
    office: Office, transaction: JournalTransaction, jobs: Collection[str], now: datetime
) -> Iterator[Part | None]:
    """What they ask first, job by job, in the order in which the jobs are swept."""
    watched = _WATCHED if office.settings.drop else {**_WATCHED, "open_cases": _WATCHED["open_cases"][:1]}
    for job in jobs:
        for name, part_from in watched.get(job, ()):
            if cursor := transaction.cursors.get(name):
                yield part_from(cursor)
        if job in _LOOKS:
            yield from _LOOKS[job](office, transaction, now)


def _who_is_away(office: Office, transaction: JournalTransaction, now: datetime) -> Iterator[Part]:
    if office.automatic_replies is not None:
        for address in asked_whether_away(transaction, office.school, now):
            yield first_requests.of_automatic_replies(office.account, address)


def _letters_that_wait_or_came_back(
    office: Office, transaction: JournalTransaction, now: datetime
) -> Iterator[Part]:
    waiting = letters_looked_for(transaction)
    for approver in dict.fromkeys(letter.approver for letter in waiting):
        yield first_requests.of_drafts(office.account, approver)
    for letter in looked_for_now(transaction, now):
        yield first_requests.of_conversation(office.account, letter.approver, letter.conversation_id)


def _whether_the_sides_are_whole(
    office: Office, transaction: JournalTransaction, now: datetime
) -> Iterator[Part]:
    key, paths = looked_for_first(transaction, now)
    if key:
        yield first_requests.of_mail(office.account, office.school.reporting_mailbox, key)
    drives = {Shelf.CASE_FOLDER: office.places.casework_drive, Shelf.SEALED: office.places.sealed_drive}
    for shelf, path in paths.items():
        yield first_requests.of_file(office.account, drives[shelf], path)


_WATCHED: Mapping[str, tuple[tuple[str, Callable[[str], Part | None]], ...]] = {
    "open_cases": ((INBOX, first_requests.of_inbox), (DROP_FOLDER, first_requests.of_library)),
    "sync_register": ((CASES_LIST, first_requests.of_list),),
    "draft_letters": ((CASE_FOLDERS, first_requests.of_library),),
    "review_policies": ((POLICIES, first_requests.of_library), (POLICIES_LIST, first_requests.of_list)),
}
"""By job: up to where each thing was read, and what is asked from there on; without a drop folder the first alone."""

_LOOKS: Mapping[str, Callable[[Office, JournalTransaction, datetime], Iterator[Part]]] = {
    "draft_letters": _who_is_away,
    "collect_approvals": _letters_that_wait_or_came_back,
    "keep_house": _whether_the_sides_are_whole,
}
"""By job: what it looks for where the journal says that it is time."""
