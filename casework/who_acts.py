"""Who acts on a case and who is next: a role in office words, and an address; never somebody whom the case is about."""

from __future__ import annotations

from casework.addresses import is_one_address
from casework.cases import Case
from casework.conflicts import acting, is_in_conflict
from casework.school import Role, School


def who_acts(case: Case, owner: str, *, school: School) -> tuple[str, str]:
    """The handler, if staff named one at the school; else who owns the step."""
    handler = case.staff.handler.strip().casefold()
    own = is_one_address(handler) and handler.rpartition("@")[2] in school.own_domains
    if own and not is_in_conflict(case, handler, school=school):
        return "handler", handler
    person = acting(case, Role(owner), school=school)
    return person.role.value, person.address


def next_person(case: Case, *, school: School, after: str = "") -> tuple[str, str]:
    """Who is told when reminders were not enough: the headteacher, or the deputy of a headteacher who was reminded.

    Args:
        case: the case.
        school: its people.
        after: the address of whoever was reminded; nobody is asked to speak with themselves while there is another.
    """
    people = [acting(case, role, school=school) for role in (Role.HEADTEACHER, Role.DEPUTY)]
    others = [person for person in people if person.address.casefold() != after.casefold()]
    person = (others or people)[0]
    return person.role.value, person.address
