"""A case: its number, its stage, what staff say of it and what Casework knows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from casework.actions import Action, ActionDecision
from casework.addresses import addresses_in
from casework.assessment import Assessment
from casework.letter_columns import LetterColumns
from casework.step_columns import StepColumns
from casework.still_up import PostState
from casework.waiting import Wait

CaseReference = NewType("CaseReference", str)

_REFERENCE = re.compile(r"^[A-Z]{2,6}-\d{4}-\d{4,}$")


def case_reference(text: str) -> CaseReference:
    """Return text as a case reference such as TIS-2026-0007.

    Raises:
        ValueError: it is not of that form.
    """
    cleaned = text.strip().upper()
    if not _REFERENCE.match(cleaned):
        raise ValueError(f"{text!r} is not a case reference; write it like TIS-2026-0007.")
    return CaseReference(cleaned)


def numbered_reference(school: str, year: int, number: int) -> CaseReference:
    return case_reference(f"{school}-{year}-{number:04d}")


class Stage(StrEnum):
    """Where a case stands, in the office's words; the choices of the Stage column."""

    NEW = "new"
    SAFEGUARDING = "safeguarding"
    CONVERSATION = "conversation"
    AWAITING_APPROVAL = "awaiting approval"
    WATCHING = "watching"
    AWAITING_REMOVAL = "awaiting removal"
    FURTHER_STEPS = "further steps"
    CLOSED = "closed"


class Relation(StrEnum):
    PARENT = "parent"
    CARER = "carer"
    RELATIVE = "relative"
    ASSOCIATED = "associated"
    UNKNOWN = "unknown"


class Target(StrEnum):
    SCHOOL = "school"
    STAFF = "staff"
    PUPIL = "pupil"
    HEADTEACHER = "headteacher"


class TalkOutcome(StrEnum):
    REMOVED = "removed"
    REFUSED = "refused"
    NO_REPLY = "no reply"


