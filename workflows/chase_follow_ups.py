"""Chase follow-ups: decide who is reminded of which duty and decision, until it is done; each rung once ever.

What is decided lies in the outbox until `report_day` gives it to each person in one mail a day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from casework.cases import Case, Stage
from casework.follow_ups import Audience, DueRung, Ladder, due_rungs
from casework.intents import Remind
from casework.ladders import SHIPPED_LADDERS, Ladders
from casework.letters import Letter, LetterState
from casework.mails import change_wanted, deputy_offered
from casework.mails.reminders import (
    escalate_decision,
    escalate_duty,
    remind_of_decision,
    remind_of_duty,
    remind_to_file,
    remind_to_look,
)
from casework.placing import Place
from casework.ports import Journal
from casework.procedures import Procedures, Standing, duties_of, standing_of
from casework.records import JournalTransaction
from casework.school import School
from casework.still_up import PostState
from casework.tags import TokenMaker
from casework.who_acts import next_person, who_acts
from workflows.deciding import deciding_now
from workflows.job_report import JobReport
from workflows.planning import plan, record


def chase_follow_ups(
    *,
    journal: Journal,
    school: School,
    procedures: Procedures,
    tokens: TokenMaker,
    now: datetime,
    ladders: Ladders = SHIPPED_LADDERS,
) -> JobReport:
    """Gather the reminders that are due now. After days of darkness that is one a person and matter, not a storm."""
    in_term = school.is_sending_time(now)
    if not (in_term or school.is_sending_time(now, on_working_days=True)):
        return JobReport()
    chase = _Chase(
        school=school, procedures=procedures, tokens=tokens, now=now, ladders=ladders, in_term=in_term
    )
    with journal.transaction() as transaction:
        planned = sum(chase.case(transaction, case) for case in transaction.cases.open())
        planned += chase.tray(transaction) if in_term else 0
    return JobReport(changes=planned)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Chase:
    school: School
    procedures: Procedures
    tokens: TokenMaker
    now: datetime
    ladders: Ladders
    in_term: bool

    def case(self, transaction: JournalTransaction, case: Case) -> int:
        """Plan what is due for one case: its letters' decisions or its step, and its duties beside that."""
        letters, procedure = transaction.letters.of_case(case.reference), self.procedures.of(case)
        standing = standing_of(case, letters, school=self.school, procedure=procedure)
        duties = duties_of(case, letters, school=self.school, procedure=procedure)
        beside = sum(self._matter(transaction, case, duty.standing) for duty in duties)
        return beside + self._step(transaction, case, letters, standing)

    def _step(
        self, transaction: JournalTransaction, case: Case, letters: tuple[Letter, ...], standing: Standing
    ) -> int:
        if standing.stage is Stage.AWAITING_APPROVAL:
            waiting = [
                letter for letter in letters if letter.state in {LetterState.WAITING, LetterState.MISSING}
            ]
            changing = [letter for letter in letters if letter.state is LetterState.CHANGING]
            if not self.in_term:
                return 0
            planned = sum(self._letter(transaction, case, letter) for letter in waiting)
            return planned + sum(self._change(transaction, letter) for letter in changing)
        return self._matter(transaction, case, standing)

    def _matter(self, transaction: JournalTransaction, case: Case, standing: Standing) -> int:
        """Plan the reminders of one duty: that of the step, or one beside it."""
        if standing.deadline is None:
            return 0
        duty = standing.deadline.duty
        ladder = self.ladders.of_duty(duty.name, duty.clock)
        if not (self.in_term or ladder.runs_through_holidays):
            return 0
        prefix = f"{self.school.code}/case/{case.reference}/reminder/{standing.matter}/"
        rungs = self._due(transaction, ladder, standing.deadline.due, prefix, since=standing.began_on)
        reminders = (self._duty(case, standing, rung) for rung in rungs)
        return plan(
            transaction,
            *(replace(one, through_holidays=ladder.runs_through_holidays) for one in reminders),
        )

    def tray(self, transaction: JournalTransaction) -> int:
        """Ask the office again, once a school day, about each message that still waits to be filed."""
        today = self.school.today(self.now)
        waiting = transaction.sightings.waiting(Place.TRAY.value)
        older = [one for one in waiting if self.school.today(one.seen_at) < today]
        return plan(transaction, *(remind_to_file(one, school=self.school, today=today) for one in older))

    def _due(
        self,
        transaction: JournalTransaction,
        ladder: Ladder,
        due: date,
        prefix: str,
        *,
        since: date | None = None,
    ) -> tuple[DueRung, ...]:
        sent = transaction.outbox_view.keys_starting(prefix)
        already = frozenset(key.removeprefix(prefix) for key in sent)
        return due_rungs(
            ladder,
            due=due,
            now=self.now,
            calendar=self.school.calendar,
            already=already,
            since=since,
            hours=self.school.hours,
            zone=self.school.zone,
        )

    def _duty(self, case: Case, standing: Standing, rung: DueRung) -> Remind:
        today = self.school.today(self.now)
        if rung.audience is not Audience.HANDLER:
            role, to = next_person(case, school=self.school)
            return escalate_duty(
                case, standing, rung=rung.name, role=role, to=to, school=self.school, today=today
            )
        role, to = who_acts(case, standing.owner, school=self.school)
        if self._asks_whether_still_up(case, standing):
            return remind_to_look(
                case,
                standing,
                rung=rung.name,
                role=role,
                to=to,
                school=self.school,
                tokens=self.tokens,
                today=today,
            )
        return remind_of_duty(
            case, standing, rung=rung.name, role=role, to=to, school=self.school, today=today
        )

    def _asks_whether_still_up(self, case: Case, standing: Standing) -> bool:
        """From the due day on, until somebody has looked on that day or later."""
        today = self.school.today(self.now)
        if standing.duty or standing.stage not in {Stage.WATCHING, Stage.AWAITING_REMOVAL}:
            return False
        if standing.due is None:
            return False
        looked = case.post_seen_on is not None and case.post_seen_on >= standing.due
        return standing.due <= today and not looked and case.post_state is not PostState.GONE

    def _letter(self, transaction: JournalTransaction, case: Case, letter: Letter) -> int:
        if letter.requested_at is None:
            return 0
        asked_on = self.school.today(letter.requested_at)
        due = self._due(transaction, self.ladders.approval, asked_on, f"{letter.key}/reminder/")
        offers = [rung for rung in due if rung.audience is Audience.DEPUTY]
        rungs = [rung for rung in due if rung.audience is not Audience.DEPUTY]
        offered = sum(self._offer(transaction, case, letter, rung, asked_on) for rung in offers)
        return offered + plan(
            transaction,
            *(self._decision(case, letter, rung, asked_on) for rung in rungs),
        )

    def _offer(
        self, transaction: JournalTransaction, case: Case, letter: Letter, rung: DueRung, asked_on: date
    ) -> int:
        """Let the deputy decide as well; the approver's request stays, and the first answer of the two counts."""
        deputy = deciding_now(transaction, self.school, self.now).deputy_for(
            case, self.school, letter.approver
        )
        if deputy is None or letter.deputy or letter.state is not LetterState.WAITING:
            return 0
        offered = replace(
            letter,
            deputy=deputy.address.casefold(),
            deputy_token=self.tokens.approver(f"{letter.key}/deputy"),
            offered_at=self.now,
        )
        transaction.letters.save(offered)
        record(transaction, "letter.offered", at=self.now, case=letter.case, version=letter.version)
        waiting = self._school_days(asked_on)
        offer = deputy_offered(
            offered, rung=rung.name, school=self.school, asked_on=asked_on, waiting=waiting
        )
        return plan(transaction, offer)

    def _change(self, transaction: JournalTransaction, letter: Letter) -> int:
        """Remind the office of a change that an approver wants, as an approver is reminded of a decision."""
        if letter.change_wanted_at is None:
            return 0
        asked_on = self.school.today(letter.change_wanted_at)
        rungs = self._due(transaction, self.ladders.approval, asked_on, f"{letter.key}/change/")
        token = self.tokens.question(letter.key)
        reminded = [rung for rung in rungs if rung.audience is not Audience.DEPUTY][-1:]
        return plan(
            transaction,
            *(
                change_wanted(letter, school=self.school, token=token, now=self.now, rung=rung.name)
                for rung in reminded
            ),
        )

    def _school_days(self, since: date) -> int:
        today, calendar = self.school.today(self.now), self.school.calendar
        days = (date.fromordinal(day) for day in range(since.toordinal() + 1, today.toordinal() + 1))
        return sum(calendar.covers(day) and calendar.is_school_day(day) for day in days)

    def _decision(self, case: Case, letter: Letter, rung: DueRung, asked_on: date) -> Remind:
        """Reminds the approver; the last rung tells the office. A case about the headteacher stays with the chair."""
        today, school = self.school.today(self.now), self.school
        if rung.audience is Audience.THIRD_PERSON and not case.concerns_head:
            return escalate_decision(letter, rung=rung.name, school=school, asked_on=asked_on, today=today)
        waiting = self._school_days(asked_on)
        return remind_of_decision(letter, rung=rung.name, school=school, asked_on=asked_on, waiting=waiting)
