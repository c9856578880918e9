"""A port: what mail systems answered to letters of ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class SystemMail:
    """A mail that a mail system wrote by itself, in the conversation of one of ours."""

    message_id: str
    internet_message_id: str
    received_at: datetime


class Conversations(Protocol):
    """What mail systems answered to our letters, in an approver's own mailbox; no person's mail is read."""

    def from_systems(self, conversation_id: str) -> tuple[SystemMail, ...]:
        """Mails of that conversation whose sender is a mail system (postmaster, mailer-daemon), oldest first."""

    def raw(self, message_id: str) -> bytes:
        """One of them as received.

        Raises:
            NotThereError: it is gone.
        """
