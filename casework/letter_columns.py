"""What staff enter about letters: which they want, why one may go in spite of a fault, and a restriction of access."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.letter_kinds import LetterKind

ON_REQUEST: dict[str, LetterKind] = {
    "letter about a child's own post": LetterKind.CHILD_POST,
    "letter about a complaint in the post": LetterKind.COMPLAINT_INSIDE,
    "second request to remove": LetterKind.SECOND_REQUEST,
    "notice of a block": LetterKind.BLOCK_NOTICE,
    "outcome letter": LetterKind.OUTCOME,
    "note of the conversation": LetterKind.CONVERSATION_NOTE,
    "support note": LetterKind.SUPPORT_NOTE,
    "brief for a solicitor": LetterKind.SOLICITOR_BRIEF,
    "summary for the police": LetterKind.POLICE_SUMMARY,
    "complaint to the host": LetterKind.HOST_REPORT,
    "notice to the website's operator": LetterKind.OPERATOR_NOTICE,
    "record of a block": LetterKind.BLOCK_RECORD,
}
"""The choices of the column "Letters and papers wanted", and the kind that each means."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterColumns:
    """The columns about letters.

    Attributes:
        wanted: choices of ON_REQUEST; a person asks for them, whatever the procedure says.
        override: why a letter may go although Casework found a fault in it; empty where there is no such reason.
        block_site: the school's own site or forum, one of them, to which one person's access is restricted.
        block_reasons: as the letter gives them, a line each.
    """

    wanted: tuple[str, ...] = ()
    override: str = ""
    block_site: str = ""
    block_from: date | None = None
    block_review: date | None = None
    block_reasons: str = ""

    @property
    def wanted_kinds(self) -> tuple[LetterKind, ...]:
        """The kinds asked for, in the order of LetterKind; a choice that is not ours counts as none."""
        asked = {ON_REQUEST[choice] for choice in self.wanted if choice in ON_REQUEST}
        return tuple(kind for kind in LetterKind if kind in asked)
