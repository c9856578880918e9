"""Mails and attachments as Graph shows them."""

import json
import sqlite3
from base64 import b64encode
from functools import lru_cache
from typing import Any

from practice_tenant.mail.attachment_store import as_attachment, attachment_rows
from practice_tenant.mail.identifiers import change_key, etag
from practice_tenant.mail.mime_reading import read_mime
from practice_tenant.mail.store import people_of, properties_of
from practice_tenant.mail.text import html_to_text, preview, stored_html, text_to_html
from practice_tenant.mail.values import MailContent
from practice_tenant.odata.matching import matches
from practice_tenant.odata.options import QueryOptions
from practice_tenant.odata.pages import pick
from practice_tenant.requests import GraphRequest
from practice_tenant.tenant import Tenant
from practice_tenant.times import stamp

_WEB_MAIL = "https://outlook.tillbrook.example/owa/"


def full_message(message: sqlite3.Row, *, immutable: bool, with_preview: bool = True) -> dict[str, Any]:
    """Everything of a mail that a $filter or $select may name, but attachments and extended properties.

    The preview of a long body takes time, so who filters thousands of mails, or shows none, leaves it out.
    """
    return dict(_full(message, immutable, with_preview))


@lru_cache(maxsize=512)
def _full(message: sqlite3.Row, immutable: bool, with_preview: bool) -> dict[str, Any]:
    """A row that is what it was is shown once; whoever changes one of the values in it changes it for all."""
    message_id = message["immutable_id"] if immutable else message["default_id"]
    author, sender = people_of(message, "author"), people_of(message, "sender")
    return {
        "@odata.etag": etag(message["number"]),
        "id": message_id,
        "createdDateTime": message["created_at"],
        "lastModifiedDateTime": message["modified_at"],
        "changeKey": change_key(message["number"]),
        "categories": json.loads(message["categories"]),
        "receivedDateTime": message["received_at"],
        "sentDateTime": message["sent_at"],
        "hasAttachments": bool(message["has_attachments"]),
        "internetMessageId": message["internet_message_id"],
        "subject": message["subject"],
        "bodyPreview": preview(message["body_type"], message["body"]) if with_preview else "",
        "importance": message["importance"],
        "parentFolderId": message["folder_id"],
        "conversationId": message["conversation_id"],
        "conversationIndex": message["conversation_index"],
        "isDeliveryReceiptRequested": bool(message["wants_delivery_receipt"]),
        "isReadReceiptRequested": bool(message["wants_read_receipt"]),
        "isRead": bool(message["is_read"]),
        "isDraft": bool(message["is_draft"]),
        "webLink": f"{_WEB_MAIL}?ItemID={message_id}&viewmodel=ReadMessageItem",
        "inferenceClassification": message["inference"],
        "body": {"contentType": message["body_type"], "content": message["body"]},
        **({"sender": sender[0].as_graph()} if sender else {}),
        **({"from": author[0].as_graph()} if author else {}),
        "toRecipients": [person.as_graph() for person in people_of(message, "recipients")],
        "ccRecipients": [person.as_graph() for person in people_of(message, "copied")],
        "bccRecipients": [person.as_graph() for person in people_of(message, "blind_copied")],
        "replyTo": [person.as_graph() for person in people_of(message, "reply_to")],
        "flag": json.loads(message["flag"]),
    }


def with_properties(tenant: Tenant, message: sqlite3.Row, entity: dict[str, Any]) -> dict[str, Any]:
    """Add the extended properties, for a $filter over them."""
    properties = properties_of(tenant, message["key"])
    listed = [{"id": name, "value": value} for name, value in properties.items()]
    return {**entity, "singleValueExtendedProperties": listed}


