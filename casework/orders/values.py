"""An order as understood: what it is about, and which columns of the row it fills."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from casework.actions import Action, YesNo
from casework.cases import CaseReference
from casework.values import FieldValue


class OrderKind(StrEnum):
    """What a line of staff's tells."""

    TALK = "the talk"
    CONTINUES = "that the posting goes on"
    SERVED = "that the letter was posted or handed over"
    SKIP = "why there is no conversation first"
    SUPPORT = "support for whom it hits"
    SAFEGUARDING = "the safeguarding question"
    LADO = "that the local authority's officer was told"
    DECISION = "a decision on one of the policy's actions"
    HOST = "what was asked of the host"
    POLICE = "that the police were told"
    COMPLAINT = "the complaint inside the post"
    WAIT = "that the case waits for others"
    CLOSE = "the outcome, which closes the case"
    PROCEDURE = "going on by the newest procedure"
    UNCLEAR = "something that Casework could not tell"


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """One line as understood.

    Attributes:
        columns: internal names of staff's columns, with what is to stand there.
        missing: what is not clear, as a question back; set with UNCLEAR alone.
        case: where the line itself names one.
    """

    kind: OrderKind
    columns: Mapping[str, FieldValue] = field(default_factory=dict)
    action: Action | None = None
    answer: YesNo | None = None
    why: str = ""
    missing: str = ""
    case: CaseReference | None = None
