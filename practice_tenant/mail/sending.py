"""Sending: a draft, a mail given in one go, and the copy in Sent Items."""

import sqlite3
import time
from collections.abc import Mapping
from dataclasses import replace

from practice_tenant.directory import User
from practice_tenant.errors import GraphError, access_denied
from practice_tenant.mail.access import SEND, check_version, mailbox_of, message_of
from practice_tenant.mail.attachment_store import attachments_of
from practice_tenant.mail.delivery import addresses, send_out
from practice_tenant.mail.folders import well_known_id
from practice_tenant.mail.identifiers import new_internet_message_id
from practice_tenant.mail.json_reading.content import read_content
from practice_tenant.mail.json_reading.properties import read_properties
from practice_tenant.mail.mime_writing import write_mime
from practice_tenant.mail.people_settings import check_sends_as, people_settings
from practice_tenant.mail.store import (
    Placement,
    add_message,
    change_columns,
    message_by_key,
    move_message,
    properties_of,
    remove_message,
    set_raw,
)
from practice_tenant.mail.stored_content import stored_content
from practice_tenant.mail.values import MailContent
from practice_tenant.mail.writing import is_mime, mime_content, with_author
from practice_tenant.odata.bodies import action_body
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.sign_in.applications import CASEWORK
from practice_tenant.tenant import Tenant
from practice_tenant.transport.values import Consignment


