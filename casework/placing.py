"""Where a message belongs: to a new case, to an open one, to a decision, to the holding tray, or to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casework.cases import CaseReference
from casework.guesses import Guess
from casework.intake import MessageKind, Report
from casework.policy_requests import asks_for_policy


class Place(StrEnum):
    NEW_CASE = "report"
    FOLLOW_UP = "follow-up"
    DECISION = "decision"
    FROM_THE_SUBJECT = "from the subject"
    TRAY = "tray"
    QUESTION_ANSWER = "question answer"
    STAFF_ORDER = "told by staff"
    AUTOMATIC = "auto_reply"
    BOUNCE = "bounce"
    OWN = "own"
    DUPLICATE = "duplicate"
    POLICY_ANSWER = "policy answer"
    POLICY_REQUEST = "policy request"


class TagIn(StrEnum):
    """Where a tag with a right token was read."""

    SUBJECT = "subject"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True, slots=True)
class Clues:
    """What the journal knows about a message.

    Attributes:
        same_as: the case of the same mail seen before; `is_same` tells that there was one, even without a case.
        question: the token of the question of ours that the message answers.
        tagged: the case whose tag with a right token stands in the subject or text, and that token's role.
        also_tagged: further cases whose right tokens stand in the subject.
        referenced: the case of a message that this one answers, by References, and the role that was written to.
        also_referenced: further cases, where the messages answered belong to several.
        subject_of: an open case whose subject has the sender's address; subject_named: one whose subject has the name.
        subject_of_closed: a closed case whose subject has the sender's address.
        over: the case that it is tied to was closed so long ago that a follow-up opens a new case.
        numbered: the subject names a case by its number, without a token.
        guesses: cases that an answer may belong to, the likeliest first.
        told_by_staff: the case of which a person of it tells something in one line, proven to be that person.
        paper: the version of a governors' paper whose request it answers, by the token of who was asked.
        about_policies: it answers a reminder of a policy, by a policy's tag or by References.
    """

    is_same: bool = False
    same_as: CaseReference | None = None
    question: str = ""
    tagged: CaseReference | None = None
    tag_role: str = ""
    tag_in: TagIn = TagIn.SUBJECT
    letter: str = ""
    paper: str = ""
    also_tagged: tuple[CaseReference, ...] = ()
    referenced: CaseReference | None = None
    reference_role: str = ""
    also_referenced: tuple[CaseReference, ...] = ()
    subject_of: CaseReference | None = None
    about_policies: bool = False
    told_by_staff: CaseReference | None = None
    subject_named: CaseReference | None = None
    subject_of_closed: CaseReference | None = None
    over: bool = False
    numbered: bool = False
    guesses: tuple[Guess, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Placement:
    """Where it goes, and why, in words that stand on the case.

    Attributes:
        earlier: the closed case that a new one follows on from.
        question: the token of the question of ours that it answers.
    """

    place: Place
    why: str
    case: CaseReference | None = None
    letter: str = ""
    earlier: CaseReference | None = None
    question: str = ""


_ROBOTS = {
    MessageKind.AUTO_REPLY: Place.AUTOMATIC,
    MessageKind.BOUNCE: Place.BOUNCE,
    MessageKind.OWN: Place.OWN,
}
SURE_ENOUGH = 50
"""Points from which a guess keeps a message from opening a case of its own: a person says which."""


def place_message(report: Report, clues: Clues) -> Placement:
    """Decide in the order: seen before, automatic, our own questions, token, sender, References, number, guesses.

    Only then is it a new case. A threat never waits in the tray.
    """
    if clues.is_same:
        return Placement(place=Place.DUPLICATE, why="the same mail was taken in before", case=clues.same_as)
    if report.kind in _ROBOTS:
        case = clues.tagged or clues.referenced
        return Placement(place=_ROBOTS[report.kind], why="not written by a person", case=case)
    if clues.question:
        why = "it carries the token of a question of ours"
        return Placement(place=Place.QUESTION_ANSWER, why=why, question=clues.question)
    if clues.paper:
        why = "it carries the token of a request about the governors' paper"
        return Placement(place=Place.DECISION, why=why, letter=clues.paper)
    if clues.told_by_staff and clues.tag_role != "approver":
        why = "a person of the case tells something of it in a line"
        return Placement(place=Place.STAFF_ORDER, why=why, case=clues.told_by_staff)
    return _by_token(clues) if clues.tagged else _without_tag(report, clues)


def _without_tag(report: Report, clues: Clues) -> Placement:
    if clues.subject_of:
        return _from_subject(clues.subject_of, "sent from the address of the case's subject")
    if clues.about_policies:
        return Placement(place=Place.POLICY_ANSWER, why="answers a reminder of a policy")
    if clues.referenced:
        return _by_references(clues)
    if clues.subject_named:
        return _from_subject(clues.subject_named, "sent under the name of the case's subject")
    if not clues.numbered and asks_for_policy(report):
        return Placement(place=Place.POLICY_REQUEST, why="asks for a copy of a policy, and for nothing else")
    return _untied(report, clues)


def _by_token(clues: Clues) -> Placement:
    if clues.tag_role == "approver":
        why = _joined_by_tag(clues)
        return Placement(place=Place.DECISION, why=why, case=clues.tagged, letter=clues.letter)
    if clues.tag_role == "subject" or clues.subject_of == clues.tagged:
        return _from_subject(clues.tagged, _joined_by_tag(clues))
    if clues.also_tagged:
        return Placement(place=Place.TRAY, why="its subject line names several cases")
    if clues.over:
        return _after_closing(clues.tagged)
    return Placement(place=Place.FOLLOW_UP, why=_joined_by_tag(clues), case=clues.tagged)


def _joined_by_tag(clues: Clues) -> str:
    return f"joined by the tag in the {clues.tag_in.value}, with the {clues.tag_role}'s token"


def _by_references(clues: Clues) -> Placement:
    if clues.also_referenced:
        return Placement(place=Place.TRAY, why="it answers messages of several cases")
    if clues.reference_role == "subject":
        return _from_subject(clues.referenced, "joined by References to our letter")
    if clues.over:
        return _after_closing(clues.referenced)
    return Placement(place=Place.FOLLOW_UP, why="joined by References", case=clues.referenced)


def _from_subject(case: CaseReference | None, why: str) -> Placement:
    return Placement(place=Place.FROM_THE_SUBJECT, why=why, case=case)


def _after_closing(earlier: CaseReference | None) -> Placement:
    return Placement(
        place=Place.NEW_CASE, why="the case that it answers was closed long ago", earlier=earlier
    )


def _untied(report: Report, clues: Clues) -> Placement:
    """Nothing proves where it belongs: a person says so where something speaks for a case, else it is a new one."""
    if report.suggested.threat:
        return Placement(place=Place.NEW_CASE, why="nothing ties it to a case, and it may threaten violence")
    if clues.numbered:
        return Placement(place=Place.TRAY, why="its subject line names a case, but without the case's token")
    if clues.subject_of_closed:
        return Placement(place=Place.TRAY, why="the sender is the subject of a case that is closed")
    if clues.guesses and clues.guesses[0].points >= SURE_ENOUGH and report.kind is MessageKind.REPLY:
        return Placement(place=Place.TRAY, why="it answers something, but nothing proves which case")
    if not report.sender.address and not _says_something(report):
        return Placement(place=Place.TRAY, why="its sender cannot be read, and it says nothing by itself")
    return Placement(place=Place.NEW_CASE, why="nothing ties it to a case")


def _says_something(report: Report) -> bool:
    return bool(report.attachments or report.links or report.platforms or report.forwarded)
