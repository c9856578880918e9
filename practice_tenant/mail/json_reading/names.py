"""The properties of a message: which ones there are, and which only a draft may change."""

from collections.abc import Mapping
from typing import Any

from practice_tenant.errors import GraphError, not_implemented

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


def refuse_unkept(body: Mapping[str, Any]) -> None:
    """What Exchange would keep and the practice tenant does not: said aloud, rather than lost."""
    for name in ("multiValueExtendedProperties", "extensions"):
        if body.get(name):
            raise not_implemented(f"{name} of a message")
