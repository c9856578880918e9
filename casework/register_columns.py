"""Between a case and its row in the Cases list: what staff wrote, and what Casework writes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from casework.assessment import Assessment, Audience, Author, Opinion, remarks_on
from casework.cases import Case, Decision, Relation, StaffColumns, Stage, TalkOutcome, Target
from casework.column_values import choice_in, day_in, several_in, text_in, ticked_in
from casework.letter_columns import LetterColumns
from casework.letters import Letter, LetterState
from casework.procedures import ProcedureReading, Standing
from casework.step_columns import STEP_FIELDS, step_columns
from casework.still_up import PostState
from casework.values import FieldValue
from casework.waiting import waits_line

STAFF_COLUMNS = {
    "Parent": "parent",
    "ParentEmail": "parent_email",
    "ParentAddress": "parent_address",
    "Relation": "relation",
    "Child": "child",
    "Target": "target",
    "Categories": "categories",
    "Characteristics": "characteristics",
    "TalkedOn": "talked_on",
    "TalkOutcome": "talk_outcome",
    "Continues": "continues",
    "Decision": "decision",
    "DecisionNote": "decision_note",
    "Handler": "handler",
    "Outcome": "outcome",
    "ServedOn": "served_on",
    "StillUp": "still_up",
    "StillUpOn": "still_up_on",
    "EvidenceLock": "evidence_lock",
    "Withhold": "withhold",
    "Notes": "notes",
    "PolicyLesson": "policy_lesson",
    "LinkedCases": "linked_cases",
    "ReporterProtected": "reporter_protected",
    "RightPlace": "assessment.right_place",
    "PrivateBetter": "assessment.private_better",
    "HarmsPeople": "assessment.harms_people",
    "HarmsReputation": "assessment.harms_reputation",
    "HarmsOtherwise": "assessment.harms_otherwise",
    "HarmsLearning": "assessment.harms_learning",
    "Assessed": "assessment.done",
    "OtherCategory": "assessment.other_reason",
    "Tone": "assessment.tone",
    "NamesIndividual": "assessment.names_individual",
    "Abusive": "assessment.abusive",
    "SpecificPerson": "assessment.specific_person",
    "Knowingly": "assessment.knowingly",
    "KnowinglyWhy": "assessment.knowingly_why",
    "Audience": "assessment.audience",
    "PostedBy": "assessment.author",
    "GroupName": "assessment.group_name",
    "PostedOn": "assessment.posted_on",
    "LinkedComplaint": "assessment.complaint",
    "ComplaintOpen": "assessment.complaint_open",
    "LettersWanted": "papers.wanted",
    "LetterOverride": "papers.override",
    "BlockSite": "papers.block_site",
    "BlockFrom": "papers.block_from",
    "BlockReview": "papers.block_review",
    "BlockReasons": "papers.block_reasons",
    **{name: f"steps.{field}" for name, field in STEP_FIELDS.items()},
}
"""Internal column name: field of StaffColumns, or of its assessment."""


def staff_columns(fields: Mapping[str, FieldValue]) -> StaffColumns:
    """What staff wrote in a row. A value that is not one of the choices counts as not set: nothing is guessed."""
    return StaffColumns(
        parent=text_in(fields, "Parent"),
        parent_email=text_in(fields, "ParentEmail"),
        parent_address=text_in(fields, "ParentAddress"),
        relation=choice_in(fields, "Relation", Relation),
        child=text_in(fields, "Child"),
        target=choice_in(fields, "Target", Target),
        categories=several_in(fields, "Categories"),
        characteristics=several_in(fields, "Characteristics"),
        talked_on=day_in(fields, "TalkedOn"),
        talk_outcome=choice_in(fields, "TalkOutcome", TalkOutcome),
        continues=ticked_in(fields, "Continues"),
        decision=choice_in(fields, "Decision", Decision),
        decision_note=text_in(fields, "DecisionNote"),
        handler=text_in(fields, "Handler"),
        outcome=text_in(fields, "Outcome"),
        served_on=day_in(fields, "ServedOn"),
        still_up=choice_in(fields, "StillUp", PostState),
        still_up_on=day_in(fields, "StillUpOn"),
        withhold=text_in(fields, "Withhold"),
        evidence_lock=text_in(fields, "EvidenceLock"),
        notes=text_in(fields, "Notes"),
        policy_lesson=text_in(fields, "PolicyLesson"),
        linked_cases=text_in(fields, "LinkedCases"),
        reporter_protected=ticked_in(fields, "ReporterProtected"),
        assessment=_assessment(fields),
        papers=LetterColumns(
            wanted=several_in(fields, "LettersWanted"),
            override=text_in(fields, "LetterOverride"),
            block_site=text_in(fields, "BlockSite"),
            block_from=day_in(fields, "BlockFrom"),
            block_review=day_in(fields, "BlockReview"),
            block_reasons=text_in(fields, "BlockReasons"),
        ),
        steps=step_columns(fields),
    )


def _assessment(fields: Mapping[str, FieldValue]) -> Assessment:
    return Assessment(
        right_place=choice_in(fields, "RightPlace", Opinion),
        private_better=choice_in(fields, "PrivateBetter", Opinion),
        harms_people=choice_in(fields, "HarmsPeople", Opinion),
        harms_reputation=choice_in(fields, "HarmsReputation", Opinion),
        harms_otherwise=choice_in(fields, "HarmsOtherwise", Opinion),
        harms_learning=choice_in(fields, "HarmsLearning", Opinion),
        done=ticked_in(fields, "Assessed"),
        other_reason=text_in(fields, "OtherCategory"),
        tone=several_in(fields, "Tone"),
        names_individual=ticked_in(fields, "NamesIndividual"),
        abusive=ticked_in(fields, "Abusive"),
        specific_person=choice_in(fields, "SpecificPerson", Opinion),
        knowingly=choice_in(fields, "Knowingly", Opinion),
        knowingly_why=text_in(fields, "KnowinglyWhy"),
        audience=choice_in(fields, "Audience", Audience),
        author=choice_in(fields, "PostedBy", Author),
        group_name=text_in(fields, "GroupName"),
        posted_on=day_in(fields, "PostedOn"),
        complaint=text_in(fields, "LinkedComplaint"),
        complaint_open=ticked_in(fields, "ComplaintOpen"),
    )


def value_of(staff: StaffColumns, column: str) -> FieldValue:
    """What stands in one of the staff's columns, by its internal name."""
    return _value(staff, STAFF_COLUMNS[column])


