"""Making and changing mail: drafts, edits, moves, copies, deletion."""

import sqlite3
from base64 import b64decode
from dataclasses import replace
from typing import Any

from practice_tenant.directory import User
from practice_tenant.errors import GraphError
from practice_tenant.mail.access import WRITE, check_version, folder_of, mailbox_of, message_of
from practice_tenant.mail.folders import find_folder, well_known_id
from practice_tenant.mail.json_reading.changes import changed_columns
from practice_tenant.mail.json_reading.content import read_content
from practice_tenant.mail.json_reading.names import SENSITIVE
from practice_tenant.mail.json_reading.properties import read_properties
from practice_tenant.mail.mime_reading import read_mime
from practice_tenant.mail.reading import message_context
from practice_tenant.mail.shapes import shaped_message
from practice_tenant.mail.store import (
    Placement,
    add_message,
    change_columns,
    copy_message,
    message_by_key,
    move_message,
    remove_message,
    set_properties,
)
from practice_tenant.mail.values import MailContent, Person
from practice_tenant.odata.bodies import action_body
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.tenant import Tenant

# PidTagMessageFlags: without its bit 8 (unsent) a created mail is no draft. Migration tools use it.
_MESSAGE_FLAGS = "Integer 0x0e07"
_UNSENT = 8
# What a mail has besides its content, and a new one may bring along.
_OWN = ("categories", "flag", "inferenceClassification")


async def create_message(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST .../messages: a draft from JSON, or from MIME in base64 with Content-Type text/plain."""
    mailbox = mailbox_of(tenant, request, WRITE)
    folder = folder_of(tenant, request, mailbox)
    body = {} if is_mime(request) else request.json()
    content = mime_content(request) if is_mime(request) else read_content(tenant, body)
    properties = read_properties(body)
    message = add_message(
        tenant,
        with_author(content, mailbox),
        Placement(
            mailbox=mailbox.id,
            folder_id=folder["id"] if folder is not None else well_known_id(tenant, mailbox.id, "drafts"),
            is_draft=_is_unsent(properties),
            is_read=bool(changed_columns({"isRead": body.get("isRead", True)})["is_read"]),
            properties=properties,
        ),
    )
    columns: dict[str, Any] = {name: body[name] for name in _OWN if name in body}
    if columns:
        with tenant.database.transaction():
            change_columns(tenant, message["key"], changed_columns(columns))
    return created(tenant, request, message["key"])


def created(tenant: Tenant, request: GraphRequest, key: int) -> Answer:
    """201 with the mail as it now stands."""
    message = message_by_key(tenant, key)
    entity = shaped_message(tenant, message, request)
    return Answer.json({"@odata.context": message_context(tenant, request), **entity}, status=201)


def is_mime(request: GraphRequest) -> bool:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == "text/plain"


def mime_content(request: GraphRequest) -> MailContent:
    """The content of a MIME body in base64.

    Raises:
        GraphError: 400 ErrorMimeContentInvalidBase64String.
    """
    try:
        raw = b64decode(b"".join(request.body.split()), validate=True)
    except ValueError as error:
        raise GraphError(
            400, "ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content."
        ) from error
    content = read_mime(raw)
    custom = tuple((name, value) for name, value in content.headers if name.lower().startswith("x-"))
    return replace(content, headers=custom)


def with_author(content: MailContent, mailbox: User) -> MailContent:
    """A mail without From is from the mailbox's owner."""
    owner = Person(name=mailbox.display_name, address=mailbox.address)
    author = content.author or owner
    if author.address.lower() == mailbox.address.lower():
        author = owner
    return replace(content, author=author, sender=content.sender or author)


async def change_message(tenant: Tenant, request: GraphRequest) -> Answer:
    """PATCH a mail; what was sent or received keeps its words and people."""
    message = message_of(tenant, request, WRITE)
    check_version(request, message)
    body = request.json()
    columns, properties = changed_columns(body), read_properties(body)
    _refuse_rewriting(message, body)
    with tenant.database.transaction():
        set_properties(tenant, message["key"], properties)
        change_columns(tenant, message["key"], columns)
    message = message_by_key(tenant, message["key"])
    entity = shaped_message(tenant, message, request)
    return Answer.json({"@odata.context": message_context(tenant, request), **entity})


def _refuse_rewriting(message: sqlite3.Row, body: dict[str, Any]) -> None:
    sensitive = sorted(SENSITIVE.intersection(body))
    if sensitive and not message["is_draft"]:
        raise GraphError(
            403,
            "ErrorAccessDenied",
            f"Changing {', '.join(sensitive)} of a message that is no draft needs Mail-Advanced.ReadWrite.",
        )


async def delete_message(tenant: Tenant, request: GraphRequest) -> Answer:
    """DELETE puts a mail into Deleted Items; from there it goes for good."""
    message = message_of(tenant, request, WRITE)
    check_version(request, message)
    deleted_items = well_known_id(tenant, message["mailbox"], "deleteditems")
    if message["folder_id"] == deleted_items:
        remove_message(tenant, message)
    else:
        move_message(tenant, message, deleted_items)
    return Answer.empty()


async def permanently_delete(tenant: Tenant, request: GraphRequest) -> Answer:
    remove_message(tenant, message_of(tenant, request, WRITE))
    return Answer.empty()


async def move(tenant: Tenant, request: GraphRequest) -> Answer:
    message = message_of(tenant, request, WRITE)
    moved = move_message(tenant, message, _destination(tenant, request, message))
    return created(tenant, request, moved["key"])


async def copy(tenant: Tenant, request: GraphRequest) -> Answer:
    message = message_of(tenant, request, WRITE)
    copied = copy_message(tenant, message, _destination(tenant, request, message))
    return created(tenant, request, copied["key"])


def _destination(tenant: Tenant, request: GraphRequest, message: sqlite3.Row) -> str:
    wanted = action_body(request, "move", "destinationId").get("destinationId")
    if not wanted:
        raise GraphError(400, "ErrorInvalidRequest", "destinationId is missing.")
    return str(find_folder(tenant, message["mailbox"], str(wanted))["id"])


def _is_unsent(properties: dict[str, str]) -> bool:
    flags = properties.get(_MESSAGE_FLAGS, "")
    return not flags.isdecimal() or bool(int(flags) & _UNSENT)
