"""How our mails are marked in a mailbox, and Graph's JSON of a mail as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from casework.ports import FoundMail
from connectors.microsoft365.calls import literal

# One GUID of our own: named properties of a public property set are shared with other programs.
_PROPERTY_SET = "{5d8f3c1e-7a42-4b0d-9e6b-2f61c8a9d043}"
KEY_PROPERTY = f"String {_PROPERTY_SET} Name CaseworkKey"
COMMON_PROPERTY = f"String {_PROPERTY_SET} Name Casework"
COMMON_VALUE = "casework"
CALL_PROPERTY = f"String {_PROPERTY_SET} Name CaseworkCall"
"""Which request made it: of two that ask for the same, the service carries out one."""
KEY_HEADER = "X-Casework-Key"
ROBOT_HEADER = ("X-Auto-Response-Suppress", "All")
_UNFINISHED = " (unfinished)"

FOUND_SELECT = "id,isDraft,internetMessageId,conversationId,sentDateTime,parentFolderId"
FOUND_EXPAND = f"singleValueExtendedProperties($filter=id eq '{KEY_PROPERTY}')"


def unfinished(key: str) -> str:
    """Return the mark of a draft that does not have all its attachments yet."""
    return key + _UNFINISHED


def is_finished(mail: FoundMail) -> bool:
    return not mail.key.endswith(_UNFINISHED)


def marks(key: str) -> list[dict[str, str]]:
    """Return the extended properties that every mail of ours carries."""
    return [{"id": COMMON_PROPERTY, "value": COMMON_VALUE}, {"id": KEY_PROPERTY, "value": key}]


def carrying(name: str, value: str) -> str:
    """Return the $filter that finds what carries this extended property."""
    mark = f"ep/id eq {literal(name)} and ep/value eq {literal(value)}"
    return f"singleValueExtendedProperties/any(ep:{mark})"


def moment(text: str | None) -> datetime | None:
    """Return Graph's moment in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


def found_mail(message: Mapping[str, Any], *, deleted_items: str | None) -> FoundMail:
    """Return Graph's message as one of ours.

    Args:
        message: with the fields of FOUND_SELECT and FOUND_EXPAND.
        deleted_items: id of the folder, if it is known.
    """
    is_draft = bool(message.get("isDraft"))
    return FoundMail(
        message_id=str(message["id"]),
        key=key_of(message),
        is_draft=is_draft,
        internet_message_id=str(message.get("internetMessageId") or ""),
        conversation_id=str(message.get("conversationId") or ""),
        sent_at=None if is_draft else moment(message.get("sentDateTime")),
        discarded=deleted_items is not None and message.get("parentFolderId") == deleted_items,
        changed_at=moment(message.get("lastModifiedDateTime")),
    )


def recipients(message: Mapping[str, Any]) -> tuple[str, ...]:
    """Return To, Cc and Bcc in lower case, sorted, each once."""
    people = [
        person
        for field in ("toRecipients", "ccRecipients", "bccRecipients")
        for person in message.get(field) or []
    ]
    addresses = {str(person.get("emailAddress", {}).get("address") or "").lower() for person in people}
    return tuple(sorted(addresses - {""}))


def key_of(entity: Mapping[str, Any]) -> str:
    """The key of ours that a mail or an entry in a calendar carries; empty if it carries none."""
    # property ids come back in any spelling of the set's GUID
    for mark in entity.get("singleValueExtendedProperties") or []:
        if str(mark.get("id", "")).lower() == KEY_PROPERTY.lower():
            return str(mark.get("value") or "")
    return ""