def _value(staff: StaffColumns, field: str) -> FieldValue:
    holder: object = staff
    for name in field.split("."):
        holder = getattr(holder, name)
    value: FieldValue = holder  # type: ignore[assignment]  # every field holds what a column can
    return value


def all_staff_fields(staff: StaffColumns) -> dict[str, FieldValue]:
    """Every column of the staff's with what stands there, empty or not."""
    return {name: _value(staff, field) for name, field in STAFF_COLUMNS.items()}


def staff_fields(staff: StaffColumns) -> dict[str, FieldValue]:
    """The columns that staff have filled in, to put a row back that was deleted; Decision was never a fact of the row."""
    given: dict[str, FieldValue] = {
        name: _value(staff, field) for name, field in STAFF_COLUMNS.items() if not name.startswith("Decision")
    }
    return {name: value for name, value in given.items() if value not in (None, "", (), False)}


def changed_columns(before: StaffColumns, after: StaffColumns) -> tuple[str, ...]:
    """Internal names of the columns that differ."""
    return tuple(
        name for name, field in STAFF_COLUMNS.items() if _value(before, field) != _value(after, field)
    )


def our_columns(case: Case, letters: Iterable[Letter], read: ProcedureReading) -> dict[str, FieldValue]:
    """The columns that Casework owns, as they should stand."""
    standing = read.standing
    return {
        "Title": case.title,
        "Reference": case.reference,
        "Stage": standing.stage.value,
        "NextStep": _next_step(case, standing),
        "Due": standing.due if standing.stage is not Stage.CLOSED else None,
        "ReportedAt": case.reported_at,
        "ReporterLabel": reporter_label(case),
        "Platform": "" if case.concerns_head else case.platform,
        "Link": "" if case.concerns_head else case.link,
        "Handle": "" if case.concerns_head else case.handle,
        "PostedAt": case.posted_at,
        "PostSeen": post_line(case),
        "EvidenceFolder": case.evidence_folder,
        "Letters": letters_line(letters),
        # everybody of the site reads the list, the headteacher too: such a row tells nothing of what was reported
        "Suggestions": "" if case.concerns_head else _suggestions(case),
        "ClosedAt": case.closed_at,
        "CaseworkSays": case.problem or standing.warning or case.says,
        "LooksLike": "; ".join(f"{other} ({sign})" for other, sign in case.alike),
        "EarlierCases": ", ".join(case.earlier_shown),
        "LastOutcome": case.last_outcome,
        "ClosedBy": case.closed_by,
        "Options": "" if case.concerns_head else "\n".join(one.line for one in read.options_to_show),
        "Duties": "" if case.concerns_head else "\n".join(one.line for one in read.duties),
        "ProcedureUsed": read.version,
        "Waited": waits_line(case.waits),
    }


