"""Which letters a case should have open, and what a decision on one means."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from casework.addressees import WantedLetter, addressees_of, as_addressed
from casework.cases import Case, Decision
from casework.deciders import Chosen, Deciding
from casework.letters import Delivery, Letter, LetterKind, LetterState
from casework.letters_asked_for import TO_EVERY_PARENT, columns_to_fill, letters_asked_for
from casework.procedures import Procedure, missing_for_letter, wanted_letters
from casework.procedures.vocabulary import is_safeguarding_open
from casework.register_columns import value_of
from casework.school import Role, School


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftWanted:
    """A new version of a letter is to be drafted.

    Attributes:
        comments: what the approver asked to be changed, for the request of this version.
        from_path: the Word file that staff had edited and that this version goes on from; empty for a fresh writing.
        standing_in: how long the headteacher is away for whom the approver decides; empty for nobody.
        to_be_changed: the approver asked for a change that nobody has made yet: the office makes it first.
    """

    kind: LetterKind
    version: int
    approver: str
    recipient: str
    delivery: Delivery
    facts: str
    comments: str = ""
    from_path: str = ""
    addressee: int = 1
    to_be_changed: bool = False
    standing_in: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Withdrawal:
    letter: Letter
    state: LetterState
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterPlan:
    drafts: tuple[DraftWanted, ...] = ()
    withdraw: tuple[Withdrawal, ...] = ()

    @property
    def draft(self) -> DraftWanted | None:
        """The first of the drafts, for a case with one parent."""
        return self.drafts[0] if self.drafts else None


def decide_letters(
    case: Case,
    letters: Iterable[Letter],
    *,
    school: School,
    procedure: Procedure,
    deciding: Deciding | None = None,
) -> LetterPlan:
    """At most one letter per addressee is open: that of the furthest stage reached, written from today's columns.

    Args:
        case: the case.
        letters: all its letters, every version.
        school: the school.
        procedure: that the case runs by.
        deciding: what bears on who decides; left out, nobody is away and nobody of the school wrote the report.
    """
    chosen = (deciding or Deciding()).chosen(case, school)
    versions = tuple(letters)
    numbers = {1, *(one.number for one in addressees_of(case)), *(letter.addressee for letter in versions)}
    wanted = wanted_letters(case, versions, school=school, procedure=procedure)
    plans = [_plan_for(case, number, versions, wanted, chosen, school=school) for number in sorted(numbers)]
    return LetterPlan(
        drafts=tuple(draft for one in plans for draft in one.drafts),
        withdraw=tuple(withdrawal for one in plans for withdrawal in one.withdraw),
    )


def _plan_for(
    case: Case,
    number: int,
    letters: tuple[Letter, ...],
    all_wanted: tuple[WantedLetter, ...],
    chosen: Chosen | None,
    *,
    school: School,
) -> LetterPlan:
    """The plan for one of the parents, who is written to as if there were no other."""
    versions = tuple(letter for letter in letters if letter.addressee == number)
    asked_for = {one.kind for one in all_wanted if one.addressee.number == number}
    kind = _furthest_kind(case, number, versions, asked_for, school=school)
    addressed = as_addressed(case, number)
    wanted = (
        _draft_wanted(addressed, kind, versions, chosen, school=school, number=number)
        if kind and chosen
        else None
    )
    open_letters = [letter for letter in versions if letter.is_open]
    kept = [letter for letter in open_letters if wanted and chosen and is_still_right(letter, wanted, chosen)]
    withdraw = tuple(
        _withdrawal(letter, case, wanted, asked_for) for letter in open_letters if letter not in kept
    )
    return LetterPlan(drafts=() if kept or wanted is None else (wanted,), withdraw=withdraw)


def _furthest_kind(
    case: Case, number: int, letters: tuple[Letter, ...], wanted: set[LetterKind], *, school: School
) -> LetterKind | None:
    """Of the letters to this parent that the procedure or staff ask for and that were not sent yet, the furthest.

    None at all while the safeguarding question is open, whatever procedure and staff ask for.
    """
    if is_safeguarding_open(case):
        return None
    asked = {
        kind for kind in letters_asked_for(case, letters, school) if number == 1 or kind in TO_EVERY_PARENT
    }
    sent = {letter.kind for letter in letters if letter.state is LetterState.SENT}
    return next((kind for kind in reversed(LetterKind) if kind in (wanted | asked) - sent), None)


def _draft_wanted(
    case: Case,
    kind: LetterKind,
    versions: tuple[Letter, ...],
    chosen: Chosen,
    *,
    school: School,
    number: int,
) -> DraftWanted | None:
    rule = school.letters.get(kind)
    if missing_for_letter(case, kind, school=school, letters=versions) or (
        rule and columns_to_fill(case, rule)
    ):
        return None
    earlier = [letter for letter in versions if letter.kind is kind]
    by_mail = bool(case.staff.parent_email)
    recipient = case.staff.parent_email if by_mail else school.person(Role.OFFICE).address
    approver = chosen.person.address.casefold()
    facts = letter_facts(case, kind, school)
    sent_back = [letter for letter in earlier[-1:] if letter.approver == approver and _was_sent_back(letter)]
    last = sent_back[0] if sent_back else None
    return DraftWanted(
        kind=kind,
        version=len(earlier) + 1,
        approver=approver,
        recipient=recipient.casefold(),
        delivery=Delivery.EMAIL if by_mail else Delivery.POST,
        facts=facts,
        comments=last.comments if last else "",
        from_path=last.word_path if last and last.edited_by and last.decision else "",
        addressee=number,
        standing_in=chosen.standing_in,
        to_be_changed=last is not None and last.decision is not None and last.facts == facts,
    )


def _was_sent_back(letter: Letter) -> bool:
    """True if its approver asked for a change that no later version has brought: its words go on to the next one."""
    return letter.decision in {Decision.CHANGE, Decision.REJECT} or letter.state is LetterState.CHANGING


def letter_facts(case: Case, kind: LetterKind, school: School) -> str:
    """Fingerprint of the columns that a letter of this kind is written from; another one means another version."""
    staff, rule = case.staff, school.letters.get(kind)
    facts: list[object] = [kind.value, staff.parent, staff.parent_email, staff.parent_address]
    facts += [_said(case, column) for column in rule.written_from] if rule else []
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]


def _said(case: Case, column: str) -> str | list[str]:
    """What stands in a column, ours or the staff's, as a fingerprint takes it."""
    if column in _OURS:
        return _OURS[column](case)
    value = value_of(case.staff, column)
    return list(value) if isinstance(value, tuple) else str(value)


