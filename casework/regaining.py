"""What a lost journal is regained from: a case from its row, a letter from the key that its mail carries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Any

from casework.actions import Action, ActionEntry
from casework.answers import cases_named
from casework.cases import Case, CaseReference, Decision, StaffColumns, case_reference
from casework.column_values import day_in, text_in
from casework.letter_kinds import LetterKind
from casework.letters import SENT_BACK_REASONS, LetterState
from casework.linked_cases import read_links
from casework.procedures import decisions_shown
from casework.register_columns import staff_columns
from casework.reopening import reopened_on
from casework.values import FieldValue
from casework.waiting import waiting_now, waits_shown

_WHAT_WAS_REPORTED = ("Platform", "Link", "Handle", "Suggestions", "Options", "Duties")
_LETTER = re.compile(
    r"/case/(?P<case>[^/]+)/letter/(?P<kind>[^/]+)/(?:to (?P<whom>\d{1,2})/)?(?P<version>\d{1,4})$"
)
_SHOWN = re.compile(
    r"(?P<kind>[^,]+), version (?P<version>\d{1,4}): "
    rf"(?P<state>{'|'.join(state.value for state in LetterState)})(?:\. (?P<reason>.+))?$"
)
"""As `register_columns.letters_line` writes it; one that was sent is found in Sent Items."""
_LISTED = re.compile(r"(?P<kind>[^,]+), version (?P<version>\d{1,4}): ")
_SENT_BACK = {reason: decision for decision, reason in SENT_BACK_REASONS.items()}
NOON = time(12, tzinfo=UTC)
SOMETHING = "something that is not known any more"
"""Stood in a column that somebody has emptied since."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedLetter:
    """What the key of a letter's mail says.

    Attributes:
        addressee: 1 for the parent, 2 for the second parent.
    """

    case: CaseReference
    kind: LetterKind
    version: int
    addressee: int = 1

    @property
    def word_name(self) -> str:
        """The path of its Word file in the casework library."""
        whom = "" if self.addressee == 1 else ", second parent"
        kind = self.kind.value.replace("_", " ")
        return f"{self.case}/Letters/{kind}{whom}, version {self.version}.docx"


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownLetter:
    """What the column "Letters" of a row says of one version of a letter that was not sent."""

    kind: LetterKind
    version: int
    state: LetterState
    reason: str

    @property
    def decision(self) -> Decision | None:
        """How its approver sent it back, if that is why it is no more."""
        return _SENT_BACK.get(self.reason)


def shown_letters(text: str) -> tuple[ShownLetter, ...]:
    """The letters that the column shows; versions that it shows twice, to two parents, are left out."""
    found = [shown for line in text.splitlines() if (shown := _shown(line))]
    counted = Counter((one.kind, one.version) for one in found)
    return tuple(one for one in found if counted[one.kind, one.version] == 1)


def _shown(line: str) -> ShownLetter | None:
    match = _SHOWN.match(line.strip())
    kind = _kind(match["kind"]) if match else None
    if match is None or kind is None:
        return None
    return ShownLetter(
        kind=kind,
        version=int(match["version"]),
        state=LetterState(match["state"]),
        reason=match["reason"] or "",
    )


def letters_listed(text: str, case: CaseReference) -> tuple[NamedLetter, ...]:
    """Every version that the column "Letters" lists, in the order in which they were made; to the second parent, too."""
    found: list[NamedLetter] = []
    for line in text.splitlines():
        match = _LISTED.match(line.strip())
        kind = _kind(match["kind"]) if match else None
        if match and kind:
            version = int(match["version"])
            addressee = 1 + sum((one.kind, one.version) == (kind, version) for one in found)
            found.append(NamedLetter(case=case, kind=kind, version=version, addressee=addressee))
    return tuple(found)


def _kind(words: str) -> LetterKind | None:
    try:
        return LetterKind(words.casefold().replace(" ", "_"))
    except ValueError:
        return None