def _next_step(case: Case, standing: Standing) -> str:
    """The headteacher reads the list: a row that may be about the headteacher does not say what the case is about."""
    if case.concerns_head and standing.stage is Stage.SAFEGUARDING:
        return (
            "The chair of governors and the safeguarding lead deal with this case; Casework writes to them."
        )
    return standing.next_step


def reporter_label(case: Case) -> str:
    """Never a name: "Reporter A", and how many reported it where there are several."""
    number = max(case.reporters, case.reporters_in_all)
    several = f" ({number} reporters)" if number > 1 else ""
    protected = ", not to be named" if case.staff.reporter_protected else ""
    return f"Reporter A{protected}{several}"


def _suggestions(case: Case) -> str:
    """What the words pointed to, then what the policy says beside the staff's own answers."""
    remarks = remarks_on(case.staff.assessment, case.staff.categories)
    return "; ".join(part for part in (case.suggestions, *remarks) if part)


def post_line(case: Case) -> str:
    """What the last person saw who looked, and who that was: "Gone, seen on 25 November 2026 by the office"."""
    if case.post_state is None or case.post_seen_on is None:
        return ""
    by = f" by {case.post_seen_by}" if case.post_seen_by else ""
    return (
        f"{case.post_state.value.capitalize()}, seen on {case.post_seen_on.day} {case.post_seen_on:%B %Y}{by}"
    )


def letters_line(letters: Iterable[Letter]) -> str:
    """One line a letter version, newest last: "Invitation, version 1: sent 24 November 2026 (approved by reply)"."""
    return "\n".join(_letter_line(letter) for letter in letters)


def _letter_line(letter: Letter) -> str:
    name = letter.kind.value.replace("_", " ").capitalize()
    line = f"{name}, version {letter.version}: {letter.state.value}"
    if letter.state is LetterState.SENT and letter.sent_at:
        how = f" (approved {letter.decided_how.value})" if letter.decided_how else ""
        line = f"{name}, version {letter.version}: sent {letter.sent_at.day} {letter.sent_at:%B %Y}{how}"
    return f"{line}. {letter.reason}" if letter.reason else line


def fingerprint_of_columns(columns: Mapping[str, FieldValue]) -> str:
    """Short fingerprint, to see whether the row needs writing."""
    return hashlib.sha256(json.dumps(columns, sort_keys=True, default=str).encode()).hexdigest()[:24]