_OURS: Mapping[str, Callable[[Case], str]] = {
    "Platform": lambda case: case.platform,
    "Link": lambda case: case.link,
}


def is_still_right(letter: Letter, wanted: DraftWanted, chosen: Chosen) -> bool:
    """What a stand-in was asked stays with the stand-in, also when the headteacher is back; so does what is decided."""
    decided = letter.state is LetterState.APPROVED
    stays = (decided or bool(letter.standing_in)) and letter.approver in chosen.may_decide
    same_people = (letter.approver == wanted.approver or stays) and letter.recipient == wanted.recipient
    same_facts = letter.facts == wanted.facts or decided
    return letter.kind is wanted.kind and same_facts and same_people


def _withdrawal(
    letter: Letter, case: Case, wanted: DraftWanted | None, asked_for: set[LetterKind]
) -> Withdrawal:
    if wanted and wanted.kind is letter.kind:
        reason = "The columns that it was written from have changed."
        if wanted.facts == letter.facts and wanted.approver != letter.approver:
            reason = "Somebody else is asked to decide."
        return Withdrawal(letter=letter, state=LetterState.SUPERSEDED, reason=reason)
    reason = "The case is closed." if case.staff.outcome or not case.is_open else "The case has moved on."
    if wanted is None and letter.kind in asked_for:
        reason = "The register no longer says to whom it should go; see the case's next step there."
    if case.talk_logged and letter.kind is LetterKind.INVITATION:
        reason = "The conversation is logged, so there is no invitation to send."
    return Withdrawal(letter=letter, state=LetterState.WITHDRAWN, reason=reason)
