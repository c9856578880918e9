"""Keeping each case's folder closed to all but its people, whoever they become."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from casework.case_access import people_of
from casework.cases import Case
from casework.intents import LimitFolder
from casework.records import JournalTransaction
from casework.school import School
from workflows.planning import plan

PEOPLE_OF_THE_SCHOOL = "case folders opened to"


def keep_folders_closed(transaction: JournalTransaction, school: School) -> int:
    """Look at every case that may have changed; at all open ones if the school's people have. How many change."""
    staff = sorted((role.value, person.address) for role, person in school.people.items())
    world = hashlib.sha256(repr(staff).encode()).hexdigest()[:24]
    everybody = transaction.cursors.get(PEOPLE_OF_THE_SCHOOL) != world
    cases = transaction.cases.open() if everybody else transaction.cases.stale()
    changed = sum(let_in(transaction, case, school) for case in cases)
    if everybody:
        transaction.cursors.put(PEOPLE_OF_THE_SCHOOL, world)
    return changed


def let_in(transaction: JournalTransaction, case: Case, school: School) -> bool:
    """Plan that the case's folder opens to its people of today and nobody else; False if it does already."""
    people = people_of(case, school)
    if people == case.access:
        return False
    changed = replace(case, access=people, access_version=case.access_version + 1)
    transaction.cases.save(changed)
    key = f"{school.code}/case/{case.reference}/access/{changed.access_version}"
    plan(transaction, LimitFolder(key=key, people=people, case=case.reference))
    return True
