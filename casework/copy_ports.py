"""The ports of what Casework makes of evidence: copies that show less, and papers that show what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from casework.cases import CaseReference
from casework.governors.paper import GovernorsPaper
from casework.timeline import TimelineEntry


@dataclass(frozen=True, kw_only=True, slots=True)
class Redaction:
    """A copy with names withheld, and in how many places."""

    content: bytes
    places: int


class CopyWriter(Protocol):
    """Makes copies that show less than the original. Pictures and printed pages cannot be redacted by a machine."""

    def without_metadata(self, content: bytes) -> bytes:
        """The file without author, place, device and times; as it is where it holds none or cannot be read."""

    def redacted(
        self, content: bytes, *, name: str, withhold: Callable[[str], tuple[str, int]]
    ) -> Redaction | None:
        """The file with its text changed by `withhold`; None for a kind that only a person can redact."""


class PaperWriter(Protocol):
    """Writes papers of the school's own, which no template is needed for."""

    def timeline(
        self,
        case: CaseReference,
        entries: Iterable[TimelineEntry],
        *,
        school_name: str,
        since: str = "",
    ) -> bytes:
        """The two lanes of a case as .docx, late entries marked.

        `since` says where nothing of before is known: "since 11 November 2026, 08.00".
        """

    def governors_paper(self, paper: GovernorsPaper) -> bytes:
        """The governors' paper as .docx, with real headings, headed tables, and charts that say themselves in words."""
