"""Mails in the store: added, changed, moved, removed, and each change numbered for delta."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from practice_tenant.errors import GraphError
from practice_tenant.mail.attachment_store import add_attachments, copy_attachments
from practice_tenant.mail.conversations import place_in_conversation
from practice_tenant.mail.identifiers import new_default_id, new_immutable_id, new_internet_message_id
from practice_tenant.mail.text import stored_html
from practice_tenant.mail.values import MailContent, Person
from practice_tenant.tenant import Tenant

_COUNTER = "mail change"


@dataclass(frozen=True, kw_only=True, slots=True)
class Placement:
    """Where and as what a mail enters a mailbox.

    Attributes:
        raw: its bytes as received or sent, None for a draft.
        received_at, sent_at: as Graph writes moments; the practice clock's now where empty.
    """

    mailbox: str
    folder_id: str
    is_draft: bool = False
    is_read: bool = False
    raw: bytes | None = None
    received_at: str = ""
    sent_at: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)


def add_message(tenant: Tenant, content: MailContent, placement: Placement) -> sqlite3.Row:
    """Put a mail into a folder."""
    now = tenant.clock.stamp()
    internet_message_id = content.internet_message_id or new_internet_message_id()
    place = place_in_conversation(tenant, placement.mailbox, content, internet_message_id)
    columns: dict[str, Any] = {
        "mailbox": placement.mailbox,
        "folder_id": placement.folder_id,
        "immutable_id": new_immutable_id(),
        "default_id": new_default_id(),
        "number": 0,
        "is_draft": placement.is_draft,
        "is_read": placement.is_read,
        **content_columns(content),
        "internet_message_id": internet_message_id,
        "conversation_id": place.conversation_id,
        "conversation_index": place.conversation_index,
        "categories": "[]",
        "flag": '{"flagStatus": "notFlagged"}',
        "inference": "focused",
        "has_attachments": 0,
        "created_at": now,
        "modified_at": now,
        "received_at": placement.received_at or now,
        "sent_at": placement.sent_at or now,
    }
    with tenant.database.transaction():
        key = _insert(tenant, columns)
        if placement.raw is not None:
            set_raw(tenant, key, placement.raw)
        set_properties(tenant, key, placement.properties)
        add_attachments(tenant, key, content.attachments)
        touch(tenant, key)
    tenant.replication.born(columns["immutable_id"])
    return message_by_key(tenant, key)


def content_columns(content: MailContent) -> dict[str, Any]:
    """The columns that a mail's content fills."""
    return {
        "subject": content.subject,
        "body_type": content.body_type,
        "body": stored_html(content.body) if content.body_type == "html" else content.body,
        "sender": _people_json(content.sender or content.author),
        "author": _people_json(content.author),
        "recipients": _people_json(*content.recipients),
        "copied": _people_json(*content.copied),
        "blind_copied": _people_json(*content.blind_copied),
        "reply_to": _people_json(*content.reply_to),
        "in_reply_to": content.in_reply_to,
        "message_references": content.references,
        "headers": json.dumps(content.headers),
        "importance": content.importance,
        "wants_delivery_receipt": content.wants_delivery_receipt,
        "wants_read_receipt": content.wants_read_receipt,
    }


def find_message(tenant: Tenant, mailbox: str, message_id: str) -> sqlite3.Row:
    """A mail by either of its ids, letter case counting.

    Raises:
        GraphError: 404 ErrorItemNotFound, or 400 for what can be no id.
    """
    row = tenant.database.one(
        "SELECT * FROM message WHERE mailbox = ? AND (immutable_id = ? OR default_id = ?)",
        (mailbox, message_id, message_id),
    )
    if row is None and len(message_id) < 40:
        raise GraphError(400, "ErrorInvalidIdMalformed", "Id is malformed.")
    if row is None or tenant.replication.hides(row["immutable_id"]):
        raise GraphError(404, "ErrorItemNotFound", "The specified object was not found in the store.")
    return row


def message_by_key(tenant: Tenant, key: int) -> sqlite3.Row:
    row = tenant.database.one("SELECT * FROM message WHERE key = ?", (key,))
    if row is None:
        raise GraphError(404, "ErrorItemNotFound", "The specified object was not found in the store.")
    return row


def change_columns(tenant: Tenant, key: int, columns: Mapping[str, Any]) -> None:
    """Write columns and number the change."""
    if columns:
        assignments = ", ".join(f"{name} = :{name}" for name in columns)
        tenant.database.execute(f"UPDATE message SET {assignments} WHERE key = :key", {**columns, "key": key})  # noqa: S608 - column names of our own
    touch(tenant, key)