class Decision(StrEnum):
    APPROVE = "approve"
    CHANGE = "change"
    REJECT = "reject"


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffColumns:
    """What staff set in the Cases list; Casework never overwrites it (Decision excepted, once recorded)."""

    parent: str = ""
    parent_email: str = ""
    parent_address: str = ""
    relation: Relation | None = None
    child: str = ""
    target: Target | None = None
    categories: tuple[str, ...] = ()
    characteristics: tuple[str, ...] = ()
    talked_on: date | None = None
    talk_outcome: TalkOutcome | None = None
    continues: bool = False
    decision: Decision | None = None
    decision_note: str = ""
    handler: str = ""
    outcome: str = ""
    served_on: date | None = None
    still_up: PostState | None = None
    still_up_on: date | None = None
    evidence_lock: str = ""
    withhold: str = ""
    notes: str = ""
    linked_cases: str = ""
    reporter_protected: bool = False
    assessment: Assessment = field(default_factory=Assessment)
    papers: LetterColumns = field(default_factory=LetterColumns)
    policy_lesson: str = ""
    steps: StepColumns = field(default_factory=StepColumns)

    @property
    def subject_addresses(self) -> frozenset[str]:
        """Where the case's subject may be reached, as ParentEmail has it: none of ours but letters may go there."""
        return addresses_in(self.parent_email) | addresses_in(self.steps.second_email)


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One matter.

    Attributes:
        reported_at: when the first report was received, UTC.
        title: of the list item; a platform, never a name, a role or a mail's subject.
        about_head: the report says "headteacher" or the head's name; a suggestion until Target is set.
        threat: the words of the report may threaten violence; a suggestion, but urgent.
        handle, posted_at: who posted, and when, as somebody says; in the words of the register.
        has_page: a picture or a printed page of the post came along.
        asked_at: when the reporter was asked for what is missing; None if that was not possible or needed.
        post_state, post_seen_on, post_seen_by: what the last person saw who looked whether the post is still up, when,
            and that person by role, never by name.
        item_id: of the list item; None until the row stands in the register.
        written: fingerprint of the Casework columns as last written, so that nothing is written twice.
        empty_decision: the Decision column was recorded and is to be emptied at the next writing.
        problem: what could not be done for this case and what to do about it; shown in CaseworkSays.
        reopened_at: when it was opened again after closing: a new clock runs from then.
        last_outcome: what Outcome said when it was closed before, and when that was.
        follows: the closed case that this one follows on from.
        linked: cases about the same post, as a person has linked them; every one of them names all others.
        alike: cases that seem to be about the same post, with the sign, until a person has linked or parted them.
        kept_apart: cases that a person has said to be about something else.
        earlier: earlier cases of the same parent.
        offered: the cases with which it was last offered to be linked.
        reporters: how many people reported it; reporters_in_all: with those of the linked cases.
        to_set: staff columns that Casework writes at the next writing: name, what stood there when that was decided,
            what is to stand there. If staff wrote something else meanwhile, theirs stays (casework.staff_writes).
        access: who may open its folder, as last planned; access_version: how often that has changed.
        closed_by: address of whoever set Outcome.
        decisions: on the policy's actions, as recorded; the newest of each action counts.
        procedure: fingerprint of the version of the procedure that it runs by; empty until it has one.
        waits: the days on which it waited for others, oldest first; the last may not be over.
        held: deadlines that a changed term calendar would have brought forward without a day's notice: the name of the
            step or duty, its day 0, and the earliest day on which it may be due, as text.
        in_calendar: its days in people's calendars: the entry's key, whose calendar, and what the entry says.
        put_back: staff columns that were deleted and made anew, and are to be filled in again at the next writing.
    """

    reference: CaseReference
    reported_at: datetime
    title: str
    platform: str = ""
    link: str = ""
    about_head: bool = False
    threat: bool = False
    suggestions: str = ""
    evidence_folder: str = ""
    handle: str = ""
    posted_at: str = ""
    has_page: bool = False
    asked_at: datetime | None = None
    post_state: PostState | None = None
    post_seen_on: date | None = None
    post_seen_by: str = ""
    staff: StaffColumns = field(default_factory=StaffColumns)
    item_id: str | None = None
    written: str = ""
    says: str = ""
    problem: str = ""
    closed_at: datetime | None = None
    empty_decision: bool = False
    reopened_at: datetime | None = None
    last_outcome: str = ""
    follows: CaseReference | None = None
    linked: tuple[CaseReference, ...] = ()
    alike: tuple[tuple[CaseReference, str], ...] = ()
    kept_apart: tuple[CaseReference, ...] = ()
    earlier: tuple[CaseReference, ...] = ()
    offered: tuple[CaseReference, ...] = ()
    reporters: int = 1
    reporters_in_all: int = 0
    to_set: tuple[tuple[str, str, str], ...] = ()
    closed_by: str = ""
    access: tuple[str, ...] = ()
    access_version: int = 0
    put_back: tuple[str, ...] = ()
    waits: tuple[Wait, ...] = ()
    held: tuple[tuple[str, str, str], ...] = ()
    in_calendar: tuple[tuple[str, str, str], ...] = ()
    decisions: tuple[ActionDecision, ...] = ()
    procedure: str = ""

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def concerns_head(self) -> bool:
        """True where the chair decides: Target says so, or the report may be about the head and nobody has set Target."""
        if self.staff.target is None:
            return self.about_head
        return self.staff.target is Target.HEADTEACHER

    @property
    def evidence_locked(self) -> bool:
        """True where staff gave a reason: nothing of its evidence may be replaced or deleted."""
        return bool(self.staff.evidence_lock)

    @property
    def earlier_shown(self) -> tuple[str, ...]:
        """Earlier cases of the same parent, and the one that this follows on from, by number."""
        return tuple(sorted({*self.earlier, *([self.follows] if self.follows else [])}))

    def decision_on(self, action: Action) -> ActionDecision | None:
        """The newest decision on an action."""
        return next((one for one in reversed(self.decisions) if one.action is action), None)

    @property
    def talk_logged(self) -> bool:
        return self.staff.talked_on is not None and self.staff.talk_outcome is not None
