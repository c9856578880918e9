"""Who decides on the letters of a case: never somebody whom the case concerns, and the deputy for a head who is away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from casework.absences import Away
from casework.cases import Case, CaseReference
from casework.school import Person, Role, School

NOT_THE_DECIDER = "It did not come from the person who was asked to decide."
ON_BEHALF = (
    "Somebody else sent it in your name, and the school has not agreed that this person may answer for you."
)
OUTSIDE = "It could not be proven to come from your own mailbox inside the school's mail system."


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """Who is asked.

    Attributes:
        standing_in: how long the first decider is away for whom this person decides; empty where nobody is.
        may_decide: addresses of everybody whom the case does not concern.
    """

    person: Person
    standing_in: str = ""
    may_decide: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Deciding:
    """What bears on who decides, beside the case itself.

    Attributes:
        today: the day at the school; None where nobody's absence counts.
        away: by address in lower case.
        authors: by case, the addresses of the school's own people who wrote its report.
    """

    today: date | None = None
    away: Mapping[str, Away] = field(default_factory=dict)
    authors: Mapping[CaseReference, frozenset[str]] = field(default_factory=dict)

    def chosen(self, case: Case, school: School) -> Chosen | None:
        """Who is asked to decide; None where everybody who could is concerned by the case."""
        people = self.candidates(case, school)
        return self.chosen_of(people) if people else None

    def chosen_of(self, people: Sequence[Person]) -> Chosen:
        """Who is asked of those who may decide, in their order: the first, or the deputy for a first who is away."""
        first, second = people[0], people[1] if len(people) > 1 else None
        others = frozenset(person.address.casefold() for person in people)
        away = self._away(first)
        if away and second and second.role is Role.DEPUTY and not self._away(second):
            return Chosen(person=second, standing_in=away.in_words, may_decide=others)
        return Chosen(person=first, may_decide=others)

    def candidates(self, case: Case, school: School) -> tuple[Person, ...]:
        """Everybody who may decide on the letters of the case, in their order."""
        return school.deciders_of(case, apart=self.authors.get(case.reference, frozenset()))

    def deputy_for(self, case: Case, school: School, approver: str) -> Person | None:
        """Who else may decide when the approver has not for days; nobody in a case about the headteacher."""
        return self.deputy_of(self.candidates(case, school), approver)

    def deputy_of(self, people: Sequence[Person], approver: str) -> Person | None:
        """The deputy among those who may decide, if that is somebody else and at work."""
        others = [one for one in people if one.address.casefold() != approver]
        return next((one for one in others if one.role is Role.DEPUTY and not self._away(one)), None)

    def away_in_words(self, address: str) -> str:
        """How long somebody is away today; empty for whoever is there."""
        away = self.away.get(address)
        return away.in_words if away and self.today and away.covers(self.today) else ""

    def _away(self, person: Person) -> Away | None:
        away = self.away.get(person.address.casefold())
        return away if away and self.today and away.covers(self.today) else None


@dataclass(frozen=True, kw_only=True, slots=True)
class SaidBy:
    """Who said something about a letter, as far as it is proven.

    Attributes:
        sender: the address that it came from, or that set the column.
        proof: what the mail system vouches for (casework.intake.SenderProof).
        on_behalf_by: the address of whoever wrote in the sender's name; empty for the sender themself.
    """

    sender: str
    proof: str = ""
    on_behalf_by: str = ""


def decider_proven(said: SaidBy, deciders: frozenset[str], school: School) -> tuple[str, str]:
    """The decider whose answer it is, and if it is nobody's, why not: exactly one of the two is not empty.

    An answer counts from a decider's own mailbox inside the school's mail system; from there in the decider's name by
    a delegate whom the settings name; or from an outside address that the settings name, if DMARC passed.
    """
    sender = said.sender.casefold()
    if sender in deciders:
        if said.on_behalf_by:
            agreed = school.delegates.get(sender, frozenset())
            return (sender, "") if said.on_behalf_by in agreed else ("", ON_BEHALF)
        return (sender, "") if said.proof == "internal" else ("", OUTSIDE)
    for decider in sorted(deciders):
        if sender in school.outside_addresses.get(decider, frozenset()):
            return (decider, "") if said.proof == "verified" else ("", OUTSIDE)
    return "", NOT_THE_DECIDER
