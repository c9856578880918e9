"""Which conversation a mail belongs to, by what it answers."""

import hashlib
from base64 import b64decode, b64encode, urlsafe_b64encode
from dataclasses import dataclass

from practice_tenant.mail.values import MailContent
from practice_tenant.tenant import Tenant

_HEADER_SIZE = 22


@dataclass(frozen=True, kw_only=True, slots=True)
class ConversationPlace:
    conversation_id: str
    conversation_index: str


def place_in_conversation(
    tenant: Tenant, mailbox: str, content: MailContent, internet_message_id: str
) -> ConversationPlace:
    """Join the conversation of the mail that is answered, or begin one.

    A mail that this mailbox has never seen still names its thread's first mail in References, so two answers to
    it come together.
    """
    parents = [*reversed(content.references.split()), *content.in_reply_to.split()]
    for parent in parents:
        row = tenant.database.one(
            "SELECT conversation_id, conversation_index FROM message "
            "WHERE mailbox = ? AND internet_message_id = ? ORDER BY key LIMIT 1",
            (mailbox, parent),
        )
        if row is not None:
            return ConversationPlace(
                conversation_id=row["conversation_id"],
                conversation_index=child_index(row["conversation_index"]),
            )
    root = (content.references.split() or content.in_reply_to.split() or [internet_message_id])[0]
    return ConversationPlace(
        conversation_id=_conversation_id(mailbox, root), conversation_index=_index(content, root)
    )


def child_index(parent: str) -> str:
    """The index of an answer: the parent's with five more bytes."""
    try:
        before = b64decode(parent)
    except ValueError:
        before = b""
    return b64encode(before + hashlib.sha256(before).digest()[:5]).decode()


def _conversation_id(mailbox: str, root: str) -> str:
    digest = hashlib.sha384(f"{mailbox} {root}".encode()).digest()
    return "AAQk" + urlsafe_b64encode(digest[:46]).decode()


def _index(content: MailContent, root: str) -> str:
    try:
        given = b64decode(content.thread_index, validate=True)
    except ValueError:
        given = b""
    if len(given) >= _HEADER_SIZE:
        return content.thread_index
    return b64encode(b"\x01" + hashlib.sha256(root.encode()).digest()[: _HEADER_SIZE - 1]).decode()
