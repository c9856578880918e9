"""A mail out of a request's JSON: what may be said when, and in which form."""

import json
import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any

from practice_tenant.errors import GraphError, bad_request
from practice_tenant.json_values import Json
from practice_tenant.mail.mime_writing import write_mime
from practice_tenant.mail.text import stored_html
from practice_tenant.mail.values import Attachment, MailContent, read_people, read_person
from practice_tenant.tenant import Tenant

# Only a draft may change in these; on any other mail they are sensitive (Mail-Advanced.ReadWrite).
SENSITIVE = frozenset(
    {
        "subject",
        "body",
        "toRecipients",
        "ccRecipients",
        "bccRecipients",
        "replyTo",
        "from",
        "sender",
        "internetMessageId",
        "internetMessageHeaders",
        "isDeliveryReceiptRequested",
        "isReadReceiptRequested",
    }
)
_ALWAYS = frozenset(
    {
        "categories",
        "flag",
        "importance",
        "isRead",
        "inferenceClassification",
    }
)
_READ_ONLY = frozenset(
    {
        "id",
        "createdDateTime",
        "lastModifiedDateTime",
        "changeKey",
        "receivedDateTime",
        "sentDateTime",
        "hasAttachments",
        "bodyPreview",
        "parentFolderId",
        "conversationId",
        "conversationIndex",
        "isDraft",
        "webLink",
        "uniqueBody",
        "extensions",
    }
)
_NESTED = frozenset({"attachments", "singleValueExtendedProperties", "multiValueExtendedProperties"})
_KNOWN = SENSITIVE | _ALWAYS | _READ_ONLY | _NESTED
_PROPERTY_ID = re.compile(
    r"(?P<type>\w+)\s+(?P<set>\{[0-9a-fA-F-]{36}\})\s+(?P<kind>Name|Id)\s+(?P<name>.+)"
    r"|(?P<tagged>\w+)\s+(?P<tag>0x[0-9a-fA-F]+)",
)


def check_names(body: Mapping[str, Any]) -> None:
    """Refuse properties that a message does not have.

    Raises:
        GraphError: 400 RequestBodyRead, in Microsoft's words for it.
    """
    for name in body:
        if name not in _KNOWN and "@" not in name and "." not in name:
            raise GraphError(
                400,
                "RequestBodyRead",
                f"The property '{name}' does not exist on type 'microsoft.graph.message'. Make sure to only use "
                "property names that are defined by the type.",
            )


def read_content(tenant: Tenant, body: Mapping[str, Any]) -> MailContent:
    """The content of a new mail."""
    check_names(body)
    kind, text = read_body(body.get("body"))
    return MailContent(
        subject=str(body.get("subject") or ""),
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
        importance=_importance(body.get("importance", "normal")),
        wants_delivery_receipt=bool(body.get("isDeliveryReceiptRequested")),
        wants_read_receipt=bool(body.get("isReadReceiptRequested")),
        attachments=tuple(read_attachment(tenant, each) for each in body.get("attachments") or ()),
    )


