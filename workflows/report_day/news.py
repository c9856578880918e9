"""What is open, what happened and what could not be done: the sentences of a morning mail, without content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from casework.cases import Case, CaseReference, Stage
from casework.evidence_words import next_step, wrong_item
from casework.letters import Letter
from casework.mails.morning import Entry, Section
from casework.mails.reminders import decision_entry, duty_entry
from casework.policy_register import PolicyStatus
from casework.policy_register.policies import policies_of
from casework.procedures import Procedures, duties_of, standing_of
from casework.records import Event, JournalTransaction, PlannedEffect
from casework.school import Role, School
from workflows.calendar_changes import CALENDAR_TROUBLE
from workflows.carry_out.mails import FOR_SCHOOL_HOURS
from workflows.governors_paper import papers_open
from workflows.heartbeat import silence_lines
from workflows.journal_copies import copy_trouble
from workflows.keep_house import BACKUP_TROUBLE
from workflows.report_day.busy_hours import held_back_lines
from workflows.report_day.gathered import WAITING
from workflows.report_day.nobody_decides import nobody_decides_lines
from workflows.returned_papers import returned_lines
from workflows.second_alarm import alarm_lines
from workflows.set_aside import set_aside_lines

SOON = timedelta(days=7)
LONG = 20
"""Attempts, which at ten minutes each are about three hours."""

HAPPENED = {
    "case.opened": "a case was opened",
    "letter.sent": "a letter was sent",
    "letter.sent_back": "a letter was sent back for a change",
    "letter.rejected": "a letter was rejected",
    "case.closed": "the case was closed",
    "case.closed_unseen": "the case was closed",
    "case.closed_by_reply": "the case was closed",
    "case.reopened": "the case was opened again",
    "case.reopened_by_answer": "the case was opened again by an answer",
    "case.linked": "the case was linked with others",
    "message.joined": "a message was added to the case",
}


class DueRow(NamedTuple):
    """A line of what is due, with what it is sorted by."""

    day: date
    case: CaseReference
    entry: Entry


@dataclass(frozen=True, kw_only=True)
class News:
    """Collects the lines. Nothing for the headteacher ever speaks of a case that may concern the headteacher.

    What is the same for every reader is worked out once; make another one where something has been saved since.

    Attributes:
        since: the last morning.
    """

    transaction: JournalTransaction
    school: School
    procedures: Procedures
    now: datetime
    since: datetime

    def overview(self, role: Role) -> tuple[Entry, ...]:
        """Every open duty that is due within a week or late, what waits for the reader, and overdue policies."""
        seen = self._seen(role)
        due = sorted((row for case in seen for row in self._due.get(case.reference, ())), key=_by_day)
        return (*self._waiting(role, seen), *(row.entry for row in due), *self._policies)

    def happened(self, role: Role) -> tuple[str, ...]:
        shown = {case.reference for case in self._seen(role)}
        return tuple(
            _happened(event, self.school.today(event.at))
            for event in self._events
            if event.case in shown or "paper" in event.fields
        )

    def could_not(self, role: Role) -> tuple[str, ...]:
        """What needs a person. Only the office hears of what belongs to no case."""
        shown = {case.reference for case in self._seen(role)}
        return tuple(self._could_not(role, shown))

    def could_not_for_stand_in(self) -> tuple[str, ...]:
        """What the office would hear of, for somebody of the leadership: without cases about the headteacher."""
        hidden = [case.reference for case in self._cases if case.concerns_head]
        shown = {case.reference for case in self._seen(Role.HEADTEACHER)}
        return tuple(
            line
            for line in self._could_not(Role.OFFICE, shown)
            if not any(reference in line for reference in hidden)
        )

    @cached_property
    def _cases(self) -> tuple[Case, ...]:
        return self.transaction.cases.all()

    @cached_property
    def _events(self) -> tuple[Event, ...]:
        """What happened that a morning mail speaks of."""
        return tuple(event for event in self.transaction.events.since(self.since) if event.what in HAPPENED)

    def _seen(self, role: Role) -> list[Case]:
        return [case for case in self._cases if _may_read(role, case)]

    @cached_property
    def _due(self) -> Mapping[CaseReference, Sequence[DueRow]]:
        """What is due within a week or late, or to be warned of, by open case."""
        today = self.school.today(self.now)
        return {case.reference: tuple(self._due_of(case, today)) for case in self._cases if case.is_open}

    def _due_of(self, case: Case, today: date) -> Iterator[DueRow]:
        horizon = today + SOON
        letters, procedure = self.transaction.letters.of_case(case.reference), self.procedures.of(case)
        standing = standing_of(case, letters, school=self.school, procedure=procedure)
        if standing.due and standing.due <= horizon and standing.stage is not Stage.AWAITING_APPROVAL:
            yield DueRow(standing.due, case.reference, duty_entry(case, standing, today=today))
        elif standing.warning:
            warned = Entry(section=Section.TO_DO, title=case.reference, text=standing.warning)
            yield DueRow(horizon, case.reference, warned)
        for duty in duties_of(case, letters, school=self.school, procedure=procedure):
            if duty.due and duty.due <= horizon:
                yield DueRow(duty.due, case.reference, duty_entry(case, duty.standing, today=today))

    @cached_property
    def _undecided(self) -> Mapping[CaseReference, Sequence[Letter]]:
        """The letters that wait for a decision, by case; a governors' paper is a case of its own."""
        found: dict[CaseReference, list[Letter]] = {}
        for letter in self.transaction.letters.open():
            if letter.state in WAITING:
                found.setdefault(letter.case, []).append(letter)
        return found

    def _waiting(self, role: Role, seen: Iterable[Case]) -> Iterator[Entry]:
        reader = self.school.person(role).address.casefold()
        for about in (*(case.reference for case in seen), *papers_open(self.transaction)):
            for letter in self._undecided.get(about, ()):
                if letter.approver == reader:
                    yield decision_entry(letter, school=self.school)

    def _could_not(self, role: Role, shown: set[CaseReference]) -> Iterator[str]:
        for effect in (*self.transaction.outbox_view.needing_a_person(), *self._long_tried()):
            if effect.case is None and role is Role.OFFICE:
                yield f"{effect.kind.capitalize()} failed: {effect.problem}"
            elif effect.case in shown:
                yield f"{effect.case}, {effect.kind}: {effect.problem}"
        if role is not Role.OFFICE:
            return
        yield from nobody_decides_lines(self.transaction, self.school, shown=shown, now=self.now)
        yield from held_back_lines(self.transaction, self.school, since=self.since)
        yield from self._not_backed_up()
        yield from set_aside_lines(self.transaction.cursors)
        yield from returned_lines(self.transaction.cursors)
        yield from silence_lines(self.transaction, self.school, since=self.since)
        yield from alarm_lines(self.transaction.cursors, self.school)
        yield from self._wrong_evidence()
        waiting = len(self.transaction.sightings.needing_a_person())
        if waiting:
            yield (
                f"{'1 message waits' if waiting == 1 else f'{waiting} messages wait'} in the folder "
                '"Casework/Needs a person" to be looked at. '
                "Move one back into the Inbox to have it tried again; seen, and nothing to do: casework seen."
            )
        yield from self._unreadable()
        if wrong := self.transaction.cursors.get(CALENDAR_TROUBLE):
            yield wrong
        ends = self.school.calendar.runs_short(self.school.today(self.now))
        if ends:
            yield ends

    def _not_backed_up(self) -> Iterator[str]:
        """The journal has no copy of last night: nobody would notice until it is needed."""
        if problem := self.transaction.cursors.get(BACKUP_TROUBLE):
            yield problem
        if trouble := copy_trouble(self.transaction):
            yield f"The copy of the journal could not be put into the casework library: {trouble.problem}"

    def _wrong_evidence(self) -> list[str]:
        """Evidence that the last check found changed or missing, until it is right again."""
        return [
            f"{item.case or 'Evidence without a case'}: {wrong_item(item, item.finding).what} "
            f"{next_step(item, item.finding)}."
            for item in self.transaction.evidence.found_wrong()
            if item.finding
        ]

    def _long_tried(self) -> list[PlannedEffect]:
        """What is still tried again and again, and has been for hours: perhaps a person can help."""
        return [
            effect
            for effect in self.transaction.outbox_view.unfinished()
            if effect.attempts >= LONG and effect.problem != FOR_SCHOOL_HOURS
        ]

    @cached_property
    def _policies(self) -> list[Entry]:
        school, today = self.school, self.school.today(self.now)
        policies = policies_of(self.transaction.policies.all(), apart_from=school.name_words)
        overdue = [
            policy
            for policy in policies
            if not (policy.is_lost or policy.is_retired)
            and policy.status(today=today, which=school.policies.due) is PolicyStatus.OVERDUE
        ]
        if not overdue:
            return []
        verb = "policy is" if len(overdue) == 1 else "policies are"
        text = f"{len(overdue)} {verb} overdue for review; the Policies list says which."
        return [Entry(section=Section.POLICIES_OVERDUE, title="The school's policies", text=text)]

    def _unreadable(self) -> list[str]:
        unreadable = [
            policy for policy in self.transaction.policies.all() if policy.problem and not policy.removed
        ]
        return [
            f"{policy.path.rpartition('/')[2]} could not be read: {policy.problem}." for policy in unreadable
        ]


def _by_day(row: DueRow) -> tuple[date, CaseReference]:
    return row.day, row.case


def _may_read(role: Role, case: Case) -> bool:
    return not (case.concerns_head and role is Role.HEADTEACHER)


def _happened(event: Event, day: date) -> str:
    about, what = event.case or "Governors' paper", HAPPENED[event.what]
    return f"{about}: {what if event.case else what.replace('a letter', 'it')} on {day.day} {day:%B %Y}."
