"""The record of a case, written down for people: custody pages, manifest and SHA256SUMS."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from casework.case_record import (
    SUMS,
    case_manifest,
    custody_page,
    custody_path,
    on_shelf,
    record_folder,
    sha256_sums,
)
from casework.custody import EvidenceItem, ItemKind, Shelf, item_key
from casework.errors import PermanentConnectorError
from casework.evidence import sha256_of
from casework.intents import KeepRecord
from casework.ports import Library
from casework.records import JournalTransaction, PlannedEffect
from workflows.begun_anew import is_of_another_journal, lost_before
from workflows.carry_out.tools import Tools
from workflows.custody import Kept, item_of
from workflows.storing import bring_up_to_date, store

MANIFEST = "manifest.json"


def keep_record(effect: PlannedEffect, intent: KeepRecord, tools: Tools) -> None:  # noqa: ARG001 - one signature for all
    """Write the custody pages that are not written yet, once each, then bring the two lists up to date."""
    with tools.journal.glimpse() as transaction:
        since = lost_before(transaction, intent.case, tools.school)
    for page, content in _pages(intent, tools):
        paths = (custody_path(intent.case, page, folder) for folder in dict.fromkeys(("", since)))
        _write_page(tuple(paths), page, content, intent, tools)
    below, folder, beside = intent.case, record_folder(intent.case), record_folder(intent.case, since)
    manifest, sums = partial(case_manifest, below), partial(_sums_of_copies, below)
    for shelf, path, instead, lines in (
        (Shelf.SEALED, f"{folder}/{SUMS}", f"{beside}/{SUMS}", _sealed_sums),
        (Shelf.SEALED, f"{folder}/{MANIFEST}", f"{beside}/{MANIFEST}", manifest),
        (Shelf.CASE_FOLDER, f"{below}/{SUMS}", f"{below}/{SUMS} {since}", sums),
    ):
        is_known = not since or not is_of_another_journal(
            path, shelf=shelf, library=_library(shelf, tools), journal=tools.journal
        )
        _keep_list(path if is_known else instead, lines, shelf, intent, tools)


def _pages(intent: KeepRecord, tools: Tools) -> list[tuple[int, bytes]]:
    """The pages that are still to be written. Which entries stand on a page is settled before it is written."""
    with tools.journal.transaction() as transaction:
        entries = transaction.custody.of_case(intent.case)
        newest = max((entry.page for entry in entries), default=0)
        if transaction.custody.bind(intent.case, newest + 1):
            newest += 1
            entries = transaction.custody.of_case(intent.case)
        written = {
            event.fields.get("page")
            for event in transaction.events.of_case(intent.case)
            if event.what == "custody.written"
        }
    missing = (page for page in range(1, newest + 1) if page not in written)
    return [(page, custody_page(entries, page)) for page in missing]


def _write_page(paths: tuple[str, ...], page: int, content: bytes, intent: KeepRecord, tools: Tools) -> None:
    """Write it once; where a journal that was lost has written a page of that number, beside it."""
    for path in paths:
        try:
            file = store(tools.sealed, path, content).file
            break
        except PermanentConnectorError:
            if path == paths[-1]:
                raise
    kept = Kept(file=file, path=path, sha256=sha256_of(content), size=len(content), kind=ItemKind.RECORD)
    with tools.journal.transaction() as transaction:
        transaction.evidence.save(item_of(kept, shelf=Shelf.SEALED, at=tools.now, case=intent.case))
        transaction.events.append(
            "custody.written", at=tools.now, case=intent.case, page=page, sha256=kept.sha256
        )


def _sealed_sums(items: Sequence[EvidenceItem]) -> bytes:
    return sha256_sums(on_shelf(items, Shelf.SEALED))


def _sums_of_copies(folder: str, items: Sequence[EvidenceItem]) -> bytes:
    copies = on_shelf(items, Shelf.CASE_FOLDER)
    return sha256_sums(copies, below=folder) if copies else b""


def _keep_list(
    path: str,
    lines: Callable[[Sequence[EvidenceItem]], bytes],
    shelf: Shelf,
    intent: KeepRecord,
    tools: Tools,
) -> None:
    """Write a list of the evidence anew, if it says something else than before; the log keeps its hash."""

    def content(transaction: JournalTransaction) -> bytes:
        return lines(transaction.evidence.of_case(intent.case))

    with tools.journal.transaction() as transaction:
        before = transaction.evidence.get(item_key(shelf, path))
        wanted = content(transaction)
    if not wanted or (before and before.sha256 == sha256_of(wanted)):
        return
    stored = bring_up_to_date(
        _library(shelf, tools),
        path,
        content,
        journal=tools.journal,
        seen=tools.seen,
        is_first=before is None,
    )
    sha256 = sha256_of(stored.content)
    kept = Kept(file=stored.file, path=path, sha256=sha256, size=len(stored.content), kind=ItemKind.RECORD)
    with tools.journal.transaction() as transaction:
        transaction.evidence.save(item_of(kept, shelf=shelf, at=tools.now, case=intent.case))
        transaction.events.append("evidence.listed", at=tools.now, case=intent.case, sha256=sha256)


def _library(shelf: Shelf, tools: Tools) -> Library:
    return tools.sealed if shelf is Shelf.SEALED else tools.casework