async def send_draft(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST .../messages/{id}/send."""
    message = message_of(tenant, request, SEND)
    check_version(request, message)
    is_casework = request.principal.application_id == tenant.database.fact(f"application {CASEWORK}")
    way = "graph" if is_casework else people_settings(tenant).sends_as
    submit_draft(tenant, _mailbox(tenant, message), message, way)
    return Answer.empty(202)


async def practice_send(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST /practice/send?user=ADDRESS&message=ID&as=desktop: a person presses Send in that program."""
    other = request.options.other
    way = check_sends_as(other.get("as", "graph"))
    here = request.with_parameters({"user": other.get("user", ""), "message": other.get("message", "")})
    user = tenant.directory.find(here.parameter("user"))
    if user is None:
        raise GraphError(404, "ErrorInvalidUser", "Nobody has that address.")
    person = replace(request.principal, user=user, permissions=frozenset({SEND}))
    message = message_of(tenant, replace(here, principal=person), SEND)
    submit_draft(tenant, user, message, way)
    return Answer.empty(202)


async def send_mail(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST /users/{user}/sendMail with JSON, or with MIME in base64."""
    mailbox = mailbox_of(tenant, request, SEND)
    body = {} if is_mime(request) else action_body(request, "sendMail", "message saveToSentItems")
    message = body.get("message")
    if not is_mime(request) and not isinstance(message, dict):
        raise GraphError(400, "ErrorInvalidRequest", "The parameter 'message' is missing.")
    given = message if isinstance(message, dict) else {}
    content = mime_content(request) if is_mime(request) else read_content(tenant, given)
    wanted = body.get("saveToSentItems", True)
    keeps = str(wanted).lower() != "false"
    submit_content(tenant, mailbox, content, properties=read_properties(given), keeps_copy=keeps)
    return Answer.empty(202)


def submit_draft(tenant: Tenant, mailbox: User, message: sqlite3.Row, way: str) -> None:
    """Send a stored draft and leave its copy in Sent Items, as the given kind of program would.

    Raises:
        GraphError: 400 without recipients or for what is no draft, 403 for another's From.
    """
    outbox = well_known_id(tenant, mailbox.id, "outbox")
    if not message["is_draft"] or message["folder_id"] == outbox:
        raise GraphError(
            400, "ErrorInvalidRequest", "Only a draft can be sent; this message was sent already."
        )
    _check(mailbox, stored_content(message, ()))
    delay = people_settings(tenant).send_delay
    with tenant.database.transaction():
        if delay:
            waiting = move_message(tenant, message, outbox)
            tenant.database.execute(
                "INSERT INTO pending_send (message_key, way, due_at) VALUES (?, ?, ?)",
                (waiting["key"], way, time.time() + delay),
            )
        else:
            _finish_draft(tenant, mailbox, message, way)


def settle(tenant: Tenant) -> None:
    """Let go what waited in an Outbox for its time."""
    if not tenant.database.holds_any("pending_send"):
        return
    due = tenant.database.rows("SELECT * FROM pending_send WHERE due_at <= ?", (time.time(),))
    for row in due:
        message = message_by_key(tenant, row["message_key"])
        with tenant.database.transaction():
            tenant.database.execute("DELETE FROM pending_send WHERE message_key = ?", (message["key"],))
            _finish_draft(tenant, _mailbox(tenant, message), message, row["way"])


def _finish_draft(tenant: Tenant, mailbox: User, message: sqlite3.Row, way: str) -> None:
    content = stored_content(message, attachments_of(tenant, message["key"]))
    if way == "rewritten":
        content = replace(content, internet_message_id=new_internet_message_id())
    properties = properties_of(tenant, message["key"])
    raw = write_mime(content, date=tenant.clock.now(), with_blind_copies=True, nests_pictures=way == "phone")
    if way == "graph":
        _move_to_sent(tenant, message, raw)
    else:
        remove_message(tenant, message)
        _add_to_sent(tenant, mailbox, content, raw, properties if way == "desktop" else {})
    # what travels says no more than the copy, unless somebody is in Bcc
    travels = None if content.blind_copied else raw
    _dispatch(tenant, mailbox, content, properties, travels, nests_pictures=way == "phone")


def submit_content(
    tenant: Tenant,
    mailbox: User,
    content: MailContent,
    *,
    properties: Mapping[str, str],
    keeps_copy: bool = True,
) -> None:
    """Send what never was a draft."""
    content = with_author(content, mailbox)
    if not content.internet_message_id:
        content = replace(content, internet_message_id=new_internet_message_id())
    _check(mailbox, content)
    raw = write_mime(content, date=tenant.clock.now(), with_blind_copies=True)
    with tenant.database.transaction():
        if keeps_copy:
            _add_to_sent(tenant, mailbox, content, raw, properties)
        _dispatch(tenant, mailbox, content, properties, None if content.blind_copied else raw)


def _check(mailbox: User, content: MailContent) -> None:
    people = content.everybody()
    if not people or any("@" not in person.address.strip("@") for person in people):
        raise GraphError(
            400, "ErrorInvalidRecipients", "At least one recipient is not valid, or the message has none."
        )
    if content.author is None or content.author.address.lower() != mailbox.address.lower():
        raise access_denied(
            "The user account which was used to submit this request does not have the right to send mail on "
            "behalf of the specified sending account.",
            "ErrorSendAsDenied",
        )


def _move_to_sent(tenant: Tenant, message: sqlite3.Row, raw: bytes) -> None:
    now = tenant.clock.stamp()
    moved = move_message(tenant, message, well_known_id(tenant, message["mailbox"], "sentitems"))
    set_raw(tenant, moved["key"], raw)
    change_columns(
        tenant, moved["key"], {"is_draft": False, "is_read": True, "sent_at": now, "received_at": now}
    )


def _add_to_sent(
    tenant: Tenant, mailbox: User, content: MailContent, raw: bytes, properties: Mapping[str, str]
) -> None:
    sent = well_known_id(tenant, mailbox.id, "sentitems")
    add_message(
        tenant,
        content,
        Placement(mailbox=mailbox.id, folder_id=sent, is_read=True, raw=raw, properties=properties),
    )


def _dispatch(
    tenant: Tenant,
    mailbox: User,
    content: MailContent,
    properties: Mapping[str, str],
    written: bytes | None,
    *,
    nests_pictures: bool = False,
) -> None:
    raw = written or write_mime(content, date=tenant.clock.now(), nests_pictures=nests_pictures)
    travelling = properties if people_settings(tenant).properties_travel else {}
    send_out(
        tenant,
        Consignment(
            sender=mailbox.address, recipients=addresses(content.everybody()), raw=raw, properties=travelling
        ),
    )


def _mailbox(tenant: Tenant, message: sqlite3.Row) -> User:
    user = tenant.directory.find(message["mailbox"])
    if user is None:
        raise GraphError(404, "ErrorInvalidUser", "The mailbox has no user.")
    return user
