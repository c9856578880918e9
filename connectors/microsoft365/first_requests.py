"""The requests with which a look begins, so that they can be made together: what has changed, and our drafts."""

from __future__ import annotations

from casework.errors import CursorExpiredError
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.batches import Part
from connectors.microsoft365.calls import GraphCalls
from connectors.microsoft365.drive_rounds import DriveCursor
from connectors.microsoft365.inbox import PREFERS
from connectors.microsoft365.outgoing import drafts_request


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
