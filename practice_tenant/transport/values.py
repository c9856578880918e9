"""Mail under way, and why it did not arrive."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Consignment:
    """Bytes under way.

    Attributes:
        sender: the envelope sender, "" for a bounce.
        recipients: the envelope's recipients.
        properties: extended properties that travel along inside the organisation.
        has_headers: whether the transport's headers are on it, as on a mail that a rule redirects: whoever
            wrote it stays as internal, or as anonymous, as before.
    """

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    properties: Mapping[str, str] = field(default_factory=dict)
    has_headers: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """One recipient who was not reached, for good or not yet.

    Attributes:
        status: the enhanced code, such as 5.1.1.
        said: the refusing server's whole line, "550 5.1.1 ...".
        server: which server said it.
        retry_until: until when it is tried again; None where it was given up.
    """

    recipient: str
    status: str
    said: str
    server: str
    retry_until: datetime | None = None

    @property
    def is_delay(self) -> bool:
        return self.retry_until is not None
