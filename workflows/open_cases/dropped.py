"""The drop folder: files put there together are one report, taken in like a mail."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from casework.errors import CursorExpiredError, NotThereError, TemporaryConnectorError
from casework.evidence import is_by_product, sha256_of
from casework.intake import message_from_files, people_in, report_from_files
from casework.intents import FileDropped
from casework.ports import Library, LibraryChanges, LibraryFile
from casework.records import JournalTransaction, Sighting, SightingState
from workflows.custody import plan_pages, register_sealed
from workflows.faults import is_of_the_place
from workflows.job_report import JobReport
from workflows.open_cases.desk import IntakeDesk
from workflows.open_cases.dropped_before import belongs_to_dropped_before, remember_dropped
from workflows.open_cases.joining import Read, add_to_case
from workflows.open_cases.opening import NewReport, open_new_case
from workflows.open_cases.sealing import seal_files
from workflows.planning import plan
from workflows.set_aside import Guard

CURSOR = "drop folder"
TAKEN_IN = "Taken in"
"""Where dropped files go once their case is saved, below the drop folder itself."""


def take_in_dropped_files(*, drop: Library, desk: IntakeDesk) -> JobReport:
    changes = _changes(drop, desk)
    groups: dict[str, list[LibraryFile]] = defaultdict(list)
    for file in _fresh(changes.files, desk):
        groups[file.path.rpartition("/")[0]].append(file)
    reports, all_settled = [], True
    guard = Guard(desk.journal, what="a report in the drop folder", now=desk.now) if groups else None
    for files in groups.values():
        report, settled = _take_in_safely(tuple(sorted(files, key=lambda file: file.path)), drop, desk, guard)
        reports.append(report)
        all_settled = all_settled and settled
    if all_settled:
        with desk.journal.transaction() as transaction:
            if transaction.cursors.get(CURSOR) != changes.cursor:
                transaction.cursors.put(CURSOR, changes.cursor)
    return JobReport.joined(reports)


def _changes(drop: Library, desk: IntakeDesk) -> LibraryChanges:
    with desk.journal.transaction() as transaction:
        cursor = transaction.cursors.get(CURSOR)
    try:
        return drop.changes(cursor)
    except CursorExpiredError:
        return drop.changes(None)


def _fresh(files: tuple[LibraryFile, ...], desk: IntakeDesk) -> tuple[LibraryFile, ...]:
    waiting = [
        file
        for file in files
        if file.size and not file.path.startswith(f"{TAKEN_IN}/") and not is_by_product(file.name)
    ]
    if not waiting:
        return ()
    with desk.journal.transaction() as transaction:
        return tuple(file for file in waiting if transaction.sightings.get(_key(file)) is None)


def _key(file: LibraryFile) -> str:
    return f"drop/{file.file_id}/{file.content_tag or file.etag}"


def _take_in_safely(
    files: tuple[LibraryFile, ...], drop: Library, desk: IntakeDesk, guard: Guard | None
) -> tuple[JobReport, bool]:
    """Take in what was dropped together; returns its report and whether the cursor may pass it."""
    key = sha256_of("|".join(sorted(_key(file) for file in files)).encode())[:20]
    if guard is None or guard.leaves_alone(key):
        return JobReport(), True
    try:
        contents = _contents(files, drop)
        if contents is None:
            return JobReport(), False
        _take_in(files, contents, desk)
    except TemporaryConnectorError as error:
        return JobReport(problems=(f"Dropped files could not be taken in yet: {error}",)), False
    except Exception as error:
        if is_of_the_place(error):
            raise
        return JobReport(problems=(guard.stumbled(key, error),)), guard.leaves_alone(key)
    guard.went_well(key)
    return JobReport(changes=1), True


def _contents(files: tuple[LibraryFile, ...], drop: Library) -> tuple[tuple[str, bytes], ...] | None:
    """Names and bytes; None if one was moved or deleted since the list: the next sweep sees who is left."""
    try:
        return tuple((file.name, drop.read(file.file_id)) for file in files)
    except NotThereError:
        return None


def _take_in(
    files: tuple[LibraryFile, ...], contents: tuple[tuple[str, bytes], ...], desk: IntakeDesk
) -> None:
    """Seal the files, then record one case for them all, then let them be moved out of the way."""
    received_at = max(file.modified_at for file in files)
    sealed = seal_files(contents, received_at=received_at, sealed=desk.sealed)
    report = report_from_files(contents, reader=desk.reader, platforms=desk.platforms)
    read = Read(message=message_from_files(contents, reader=desk.reader), report=report)
    first = Sighting(
        key=_key(files[0]),
        source_id=files[0].file_id,
        seen_at=desk.now,
        received_at=received_at,
        state=SightingState.DONE,
        kind="report",
        sha256=sealed.sha256,
        fingerprint=sealed.sha256,
        sealed_at=sealed.folder,
    )
    with desk.journal.transaction() as transaction:
        same = transaction.sightings.find_same(fingerprint=sealed.sha256)
        if same is None:
            first = _place(transaction, first, files, read, desk)
        else:
            first = replace(first, kind="duplicate", case=same.case)
        transaction.sightings.save(first)
        remember_dropped(transaction, files, first.case)
        for file in files[1:]:
            transaction.sightings.save(
                replace(
                    first, key=_key(file), source_id=file.file_id, kind="part of a report", fingerprint=""
                )
            )
        register_sealed(
            transaction,
            first,
            sealed.kept,
            brought_by=" and ".join(sorted({file.modified_by for file in files if file.modified_by})),
            now=desk.now,
        )
        plan(transaction, *(_filing(file, first, desk) for file in files))
        plan_pages(transaction, first.case, desk.school.code)


def _place(
    transaction: JournalTransaction,
    first: Sighting,
    files: tuple[LibraryFile, ...],
    read: Read,
    desk: IntakeDesk,
) -> Sighting:
    """To the case of what was dropped just before, else as a new report."""
    earlier = belongs_to_dropped_before(transaction, files)
    if earlier:
        placed = replace(first, kind=earlier.place.value, case=earlier.case)
        return add_to_case(transaction, placed, earlier, read, desk)
    people = people_in(read.message)
    return open_new_case(transaction, NewReport(sighting=first, report=read.report, people=people), desk)


def _filing(file: LibraryFile, first: Sighting, desk: IntakeDesk) -> FileDropped:
    return FileDropped(
        key=f"{desk.school.code}/drop/{sha256_of(_key(file).encode())[:20]}",
        file_id=file.file_id,
        path=f"{TAKEN_IN}/{first.case}/{file.name}",
        case=first.case,
    )
