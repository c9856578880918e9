"""Review policies: read what changed in the library, keep the register, remind until the document itself says later."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from casework import mails
from casework.errors import (
    AlreadyThereError,
    ChangedMeanwhileError,
    ConnectorError,
    CursorExpiredError,
    NotThereError,
    SignInError,
    TemporaryConnectorError,
    UnreadableDocumentError,
)
from casework.evidence import sha256_of
from casework.intents import SendMail
from casework.mails.duties import PolicyMatter
from casework.policy_documents import read_policy
from casework.policy_extract import passages_about_posts
from casework.policy_register import (
    closes,
    days_overdue,
    due_questions,
    due_rungs,
    owner_role,
    register_fields,
)
from casework.ports import DocumentReader, Journal, Library, LibraryFile, Register, RegisterRow
from casework.records import JournalTransaction, PolicyRecord
from casework.register_columns import fingerprint_of_columns
from casework.school import Role, School
from casework.values import FieldValue
from workflows.job_report import JobReport
from workflows.planning import plan

CURSOR = "policies library"
LIST_CURSOR = "policies list"
READABLE = (".docx", ".docm", ".dotx", ".doc", ".pdf", ".odt", ".txt", ".html", ".htm", ".md")
LARGEST = 50_000_000
"""Bytes of a policy document that is still read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyDesk:
    """What the review has at hand.

    Attributes:
        excluded: folders of the library that hold no policies, such as the drop folder.
        told: called with (done, of) while documents are read, for a progress bar.
    """

    library: Library
    register: Register
    reader: DocumentReader
    journal: Journal
    school: School
    now: datetime
    excluded: tuple[str, ...] = ()
    told: Callable[[int, int], None] | None = None


def review_policies(desk: PolicyDesk) -> JobReport:
    """Gather what changed, read it, and plan the reminders; a document that cannot be read stops none of the others."""
    read = _read_changes(desk)
    edits = _staff_edits(desk)
    reminded = _remind(desk)
    return JobReport.joined((read, edits, reminded))


def _read_changes(desk: PolicyDesk) -> JobReport:
    with desk.journal.transaction() as transaction:
        cursor = transaction.cursors.get(CURSOR)
    try:
        changes = desk.library.changes(cursor)
    except CursorExpiredError:
        changes = desk.library.changes(None)
    documents = [file for file in changes.files if _is_policy(file, desk)]
    problems, all_read = [], True
    for number, file in enumerate(documents, start=1):
        if desk.told:
            desk.told(number, len(documents))
        try:
            _read_one(file, desk)
        except SignInError:
            raise
        except NotThereError:
            continue
        except TemporaryConnectorError as error:
            problems.append(f"A policy document could not be read yet: {error}")
            all_read = False
    with desk.journal.transaction() as transaction:
        removed = sum(_forget(transaction, file_id, desk.now) for file_id in changes.removed)
        if all_read and transaction.cursors.get(CURSOR) != changes.cursor:
            transaction.cursors.put(CURSOR, changes.cursor)
    return JobReport(changes=len(documents) + removed, problems=tuple(problems))


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
        changed = before is None or before.content_sha256 != record.content_sha256
        if changed:
            _log(transaction, record, before, desk.now)


def _record(file: LibraryFile, before: PolicyRecord | None, desk: PolicyDesk) -> PolicyRecord:
    record = before or PolicyRecord(
        file_id=file.file_id,
        path=file.path,
        etag=file.etag,
        content_sha256="",
        first_seen_at=desk.now,
        read_at=desk.now,
    )
    record = replace(
        record, path=file.path, etag=file.etag, read_at=desk.now, removed=False, web_url=file.web_url
    )
    if file.size > LARGEST:
        return replace(record, facts=None, problem="it is larger than 50 MB; save it without its pictures")
    content = desk.library.read(file.file_id)
    digest = sha256_of(content)
    if before and before.content_sha256 == digest:
        return record
    try:
        document = desk.reader.read(content, name=file.name)
    except UnreadableDocumentError as error:
        return replace(record, content_sha256=digest, facts=None, problem=error.reason)
    facts = read_policy(document)
    previous = before.facts.next_review.to if before and before.facts and before.facts.next_review else None
    return replace(
        record,
        content_sha256=digest,
        facts=facts,
        problem="",
        previous_review_to=previous or record.previous_review_to,
        extract=passages_about_posts(document),
    )


def _log(
    transaction: JournalTransaction, record: PolicyRecord, before: PolicyRecord | None, now: datetime
) -> None:
    facts = record.facts
    stated = facts.next_review.value if facts and facts.next_review else None
    transaction.events.append(
        "policy.read", at=now, file=record.file_id, next_review=stated, readable=not record.problem
    )
    if before and before.facts and facts and closes(before.facts, facts):
        transaction.events.append("policy.review_closed", at=now, file=record.file_id, next_review=stated)


def _forget(transaction: JournalTransaction, file_id: str, now: datetime) -> int:
    record = transaction.policies.get(file_id)
    if record is None or record.removed:
        return 0
    transaction.policies.save(replace(record, removed=True))
    transaction.events.append("policy.removed", at=now, file=file_id)
    return 1


def _staff_edits(desk: PolicyDesk) -> JobReport:
    """OwnerOverride, PublishedAt, Statutory and Notes are the staff's."""
    with desk.journal.transaction() as transaction:
        cursor = transaction.cursors.get(LIST_CURSOR)
    try:
        changes = desk.register.changes(cursor)
    except CursorExpiredError:
        changes = desk.register.changes(None)
    with desk.journal.transaction() as transaction:
        by_item = {policy.item_id: policy for policy in transaction.policies.all() if policy.item_id}
        edited = sum(_take_in(transaction, by_item.get(row.item_id), row) for row in changes.rows)
        for item_id in changes.removed:
            if item_id in by_item:
                transaction.policies.save(replace(by_item[item_id], item_id=None, written=""))
                edited += 1
        if transaction.cursors.get(LIST_CURSOR) != changes.cursor:
            transaction.cursors.put(LIST_CURSOR, changes.cursor)
    return JobReport(changes=edited)


