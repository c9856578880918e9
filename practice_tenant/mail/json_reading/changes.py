"""A PATCH of a message: each property that it names becomes a column of the store."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from practice_tenant.errors import bad_request
from practice_tenant.json_values import Json
from practice_tenant.mail.json_reading.names import check_names, refuse_unkept
from practice_tenant.mail.json_reading.words import (
    read_body,
    read_headers,
    read_importance,
    read_text,
    read_truth,
    read_word,
)
from practice_tenant.mail.text import stored_html
from practice_tenant.mail.values import read_people, read_person

_FLAG_PARTS = frozenset({"flagStatus", "startDateTime", "dueDateTime", "completedDateTime"})


def changed_columns(body: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that a PATCH writes; what cannot be written is passed over, as Graph does."""
    check_names(body)
    refuse_unkept(body)
    columns: dict[str, Any] = {}
    for name, value in body.items():
        writer = _WRITERS.get(name)
        if writer is not None:
            columns |= writer(value)
    return columns


def _categories(value: Json) -> str:
    if value is not None and not isinstance(value, list):
        raise bad_request("categories must be a list of names.", "RequestBodyRead")
    return json.dumps(list(dict.fromkeys(read_text(each) for each in value or ())))


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
    flag["flagStatus"] = read_word(flag.get("flagStatus"), ("notFlagged", "flagged", "complete"))
    if flag.get("dueDateTime") and not flag.get("startDateTime"):
        raise bad_request("A flag with a dueDateTime needs a startDateTime.", "ErrorInvalidRequest")
    return json.dumps(flag)


_Writer = Callable[[Any], dict[str, Any]]
_WRITERS: dict[str, _Writer] = {
    "subject": lambda value: {"subject": read_text(value)},
    "body": _body_columns,
    "from": lambda value: {"author": _one_person_json(value)},
    "sender": lambda value: {"sender": _one_person_json(value)},
    "toRecipients": lambda value: {"recipients": _people_json(value)},
    "ccRecipients": lambda value: {"copied": _people_json(value)},
    "bccRecipients": lambda value: {"blind_copied": _people_json(value)},
    "replyTo": lambda value: {"reply_to": _people_json(value)},
    "internetMessageId": lambda value: {"internet_message_id": str(value or "")},
    "internetMessageHeaders": lambda value: {"headers": json.dumps(read_headers(value))},
    "isDeliveryReceiptRequested": lambda value: {"wants_delivery_receipt": read_truth(value)},
    "isReadReceiptRequested": lambda value: {"wants_read_receipt": read_truth(value)},
    "categories": lambda value: {"categories": _categories(value)},
    "flag": lambda value: {"flag": _flag(value)},
    "importance": lambda value: {"importance": read_importance(value)},
    "isRead": lambda value: {"is_read": read_truth(value)},
    "inferenceClassification": lambda value: {"inference": read_word(value, ("focused", "other"))},
}