def letter_of_key(key: str, *, school: str) -> NamedLetter | None:
    """The letter whose draft carries this key; None for every other mail of ours."""
    match = _LETTER.search(key)
    if match is None or key[: match.start()] != school:
        return None
    try:
        return NamedLetter(
            case=case_reference(match["case"]),
            kind=LetterKind(match["kind"]),
            version=int(match["version"]),
            addressee=int(match["whom"] or 1),
        )
    except ValueError:
        return None


def case_of_key(key: str, *, school: str) -> CaseReference | None:
    """The case that a mail of ours speaks of, as its key has it."""
    place = key.removeprefix(f"{school}/case/")
    if place == key:
        return None
    try:
        return case_reference(place.partition("/")[0])
    except ValueError:
        return None


def case_of_row(fields: Mapping[str, FieldValue], *, item_id: str, school: str, now: datetime) -> Case | None:
    """The case that a row of the list shows; None for a row that is none of Casework's cases.

    A row that tells nothing of what was reported may hide a report about the headteacher: it counts as one until
    somebody sets Target, so that nobody learns of it who must not.

    Args:
        fields: by internal column name.
        item_id: of the list item.
        school: its code.
        now: stands in for a ReportedAt that somebody emptied.
    """
    try:
        reference = case_reference(text_in(fields, "Reference"))
    except ValueError:
        return None
    if not reference.startswith(f"{school}-"):
        return None
    staff = _as_taken_in(staff_columns(fields), fields)
    last_outcome = text_in(fields, "LastOutcome")
    again = reopened_on(last_outcome)
    follows = [one for one in cases_named(text_in(fields, "EarlierCases"), school=school) if one != reference]
    return Case(
        reference=reference,
        reported_at=_moment(fields, "ReportedAt") or now,
        title=text_in(fields, "Title") or reference,
        platform=text_in(fields, "Platform"),
        link=text_in(fields, "Link"),
        handle=text_in(fields, "Handle"),
        posted_at=text_in(fields, "PostedAt"),
        about_head=not any(text_in(fields, name) for name in _WHAT_WAS_REPORTED),
        suggestions=text_in(fields, "Suggestions"),
        threat="may threaten violence" in text_in(fields, "Suggestions"),
        decisions=decisions_shown(text_in(fields, "Options")),
        evidence_folder=text_in(fields, "EvidenceFolder"),
        post_state=staff.still_up,
        post_seen_on=staff.still_up_on,
        staff=staff,
        item_id=item_id,
        says=text_in(fields, "CaseworkSays"),
        closed_at=_moment(fields, "ClosedAt"),
        reopened_at=datetime.combine(again, NOON) if again else None,
        last_outcome=last_outcome,
        closed_by=text_in(fields, "ClosedBy"),
        waits=waits_shown(text_in(fields, "Waited")),
        linked=tuple(sorted(set(read_links(staff.linked_cases, school=school).cases) - {reference})),
        earlier=tuple(follows),
    )


def _as_taken_in(staff: StaffColumns, fields: Mapping[str, FieldValue]) -> StaffColumns:
    """Staff's columns as the lost journal knew them, where Casework's own columns tell what it had made of them.

    What was written since is then an edit like any other: a case is closed or opened again, its clock stands still, a
    decision counts.
    """
    closed, steps = _moment(fields, "ClosedAt") is not None, staff.steps
    decided = {one.action: one.answer for one in decisions_shown(text_in(fields, "Options"))}
    unknown: dict[str, Any] = {
        action.field: ActionEntry()
        for action in Action
        if not closed and decided.get(action) is not steps.entry(action).answer
    }
    waits = waiting_now(waits_shown(text_in(fields, "Waited"))) is not None
    known = replace(steps, waiting_for=steps.waiting_for or SOMETHING if waits else "", **unknown)
    outcome = staff.outcome or SOMETHING if closed else ""
    # Casework empties Decision as soon as it has recorded one
    return replace(staff, outcome=outcome, decision=None, decision_note="", steps=known)


def _moment(fields: Mapping[str, FieldValue], name: str) -> datetime | None:
    value = fields.get(name)
    if isinstance(value, datetime):
        return value
    day = day_in(fields, name)
    return datetime.combine(day, NOON) if day else None
