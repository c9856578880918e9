"""The timeline of a case as a Word document in its folder."""

from __future__ import annotations

from casework.custody import ItemKind, Shelf, item_key
from casework.evidence import sha256_of
from casework.intents import WriteTimeline
from casework.records import JournalTransaction, PlannedEffect
from casework.timeline import timeline
from workflows.begun_anew import is_of_another_journal, lost_before
from workflows.carry_out.tools import Tools
from workflows.custody import Kept, item_of
from workflows.storing import bring_up_to_date

NAME = "Timeline.docx"


def write_timeline(effect: PlannedEffect, intent: WriteTimeline, tools: Tools) -> None:  # noqa: ARG001 - one signature for all
    """Write the lanes as they stand now. Twice does it once; while somebody has it open in Word it waits."""

    def paper(transaction: JournalTransaction) -> bytes:
        entries = timeline(transaction.events.of_case(intent.case), tools.school.zone)
        return tools.papers.timeline(intent.case, entries, school_name=tools.school.name, since=since)

    with tools.journal.glimpse() as now:
        since = lost_before(now, intent.case, tools.school)
    path = f"{intent.case}/{NAME}"
    if since and is_of_another_journal(
        path, shelf=Shelf.CASE_FOLDER, library=tools.casework, journal=tools.journal
    ):
        path = f"{intent.case}/Timeline {since}.docx"
    else:
        since = ""
    with tools.journal.glimpse() as now:
        is_first = now.evidence.get(item_key(Shelf.CASE_FOLDER, path)) is None
    stored = bring_up_to_date(
        tools.casework, path, paper, journal=tools.journal, seen=tools.seen, is_first=is_first
    )
    sha256 = sha256_of(stored.content)
    kept = Kept(file=stored.file, path=path, sha256=sha256, size=len(stored.content), kind=ItemKind.RECORD)
    with tools.journal.transaction() as transaction:
        transaction.evidence.save(item_of(kept, shelf=Shelf.CASE_FOLDER, at=tools.now, case=intent.case))
        transaction.events.append("evidence.listed", at=tools.now, case=intent.case, sha256=kept.sha256)
