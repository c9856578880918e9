"""To whom the letters of a case go: one letter for each parent concerned, and neither shows the other's address."""

from __future__ import annotations

from dataclasses import dataclass, replace

from casework.cases import Case
from casework.letter_kinds import LetterKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Addressee:
    """Somebody who gets a letter.

    Attributes:
        number: 1 for the Parent columns, 2 for the second parent's; part of a letter's key and must stay.
        email, postal: at least one is needed; a letter by mail goes to the one, by post or hand to the other.
    """

    number: int = 1
    name: str = ""
    email: str = ""
    postal: str = ""

    @property
    def columns(self) -> str:
        """How a sentence to staff calls whom it is about."""
        return "the parent" if self.number == 1 else "the second parent"


@dataclass(frozen=True, kw_only=True, slots=True)
class WantedLetter:
    """A letter that the procedure asks for, or a person."""

    kind: LetterKind
    addressee: Addressee


def addressees_of(case: Case) -> tuple[Addressee, ...]:
    """The parents to whom a letter of this case goes, the first always first; nobody where no parent is named.

    A child's own post has the same addressees: its parents. The child is never one.
    """
    staff = case.staff
    first = Addressee(number=1, name=staff.parent, email=staff.parent_email, postal=staff.parent_address)
    second = Addressee(
        number=2,
        name=staff.steps.second_parent,
        email=staff.steps.second_email,
        postal=staff.steps.second_address,
    )
    return tuple(one for one in (first, second) if one.name)


def as_addressed(case: Case, number: int) -> Case:
    """The case as a letter to this addressee may show it: the addressee's own name and addresses, and no other's."""
    steps = case.staff.steps
    alone = replace(case.staff, steps=replace(steps, second_parent="", second_email="", second_address=""))
    if number == 1:
        return replace(case, staff=alone)
    second = replace(
        alone,
        parent=steps.second_parent,
        parent_email=steps.second_email,
        parent_address=steps.second_address,
    )
    return replace(case, staff=second)
