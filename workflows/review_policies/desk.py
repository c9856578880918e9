"""What the review of policies has at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from casework.policy_ports import Directory, SharedWith, Website
from casework.policy_register.policies import Policy, policies_of
from casework.ports import DocumentReader, Journal, Library, Register
from casework.records import JournalTransaction
from casework.school import School
from casework.tags import TokenMaker
from workflows.last_seen import LastSeen

READABLE = (".docx", ".docm", ".dotx", ".doc", ".pdf", ".odt", ".txt", ".html", ".htm", ".md")


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyDesk:
    """What the review has at hand.

    Attributes:
        excluded: folders of the library that hold no policies, such as the drop folder.
        sharing, directory, website: for looking around; None where the school does not want that.
        seen: which versions of rows this process saw last.
        told: called with (done, of) while documents are read, for a progress bar.
    """

    library: Library
    register: Register
    reader: DocumentReader
    journal: Journal
    school: School
    tokens: TokenMaker
    now: datetime
    excluded: tuple[str, ...] = ()
    sharing: SharedWith | None = None
    directory: Directory | None = None
    website: Website | None = None
    seen: LastSeen = field(default_factory=LastSeen)
    told: Callable[[int, int], None] | None = None

    @property
    def today(self) -> date:
        return self.school.today(self.now)

    def policies(self, transaction: JournalTransaction) -> tuple[Policy, ...]:
        """The school's policies, each with all its copies."""
        return policies_of(transaction.policies.all(), apart_from=self.school.name_words)
