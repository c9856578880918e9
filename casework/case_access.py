"""Who may open the folder of a case: named people only, and never the headteacher where it may be about them."""

from __future__ import annotations

from casework.addresses import is_one_address
from casework.cases import Case
from casework.school import Role, School

ORDINARY = (Role.OFFICE, Role.HEADTEACHER, Role.DEPUTY, Role.SAFEGUARDING_LEAD)
ABOUT_THE_HEAD = (Role.OFFICE, Role.CHAIR, Role.SAFEGUARDING_LEAD)


def people_of(case: Case, school: School) -> tuple[str, ...]:
    """The addresses that may open the case's folder, sorted.

    The handler is let in as long as the address is one of the school's own. Of a case that concerns the headteacher
    neither the headteacher nor the deputy is told; a role that nobody holds lets nobody in.
    """
    roles = ABOUT_THE_HEAD if case.concerns_head else ORDINARY
    people = {school.people[role].address.casefold() for role in roles if role in school.people}
    handler = case.staff.handler.strip().casefold()
    if is_one_address(handler) and handler.rpartition("@")[2] in school.own_domains:
        people.add(handler)
    if case.concerns_head:
        people -= {school.person(Role.HEADTEACHER).address.casefold()}
    return tuple(sorted(people))
