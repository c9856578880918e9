"""Where a message belongs: to a new case, to an open one, to a decision, or to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casework.cases import CaseReference
from casework.intake import MessageKind, Report


class Place(StrEnum):
    NEW_CASE = "report"
    FOLLOW_UP = "follow-up"
    DECISION = "decision"
    FROM_THE_SUBJECT = "from the subject"
    AUTOMATIC = "auto_reply"
    BOUNCE = "bounce"
    OWN = "own"
    DUPLICATE = "duplicate"
    POLICY_ANSWER = "policy answer"


@dataclass(frozen=True, kw_only=True, slots=True)
class Clues:
    """What the journal knows about a message.

    Attributes:
        same_as: the case of the same mail seen before; `is_same` tells that there was one, even without a case.
        tagged: the case whose tag with a right token stands in the subject or text, and that token's role.
        referenced: the case of a message that this one answers, by References.
        subject_of: an open case whose subject has the sender's address.
        about_policies: it answers a reminder of a policy, by a policy's tag or by References.
    """

    is_same: bool = False
    same_as: CaseReference | None = None
    tagged: CaseReference | None = None
    tag_role: str = ""
    letter: str = ""
    referenced: CaseReference | None = None
    subject_of: CaseReference | None = None
    about_policies: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Placement:
    """Where it goes, and why, in words that stand on the case."""

    place: Place
    why: str
    case: CaseReference | None = None
    letter: str = ""


_ROBOTS = {
    MessageKind.AUTO_REPLY: Place.AUTOMATIC,
    MessageKind.BOUNCE: Place.BOUNCE,
    MessageKind.OWN: Place.OWN,
}


def place_message(report: Report, clues: Clues) -> Placement:
    """Decide in the order: seen before, automatic, token, References, sender; only then is it a new case."""
    if clues.is_same:
        return Placement(place=Place.DUPLICATE, why="the same mail was taken in before", case=clues.same_as)
    if report.kind in _ROBOTS:
        case = clues.tagged or clues.referenced
        return Placement(place=_ROBOTS[report.kind], why="not written by a person", case=case)
    if clues.tagged:
        return _by_token(clues)
    if clues.subject_of:
        why = "sent from the address of the case's subject"
        return Placement(place=Place.FROM_THE_SUBJECT, why=why, case=clues.subject_of)
    if clues.about_policies:
        return Placement(place=Place.POLICY_ANSWER, why="answers a reminder of a policy")
    if clues.referenced:
        return Placement(place=Place.FOLLOW_UP, why="joined by References", case=clues.referenced)
    return Placement(place=Place.NEW_CASE, why="nothing ties it to a case")


def _by_token(clues: Clues) -> Placement:
    places = {"approver": Place.DECISION, "subject": Place.FROM_THE_SUBJECT}
    place = places.get(clues.tag_role, Place.FOLLOW_UP)
    why = f"joined by the {clues.tag_role}'s token"
    return Placement(place=place, why=why, case=clues.tagged, letter=clues.letter)
