"""A reporting mailbox in memory."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime

from casework.errors import NotThereError
from casework.ports import Clock, InboxChanges, SeenMessage
from connectors.memory.change_log import ChangeLog

INBOX = "Inbox"


@dataclass(slots=True)
class _Kept:
    seen: SeenMessage
    raw: bytes
    folder: str = INBOX


class MemoryInbox:
    """Holds messages as bytes. `receive` and `remove` are what the world does to it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._messages: dict[str, _Kept] = {}
        self._log = ChangeLog()

    def receive(self, raw: bytes) -> str:
        """Take in a message as it came; return its id."""
        head = email.message_from_bytes(raw, policy=email.policy.compat32)
        number = f"message-{len(self._messages) + 1}"
        seen = SeenMessage(
            message_id=number,
            internet_message_id=str(head.get("Message-ID") or f"<{number}@memory.example>").strip(),
            received_at=self._clock.now(),
        )
        self._messages[number] = _Kept(seen=seen, raw=raw)
        self._log.note(number)
        return number

    def remove(self, message_id: str) -> None:
        """Somebody deletes the message for good."""
        del self._messages[message_id]

    def folder_of(self, message_id: str) -> str:
        """Where the message lies: "Inbox" or the folder that it was filed under."""
        return self._kept(message_id).folder

    def expire_cursors(self) -> None:
        self._log.expire_cursors()

    def changes(self, cursor: str | None) -> InboxChanges:
        kept = (self._messages.get(number) for number in self._log.since(cursor))
        return InboxChanges(
            messages=tuple(one.seen for one in kept if one and one.folder == INBOX), cursor=self._log.cursor()
        )

    def everything_since(self, moment: datetime) -> tuple[SeenMessage, ...]:
        return tuple(
            kept.seen
            for kept in self._messages.values()
            if kept.folder == INBOX and kept.seen.received_at >= moment
        )

    def raw(self, message_id: str) -> bytes:
        return self._kept(message_id).raw

    def file_under(self, message_id: str, folder: str) -> None:
        self._kept(message_id).folder = folder

    def _kept(self, message_id: str) -> _Kept:
        if message_id not in self._messages:
            raise NotThereError("There is no such message (any more).")
        return self._messages[message_id]
