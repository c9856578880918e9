"""What a school decides for itself about its register of policies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casework.policy_register.standing import DueDay
from casework.policy_register.statutory import StatutoryPolicy


class InCalendar(StrEnum):
    """In whose Outlook calendar the days of reviews stand."""

    NOBODY = "off"
    OWNER = "owner"
    MANAGER = "manager"


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyRules:
    """A school's own choices.

    Attributes:
        manager: the role that keeps the policies: gets the Monday digest, and what no owner can be found for.
        due: on which day of a month or term a review is due.
        statutory: the policies that the law asks a school of this kind for; empty where that is not checked.
        calendar: in whose calendar reviews stand.
        fetches_published: published copies are fetched and compared; if not, a person is asked to compare them.
        readers: groups that must be able to open every policy, by the names that sharing shows.
    """

    manager: str = "headteacher"
    due: DueDay = DueDay.LAST
    statutory: tuple[StatutoryPolicy, ...] = ()
    readers: tuple[str, ...] = ()
    calendar: InCalendar = InCalendar.NOBODY
    fetches_published: bool = False
