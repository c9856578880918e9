"""How large a document may be, and how long reading it may take, before it is put aside and the others go on."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from casework.errors import UnreadableDocumentError
from casework.policy_documents import LARGEST_DOCUMENT

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingLimits:
    """Limits on one document.

    Attributes:
        memory_bytes: The address space of a process that reads documents apart.
        part_bytes: The largest part of an archive that is unpacked; pictures are never unpacked.
        seconds: The longest time for one document.
    """

    file_bytes: int = LARGEST_DOCUMENT
    part_bytes: int = 40 * _MEGABYTE
    members: int = 10_000
    pages: int = 500
    blocks: int = 200_000
    seconds: float = 60.0
    memory_bytes: int = 2048 * _MEGABYTE


class TooLargeError(UnreadableDocumentError):
    """A document is larger, or unpacks to more, than the limits allow."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Watch:
    """Watches over the reading of one document."""

    name: str
    limits: ReadingLimits
    ends_at: float
    clock: Callable[[], float] = time.monotonic

    @classmethod
    def begin(cls, name: str, limits: ReadingLimits) -> "Watch":
        return cls(name=name, limits=limits, ends_at=time.monotonic() + limits.seconds)

    def check(self) -> None:
        """Stops the reading when its time is up.

        Raises:
            UnreadableDocumentError: The time is up.
        """
        if self.clock() > self.ends_at:
            raise UnreadableDocumentError(
                self.name,
                f"reading it took more than {self.limits.seconds:.0f} seconds; save it anew, or as a smaller file",
            )

    def refuse(self, reason: str) -> UnreadableDocumentError:
        return UnreadableDocumentError(self.name, reason)

    def refuse_size(self, reason: str) -> TooLargeError:
        return TooLargeError(self.name, reason)
