"""Report the day: one digest a person on the morning of a school day; what is due, what waits, what could not be done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from casework import mails
from casework.cases import Case, CaseReference, Stage
from casework.evidence_words import next_step, wrong_item
from casework.letters import Letter, LetterState
from casework.list_shape import ListShapes
from casework.mails.duties import DigestLines
from casework.policy_register import PolicyStatus
from casework.policy_register.policies import policies_of
from casework.ports import Journal
from casework.procedures import Procedure, Standing, standing_of
from casework.records import Event, JournalTransaction, PlannedEffect, head_in_words
from casework.school import Role, School
from workflows.carry_out.mails import FOR_SCHOOL_HOURS
from workflows.changed_lists import look_at_lists
from workflows.job_report import JobReport
from workflows.planning import plan

LAST = "digest last made at"
HEAD_MAILED = "head of the log last mailed at"
READERS = (Role.OFFICE, Role.HEADTEACHER)
SOON = timedelta(days=7)
LONG = 20
"""Attempts, which at ten minutes each are about three hours."""

HAPPENED = {
    "case.opened": "a case was opened",
    "letter.sent": "a letter was sent",
    "letter.sent_back": "a letter was sent back for a change",
    "letter.rejected": "a letter was rejected",
    "case.closed": "the case was closed",
    "case.reopened_by_answer": "the case was opened again by an answer",
    "case.linked": "the case was linked with others",
    "message.joined": "a message was added to the case",
}


def report_day(
    *, journal: Journal, school: School, procedure: Procedure, lists: ListShapes, now: datetime
) -> JobReport:
    """Make today's digests, once, if it is a school day inside the hours; an empty one is not sent."""
    today = school.today(now)
    if not school.is_sending_time(now):
        return JobReport()
    with journal.transaction() as transaction:
        last = transaction.cursors.get(LAST)
    if last and school.today(datetime.fromisoformat(last)) >= today:
        return JobReport()
    shapes = look_at_lists(lists=lists, journal=journal)
    with journal.transaction() as transaction:
        since = datetime.fromisoformat(last) if last else now - timedelta(days=1)
        digest = _Digest(transaction=transaction, school=school, procedure=procedure, now=now)
        planned, head = 0, _head_of_the_week(transaction, school, now)
        for role in READERS:
            lines = replace(digest.lines(role, since), log_head=head.text)
            if role is Role.OFFICE:
                lines = replace(lines, could_not=(*lines.could_not, *shapes.lines))
            if not lines.is_empty or (head.is_late and role is Role.OFFICE):
                planned += plan(transaction, mails.daily_digest(lines, school=school, role=role, today=today))
        if planned or head.is_first:
            transaction.cursors.put(HEAD_MAILED, now.isoformat())
        transaction.cursors.put(LAST, now.isoformat())
    return JobReport(changes=planned, problems=shapes.problems)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Head:
    """The newest entry of the log, for the week's first digest; late if no digest went out for a week."""

    text: str = ""
    is_first: bool = False
    is_late: bool = False


def _head_of_the_week(transaction: JournalTransaction, school: School, now: datetime) -> _Head:
    """Mailed heads lie outside the journal: whoever cuts its tail off cannot cut them."""
    mailed = transaction.cursors.get(HEAD_MAILED)
    text = head_in_words(transaction.events.head())
    if mailed is None:
        return _Head(text=text, is_first=True)
    last = datetime.fromisoformat(mailed)
    if school.today(last).isocalendar()[:2] == school.today(now).isocalendar()[:2]:
        return _Head()
    return _Head(text=text, is_late=now - last >= timedelta(days=7))


