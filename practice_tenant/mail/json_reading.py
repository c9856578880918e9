"""A mail out of a request's JSON: what may be said when, and in which form."""

import json
import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any

from practice_tenant.errors import GraphError, bad_request, not_implemented
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
_FLAG_PARTS = frozenset({"flagStatus", "startDateTime", "dueDateTime", "completedDateTime"})
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
    _refuse_unkept(body)
    kind, text = read_body(body.get("body"))
    return MailContent(
        subject=_text(body.get("subject")),
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
        wants_delivery_receipt=_truth(body.get("isDeliveryReceiptRequested")),
        wants_read_receipt=_truth(body.get("isReadReceiptRequested")),
        attachments=tuple(read_attachment(tenant, each) for each in body.get("attachments") or ()),
    )


def changed_columns(body: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that a PATCH writes; what cannot be written is passed over, as Graph does."""
    check_names(body)
    _refuse_unkept(body)
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


def _refuse_unkept(body: Mapping[str, Any]) -> None:
    """What Exchange would keep and the practice tenant does not: said aloud, rather than lost."""
    for name in ("multiValueExtendedProperties", "extensions"):
        if body.get(name):
            raise not_implemented(f"{name} of a message")


def _word(value: Json, words: tuple[str, ...]) -> str:
    """One of the words of an enumeration, whose first is the default.

    Raises:
        GraphError: 400 RequestBodyRead.
    """
    for word in words:
        if str(value if value is not None else words[0]).lower() == word.lower():
            return word
    raise bad_request(f"Requested value '{value}' was not found.", "RequestBodyRead")


def _importance(value: Json) -> str:
    return _word(value, ("normal", "low", "high"))


def _truth(value: Json) -> bool:
    if value is None or isinstance(value, bool):
        return bool(value)
    raise bad_request(
        f"Cannot convert the literal '{value}' to the expected type 'Edm.Boolean'.", "RequestBodyRead"
    )


def _text(value: Json) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    raise bad_request(
        f"Cannot convert the literal '{value}' to the expected type 'Edm.String'.", "RequestBodyRead"
    )


def _categories(value: Json) -> str:
    if value is not None and not isinstance(value, list):
        raise bad_request("categories must be a list of names.", "RequestBodyRead")
    return json.dumps(list(dict.fromkeys(_text(each) for each in value or ())))


def _people_json(value: Json) -> str:
    return json.dumps([[person.name, person.address] for person in read_people(value)])


def _one_person_json(value: Json) -> str:
    person = read_person(value)
    return json.dumps([[person.name, person.address]] if person else [])


def _body_columns(value: Json) -> dict[str, Any]:
    kind, text = read_body(value)
    return {"body_type": kind, "body": stored_html(text) if kind == "html" else text}


def _flag(value: Json) -> str:
    if value is not None and not isinstance(value, dict):
        raise bad_request("A flag must be an object with flagStatus.", "RequestBodyRead")
    flag = dict(value or {})
    unknown = sorted(set(flag) - _FLAG_PARTS)
    if unknown and "@" not in unknown[0]:
        raise bad_request(
            f"The property '{unknown[0]}' does not exist on type 'microsoft.graph.followupFlag'.",
            "RequestBodyRead",
        )
    flag["flagStatus"] = _word(flag.get("flagStatus"), ("notFlagged", "flagged", "complete"))
    if flag.get("dueDateTime") and not flag.get("startDateTime"):
        raise bad_request("A flag with a dueDateTime needs a startDateTime.", "ErrorInvalidRequest")
    return json.dumps(flag)


_Writer = Callable[[Any], dict[str, Any]]
_WRITERS: dict[str, _Writer] = {
    "subject": lambda value: {"subject": _text(value)},
    "body": _body_columns,
    "from": lambda value: {"author": _one_person_json(value)},
    "sender": lambda value: {"sender": _one_person_json(value)},
    "toRecipients": lambda value: {"recipients": _people_json(value)},
    "ccRecipients": lambda value: {"copied": _people_json(value)},
    "bccRecipients": lambda value: {"blind_copied": _people_json(value)},
    "replyTo": lambda value: {"reply_to": _people_json(value)},
    "internetMessageId": lambda value: {"internet_message_id": str(value or "")},
    "internetMessageHeaders": lambda value: {"headers": json.dumps(read_headers(value))},
    "isDeliveryReceiptRequested": lambda value: {"wants_delivery_receipt": _truth(value)},
    "isReadReceiptRequested": lambda value: {"wants_read_receipt": _truth(value)},
    "categories": lambda value: {"categories": _categories(value)},
    "flag": lambda value: {"flag": _flag(value)},
    "importance": lambda value: {"importance": _importance(value)},
    "isRead": lambda value: {"is_read": _truth(value)},
    "inferenceClassification": lambda value: {"inference": _word(value, ("focused", "other"))},
}
