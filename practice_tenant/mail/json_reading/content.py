"""A whole new mail, with what is attached to it."""

from base64 import b64decode
from collections.abc import Mapping
from typing import Any

from practice_tenant.errors import bad_request, not_implemented
from practice_tenant.mail.json_reading.names import check_names, refuse_unkept
from practice_tenant.mail.json_reading.words import (
    read_body,
    read_headers,
    read_importance,
    read_text,
    read_truth,
)
from practice_tenant.mail.mime_writing import write_mime
from practice_tenant.mail.values import Attachment, MailContent, read_people, read_person
from practice_tenant.tenant import Tenant


def read_content(tenant: Tenant, body: Mapping[str, Any]) -> MailContent:
    """The content of a new mail."""
    check_names(body)
    refuse_unkept(body)
    kind, text = read_body(body.get("body"))
    return MailContent(
        subject=read_text(body.get("subject")),
        body_type=kind,
        body=text,
        author=read_person(body.get("from")),
        sender=read_person(body.get("sender")),
        recipients=read_people(body.get("toRecipients")),
        copied=read_people(body.get("ccRecipients")),
        blind_copied=read_people(body.get("bccRecipients")),
        reply_to=read_people(body.get("replyTo")),
        internet_message_id=str(body.get("internetMessageId") or ""),
        headers=read_headers(body.get("internetMessageHeaders")),
        importance=read_importance(body.get("importance", "normal")),
        wants_delivery_receipt=read_truth(body.get("isDeliveryReceiptRequested")),
        wants_read_receipt=read_truth(body.get("isReadReceiptRequested")),
        attachments=tuple(read_attachment(tenant, each) for each in body.get("attachments") or ()),
    )


def read_attachment(tenant: Tenant, value: Mapping[str, Any]) -> Attachment:
    """A file or an item to attach."""
    kind = str(value.get("@odata.type", "")).rpartition(".")[2].lower()
    name = str(value.get("name") or "")
    if kind == "itemattachment":
        return _item(tenant, value, name)
    if kind == "referenceattachment" and name:
        # v1.0 knows a reference by its name alone: where it leads is for beta.
        return Attachment(name=name, content_type="", content=b"", kind="reference")
    if kind not in {"fileattachment", ""} or (kind == "" and "contentBytes" not in value):
        raise bad_request("Only fileAttachment and itemAttachment can be added here.", "ErrorInvalidRequest")
    if not name:
        raise bad_request(
            "Required property 'name' is missing on the attachment.", "ErrorRequiredPropertyMissing"
        )
    try:
        content = b64decode(str(value.get("contentBytes") or ""), validate=False)
    except ValueError as error:
        raise bad_request("contentBytes is no base64.", "RequestBodyRead") from error
    return Attachment(
        name=name,
        content_type=str(value.get("contentType") or "application/octet-stream"),
        content=content,
        is_inline=bool(value.get("isInline")),
        content_id=value.get("contentId"),
    )


def _item(tenant: Tenant, value: Mapping[str, Any], name: str) -> Attachment:
    item = value.get("item")
    if not isinstance(item, dict):
        raise bad_request("An itemAttachment needs its item.", "ErrorRequiredPropertyMissing")
    of_type = str(item.get("@odata.type", "#microsoft.graph.message")).rpartition(".")[2].lower()
    if of_type not in {"message", "eventmessage", "eventmessagerequest"}:
        raise not_implemented(f"an attached {of_type}")
    content = read_content(tenant, item)
    raw = write_mime(content, date=tenant.clock.now())
    return Attachment(
        name=name or content.subject or "Attached message",
        content_type="message/rfc822",
        content=raw,
        kind="item",
    )