class _Digest:
    """Collects the lines. The headteacher's digest never speaks of a case that may concern the headteacher."""

    def __init__(
        self, *, transaction: JournalTransaction, school: School, procedure: Procedure, now: datetime
    ) -> None:
        self._transaction = transaction
        self._school = school
        self._procedure = procedure
        self._now = now

    def lines(self, role: Role, since: datetime) -> DigestLines:
        """The lines for one reader."""
        seen = [case for case in self._transaction.cases.all() if _may_read(role, case)]
        standings = [(case, self._standing(case)) for case in seen if case.is_open]
        shown = {case.reference for case in seen}
        return DigestLines(
            due=(*self._due(standings), *self._policies()),
            waiting=tuple(self._waiting(role, seen)),
            happened=tuple(
                _happened(event)
                for event in self._transaction.events.since(since)
                if event.what in HAPPENED and event.case in shown
            ),
            could_not=tuple(self._could_not(role, shown)),
        )

    def _standing(self, case: Case) -> Standing:
        letters = self._transaction.letters.of_case(case.reference)
        return standing_of(case, letters, school=self._school, procedure=self._procedure)

    def _due(self, standings: list[tuple[Case, Standing]]) -> list[str]:
        horizon = self._school.today(self._now) + SOON
        rows = []
        for case, standing in standings:
            if standing.due and standing.due <= horizon and standing.stage is not Stage.AWAITING_APPROVAL:
                due = f"{standing.due.day} {standing.due:%B %Y}"
                when = "overdue since" if standing.due < self._school.today(self._now) else "due"
                rows.append((standing.due, f"{case.reference}, {when} {due}: {standing.next_step}"))
            elif standing.warning:
                rows.append((horizon, f"{case.reference}: {standing.warning}"))
        return [line for _, line in sorted(rows)]

    def _waiting(self, role: Role, seen: list[Case]) -> list[str]:
        reader = self._school.person(role).address.casefold()
        lines = []
        for case in seen:
            for letter in self._transaction.letters.of_case(case.reference):
                if letter.approver == reader and letter.state in {LetterState.WAITING, LetterState.MISSING}:
                    lines.append(_waits(letter, self._school))  # noqa: PERF401 - two loops read better
        return lines

    def _could_not(self, role: Role, shown: set[CaseReference]) -> list[str]:
        """What needs a person. Only the office hears of what belongs to no case."""
        lines = []
        for effect in (*self._transaction.outbox_view.needing_a_person(), *self._long_tried()):
            if effect.case is None and role is Role.OFFICE:
                lines.append(f"{effect.kind.capitalize()} failed: {effect.problem}")
            elif effect.case in shown:
                lines.append(f"{effect.case}, {effect.kind}: {effect.problem}")
        if role is not Role.OFFICE:
            return lines
        lines += self._wrong_evidence()
        waiting = len(self._transaction.sightings.needing_a_person())
        if waiting:
            lines.append(
                f'{waiting} message(s) in the folder "Casework/Needs a person" wait to be looked at.'
            )
        ends = self._school.calendar.runs_short(self._school.today(self._now))
        return [*lines, *self._unreadable(), *([ends] if ends else [])]

    def _wrong_evidence(self) -> list[str]:
        """Evidence that the last check found changed or missing, until it is right again."""
        return [
            f"{item.case or 'Evidence without a case'}: {wrong_item(item, item.finding).what} "
            f"{next_step(item, item.finding)}."
            for item in self._transaction.evidence.found_wrong()
            if item.finding
        ]

    def _long_tried(self) -> list[PlannedEffect]:
        """What is still tried again and again, and has been for hours: perhaps a person can help."""
        return [
            effect
            for effect in self._transaction.outbox_view.unfinished()
            if effect.attempts >= LONG and effect.problem != FOR_SCHOOL_HOURS
        ]

    def _policies(self) -> list[str]:
        school, today = self._school, self._school.today(self._now)
        policies = policies_of(self._transaction.policies.all(), apart_from=school.name_words)
        overdue = [
            policy
            for policy in policies
            if not (policy.is_lost or policy.is_retired)
            and policy.status(today=today, which=school.policies.due) is PolicyStatus.OVERDUE
        ]
        if not overdue:
            return []
        verb = "policy is" if len(overdue) == 1 else "policies are"
        return [f"{len(overdue)} {verb} overdue for review; the Policies list says which."]

    def _unreadable(self) -> list[str]:
        unreadable = [
            policy for policy in self._transaction.policies.all() if policy.problem and not policy.removed
        ]
        return [
            f"{policy.path.rpartition('/')[2]} could not be read: {policy.problem}." for policy in unreadable
        ]


def _may_read(role: Role, case: Case) -> bool:
    return not (case.concerns_head and role is Role.HEADTEACHER)


def _waits(letter: Letter, school: School) -> str:
    asked = school.today(letter.requested_at) if letter.requested_at else None
    since = f" since {asked.day} {asked:%B %Y}" if asked else ""
    waits = "has waited" if since else "waits"
    name = school.letter_name(letter.kind)
    return f"{letter.case}: {name}, version {letter.version}, {waits} for your decision{since}."


def _happened(event: Event) -> str:
    return f"{event.case}: {HAPPENED[event.what]} on {event.at.day} {event.at:%B %Y}."
