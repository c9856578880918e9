"""Which letters the procedure asks for, to whom, and what is missing before one can be written."""

from __future__ import annotations

from collections.abc import Iterable

from casework.addressees import WantedLetter, addressees_of, as_addressed
from casework.addresses import is_one_address
from casework.cases import Case
from casework.letters import Letter, LetterKind, LetterState
from casework.procedures.values import Procedure
from casework.procedures.vocabulary import Facts, holds
from casework.school import School


def wanted_letters(
    case: Case, letters: Iterable[Letter] = (), *, school: School, procedure: Procedure
) -> tuple[WantedLetter, ...]:
    """Which letters the procedure asks for now, one for each parent concerned; none of a closed case.

    The first of the procedure's letters whose condition holds counts, so the furthest stage stands first in its file.
    """
    if not case.is_open or case.staff.outcome:
        return ()
    facts = Facts(case=case, letters=tuple(letters), school=school)
    wish = next((one for one in procedure.letters if holds(one.when, facts)), None)
    if wish is None:
        return ()
    addressees = addressees_of(case)
    chosen = addressees if wish.every_parent else addressees[:1]
    return tuple(WantedLetter(kind=wish.kind, addressee=one) for one in chosen)


def missing_for_letters(
    case: Case, letters: Iterable[Letter], *, school: School, procedure: Procedure
) -> tuple[str, ...]:
    """What staff must fill in or correct before the letters that are wanted can be drafted."""
    versions = tuple(letters)
    missing: list[str] = []
    for wanted in wanted_letters(case, versions, school=school, procedure=procedure):
        number = wanted.addressee.number
        own = [one for one in versions if one.addressee == number]
        needs = missing_for_letter(as_addressed(case, number), wanted.kind, school=school, letters=own)
        missing += [
            need if number == 1 else need.replace("the parent's", "the second parent's") for need in needs
        ]
    return tuple(missing)


def missing_for_letter(
    case: Case, kind: LetterKind | None, *, school: School, letters: Iterable[Letter] = ()
) -> tuple[str, ...]:
    """The columns that staff must fill, or correct, before the letter can be drafted."""
    if kind is None:
        return ()
    staff = case.staff
    missing = [] if staff.parent else ["Parent"]
    if not (staff.parent_email or staff.parent_address):
        missing.append("the parent's e-mail address (or postal address, for a letter by post or hand)")
    elif staff.parent_email and not is_one_address(staff.parent_email):
        missing.append("the parent's e-mail address to one address and nothing else")
    elif staff.parent_email.casefold() in school.own_addresses:
        missing.append("the parent's e-mail address to one that is not the school's own")
    elif came_back(letters, staff.parent_email):
        missing.append(
            "the parent's e-mail address to one that mail reaches (the letter came back), "
            "or empty it and enter the postal address, for post or by hand"
        )
    return tuple(missing)


def came_back(letters: Iterable[Letter], address: str) -> bool:
    """True if the newest letter that was mailed to this address could not be delivered: no second one is tried."""
    mailed = [
        letter
        for letter in letters
        if letter.state in {LetterState.SENT, LetterState.RETURNED} and letter.recipient == address.casefold()
    ]
    return bool(address) and bool(mailed) and mailed[-1].state is LetterState.RETURNED
