"""Whom to ask about a policy: its owner, where one can be found; else the policy manager."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casework.policy_register import owner_role
from casework.policy_register.findings import AskWhom
from casework.policy_register.policies import Policy
from casework.school import Role, School

_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_TITLES = frozenset(
    ["mr", "mrs", "ms", "miss", "mx", "dr", "rev", "revd", "prof", "professor", "sir", "dame"]
)
POLICY_OWNER = "policy owner"
"""The role of an owner who holds none of the school's roles."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipient:
    """Somebody whom a reminder goes to.

    Attributes:
        role: in office words, what logs say instead of the address.
        stands_in: True if it is the policy manager, because the owner could not be found.
    """

    role: str
    address: str
    stands_in: bool = False

    @property
    def words(self) -> str:
        """Whom to name in a sentence, such as "the headteacher"."""
        return f"the {Role(self.role).words if self.role in set(Role) else self.role}"


def manager_of(school: School) -> Recipient:
    return person_in(Role(school.policies.manager), school)


def person_in(role: Role, school: School) -> Recipient:
    """Who holds a role; the headteacher where nobody does."""
    person = school.person(role)
    return Recipient(role=person.role.value, address=person.address)


def owner_of(policy: Policy, school: School) -> Recipient:
    """Who sees to a policy's review. An address outside the school is nobody's: nothing is sent there."""
    words = policy.owner_words
    found = None if is_gone(policy) else find_owner(words, school)
    if found:
        return found
    manager = manager_of(school)
    return Recipient(role=manager.role, address=manager.address, stands_in=True)


def find_owner(words: str, school: School) -> Recipient | None:
    """The person whom an owner's words mean: an address of the school, a role that somebody holds, or a name."""
    address = _ADDRESS.search(words)
    if address:
        return _by_address(address[0].casefold(), school)
    role = owner_role(words)
    if role in {held.value for held in school.people}:
        return person_in(Role(role), school)
    return _by_name(words, school) if role is None else None


def is_gone(policy: Policy) -> bool:
    """True if the directory knew nobody for these very words any more."""
    gone = policy.leader.owner_gone
    return bool(gone) and gone.casefold() == policy.owner_words.casefold()


def _by_address(address: str, school: School) -> Recipient | None:
    if address.rpartition("@")[2] not in school.own_domains:
        return None
    role = next((held for held, person in school.people.items() if person.address == address), None)
    return Recipient(role=role.value if role else POLICY_OWNER, address=address)


def _by_name(words: str, school: School) -> Recipient | None:
    wanted = _name_words(words)
    for role, person in school.people.items():
        held = _name_words(person.name)
        if wanted and held and (wanted == held or (wanted[-1] == held[-1] and wanted[0][0] == held[0][0])):
            return Recipient(role=role.value, address=person.address)
    return None


def _name_words(name: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]+", name.casefold()) if word not in _TITLES]


def ask_whom(policy: Policy, school: School) -> AskWhom:
    """Who is asked about a policy's findings, in words."""
    return AskWhom(
        owner=owner_of(policy, school).words,
        manager=manager_of(school).words,
        owner_found=find_owner(policy.owner_words, school) is not None,
        owner_left=is_gone(policy),
    )
