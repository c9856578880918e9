"""Large attachments: an upload session whose address on the other host is its own permission."""

import json
import re
import secrets
import sqlite3
import time
from datetime import UTC, datetime
from typing import Any

from practice_tenant.errors import GraphError, bad_request
from practice_tenant.mail.access import WRITE, message_of
from practice_tenant.mail.attachment_store import add_attachments
from practice_tenant.mail.attachments import LARGEST_SMALL
from practice_tenant.mail.store import touch
from practice_tenant.mail.values import Attachment
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.tenant import Tenant
from practice_tenant.times import stamp

_LIFE = 24 * 3600
_LARGEST = 150 * 1024 * 1024
_LARGEST_PART = 4 * 1024 * 1024
_RANGE = re.compile(r"bytes (?P<first>\d+)-(?P<last>\d+)/(?P<size>\d+)")


async def create_upload(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST .../attachments/createUploadSession."""
    message = message_of(tenant, request, WRITE)
    body = request.json()
    item = body.get("AttachmentItem") or body.get("attachmentItem")
    if not isinstance(item, dict) or not item.get("name") or not isinstance(item.get("size"), int):
        raise bad_request(
            "AttachmentItem with attachmentType, name and size is required.", "ErrorInvalidRequest"
        )
    if item["size"] < LARGEST_SMALL:
        raise bad_request(
            "Attachment size must be greater than the minimum size.",
            "ErrorAttachmentSizeShouldNotBeLessThanMinimumSize",
        )
    if item["size"] > _LARGEST:
        raise GraphError(413, "ErrorMessageSizeExceeded", "The attachment is larger than 150 MB.")
    upload, expires_at = secrets.token_urlsafe(32), time.time() + _LIFE
    tenant.database.execute(
        "INSERT INTO attachment_upload (id, message_key, item, size, received, expires_at) VALUES (?, ?, ?, ?, 0, ?)",
        (upload, message["key"], json.dumps(item), item["size"], expires_at),
    )
    answer = {
        "@odata.context": f"{tenant.graph_root}v1.0/$metadata#microsoft.graph.uploadSession",
        "uploadUrl": f"{tenant.transfer_root}transfer/attachments/{upload}?authtoken={secrets.token_urlsafe(24)}",
        "expirationDateTime": stamp(datetime.fromtimestamp(expires_at, UTC)),
        "nextExpectedRanges": ["0-"],
    }
    return Answer.json(answer, status=201)


async def receive_part(tenant: Tenant, request: GraphRequest) -> Answer:
    """PUT one range, in order; the last one makes the attachment and answers 201 with its Location."""
    upload = _upload(tenant, request)
    first, last, size = _range(request)
    if size != upload["size"] or last - first + 1 != len(request.body):
        raise bad_request("Content-Range does not fit the session or the bytes sent.", "ErrorInvalidRequest")
    if len(request.body) > _LARGEST_PART:
        raise GraphError(413, "RequestEntityTooLarge", "A range is at most 4 MB.")
    if first != upload["received"]:
        raise GraphError(
            416, "ErrorInvalidRange", f"The range starts at {first}, expected is {upload['received']}."
        )
    with tenant.database.transaction():
        tenant.database.execute(
            "INSERT INTO attachment_upload_part (upload_id, start, content) VALUES (?, ?, ?)",
            (upload["id"], first, request.body),
        )
        tenant.database.execute(
            "UPDATE attachment_upload SET received = ? WHERE id = ?", (last + 1, upload["id"])
        )
        if last + 1 == size:
            return _finish(tenant, upload)
    return Answer.json(_progress(tenant, request))


async def upload_status(tenant: Tenant, request: GraphRequest) -> Answer:
    return Answer.json(_progress(tenant, request))


async def cancel_upload(tenant: Tenant, request: GraphRequest) -> Answer:
    upload = _upload(tenant, request)
    tenant.database.execute("DELETE FROM attachment_upload WHERE id = ?", (upload["id"],))
    return Answer.empty()


def _progress(tenant: Tenant, request: GraphRequest) -> dict[str, Any]:
    upload = _upload(tenant, request)
    return {
        "@odata.context": f"{tenant.graph_root}v1.0/$metadata#microsoft.graph.uploadSession",
        "expirationDateTime": stamp(datetime.fromtimestamp(upload["expires_at"], UTC)),
        # Outlook names the next byte alone, OneDrive a range with a dash.
        "nextExpectedRanges": [str(upload["received"])],
    }


def _upload(tenant: Tenant, request: GraphRequest) -> sqlite3.Row:
    row = tenant.database.one("SELECT * FROM attachment_upload WHERE id = ?", (request.parameter("upload"),))
    if row is None or row["expires_at"] < time.time():
        raise GraphError(404, "ErrorItemNotFound", "The upload session is not known or has ended.")
    return row


def _range(request: GraphRequest) -> tuple[int, int, int]:
    match = _RANGE.fullmatch(request.headers.get("content-range", "").strip())
    if match is None:
        raise bad_request("Content-Range must have the form 'bytes 0-99/1000'.", "ErrorInvalidRequest")
    return int(match["first"]), int(match["last"]), int(match["size"])


def _finish(tenant: Tenant, upload: sqlite3.Row) -> Answer:
    parts = tenant.database.rows(
        "SELECT content FROM attachment_upload_part WHERE upload_id = ? ORDER BY start", (upload["id"],)
    )
    item = json.loads(upload["item"])
    attachment = Attachment(
        name=str(item["name"]),
        content_type=str(item.get("contentType") or "application/octet-stream"),
        content=b"".join(part["content"] for part in parts),
        is_inline=bool(item.get("isInline")),
        content_id=item.get("contentId"),
    )
    (attachment_id,) = add_attachments(tenant, upload["message_key"], [attachment])
    touch(tenant, upload["message_key"])
    tenant.database.execute("DELETE FROM attachment_upload WHERE id = ?", (upload["id"],))
    message = tenant.database.one(
        "SELECT mailbox, default_id FROM message WHERE key = ?", (upload["message_key"],)
    )
    mailbox, message_id = (message["mailbox"], message["default_id"]) if message else ("", "")
    location = (
        f"{tenant.graph_root}v1.0/users('{mailbox}')/messages('{message_id}')/attachments('{attachment_id}')"
    )
    return Answer.empty(201, {"Location": location})
