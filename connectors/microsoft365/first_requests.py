"""The requests that a look makes at first, so that they can be made together: each as its connector would make it."""

from __future__ import annotations

from casework.errors import CursorExpiredError
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.automatic_replies import setting_request
from connectors.microsoft365.batches import Part
from connectors.microsoft365.calls import GraphCalls
from connectors.microsoft365.conversations import conversation_request
from connectors.microsoft365.drive_rounds import DriveCursor
from connectors.microsoft365.files import path_of
from connectors.microsoft365.inbox import PREFERS
from connectors.microsoft365.mail_fields import KEY_PROPERTY
from connectors.microsoft365.outgoing import drafts_request, marked_request


def of_inbox(cursor: str) -> Part:
    """What `GraphInbox.changes` asks from this cursor on."""
    return Part(cursor, PREFERS)


def of_list(cursor: str) -> Part:
    """What `GraphRegister.changes` asks from this cursor on."""
    return Part(cursor)


def of_library(cursor: str) -> Part | None:
    """What `GraphLibrary.changes` asks from this cursor on; None where the cursor cannot be read."""
    try:
        return Part(DriveCursor.from_text(cursor).link)
    except CursorExpiredError:
        return None


def of_drafts(account: SchoolAccount, address: str) -> Part:
    """What `GraphOutgoing.ours` asks of this mailbox for our drafts."""
    path, params = drafts_request(address)
    return GraphCalls(account).part(path, params)


def of_mail(account: SchoolAccount, address: str, key: str) -> Part:
    """What `GraphOutgoing.find` asks of this mailbox for the mail of that key."""
    path, params = marked_request(address, KEY_PROPERTY, key)
    return GraphCalls(account).part(path, params)


def of_conversation(account: SchoolAccount, address: str, conversation_id: str) -> Part:
    """What `GraphConversations.from_systems` asks."""
    path, params = conversation_request(address, conversation_id)
    return GraphCalls(account).part(path, params)


def of_automatic_replies(account: SchoolAccount, address: str) -> Part:
    """What `GraphAutomaticReplies.away` asks."""
    return GraphCalls(account).part(setting_request(address))


def of_file(account: SchoolAccount, drive_id: str, path: str) -> Part:
    """What `GraphLibrary.find` asks of a whole drive for the file at this path."""
    return GraphCalls(account).part(path_of(drive_id, path))
