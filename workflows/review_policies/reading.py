"""Reading what changed in the library: only documents whose content changed are opened, and none stops the others."""

from __future__ import annotations

from dataclasses import replace

from casework.errors import (
    CursorExpiredError,
    NotThereError,
    TemporaryConnectorError,
    UnreadableDocumentError,
)
from casework.evidence import sha256_of
from casework.policy_documents import LARGEST_DOCUMENT, TOO_LARGE, read_policy
from casework.policy_extract import passages_about_posts, sentences_on_categories
from casework.policy_register import closes, intended_next, shows_no_later_date, sketch_of, term_spans
from casework.policy_versions import versions_kept
from casework.ports import LibraryChanges, LibraryFile
from casework.records import JournalTransaction, PolicyRecord
from workflows.job_report import JobReport
from workflows.review_policies.desk import READABLE, PolicyDesk
from workflows.review_policies.emptiness import is_stopped, stop_if_empty, was_meant
from workflows.set_aside import Guard

CURSOR = "policies library"


def read_changes(desk: PolicyDesk) -> JobReport:
    """Read what changed; what was read stays read if the sweep is cut short, and the next one goes on from there."""
    changes = _changes(desk)
    documents = [file for file in changes.files if _is_policy(file, desk)]
    if stop_if_empty(desk, there=documents, removed=changes.removed):
        return JobReport(
            problems=("The policies folder is empty; nothing is changed until a person says so.",)
        )
    problems, all_read = _read_all(documents, desk)
    with desk.journal.transaction() as transaction:
        removed = sum(_forget(transaction, file_id, desk) for file_id in changes.removed)
        if all_read and transaction.cursors.get(CURSOR) != changes.cursor:
            transaction.cursors.put(CURSOR, changes.cursor)
    return JobReport(changes=len(documents) + removed, problems=tuple(problems))


def _changes(desk: PolicyDesk) -> LibraryChanges:
    """What changed since the last sweep. A full list has no word of what is gone: that is whatever it no longer names."""
    with desk.journal.transaction() as transaction:
        cursor = None if is_stopped(transaction) else transaction.cursors.get(CURSOR)
        known = {record.file_id for record in transaction.policies.all() if not record.removed}
    if cursor is not None:
        try:
            return desk.library.changes(cursor)
        except CursorExpiredError:
            pass
    everything = desk.library.changes(None)
    listed = {file.file_id for file in everything.files if _is_policy(file, desk)}
    return replace(everything, removed=tuple(sorted({*everything.removed, *(known - listed)})))


def _read_all(documents: list[LibraryFile], desk: PolicyDesk) -> tuple[list[str], bool]:
    """Read each document by itself; returns what could not be read, and whether none is to be tried again."""
    guard = Guard(desk.journal, what="a policy document", now=desk.now)
    problems, settled = [], True
    for number, file in enumerate(documents, start=1):
        if desk.told:
            desk.told(number, len(documents))
        problem, is_settled = _read_safely(file, desk, guard)
        problems += [problem] if problem else []
        settled = settled and is_settled
    return problems, settled


def _read_safely(file: LibraryFile, desk: PolicyDesk, guard: Guard) -> tuple[str, bool]:
    """What could not be done with one document, and whether it is done with, for good or for bad."""
    key = f"{file.file_id}/{file.etag}"
    if guard.leaves_alone(key):
        return "", True
    try:
        _read_one(file, desk)
    except NotThereError:
        return "", True
    except TemporaryConnectorError as error:
        return f"A policy document could not be read yet: {error}", False
    except Exception as error:  # noqa: BLE001 - one document's fault must not stop the others
        return guard.stumbled(key, error), guard.leaves_alone(key)
    guard.went_well(key)
    return "", True


def _is_policy(file: LibraryFile, desk: PolicyDesk) -> bool:
    if file.name.startswith("~$") or not file.name.casefold().endswith(READABLE):
        return False
    return not any(file.path.casefold().startswith(f"{folder.casefold()}/") for folder in desk.excluded)


