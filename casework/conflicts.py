"""Who may not act in a case: nobody decides about a post that is about them, or that they wrote."""

from __future__ import annotations

from casework.addresses import addresses_in
from casework.cases import Case
from casework.school import Person, Role, School


def conflicted_addresses(case: Case, *, school: School) -> frozenset[str]:
    """Whom the case is about, by address: its target, its subjects, and the headteacher where it says so."""
    found = addresses_in(case.staff.steps.target_address) | case.staff.subject_addresses
    if case.concerns_head:
        found |= {school.person(Role.HEADTEACHER).address.casefold()}
    return found


def is_in_conflict(case: Case, address: str, *, school: School) -> bool:
    """True for somebody who may not decide in this case; an unknown address is nobody's."""
    return bool(address) and address.casefold() in conflicted_addresses(case, school=school)


def acting(case: Case, role: Role, *, school: School) -> Person:
    """Who acts in a role for this case: the first who holds it, or stands in for it, and is not in conflict.

    What concerns the headteacher goes to the chair, never to the headteacher's own deputy.
    """
    if case.concerns_head:
        role = Role.CHAIR if role in {Role.HEADTEACHER, Role.DEPUTY} else role
        order: tuple[Role, ...] = (role, Role.CHAIR)
    else:
        order = (role, Role.HEADTEACHER, Role.DEPUTY, Role.CHAIR)
    conflicted = conflicted_addresses(case, school=school)
    holders = [school.people[one] for one in order if one in school.people]
    free = [one for one in holders if one.address.casefold() not in conflicted]
    return free[0] if free else school.person(Role.CHAIR)
