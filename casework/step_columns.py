"""What staff enter about the policy's steps: why no conversation, what was decided, whom it concerns, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from casework.actions import Action, ActionEntry, HostAnswer, SkipReason, YesNo
from casework.assessment import Opinion
from casework.column_values import choice_in, day_in, text_in, ticked_in
from casework.values import FieldValue


@dataclass(frozen=True, kw_only=True, slots=True)
class StepColumns:
    """The columns about the procedure.

    Attributes:
        skip_reason, skip_note: why there is no conversation first; "other" needs the note.
        channels_offered: whether other ways to raise a concern were offered; a logged conversation means that they
            were, unless it says no.
        target_address: of the member of staff whom the post is about, who then decides nothing in this case.
        second_parent, second_email, second_address: another parent who gets a letter of their own.
        crime, grossly_obscene: two of the policy's reasons to consider the police.
        school_place: it stands on the school's own website, page, group or forum.
        child_harmed: the safeguarding question: may a child have been harmed by a member of staff?
        lado_told_on: when the local authority's officer was told.
        support: what was offered to the person the post is about, or why nothing is needed.
        complaint_on: when a complaint inside the post was taken up; its own clock runs from then.
        complaint_answered_on: when it was answered.
        legal_advice_said: what the advice was, in a word or two; other legal action needs it or a reason.
        police_told_on, police_reference: a person's call, and the number that the police gave.
        host_told_on, host_answer: when the host was asked to remove the post, and what came of it.
        operator_told_on: when a notice under section 5 of the Defamation Act went to a website's operator.
        new_procedure: a person wants the newest procedure for this case, which began with an older one.
        waiting_for: what the case waits for; while something stands there, the clock of its step stands still.
    """

    skip_reason: SkipReason | None = None
    skip_note: str = ""
    channels_offered: Opinion | None = None
    target_address: str = ""
    second_parent: str = ""
    second_email: str = ""
    second_address: str = ""
    crime: bool = False
    grossly_obscene: bool = False
    school_place: bool = False
    child_harmed: Opinion | None = None
    lado_told_on: date | None = None
    support: str = ""
    complaint_on: date | None = None
    complaint_answered_on: date | None = None
    legal_advice_said: str = ""
    police_told_on: date | None = None
    police_reference: str = ""
    host_told_on: date | None = None
    host_answer: HostAnswer | None = None
    operator_told_on: date | None = None
    new_procedure: bool = False
    waiting_for: str = ""
    writing: ActionEntry = field(default_factory=ActionEntry)
    legal_advice: ActionEntry = field(default_factory=ActionEntry)
    legal_action: ActionEntry = field(default_factory=ActionEntry)
    police: ActionEntry = field(default_factory=ActionEntry)
    block: ActionEntry = field(default_factory=ActionEntry)
    host: ActionEntry = field(default_factory=ActionEntry)
    other_legal_action: ActionEntry = field(default_factory=ActionEntry)

    def entry(self, action: Action) -> ActionEntry:
        """What stands in the two columns of an action."""
        entry: ActionEntry = getattr(self, action.field)
        return entry

    @property
    def skipped(self) -> bool:
        """True where a reason stands there; "other" is one only with words."""
        if self.skip_reason is SkipReason.OTHER:
            return bool(self.skip_note)
        return self.skip_reason is not None


STEP_FIELDS = {
    "SkipReason": "skip_reason",
    "SkipNote": "skip_note",
    "ChannelsOffered": "channels_offered",
    "TargetAddress": "target_address",
    "SecondParent": "second_parent",
    "SecondParentEmail": "second_email",
    "SecondParentAddress": "second_address",
    "MayBeCrime": "crime",
    "GrosslyObscene": "grossly_obscene",
    "SchoolPlace": "school_place",
    "ChildHarmed": "child_harmed",
    "LadoToldOn": "lado_told_on",
    "SupportGiven": "support",
    "ComplaintOn": "complaint_on",
    "ComplaintAnsweredOn": "complaint_answered_on",
    "LegalAdviceSaid": "legal_advice_said",
    "PoliceToldOn": "police_told_on",
    "PoliceReference": "police_reference",
    "HostToldOn": "host_told_on",
    "HostAnswer": "host_answer",
    "OperatorToldOn": "operator_told_on",
    "NewProcedure": "new_procedure",
    "WaitingFor": "waiting_for",
    **{f"{action.column}Decision": f"{action.field}.answer" for action in Action},
    **{f"{action.column}Why": f"{action.field}.why" for action in Action},
}
"""Internal column name: field of StepColumns."""


def step_columns(fields: Mapping[str, FieldValue]) -> StepColumns:
    """What staff wrote in a row about the steps."""
    entries = {action.field: _entry(fields, action) for action in Action}
    return StepColumns(
        skip_reason=choice_in(fields, "SkipReason", SkipReason),
        skip_note=text_in(fields, "SkipNote"),
        channels_offered=choice_in(fields, "ChannelsOffered", Opinion),
        target_address=text_in(fields, "TargetAddress"),
        second_parent=text_in(fields, "SecondParent"),
        second_email=text_in(fields, "SecondParentEmail"),
        second_address=text_in(fields, "SecondParentAddress"),
        crime=ticked_in(fields, "MayBeCrime"),
        grossly_obscene=ticked_in(fields, "GrosslyObscene"),
        school_place=ticked_in(fields, "SchoolPlace"),
        child_harmed=choice_in(fields, "ChildHarmed", Opinion),
        lado_told_on=day_in(fields, "LadoToldOn"),
        support=text_in(fields, "SupportGiven"),
        complaint_on=day_in(fields, "ComplaintOn"),
        complaint_answered_on=day_in(fields, "ComplaintAnsweredOn"),
        legal_advice_said=text_in(fields, "LegalAdviceSaid"),
        police_told_on=day_in(fields, "PoliceToldOn"),
        police_reference=text_in(fields, "PoliceReference"),
        host_told_on=day_in(fields, "HostToldOn"),
        host_answer=choice_in(fields, "HostAnswer", HostAnswer),
        operator_told_on=day_in(fields, "OperatorToldOn"),
        new_procedure=ticked_in(fields, "NewProcedure"),
        waiting_for=text_in(fields, "WaitingFor"),
        **entries,
    )


def _entry(fields: Mapping[str, FieldValue], action: Action) -> ActionEntry:
    return ActionEntry(
        answer=choice_in(fields, f"{action.column}Decision", YesNo),
        why=text_in(fields, f"{action.column}Why"),
    )
