"""Which conversation a mail belongs to, by what it answers."""

import hashlib
import secrets
from base64 import b64decode, b64encode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from practice_tenant.mail.values import MailContent
from practice_tenant.tenant import Tenant

_HEADER_SIZE = 22
# About 1.7 years in steps of 100 ns.
_YOUNG_BITS = 49


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
                conversation_index=child_index(row["conversation_index"], tenant.clock.now()),
            )
    root = (content.references.split() or content.in_reply_to.split() or [internet_message_id])[0]
    return ConversationPlace(
        conversation_id=_conversation_id(mailbox, root),
        conversation_index=_index(content, root, tenant.clock.now()),
    )


def child_index(parent: str, now: datetime) -> str:
    """The index of an answer: the parent's with five more bytes, how long after its first mail ([MS-OXOMSG] 2.2.1.3)."""
    try:
        before = b64decode(parent)
    except ValueError:
        before = b""
    begun = int.from_bytes(before[:6], "big") << 16
    passed = max(0, _file_time(now) - begun)
    # One bit says which of the time's bits follow: the finer ones where the conversation is young.
    is_old = passed >= 1 << _YOUNG_BITS
    time_bits = (passed >> (23 if is_old else 18)) & 0x7FFFFFFF
    level = (len(before) - _HEADER_SIZE) // 5 & 0x0F
    block = (time_bits | (0x80000000 if is_old else 0)).to_bytes(4, "big") + bytes(
        [secrets.randbelow(16) << 4 | level]
    )
    return b64encode(before + block).decode()


def _conversation_id(mailbox: str, root: str) -> str:
    digest = hashlib.sha384(f"{mailbox} {root}".encode()).digest()
    return "AAQk" + urlsafe_b64encode(digest[:46]).decode()


def _index(content: MailContent, root: str, now: datetime) -> str:
    try:
        given = b64decode(content.thread_index, validate=True)
    except ValueError:
        given = b""
    if len(given) >= _HEADER_SIZE:
        return content.thread_index
    # When the conversation began, then a GUID.
    return b64encode(
        _file_time(now).to_bytes(8, "big")[:6] + hashlib.sha256(root.encode()).digest()[:16]
    ).decode()


def _file_time(moment: datetime) -> int:
    """Steps of 100 ns since 1601, as Windows counts."""
    return int((moment - datetime(1601, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1)) * 10
