"""Answers and forwards: as drafts to be finished, or sent at once."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from practice_tenant.directory import User
from practice_tenant.errors import GraphError
from practice_tenant.mail.access import READ, SEND, WRITE, mailbox_of, message_of
from practice_tenant.mail.attachment_store import attachments_of
from practice_tenant.mail.folders import well_known_id
from practice_tenant.mail.json_reading.content import read_content
from practice_tenant.mail.json_reading.names import check_names
from practice_tenant.mail.json_reading.properties import read_properties
from practice_tenant.mail.quoting import prefixed, with_quotation
from practice_tenant.mail.sending import submit_draft
from practice_tenant.mail.store import Placement, add_message
from practice_tenant.mail.stored_content import stored_content
from practice_tenant.mail.text import text_to_html
from practice_tenant.mail.values import MailContent, Person, read_people
from practice_tenant.mail.writing import created, is_mime, mime_content, with_author
from practice_tenant.odata.bodies import action_body
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.routes import Handler
from practice_tenant.tenant import Tenant
from practice_tenant.times import parse_moment

REPLY, REPLY_ALL, FORWARD = "reply", "replyAll", "forward"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Answering:
    """One answer in the making: whose, to what, of which kind, and what the request says about it."""

    tenant: Tenant
    mailbox: User
    original: sqlite3.Row
    kind: str
    body: Mapping[str, Any]


def drafts_answer(kind: str) -> Handler:
    """The handler of createReply, createReplyAll or createForward."""

    async def handle(tenant: Tenant, request: GraphRequest) -> Answer:
        draft = _draft(_answering(tenant, request, kind, WRITE), request)
        return created(tenant, request, draft["key"])

    return handle


def sends_answer(kind: str) -> Handler:
    """The handler of reply, replyAll or forward, which send at once."""

    async def handle(tenant: Tenant, request: GraphRequest) -> Answer:
        answering = _answering(tenant, request, kind, SEND)
        with tenant.database.transaction():
            submit_draft(tenant, answering.mailbox, _draft(answering, request), "graph")
        return Answer.empty(202)

    return handle


def _answering(tenant: Tenant, request: GraphRequest, kind: str, need: str) -> _Answering:
    mailbox = mailbox_of(tenant, request, need)
    original = message_of(tenant, request, READ)
    known = "message comment toRecipients" if kind == FORWARD else "message comment"
    body = {} if is_mime(request) else action_body(request, kind, known)
    message = body.get("message") or {}
    check_names(message)
    if body.get("comment") and message.get("body"):
        raise GraphError(400, "ErrorInvalidRequest", "Give either comment or the message's body, not both.")
    return _Answering(tenant=tenant, mailbox=mailbox, original=original, kind=kind, body=body)


def _draft(answering: _Answering, request: GraphRequest) -> sqlite3.Row:
    tenant, mailbox = answering.tenant, answering.mailbox
    content = mime_content(request) if is_mime(request) else _composed(answering)
    original = answering.original
    references = " ".join([original["message_references"], original["internet_message_id"]]).strip()
    if answering.kind != FORWARD:
        content = replace(content, in_reply_to=original["internet_message_id"])
    content = replace(content, references=references, author=content.author)
    return add_message(
        tenant,
        with_author(content, mailbox),
        Placement(
            mailbox=mailbox.id,
            folder_id=well_known_id(tenant, mailbox.id, "drafts"),
            is_draft=True,
            is_read=True,
            properties=read_properties(answering.body.get("message") or {}),
        ),
    )


def _composed(answering: _Answering) -> MailContent:
    tenant, body = answering.tenant, answering.body
    original = stored_content(answering.original, attachments_of(tenant, answering.original["key"]))
    message = dict(body.get("message") or {})
    given = read_content(tenant, message)
    recipients, copied = _people(answering, original)
    carried = original.attachments if answering.kind == FORWARD else ()
    carried = carried or tuple(each for each in original.attachments if each.is_inline)
    own = (
        given.body
        if given.body_type == "html"
        else text_to_html(given.body or str(body.get("comment") or ""))
    )
    return replace(
        given,
        subject=given.subject or prefixed(original.subject, "FW: " if answering.kind == FORWARD else "RE: "),
        body_type="html",
        body=with_quotation(own, original, parse_moment(answering.original["sent_at"])),
        recipients=read_people(message.get("toRecipients") or body.get("toRecipients")) or recipients,
        copied=given.copied or copied,
        attachments=(*carried, *given.attachments),
    )


def _people(answering: _Answering, original: MailContent) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    if answering.kind == FORWARD:
        return (), ()
    authors = original.reply_to or ((original.author,) if original.author else ())
    if answering.kind == REPLY:
        return authors, ()
    me = answering.mailbox.address.lower()
    known = {person.address.lower() for person in authors} | {me}
    others = tuple(person for person in original.recipients if person.address.lower() not in known)
    copied = tuple(person for person in original.copied if person.address.lower() not in known)
    return (*authors, *others), copied
