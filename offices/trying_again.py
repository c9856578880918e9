"""A person's word that what was set aside is to be tried once more."""

from __future__ import annotations

from offices.office import Office
from workflows.trying_again import try_again as all_again


def try_again(office: Office) -> int:
    """Let everything that needs a person be tried at the next sweep; returns how many things that are."""
    with office.sweep():
        return all_again(journal=office.journal, school=office.school, now=office.clock.now())