def _read_one(file: LibraryFile, desk: PolicyDesk) -> None:
    """Read one document, unless these very bytes were read before."""
    with desk.journal.transaction() as transaction:
        before = transaction.policies.get(file.file_id)
    if before and before.etag == file.etag and not before.removed:
        return
    record = _record(file, before, desk)
    with desk.journal.transaction() as transaction:
        transaction.policies.save(record)
        if before is None or before.content_sha256 != record.content_sha256:
            _log(transaction, record, before, desk)


def _record(file: LibraryFile, before: PolicyRecord | None, desk: PolicyDesk) -> PolicyRecord:
    record = _as_seen(file, before, desk)
    if file.size > LARGEST_DOCUMENT:
        return replace(record, facts=None, problem=TOO_LARGE, sketch=())
    if before and before.content_sha256 and before.content_tag and before.content_tag == file.content_tag:
        return record  # moved, renamed or shared: its content is as it was read
    content = desk.library.read(file.file_id)
    digest = sha256_of(content)
    if before and before.content_sha256 == digest:
        return record
    record = replace(record, changed_at=desk.now)
    try:
        document = desk.reader.read(content, name=file.name)
    except UnreadableDocumentError as error:
        return replace(record, content_sha256=digest, facts=None, problem=error.reason, sketch=())
    previous = before.facts.next_review.to if before and before.facts and before.facts.next_review else None
    was_due = previous or record.previous_review_to
    facts = read_policy(document, terms=term_spans(desk.school.calendar))
    facts = intended_next(facts, was_due=was_due)
    closed = bool(before and before.facts and closes(before.facts, facts))
    kept = bool(before and before.facts and shows_no_later_date(before.facts, facts))
    read = replace(
        record,
        content_sha256=digest,
        facts=facts,
        problem="",
        sketch=sketch_of(document),
        previous_review_to=was_due,
        kept_date=kept or (record.kept_date and not closed),
        register_says=None,
        reviewed_on=None if closed else record.reviewed_on,
        reviewed_by="" if closed else record.reviewed_by,
        lessons=() if closed else record.lessons,
        extract=passages_about_posts(document),
        sentences=sentences_on_categories(document),
    )
    return replace(read, versions=versions_kept(record, read))


def _as_seen(file: LibraryFile, before: PolicyRecord | None, desk: PolicyDesk) -> PolicyRecord:
    record = before or PolicyRecord(
        file_id=file.file_id,
        path=file.path,
        etag=file.etag,
        content_sha256="",
        first_seen_at=desk.now,
        read_at=desk.now,
    )
    return replace(
        record,
        path=file.path,
        etag=file.etag,
        content_tag=file.content_tag,
        modified_at=file.modified_at,
        read_at=desk.now,
        removed=False,
        removed_on=None,
        retired_on=None if record.removed else record.retired_on,
        web_url=file.web_url,
    )


def _log(
    transaction: JournalTransaction, record: PolicyRecord, before: PolicyRecord | None, desk: PolicyDesk
) -> None:
    facts = record.facts
    stated = facts.next_review.value if facts and facts.next_review else None
    transaction.events.append(
        "policy.read", at=desk.now, file=record.file_id, next_review=stated, readable=not record.problem
    )
    if before and before.facts and facts and closes(before.facts, facts):
        transaction.events.append(
            "policy.review_closed", at=desk.now, file=record.file_id, next_review=stated, was=_was(before)
        )


def _was(before: PolicyRecord) -> str | None:
    return before.facts.next_review.value if before.facts and before.facts.next_review else None


def _forget(transaction: JournalTransaction, file_id: str, desk: PolicyDesk) -> int:
    record = transaction.policies.get(file_id)
    if record is None or record.removed:
        return 0
    retired_on = desk.today if was_meant(transaction) else record.retired_on
    transaction.policies.save(replace(record, removed=True, removed_on=desk.today, retired_on=retired_on))
    transaction.events.append("policy.removed", at=desk.now, file=file_id)
    return 1
