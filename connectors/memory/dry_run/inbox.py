"""The reporting mailbox as a dry run leaves it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from casework.dry_run.acts import Act, Tell, WouldWrite
from casework.ports import INBOX, Inbox, InboxChanges, SeenMessage


class DryInbox:
    """Every message is read where it lies; where it would be filed is only remembered."""

    def __init__(self, real: Inbox, *, tell: Tell) -> None:
        self._real = real
        self._tell = tell
        self._filed: dict[str, str] = {}

    def changes(self, cursor: str | None) -> InboxChanges:
        changes = self._real.changes(cursor)
        return replace(changes, messages=self._left(changes.messages))

    def everything_since(self, moment: datetime) -> tuple[SeenMessage, ...]:
        return self._left(self._real.everything_since(moment))

    def raw(self, message_id: str) -> bytes:
        return self._real.raw(message_id)

    def file_under(self, message_id: str, folder: str) -> None:
        if self._filed.get(message_id) != folder:
            self._filed[message_id] = folder
            self._tell(WouldWrite(act=Act.FILED, place=folder, what=message_id))

    def folder_of(self, message_id: str) -> str:
        """Where the message would lie; empty where nobody would have moved it."""
        return self._filed.get(message_id, "")

    def _left(self, messages: Iterable[SeenMessage]) -> tuple[SeenMessage, ...]:
        return tuple(one for one in messages if self._filed.get(one.message_id, INBOX) == INBOX)
