"""The school as rules see it: its people by role, its calendar, its hours and its face on letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from casework.absences import Away
from casework.addresses import addresses_in
from casework.cases import Case
from casework.host_packs import HostPacks
from casework.letter_kinds import LetterKind
from casework.letter_rules import LetterRules
from casework.policy_register.rules import PolicyRules
from casework.school_hours import SCHOOL_HOURS, SendingHours, inside_hours, next_opening, opening
from casework.sending_cap import MOST_AN_HOUR
from casework.term_dates import TermDates


class Role(StrEnum):
    HEADTEACHER = "headteacher"
    DEPUTY = "deputy"
    OFFICE = "office"
    CLERK = "clerk"
    CHAIR = "chair"
    SAFEGUARDING_LEAD = "safeguarding_lead"

    @property
    def words(self) -> str:
        return _ROLE_WORDS.get(self.value, self.value)


DECIDERS = (Role.HEADTEACHER, Role.DEPUTY, Role.CHAIR)
"""Who decides on what leaves the school, in this order."""

_ROLE_WORDS = {
    "safeguarding_lead": "safeguarding lead",
    "chair": "chair of governors",
    "clerk": "governors' clerk",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody by role; `name` as it stands under a letter, such as "Mrs A. Vale"."""

    role: Role
    name: str
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class School:
    """Everything about the school that rules and letters need.

    Attributes:
        code: capitals before case numbers.
        own_domains: mail domains of the school, lower case.
        head_called: names by which reports speak of the headteacher.
        hours: when, on school days, reminders and digests go out.
        removal_days, reply_days: school days that a parent is given, from service.
        post_days: working days after which a posted letter is taken to have arrived.
        most_mails_an_hour: what would be more is held back; urgent mails and approved letters go, and are counted.
        urgent_hours: after which a third person is told of a possible threat that nobody has taken up.
        cases_url, policies_url: of the registers, for notes to staff.
        policies: how the school keeps its policies.
        second_alarm: an entry in the office's calendar rings where Casework has stopped.
        deadlines_in_outlook: the days of cases stand in the calendar of whoever acts, and in a feed.
        letters: what is laid down for each kind of letter.
        outside_addresses: by a decider's address, those outside the school from which a decision is agreed to count.
        delegates: by a decider's address, the colleagues who are agreed to answer in the decider's name.
        away: addresses and the days on which these people are known beforehand to be away.
        third_person: who is told of a letter that has waited five school days for its decision.
        hosts: how to complain to each platform.
    """

    code: str
    name: str
    zone: ZoneInfo
    people: Mapping[Role, Person]
    calendar: TermDates
    reporting_mailbox: str
    own_domains: frozenset[str]
    head_called: tuple[str, ...] = ()
    motto: str = ""
    address_lines: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    website: str = ""
    logo: str = ""
    hours: SendingHours = SCHOOL_HOURS
    removal_days: int = 10
    reply_days: int = 5
    post_days: int = 2
    urgent_hours: int = 2
    most_mails_an_hour: int = MOST_AN_HOUR
    cases_url: str = ""
    policies_url: str = ""
    policies: PolicyRules = field(default_factory=PolicyRules)
    second_alarm: bool = False
    deadlines_in_outlook: bool = False
    letters: LetterRules = field(default_factory=dict)
    outside_addresses: Mapping[str, frozenset[str]] = field(default_factory=dict)
    delegates: Mapping[str, frozenset[str]] = field(default_factory=dict)
    away: tuple[tuple[str, Away], ...] = ()
    third_person: Role = Role.OFFICE
    hosts: HostPacks | None = None
    channels: tuple[str, ...] = (
        "your child's class teacher, in confidence",
        "the phase leader",
        "the SENDCo",
        "the headteacher",
        "our complaints procedure",
    )

    def today(self, now: datetime) -> date:
        """The day at the school at that moment."""
        return now.astimezone(self.zone).date()

    def is_sending_time(self, now: datetime, *, on_working_days: bool = False) -> bool:
        """True inside the hours in which reminders and digests go out; on working days, for what no holiday stops."""
        hours = replace(self.hours, on_working_days=True) if on_working_days else self.hours
        return inside_hours(now, self.calendar, hours, self.zone)

    def next_sending_time(self, now: datetime, *, on_working_days: bool = False) -> datetime:
        """This moment if reminders may go, else the one, in UTC, from which they may."""
        hours = replace(self.hours, on_working_days=True) if on_working_days else self.hours
        return next_opening(now, self.calendar, hours, self.zone)

    def opening(self, day: date) -> datetime:
        """The moment, in UTC, at which the hours of mail of a day begin."""
        return opening(day, self.hours, self.zone)

    def working_day_after(self, day: date, amount: int) -> date:
        """The working day so many working days after a day; no calendar of terms is needed for it."""
        return self.calendar.working_day_after(day, amount)

    def person(self, role: Role) -> Person:
        """Who holds the role; the headteacher where nobody does."""
        return self.people.get(role, self.people[Role.HEADTEACHER])

    def approver_of(self, case: Case) -> Person:
        """Who decides on the letters of a case as far as the row tells: the chair where it concerns the headteacher."""
        deciders = self.deciders_of(case)
        return deciders[0] if deciders else self.person(Role.CHAIR)

    def deciders_of(self, case: Case, *, apart: frozenset[str] = frozenset()) -> tuple[Person, ...]:
        """Everybody who may decide on the letters of a case, in their order, none of them concerned by it.

        Nobody decides who is its subject, whom the post is about, or who wrote the report. A case about the headteacher
        is the chair's alone; in any other one the deputy comes after the headteacher, and the chair last.

        Args:
            case: the case.
            apart: addresses in lower case of whoever wrote its report.
        """
        roles = (Role.CHAIR,) if case.concerns_head else DECIDERS
        concerned = case.staff.subject_addresses | addresses_in(case.staff.steps.target_address) | apart
        if case.concerns_head:
            concerned |= {self.person(Role.HEADTEACHER).address.casefold()}
        return self._holders(roles, apart=concerned)

    def deciders_of_paper(self, recipient: str) -> tuple[Person, ...]:
        """Everybody who may decide on a paper of no case: the headteacher, the deputy, and the chair last.

        Nobody decides on what goes to themselves, unless nobody else is there.
        """
        others = self._holders(DECIDERS, apart=frozenset({recipient.casefold()}))
        return others or (self.person(Role.HEADTEACHER),)

    def _holders(self, roles: tuple[Role, ...], *, apart: frozenset[str]) -> tuple[Person, ...]:
        """Who holds these roles, each once and in their order, without those addresses."""
        found: dict[str, Person] = {}
        for role in roles:
            person = self.people.get(role)
            if person and person.address.casefold() not in apart:
                found.setdefault(person.address.casefold(), person)
        return tuple(found.values())

    def role_words(self, address: str) -> str:
        """Who has this address, by role, with the article; "a member of staff" where no role has it."""
        has = (
            person.role.words
            for person in self.people.values()
            if person.address.casefold() == address.casefold()
        )
        role = next(has, "")
        return f"the {role}" if role else "a member of staff"

    def letter_name(self, kind: LetterKind) -> str:
        """How mails call a kind of letter: "the written request to remove the post"."""
        rule = self.letters.get(kind)
        return rule.name if rule else f"the {kind.value.replace('_', ' ')}"

    @property
    def name_words(self) -> frozenset[str]:
        """The words of the school's own name, which do not tell one of its policies from another."""
        return frozenset(self.name.casefold().replace("'", "").split())

    @property
    def own_addresses(self) -> frozenset[str]:
        staff = {person.address.casefold() for person in self.people.values()}
        return frozenset(staff | {self.reporting_mailbox.casefold()})