def changed_columns(body: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that a PATCH writes; what cannot be written is passed over, as Graph does."""
    check_names(body)
    columns: dict[str, Any] = {}
    for name, value in body.items():
        writer = _WRITERS.get(name)
        if writer is not None:
            columns |= writer(value)
    return columns


def read_body(value: Json) -> tuple[str, str]:
    """Body type ("text" or "html") and words."""
    if value is None:
        return "text", ""
    if not isinstance(value, dict):
        raise bad_request("The body must be an object with contentType and content.", "RequestBodyRead")
    kind = str(value.get("contentType") or "text").lower()
    if kind not in {"text", "html"}:
        raise bad_request(f"Requested value '{kind}' was not found.", "RequestBodyRead")
    return kind, str(value.get("content") or "")


def read_headers(value: Json) -> tuple[tuple[str, str], ...]:
    """Custom headers of a new mail.

    Raises:
        GraphError: 400 InvalidInternetMessageHeader where one does not begin with x-.
    """
    headers = tuple((str(each.get("name", "")), str(each.get("value", ""))) for each in value or ())
    for name, _ in headers:
        if not name.lower().startswith("x-"):
            raise GraphError(
                400,
                "InvalidInternetMessageHeader",
                f"The internet message header name '{name}' should start with 'x-' or 'X-'.",
            )
    return headers


def read_properties(body: Mapping[str, Any]) -> dict[str, str]:
    """Extended properties by their id in one spelling.

    Raises:
        GraphError: 400 where an id is none.
    """
    values = body.get("singleValueExtendedProperties") or ()
    return {property_id(str(each.get("id", ""))): str(each.get("value") or "") for each in values}


def property_id(text: str) -> str:
    """An extended property's id as Graph gives it back: single spaces, the set in small letters."""
    match = _PROPERTY_ID.fullmatch(text.strip())
    if match is None:
        raise GraphError(
            400, "ErrorInvalidProperty", f"PropertyId values may only be in one of the forms: '{text}'."
        )
    if match["tag"]:
        return f"{match['tagged'].capitalize()} {match['tag'].lower()}"
    return f"{match['type'].capitalize()} {match['set'].lower()} {match['kind']} {match['name']}"


def read_attachment(tenant: Tenant, value: Mapping[str, Any]) -> Attachment:
    """A file or an item to attach."""
    kind = str(value.get("@odata.type", "")).rpartition(".")[2].lower()
    name = str(value.get("name") or "")
    if kind == "itemattachment":
        return _item(tenant, value, name)
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
    content = read_content(tenant, item)
    raw = write_mime(content, date=tenant.clock.now())
    return Attachment(
        name=name or content.subject or "Attached message",
        content_type="message/rfc822",
        content=raw,
        kind="item",
    )


def _importance(value: Json) -> str:
    word = str(value or "normal").lower()
    if word not in {"low", "normal", "high"}:
        raise bad_request(f"Requested value '{value}' was not found.", "RequestBodyRead")
    return word


def _people_json(value: Json) -> str:
    return json.dumps([[person.name, person.address] for person in read_people(value)])


def _one_person_json(value: Json) -> str:
    person = read_person(value)
    return json.dumps([[person.name, person.address]] if person else [])


def _body_columns(value: Json) -> dict[str, Any]:
    kind, text = read_body(value)
    return {"body_type": kind, "body": stored_html(text) if kind == "html" else text}


def _flag(value: Json) -> str:
    flag = dict(value or {})
    flag.setdefault("flagStatus", "notFlagged")
    return json.dumps(flag)


_Writer = Callable[[Any], dict[str, Any]]
_WRITERS: dict[str, _Writer] = {
    "subject": lambda value: {"subject": str(value or "")},
    "body": _body_columns,
    "from": lambda value: {"author": _one_person_json(value)},
    "sender": lambda value: {"sender": _one_person_json(value)},
    "toRecipients": lambda value: {"recipients": _people_json(value)},
    "ccRecipients": lambda value: {"copied": _people_json(value)},
    "bccRecipients": lambda value: {"blind_copied": _people_json(value)},
    "replyTo": lambda value: {"reply_to": _people_json(value)},
    "internetMessageId": lambda value: {"internet_message_id": str(value or "")},
    "internetMessageHeaders": lambda value: {"headers": json.dumps(read_headers(value))},
    "isDeliveryReceiptRequested": lambda value: {"wants_delivery_receipt": bool(value)},
    "isReadReceiptRequested": lambda value: {"wants_read_receipt": bool(value)},
    "categories": lambda value: {"categories": json.dumps([str(each) for each in value or ()])},
    "flag": lambda value: {"flag": _flag(value)},
    "importance": lambda value: {"importance": _importance(value)},
    "isRead": lambda value: {"is_read": bool(value)},
    "inferenceClassification": lambda value: {"inference": str(value or "focused")},
}
