"""A side that is suddenly empty halts the school: what counts as that, what still goes on, and how a person ends it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from casework.intents import FileMessage, Intent, SendMail

ALL_OF = 2
"""So many things must have been there before the loss of all of them is sudden: one alone is asked about by itself."""
MANY = 5
"""So many, being half or more of all, nobody takes away by hand in one go."""


class Side(StrEnum):
    """What Casework works in, in office words."""

    CASES = "case list"
    MAILBOX = "reporting mailbox"
    CASE_FOLDERS = "casework library"
    SEALED = "sealed library"


class How(StrEnum):
    """What happened to it."""

    EMPTIED = "emptied"
    GONE = "gone"
    ANOTHER = "another"


class Word(StrEnum):
    """What a person said."""

    PUT_BACK = "put back"
    GO_ON = "go on"


@dataclass(frozen=True, kw_only=True, slots=True)
class Halt:
    """One side that was found so.

    Attributes:
        known, gone: of rows, mails or files, how many were looked for and how many of them are gone.
        before: where something else took its place, the id of what was there before.
        told: the office has been told.
    """

    side: Side
    how: How
    since: datetime
    known: int = 0
    gone: int = 0
    before: str = ""
    word: Word | None = None
    told: bool = False

    @property
    def sentence(self) -> str:
        """What was found, without a name."""
        if self.how is How.GONE:
            return f"The {self.side} cannot be found any more."
        if self.how is How.ANOTHER:
            return f"The {self.side} is another one than before."
        things = _THINGS[self.side]
        if self.side is Side.CASES:
            return f"The {self.side} is suddenly empty: {self.gone} of {self.known} {things} are gone."
        return (
            f"The {self.side} is suddenly empty: none of {self.known} {things} that were looked for is there."
        )

    @property
    def can_put_back(self) -> bool:
        """Only rows can be put back by Casework; mails and files come back from the recycle bin."""
        return self.side is Side.CASES and self.how is not How.GONE

    @property
    def can_go_on(self) -> bool:
        """False where there is nothing to go on with."""
        return self.how is not How.GONE

    @property
    def can_be_answered(self) -> bool:
        """False where an answer could not be kept as it came."""
        return not (self.side is Side.SEALED and self.how is not How.EMPTIED)

    @property
    def first_step(self) -> str:
        """What a person can do in Microsoft 365."""
        if self.how is How.ANOTHER:
            return f"If that was not meant, put the name of the {self.side} in the settings back and run casework setup."
        return _FIRST_STEPS[self.side]

    @property
    def if_meant(self) -> str:
        """What going on means."""
        if self.how is How.GONE:
            return "If it was deleted on purpose, run casework setup, which makes a new one."
        if self.side is Side.CASES and self.how is How.ANOTHER:
            return "If it was meant, say PUT BACK: all rows are written into the list that is there now."
        return _IF_MEANT[self.side]


_THINGS = {
    Side.CASES: "rows",
    Side.MAILBOX: "mails of Casework",
    Side.CASE_FOLDERS: "files",
    Side.SEALED: "files",
}
_RECYCLE_BIN = "Somebody can restore it from the recycle bin of the site; Casework then goes on by itself."
_FIRST_STEPS = {
    Side.CASES: _RECYCLE_BIN,
    Side.MAILBOX: "Somebody can bring the mails back with Recover Deleted Items; Casework then goes on by itself.",
    Side.CASE_FOLDERS: _RECYCLE_BIN,
    Side.SEALED: _RECYCLE_BIN,
}
_FILES_MEANT = "If it was meant, say GO ON: the daily check then tells of each file that is missing."
_IF_MEANT = {
    Side.CASES: "If it was meant, say GO ON: rows of closed cases stay away, and the rows of open cases come back.",
    Side.MAILBOX: "If it was meant, say GO ON: Casework no longer looks for those mails.",
    Side.CASE_FOLDERS: _FILES_MEANT,
    Side.SEALED: _FILES_MEANT,
}


def is_suddenly_empty(*, known: int, gone: int) -> bool:
    """True where more went at once than a person takes away by hand: all, or at least five and half of them."""
    return (gone >= ALL_OF and gone >= known) or (gone >= MANY and gone * 2 >= known)


_STILL_SENT = frozenset(
    {
        "acknowledgement",
        "answer_refused",
        "answer_taken",
        "answer_unclear",
        "case_opened",
        "side_halted",
        "to_file",
        "urgent_case",
    }
)


def goes_on(intent: Intent) -> bool:
    """True for what a new report asks for, and for what is said about the halt itself: no emptiness is behind it."""
    return isinstance(intent, FileMessage) or (isinstance(intent, SendMail) and intent.mail in _STILL_SENT)


def jobs_at_rest(halts: Iterable[Halt]) -> frozenset[str]:
    """Names of the jobs, and of the two steps after them, that wait until a person has spoken."""
    sides = {halt.side: halt for halt in halts}
    if not sides:
        return frozenset()
    resting = set(_RESTING)
    if Side.CASES in sides:
        resting.add("registers")
    if Side.SEALED in sides and sides[Side.SEALED].how is not How.EMPTIED:
        resting.add(
            "open_cases"
        )  # what comes in must be sealed first, and there is no place that may be trusted
    return frozenset(resting)


_RESTING = ("draft_letters", "collect_approvals", "chase_follow_ups", "review_policies", "report_day")
