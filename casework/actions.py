"""The actions that the policy lets the school consider, each decided by a person: who, yes or no, why, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Action(StrEnum):
    """The policy's six; legal advice and legal action are decided and logged apart."""

    WRITING = "writing"
    LEGAL_ADVICE = "legal advice"
    LEGAL_ACTION = "legal action"
    POLICE = "police"
    BLOCK = "block"
    HOST = "host"
    OTHER_LEGAL = "other legal action"

    @property
    def letter(self) -> str:
        """The policy's own letter, "a" to "f"."""
        return _LETTERS[self.value]

    @property
    def field(self) -> str:
        """Of StepColumns."""
        return self.value.replace(" ", "_")

    @property
    def column(self) -> str:
        """The beginning of its two columns' internal names."""
        return "".join(word.capitalize() for word in self.field.split("_"))


_LETTERS = {
    "writing": "a",
    "legal advice": "b",
    "legal action": "b",
    "police": "c",
    "block": "d",
    "host": "e",
    "other legal action": "f",
}


class YesNo(StrEnum):
    YES = "yes"
    NO = "no"


class SkipReason(StrEnum):
    """Why there is no conversation first; the policy says "usually", so a reason is enough, and none is not."""

    THREAT = "threat of violence"
    POLICE_ADVICE = "police advice"
    UNKNOWN = "identity unknown"
    ENDANGERS = "contact would endanger somebody"
    SAME_BEFORE = "previous identical case"
    OTHER = "other"


class HostAnswer(StrEnum):
    """What the host of a site answered to a complaint."""

    REMOVED = "removed"
    REFUSED = "refused"
    NO_ANSWER = "no answer"


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionEntry:
    """What staff wrote about one action: both parts are needed before it counts as decided."""

    answer: YesNo | None = None
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionDecision:
    """A decision as it is kept.

    Attributes:
        by: address of who decided; empty where the list does not say.
        how: "in the list" or "by reply".
    """

    action: Action
    answer: YesNo
    why: str
    on: date
    by: str = ""
    how: str = "in the list"