def shaped_message(tenant: Tenant, message: sqlite3.Row, request: GraphRequest) -> dict[str, Any]:
    """A mail as this request wants it: body type, selection, expansions."""
    options = request.options
    chosen = not options.select or "*" in options.select or options.selects("bodyPreview")
    entity = full_message(message, immutable=request.immutable_ids, with_preview=chosen)
    body_type = request.preferences.get("outlook.body-content-type", "").lower()
    entity["body"] = _body_as(entity["body"], body_type)
    # Only what is asked for by name: headers and the unique part of a body.
    if options.selects("internetMessageHeaders"):
        pairs = json.loads(message["headers"])
        entity["internetMessageHeaders"] = [{"name": name, "value": value} for name, value in pairs]
    if options.selects("uniqueBody"):
        entity["uniqueBody"] = entity["body"]
    expanded = {
        **_expanded_properties(tenant, message, options),
        **_expanded_attachments(tenant, message, options),
    }
    return {**pick(entity, options), **expanded}


def shaped_attachment(attachment: sqlite3.Row, options: QueryOptions) -> dict[str, Any]:
    """An attachment as Graph shows it; an attached mail shows its item where that is expanded."""
    entity: dict[str, Any] = {
        "@odata.type": f"#microsoft.graph.{attachment['kind']}Attachment",
        **(
            {"@odata.mediaContentType": attachment["content_type"]}
            if attachment["kind"] != "reference"
            else {}
        ),
        "id": attachment["id"],
        "lastModifiedDateTime": attachment["modified_at"],
        "name": attachment["name"],
        "contentType": attachment["content_type"] or None,
        "size": len(attachment["content"]),
        "isInline": bool(attachment["is_inline"]),
    }
    if attachment["kind"] == "file":
        entity |= {"contentId": attachment["content_id"], "contentLocation": None}
        entity["contentBytes"] = b64encode(attachment["content"]).decode()
    elif attachment["kind"] == "item" and any(
        each.name.lower().endswith("itemattachment/item") for each in options.expand
    ):
        entity["item"] = _attached_item(read_mime(as_attachment(attachment).content))
        return entity
    return pick(entity, options)


def _attached_item(content: MailContent) -> dict[str, Any]:
    body = stored_html(content.body) if content.body_type == "html" else content.body
    item: dict[str, Any] = {
        "@odata.type": "#microsoft.graph.message",
        "subject": content.subject,
        "bodyPreview": preview(content.body_type, body),
        "body": {"contentType": content.body_type, "content": body},
        "toRecipients": [person.as_graph() for person in content.recipients],
        "ccRecipients": [person.as_graph() for person in content.copied],
        "internetMessageId": content.internet_message_id,
        "hasAttachments": any(not each.is_inline for each in content.attachments),
        "importance": content.importance,
        "isDraft": False,
    }
    if content.author:
        item["from"] = content.author.as_graph()
    if content.date:
        item["sentDateTime"] = stamp(content.date)
    return item


def _body_as(body: dict[str, str], wanted: str) -> dict[str, str]:
    if wanted == "text" and body["contentType"] == "html":
        return {"contentType": "text", "content": html_to_text(body["content"])}
    if wanted == "html" and body["contentType"] == "text":
        return {"contentType": "html", "content": text_to_html(body["content"])}
    return body


def _expanded_properties(tenant: Tenant, message: sqlite3.Row, options: QueryOptions) -> dict[str, Any]:
    wanted = options.expansion("singleValueExtendedProperties")
    if wanted is None:
        return {}
    listed = [{"id": name, "value": value} for name, value in properties_of(tenant, message["key"]).items()]
    if wanted.filter is not None:
        listed = [each for each in listed if matches(wanted.filter, each)]
    # Graph leaves the property out where a mail has none of those asked for.
    return {"singleValueExtendedProperties": listed} if listed else {}


def _expanded_attachments(tenant: Tenant, message: sqlite3.Row, options: QueryOptions) -> dict[str, Any]:
    wanted = options.expansion("attachments")
    if wanted is None:
        return {}
    rows = attachment_rows(tenant, message["key"])
    return {"attachments": [shaped_attachment(row, wanted) for row in rows]}
