"""Filing what was taken in: mails into their folder, dropped files out of the way."""

from __future__ import annotations

from casework.cases import CaseReference
from casework.custody import CustodyAct
from casework.errors import AlreadyThereError, NotThereError
from casework.intents import FileDropped, FileMessage
from casework.records import PlannedEffect
from workflows.carry_out.tools import Tools
from workflows.custody import CustodyNotes, plan_pages


def file_message(effect: PlannedEffect, intent: FileMessage, tools: Tools) -> None:  # noqa: ARG001 - one signature for all
    try:
        tools.inbox.file_under(intent.message_id, intent.folder)
        result = f'moved to the mailbox folder "{intent.folder}"'
    except NotThereError:
        result = (
            "it was not in the mailbox any more: somebody moved or deleted it"  # the sealed original counts
        )
    _record_filed(intent.case, f"mail/{intent.message_id}", result, tools)


def file_dropped(effect: PlannedEffect, intent: FileDropped, tools: Tools) -> None:  # noqa: ARG001 - one signature for all
    if tools.drop is None:
        return
    folder, _, name = intent.path.rpartition("/")
    result = f'moved to "{folder}" of the drop folder'
    try:
        tools.drop.move(intent.file_id, intent.path)
    except NotThereError:
        result = "it was not in the drop folder any more: somebody moved or deleted it"
    except AlreadyThereError:
        tools.drop.move(intent.file_id, f"{folder}/{intent.file_id[-6:]} {name}")
    _record_filed(intent.case, name, result, tools)


def _record_filed(case: CaseReference | None, what: str, result: str, tools: Tools) -> None:
    """Enter into the custody of a case where the message or file went that its evidence was made of."""
    if case is None:
        return
    with tools.journal.transaction() as transaction:
        if not transaction.custody.of_case(case):
            return  # its evidence is not in the register
        sighting = transaction.sightings.get(what)
        note = CustodyNotes(transaction=transaction, case=case, now=tools.now)
        note.add(
            CustodyAct.FILED,
            how="put aside where it came from, so that it is not taken in twice",
            on_what=sighting.sealed_at if sighting else what,
            result=result,
        )
        plan_pages(transaction, case, tools.school.code)