def _take_in(transaction: JournalTransaction, record: PolicyRecord | None, row: RegisterRow) -> bool:
    if record is None:
        return False
    edited = replace(
        record,
        owner_override=str(row.fields.get("OwnerOverride") or "").strip(),
        published_at=str(row.fields.get("PublishedAt") or "").strip(),
        statutory=row.fields.get("Statutory") is True,
        notes=str(row.fields.get("Notes") or ""),
    )
    if edited == record:
        return False
    transaction.policies.save(edited)
    return True


def _remind(desk: PolicyDesk) -> JobReport:
    if not desk.school.is_sending_time(desk.now):
        return JobReport()
    with desk.journal.transaction() as transaction:
        policies = [policy for policy in transaction.policies.all() if not policy.removed]
        planned = sum(plan(transaction, *_reminders(transaction, policy, desk)) for policy in policies)
    return JobReport(changes=planned)


def _reminders(transaction: JournalTransaction, policy: PolicyRecord, desk: PolicyDesk) -> Iterable[SendMail]:
    """The rungs due today for one policy; one without a date is asked about every week."""
    today = desk.school.today(desk.now)
    review = policy.facts.next_review if policy.facts else None
    due = review.to if review else None
    version = due.isoformat() if due else f"no-date-{policy.content_sha256[:8]}"
    prefix = f"{desk.school.code}/policy/{sha256_of(policy.file_id.encode())[:16]}/{version}/"
    sent = transaction.outbox_view.keys_starting(prefix)
    already = frozenset(key.removeprefix(prefix).partition("/")[0] for key in sent)
    matter = _matter(policy, today, reminded=len(already) + 1)  # the owner's of this very day counts
    asked_from = desk.school.today(policy.first_seen_at)
    rungs = (
        due_rungs(due, today=today, already=already)
        if due
        else due_questions(asked_from, today=today, already=already)
    )
    for rung in rungs:
        owner = _role("owner", matter.owner)
        for role in dict.fromkeys(_role(audience, matter.owner) for audience in rung.roles):
            key = f"{prefix}{rung.name}/{role.value}"
            escalated = role is not owner and due is not None
            yield mails.policy_mail(
                matter, school=desk.school, key=key, role=role, escalated=escalated, today=today
            )


def _matter(policy: PolicyRecord, today: date, *, reminded: int) -> PolicyMatter:
    facts = policy.facts
    review = facts.next_review if facts else None
    return PolicyMatter(
        title=facts.title if facts else policy.path.rpartition("/")[2],
        owner=policy.owner_override or (facts.owner if facts and facts.owner else ""),
        words_found=review.text if review else "",
        review_due=review.to if review else None,
        days_overdue=days_overdue(review, today=today),
        document_link=policy.web_url,
        reminded=reminded,
    )


def _role(audience: str, owner: str) -> Role:
    """The owner's role, where the document names one that the school has; the headteacher otherwise."""
    name = owner_role(owner) if audience == "owner" else audience
    return Role(name) if name in set(Role) else Role.HEADTEACHER


def write_policy_register(desk: PolicyDesk) -> JobReport:
    """Bring the rows of the Policies list up to date; rows that stand as they should cost nothing."""
    today = desk.school.today(desk.now)
    with desk.journal.transaction() as transaction:
        policies = transaction.policies.all()
    written, problems = 0, []
    for policy in policies:
        columns = _columns(policy, today)
        fingerprint = fingerprint_of_columns(columns)
        if policy.item_id and policy.written == fingerprint:
            continue
        try:
            row = _write(desk.register, policy, columns)
        except SignInError:
            raise
        except ConnectorError as error:
            problems.append(f"A row of the policies list could not be written: {error}")
            continue
        with desk.journal.transaction() as transaction:
            current = transaction.policies.get(policy.file_id) or policy
            transaction.policies.save(replace(current, item_id=row.item_id, written=fingerprint))
        written += 1
    return JobReport(changes=written, problems=tuple(problems))


def _columns(policy: PolicyRecord, today: date) -> dict[str, FieldValue]:
    document = policy.path[:255]
    columns: dict[str, FieldValue] = dict(
        register_fields(document=document, facts=policy.facts, today=today, problem=policy.problem)
    )
    if policy.removed:
        gone = "The document is no longer in the library. Put it back, or delete this row if it has been retired."
        columns["Findings"] = gone
    if policy.owner_override:
        columns["Owner"] = policy.owner_override
    return columns


def _write(register: Register, policy: PolicyRecord, columns: dict[str, FieldValue]) -> RegisterRow:
    if policy.item_id is None:
        return _add(register, columns)
    for _ in range(5):
        try:
            return register.update(policy.item_id, columns, etag=register.read(policy.item_id).etag)
        except ChangedMeanwhileError:
            continue
        except NotThereError:
            return _add(register, columns)
    raise TemporaryConnectorError("The row is being edited by somebody; it is written at the next sweep.")


def _add(register: Register, columns: dict[str, FieldValue]) -> RegisterRow:
    """Add the row; one with the same Document is the one that an earlier sweep added before it was cut short."""
    there = register.find("Document", str(columns["Document"]))
    if there is None:
        try:
            return register.add({name: value for name, value in columns.items() if value not in (None, "")})
        except AlreadyThereError:
            there = register.find("Document", str(columns["Document"]))
            if there is None:
                raise
    return register.update(there.item_id, columns, etag=there.etag)