def touch(tenant: Tenant, key: int) -> None:
    """Give a mail its next change number, for changeKey and delta."""
    number = _next_number(tenant)
    tenant.database.execute(
        "UPDATE message SET number = ?, modified_at = ?, has_attachments = EXISTS ("
        "SELECT 1 FROM message_attachment WHERE message_key = message.key AND is_inline = 0) WHERE key = ?",
        (number, tenant.clock.stamp(), key),
    )
    tenant.database.execute(
        "INSERT INTO message_change (folder_id, default_id, immutable_id, number, arrived, removed) "
        "SELECT folder_id, default_id, immutable_id, number, number, NULL FROM message WHERE key = ? "
        "ON CONFLICT (folder_id, default_id) DO UPDATE SET number = excluded.number",
        (key,),
    )


def move_message(tenant: Tenant, message: sqlite3.Row, folder_id: str) -> sqlite3.Row:
    """Put a mail elsewhere in its mailbox: a new default id, the same immutable id."""
    if message["folder_id"] == folder_id:
        return message
    with tenant.database.transaction():
        _note_removal(tenant, message, "changed")
        tenant.database.execute(
            "UPDATE message SET folder_id = ?, default_id = ? WHERE key = ?",
            (folder_id, new_default_id(), message["key"]),
        )
        touch(tenant, message["key"])
    return message_by_key(tenant, message["key"])


def copy_message(tenant: Tenant, message: sqlite3.Row, folder_id: str) -> sqlite3.Row:
    """A second mail with everything the first has but its ids."""
    columns = {name: message[name] for name in message.keys() if name != "key"}  # noqa: SIM118 - a Row iterates its values
    now = tenant.clock.stamp()
    columns |= {"folder_id": folder_id, "immutable_id": new_immutable_id(), "default_id": new_default_id()}
    columns |= {"created_at": now, "modified_at": now}
    with tenant.database.transaction():
        key = _insert(tenant, columns)
        for table in ("message_mime (message_key, raw)", "message_property (message_key, id, value)"):
            others = table.partition("(message_key, ")[2].rstrip(")")
            tenant.database.execute(
                f"INSERT INTO {table} SELECT ?, {others} FROM {table.split()[0]} WHERE message_key = ?",  # noqa: S608 - our own table names
                (key, message["key"]),
            )
        copy_attachments(tenant, message["key"], key)
        touch(tenant, key)
    return message_by_key(tenant, key)


def remove_message(tenant: Tenant, message: sqlite3.Row) -> None:
    """Remove a mail for good."""
    with tenant.database.transaction():
        _note_removal(tenant, message, "deleted")
        tenant.database.execute("DELETE FROM message WHERE key = ?", (message["key"],))


def raw_of(tenant: Tenant, key: int) -> bytes | None:
    """The bytes as received or sent, None for a draft."""
    row = tenant.database.one("SELECT raw FROM message_mime WHERE message_key = ?", (key,))
    return bytes(row["raw"]) if row else None


def set_raw(tenant: Tenant, key: int, raw: bytes) -> None:
    tenant.database.execute(
        "INSERT OR REPLACE INTO message_mime (message_key, raw) VALUES (?, ?)", (key, raw)
    )


def properties_of(tenant: Tenant, key: int) -> dict[str, str]:
    rows = tenant.database.rows("SELECT id, value FROM message_property WHERE message_key = ?", (key,))
    return {row["id"]: row["value"] for row in rows}


def set_properties(tenant: Tenant, key: int, properties: Mapping[str, str]) -> None:
    for property_id, value in properties.items():
        tenant.database.execute(
            "INSERT OR REPLACE INTO message_property (message_key, id, value) VALUES (?, ?, ?)",
            (key, property_id, value),
        )


def people_of(message: sqlite3.Row, column: str) -> tuple[Person, ...]:
    return _read_people(message[column])


def last_change(tenant: Tenant) -> int:
    return tenant.database.last_number(_COUNTER)


@lru_cache(maxsize=512)
def _read_people(text: str) -> tuple[Person, ...]:
    return tuple(Person(name=name, address=address) for name, address in json.loads(text))


def _next_number(tenant: Tenant) -> int:
    number = tenant.database.next_number(_COUNTER)
    tenant.replication.changed(number)
    return number


def _note_removal(tenant: Tenant, message: sqlite3.Row, reason: str) -> None:
    tenant.database.execute(
        "UPDATE message_change SET number = ?, removed = ? WHERE folder_id = ? AND default_id = ?",
        (_next_number(tenant), reason, message["folder_id"], message["default_id"]),
    )


def _insert(tenant: Tenant, columns: Mapping[str, Any]) -> int:
    names = ", ".join(columns)
    marks = ", ".join(f":{name}" for name in columns)
    cursor = tenant.database.execute(f"INSERT INTO message ({names}) VALUES ({marks})", columns)  # noqa: S608 - column names of our own
    return int(cursor.lastrowid or 0)


def _people_json(*people: Person | None) -> str:
    return json.dumps([[person.name, person.address] for person in people if person is not None])
