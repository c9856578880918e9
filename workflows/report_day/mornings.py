"""Whose morning it is, and what each person's one mail of the day holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from casework.conflicts import is_in_conflict
from casework.intents import Remind
from casework.mails.morning import Morning, Reader, morning_mail, newest_of_each
from casework.marks import reporter_mark
from casework.records import JournalTransaction
from casework.school import Role, School
from workflows.deciding import away_today
from workflows.planning import plan
from workflows.report_day.news import News
from workflows.report_day.weekly import WeeksHead

LAST = "digest last made at"
READERS = (Role.OFFICE, Role.HEADTEACHER)
"""Who looks after everything, and so hears what happened and what could not be done."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mornings:
    """Makes the mails, and takes what they say off the pile in the same transaction."""

    transaction: JournalTransaction
    school: School
    news: News
    now: datetime

    def plan(self, gathered: Iterable[Remind], *, head: WeeksHead | None, shapes: tuple[str, ...]) -> int:
        """Plan one mail a person; `head` is None unless this is the first look of the day."""
        by_address: dict[str, list[Remind]] = {}
        given = tuple(gathered)
        away = self._who_is_away(given)
        for remind in given:
            to = self._stands_in(remind, away) or remind.to
            by_address.setdefault(to, []).append(remind)
        if head is not None:
            for role in READERS:
                by_address.setdefault(self._address(role), [])
            if for_office := self._for_office(away):
                by_address.setdefault(for_office, [])
        return sum(
            self._one(address, tuple(reminders), away=away, head=head, shapes=shapes)
            for address, reminders in by_address.items()
        )

    def _one(
        self,
        address: str,
        reminders: tuple[Remind, ...],
        *,
        away: frozenset[str],
        head: WeeksHead | None,
        shapes: tuple[str, ...],
    ) -> int:
        reader = self._reader(address, reminders)
        told = newest_of_each(reminders)
        today = self.school.today(self.now)
        if self.transaction.outbox_view.keys_starting(f"{self.school.code}/digest/{today}/{reader.slot}"):
            return 0  # one mail a day: what came since then waits for tomorrow's
        roles = [role for role in READERS if self._address(role) == address]
        morning = Morning(reminders=told)
        if roles:
            morning = self._of_reader(roles[0], told, head=head, shapes=shapes)
        for_office = head is not None and address == self._for_office(away)
        if for_office:
            morning = self._with_the_offices(morning, shapes)
        absent = self._absent(address, reminders, for_office=for_office)
        morning = replace(morning, stands_in_for=absent)
        mail = morning_mail(morning, reader=reader, school=self.school, today=today)
        if mail is None:
            return 0
        for remind in reminders:
            self.transaction.outbox.finish(remind.key)
        return plan(self.transaction, mail)

    def _address(self, role: Role) -> str:
        return self.school.person(role).address.casefold()

    def _who_is_away(self, reminders: Iterable[Remind]) -> frozenset[str]:
        people = [person.address.casefold() for person in self.school.people.values()]
        addresses = dict.fromkeys((*people, *(remind.to for remind in reminders)))
        return away_today(self.transaction, self.school, self.now, addresses)

    def _stands_in(self, remind: Remind, away: frozenset[str]) -> str:
        """Who has the matters of somebody who is away; whoever decides on letters is settled elsewhere.

        That is the deputy, or the headteacher for the deputy's own; the chair where the headteacher must not hear of it.
        """
        if remind.to not in away or remind.holds_while.startswith("letter/"):
            return ""
        case = self.transaction.cases.get(remind.case) if remind.case else None
        roles = (Role.CHAIR,) if case and case.concerns_head else (Role.DEPUTY, Role.HEADTEACHER)
        people = (self.school.people.get(role) for role in roles)
        there = (person.address.casefold() for person in people if person)
        return next(
            (
                one
                for one in there
                if one not in away and not (case and is_in_conflict(case, one, school=self.school))
            ),
            "",
        )

    def _for_office(self, away: frozenset[str]) -> str:
        """Who reads while the office is away what could not be done: trouble must not lie unread for a fortnight."""
        if self._address(Role.OFFICE) not in away:
            return ""
        people = (self.school.people.get(role) for role in (Role.DEPUTY, Role.HEADTEACHER))
        there = (person.address.casefold() for person in people if person)
        return next((one for one in there if one not in away), "")

    def _with_the_offices(self, morning: Morning, shapes: tuple[str, ...]) -> Morning:
        """With what the office would have read of what could not be done, but for cases about the headteacher."""
        known = set(morning.could_not)
        lines = (*self.news.could_not_for_stand_in(), *shapes)
        could_not = (*morning.could_not, *(line for line in lines if line not in known))
        is_new = self._is_new(Role.DEPUTY, could_not) or bool(morning.could_not and morning.could_not_is_new)
        return replace(morning, could_not=could_not, could_not_is_new=is_new)

    def _absent(self, address: str, reminders: tuple[Remind, ...], *, for_office: bool) -> tuple[str, ...]:
        """In office words, whose matters came to this person."""
        others = [remind.to for remind in reminders if remind.to != address]
        if for_office:
            others.append(self._address(Role.OFFICE))
        return tuple(dict.fromkeys(self.school.role_words(other) for other in others))

    def _reader(self, address: str, reminders: tuple[Remind, ...]) -> Reader:
        """A person of the school by role; anybody else, such as a handler, by a fingerprint."""
        roles = [*READERS, *(role for role in Role if role not in READERS)]
        for role in roles:
            person = self.school.people.get(role)
            if person and person.address.casefold() == address:
                return Reader(role=role.value, address=address, slot=role.value)
        role_words = reminders[0].role if reminders else "staff"
        return Reader(role=role_words, address=address, slot=reporter_mark(address)[:16])

    def _of_reader(
        self,
        role: Role,
        reminders: tuple[Remind, ...],
        *,
        head: WeeksHead | None,
        shapes: tuple[str, ...],
    ) -> Morning:
        is_office = role is Role.OFFICE
        policies = any(remind.mail.startswith("policy") for remind in reminders)
        overview = tuple(
            entry
            for entry in self.news.overview(role)
            if not (policies and entry.section.name.startswith("POLICIES"))
        )
        could_not = (*self.news.could_not(role), *(shapes if is_office else ()))
        return Morning(
            reminders=reminders,
            overview=overview,
            happened=self.news.happened(role) if head is not None else (),
            could_not=could_not,
            could_not_is_new=head is not None and self._is_new(role, could_not),
            week=head.figures if head and is_office else (),
            log_head=head.text if head else "",
        )

    def _is_new(self, role: Role, could_not: tuple[str, ...]) -> bool:
        """True if there is a line that yesterday's did not have; the same trouble makes no mail every day."""
        name = f"could not be done/{role.value}"
        told = set((self.transaction.cursors.get(name) or "").split())
        now = set(_fingerprints(could_not))
        self.transaction.cursors.put(name, " ".join(sorted(now)))
        return bool(now - told)


def _fingerprints(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield hashlib.sha256(line.encode()).hexdigest()[:16]
