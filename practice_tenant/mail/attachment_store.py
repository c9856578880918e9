"""The attachments of mails in the store."""

import sqlite3
from collections.abc import Iterable

from practice_tenant.errors import GraphError
from practice_tenant.mail.identifiers import new_attachment_id
from practice_tenant.mail.values import Attachment
from practice_tenant.tenant import Tenant


def add_attachments(tenant: Tenant, message_key: int, attachments: Iterable[Attachment]) -> list[str]:
    """Append attachments to a mail; gives back their ids. The caller numbers the change."""
    return [_add(tenant, message_key, attachment) for attachment in attachments]


def _add(tenant: Tenant, message_key: int, attachment: Attachment) -> str:
    last = tenant.database.one(
        "SELECT COALESCE(MAX(position), 0) AS position FROM message_attachment WHERE message_key = ?",
        (message_key,),
    )
    attachment_id = new_attachment_id()
    tenant.database.execute(
        "INSERT INTO message_attachment (id, message_key, position, kind, name, content_type, is_inline, "
        "content_id, content, modified_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            attachment_id,
            message_key,
            (last["position"] if last else 0) + 1,
            attachment.kind,
            attachment.name,
            attachment.content_type,
            attachment.is_inline,
            attachment.content_id,
            attachment.content,
            tenant.clock.stamp(),
        ),
    )
    return attachment_id


def attachment_rows(tenant: Tenant, message_key: int) -> list[sqlite3.Row]:
    return tenant.database.rows(
        "SELECT * FROM message_attachment WHERE message_key = ? ORDER BY position", (message_key,)
    )


def attachments_of(tenant: Tenant, message_key: int) -> tuple[Attachment, ...]:
    return tuple(as_attachment(row) for row in attachment_rows(tenant, message_key))


def as_attachment(row: sqlite3.Row) -> Attachment:
    return Attachment(
        name=row["name"],
        content_type=row["content_type"],
        content=bytes(row["content"]),
        kind=row["kind"],
        is_inline=bool(row["is_inline"]),
        content_id=row["content_id"],
    )


def find_attachment(tenant: Tenant, message_key: int, attachment_id: str) -> sqlite3.Row:
    """One attachment of a mail.

    Raises:
        GraphError: 404.
    """
    row = tenant.database.one(
        "SELECT * FROM message_attachment WHERE message_key = ? AND id = ?", (message_key, attachment_id)
    )
    if row is None:
        raise GraphError(404, "ErrorItemNotFound", "The specified object was not found in the store.")
    return row


def remove_attachment(tenant: Tenant, attachment_id: str) -> None:
    tenant.database.execute("DELETE FROM message_attachment WHERE id = ?", (attachment_id,))


def copy_attachments(tenant: Tenant, from_key: int, to_key: int) -> None:
    add_attachments(tenant, to_key, attachments_of(tenant, from_key))
