"""As a look begins: what its jobs will ask first is asked for in one request, in the order in which they will ask."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from casework.errors import JournalBusyError
from connectors.microsoft365 import first_requests
from connectors.microsoft365.batches import Part
from offices.office import Office
from workflows.collect_approvals.drafts import letters_looked_for
from workflows.draft_letters import CURSOR as CASE_FOLDERS
from workflows.open_cases.dropped import CURSOR as DROP_FOLDER
from workflows.open_cases.mail import CURSOR as INBOX
from workflows.review_policies.edits import LIST_CURSOR as POLICIES_LIST
from workflows.review_policies.reading import CURSOR as POLICIES
from workflows.sync_register import CURSOR as CASES_LIST

if TYPE_CHECKING:
    from casework.records import JournalTransaction


def ask_ahead(office: Office, jobs: Collection[str]) -> None:
    """Ask in one request for what these jobs will ask first; what fails in it they ask for themselves."""
    if office.account.con.only_reading:
        return  # a dry run sends nothing but single requests that read
    # a journal that is busy is no reason to begin no look
    with suppress(JournalBusyError):
        with office.journal.transaction() as transaction:
            wanted = [part for part in _first(office, transaction, jobs) if part]
        office.ahead.ask(office.account.con, wanted)


def _first(office: Office, transaction: JournalTransaction, jobs: Collection[str]) -> Iterator[Part | None]:
    """What they ask first, job by job, in the order in which the jobs are swept."""
    watched = _WATCHED if office.settings.drop else {**_WATCHED, "open_cases": _WATCHED["open_cases"][:1]}
    for job in jobs:
        for name, part_from in watched.get(job, ()):
            if cursor := transaction.cursors.get(name):
                yield part_from(cursor)
        if job == "collect_approvals":
            letters = letters_looked_for(transaction)
            for approver in dict.fromkeys(letter.approver for letter in letters):
                yield first_requests.of_drafts(office.account, approver)


_WATCHED: Mapping[str, tuple[tuple[str, Callable[[str], Part | None]], ...]] = {
    "open_cases": ((INBOX, first_requests.of_inbox), (DROP_FOLDER, first_requests.of_library)),
    "sync_register": ((CASES_LIST, first_requests.of_list),),
    "draft_letters": ((CASE_FOLDERS, first_requests.of_library),),
    "review_policies": ((POLICIES, first_requests.of_library), (POLICIES_LIST, first_requests.of_list)),
}
"""By job: up to where each thing was read, and what is asked from there on; without a drop folder the first alone."""
