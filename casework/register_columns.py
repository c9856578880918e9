"""Between a case and its row in the Cases list: what staff wrote, and what Casework writes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from casework.assessment import Assessment, Audience, Author, Opinion, remarks_on
from casework.cases import Case, Decision, Relation, StaffColumns, Stage, TalkOutcome, Target
from casework.letter_columns import LetterColumns
from casework.letters import Letter, LetterState
from casework.procedures import Standing
from casework.still_up import PostState
from casework.values import FieldValue

_Choice = TypeVar("_Choice", bound=StrEnum)

_UNSEEN = dict.fromkeys(
    [0xAD, 0x61C, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0x7F]
    + [code for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)]
) | {0xA0: " ", 0x0B: " ", 0x0C: " "}

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
    "MaterialRemoved": "material_removed",
    "RemovedSeenBy": "removed_seen_by",
    "RemovedSeenOn": "removed_seen_on",
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
}
"""Internal column name: field of StaffColumns, or of its assessment."""


def staff_columns(fields: Mapping[str, FieldValue]) -> StaffColumns:
    """What staff wrote in a row. A value that is not one of the choices counts as not set: nothing is guessed."""
    return StaffColumns(
        parent=_text(fields, "Parent"),
        parent_email=_text(fields, "ParentEmail"),
        parent_address=_text(fields, "ParentAddress"),
        relation=_choice(fields, "Relation", Relation),
        child=_text(fields, "Child"),
        target=_choice(fields, "Target", Target),
        categories=_several(fields, "Categories"),
        characteristics=_several(fields, "Characteristics"),
        talked_on=_day(fields, "TalkedOn"),
        talk_outcome=_choice(fields, "TalkOutcome", TalkOutcome),
        continues=fields.get("Continues") is True,
        decision=_choice(fields, "Decision", Decision),
        decision_note=_text(fields, "DecisionNote"),
        handler=_text(fields, "Handler"),
        outcome=_text(fields, "Outcome"),
        served_on=_day(fields, "ServedOn"),
        still_up=_choice(fields, "StillUp", PostState),
        still_up_on=_day(fields, "StillUpOn"),
        withhold=_text(fields, "Withhold"),
        evidence_lock=_text(fields, "EvidenceLock"),
        notes=_text(fields, "Notes"),
        policy_lesson=_text(fields, "PolicyLesson"),
        linked_cases=_text(fields, "LinkedCases"),
        reporter_protected=fields.get("ReporterProtected") is True,
        material_removed=_text(fields, "MaterialRemoved"),
        removed_seen_by=_text(fields, "RemovedSeenBy"),
        removed_seen_on=_day(fields, "RemovedSeenOn"),
        assessment=_assessment(fields),
        papers=LetterColumns(
            wanted=_several(fields, "LettersWanted"),
            override=_text(fields, "LetterOverride"),
            block_site=_text(fields, "BlockSite"),
            block_from=_day(fields, "BlockFrom"),
            block_review=_day(fields, "BlockReview"),
            block_reasons=_text(fields, "BlockReasons"),
        ),
    )


def _assessment(fields: Mapping[str, FieldValue]) -> Assessment:
    return Assessment(
        right_place=_choice(fields, "RightPlace", Opinion),
        private_better=_choice(fields, "PrivateBetter", Opinion),
        harms_people=_choice(fields, "HarmsPeople", Opinion),
        harms_reputation=_choice(fields, "HarmsReputation", Opinion),
        harms_otherwise=_choice(fields, "HarmsOtherwise", Opinion),
        harms_learning=_choice(fields, "HarmsLearning", Opinion),
        done=fields.get("Assessed") is True,
        other_reason=_text(fields, "OtherCategory"),
        tone=_several(fields, "Tone"),
        names_individual=fields.get("NamesIndividual") is True,
        abusive=fields.get("Abusive") is True,
        specific_person=_choice(fields, "SpecificPerson", Opinion),
        knowingly=_choice(fields, "Knowingly", Opinion),
        knowingly_why=_text(fields, "KnowinglyWhy"),
        audience=_choice(fields, "Audience", Audience),
        author=_choice(fields, "PostedBy", Author),
        group_name=_text(fields, "GroupName"),
        posted_on=_day(fields, "PostedOn"),
        complaint=_text(fields, "LinkedComplaint"),
        complaint_open=fields.get("ComplaintOpen") is True,
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


def staff_fields(staff: StaffColumns) -> dict[str, FieldValue]:
    """The columns that staff have filled in, to put a row back that was deleted; Decision was never a fact of the row."""
    given: dict[str, FieldValue] = {
        name: _value(staff, field) for name, field in STAFF_COLUMNS.items() if not name.startswith("Decision")
    }
    return {name: value for name, value in given.items() if value not in (None, "", (), False)}


def _text(fields: Mapping[str, FieldValue], name: str) -> str:
    """What a reader sees: marks that nobody sees, pasted along from a web page, spoil addresses and turn names round."""
    value = fields.get(name)
    return value.translate(_UNSEEN).strip() if isinstance(value, str) else ""


def _several(fields: Mapping[str, FieldValue], name: str) -> tuple[str, ...]:
    value = fields.get(name)
    return tuple(sorted(value)) if isinstance(value, tuple) else ()


def _day(fields: Mapping[str, FieldValue], name: str) -> date | None:
    value = fields.get(name)
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _choice(fields: Mapping[str, FieldValue], name: str, choices: type[_Choice]) -> _Choice | None:
    value = _text(fields, name).casefold()
    return next((choice for choice in choices if choice.value == value), None)


def changed_columns(before: StaffColumns, after: StaffColumns) -> tuple[str, ...]:
    """Internal names of the columns that differ."""
    return tuple(
        name for name, field in STAFF_COLUMNS.items() if _value(before, field) != _value(after, field)
    )


def our_columns(case: Case, letters: Iterable[Letter], standing: Standing) -> dict[str, FieldValue]:
    """The columns that Casework owns, as they should stand."""
    return {
        "Title": case.title,
        "Reference": case.reference,
        "Stage": standing.stage.value,
        "NextStep": standing.next_step,
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
    }


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
    """What the last person saw who looked: "Gone, seen on 25 November 2026"."""
    if case.post_state is None or case.post_seen_on is None:
        return ""
    return f"{case.post_state.value.capitalize()}, seen on {case.post_seen_on.day} {case.post_seen_on:%B %Y}"


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
