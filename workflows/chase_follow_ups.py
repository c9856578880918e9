"""Chase follow-ups: decide who is reminded of which duty and decision, until it is done; each rung once ever.

What is decided lies in the outbox until `report_day` gives it to each person in one mail a day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from casework.cases import Case, Stage
from casework.follow_ups import Audience, DueRung, Ladder, due_rungs, next_rung_at
from casework.intents import Remind
from casework.ladders import SHIPPED_LADDERS, Ladders
from casework.letters import Letter, LetterState
from casework.looks import Look, Looked, soonest, world_of
from casework.mails import change_wanted, deputy_offered
from casework.mails.duties import Late
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
from casework.school import Person, School
from casework.still_up import PostState
from casework.tags import TokenMaker
from casework.who_acts import next_person, who_acts
from workflows.deciding import away_in_words, deciding_now
from workflows.governors_paper import deputy_for_paper, papers_open
from workflows.job_report import JobReport
from workflows.kept_deadlines import KEPT_SINCE, keep_deadlines
from workflows.looking import Round
from workflows.planning import plan, record_letter
from workflows.set_aside import Guard, handle_each, or_at_once


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
    chase = _Chase(
        school=school, procedures=procedures, tokens=tokens, now=now, ladders=ladders, in_term=in_term
    )
    with journal.transaction() as transaction:
        look = Round(
            look=Look.REMINDERS,
            world=world_of(school, procedures, ladders, KEPT_SINCE),
            now=now,
            away=away_in_words(transaction, school, now),
        )
        if not (in_term or school.is_sending_time(now, on_working_days=True)):
            look.look_over(
                transaction, school, or_at_once(lambda case: chase.soonest(transaction, case), now=now)
            )
            return JobReport()
        cases = look.cases(transaction)
    chased = handle_each(
        cases,
        lambda transaction, case: look.note(transaction, case, chase.case(transaction, case)),
        journal=journal,
        guard=Guard(journal, what="what is to be done in the case", now=now),
        key=lambda case: case.reference,
        case=lambda case: case.reference,
    )
    if not in_term:
        return chased.report
    with journal.transaction() as transaction:
        beside = chase.tray(transaction) + chase.papers(transaction)
        return JobReport.joined((chased.report, JobReport(changes=beside)))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Matter:
    """One thing of a case that somebody is reminded of.

    Attributes:
        due: the day that its ladder leans against.
        since: the day on which it was first told, if that counts as a reminder.
        prefix: what the keys of its reminders begin with.
        case: the case; None for the governors' paper.
        about: the step or duty, or the letter whose decision or change is waited for.
    """

    ladder: Ladder
    due: date
    prefix: str
    case: Case | None
    about: Standing | Letter
    since: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Chase:
    school: School
    procedures: Procedures
    tokens: TokenMaker
    now: datetime
    ladders: Ladders
    in_term: bool

    def case(self, transaction: JournalTransaction, case: Case) -> Looked:
        """Plan what is due for one case, and say when something is next."""
        keep_deadlines(transaction, case, school=self.school, procedure=self.procedures.of(case))
        matters = self._matters(transaction, case)
        planned = sum(self._plan(transaction, one) for one in matters if self._may_go(one))
        again = (
            soonest([self._following(one), None if self._may_go(one) else self._next_hours(one)])
            for one in matters
        )
        return Looked(changes=planned, again=soonest(again))

    def soonest(self, transaction: JournalTransaction, case: Case) -> datetime | None:
        """When something of the case is next to be planned: at the next hours of mail what is due and was not made."""
        return soonest(
            self._next_hours(one)
            if any(self._can_be_made(transaction, one, rung) for rung in self._due(transaction, one))
            else self._following(one)
            for one in self._matters(transaction, case)
        )

    def _matters(self, transaction: JournalTransaction, case: Case) -> tuple[_Matter, ...]:
        """The case's letters' decisions or its step, and its duties beside that; nothing of one that is closed."""
        if not case.is_open:
            return ()
        letters, procedure = transaction.letters.of_case(case.reference), self.procedures.of(case)
        standing = standing_of(case, letters, school=self.school, procedure=procedure)
        duties = duties_of(case, letters, school=self.school, procedure=procedure)
        beside = [self._matter(case, duty.standing) for duty in duties]
        if standing.stage is Stage.AWAITING_APPROVAL:
            step = [self._decided(case, letter) for letter in letters]
        else:
            step = [self._matter(case, standing)]
        return tuple(one for one in (*beside, *step) if one)

    def _matter(self, case: Case, standing: Standing) -> _Matter | None:
        """A duty: that of the step, or one beside it."""
        if standing.deadline is None:
            return None
        duty = standing.deadline.duty
        return _Matter(
            ladder=self.ladders.of_duty(duty.name, duty.clock),
            due=standing.deadline.due,
            since=standing.began_on,
            prefix=f"{self.school.code}/case/{case.reference}/reminder/{standing.matter}/",
            case=case,
            about=standing,
        )

    def papers(self, transaction: JournalTransaction) -> int:
        """Chase the governors' paper as a letter is chased; few ever wait, so each is looked at every time."""
        waiting = (letter for one in papers_open(transaction) for letter in transaction.letters.of_case(one))
        matters = [self._decided(None, letter) for letter in waiting]
        return sum(self._plan(transaction, one) for one in matters if one)

    def _decided(self, case: Case | None, letter: Letter) -> _Matter | None:
        """A decision that is waited for, or a change that the office is to make."""
        if letter.state in {LetterState.WAITING, LetterState.MISSING}:
            asked, what = letter.requested_at, "reminder"
        elif letter.state is LetterState.CHANGING:
            asked, what = letter.change_wanted_at, "change"
        else:
            return None
        if asked is None:
            return None
        return _Matter(
            ladder=self.ladders.approval,
            due=self.school.today(asked),
            prefix=f"{letter.key}/{what}/",
            case=case,
            about=letter,
        )

    def _through_holidays(self, matter: _Matter) -> bool:
        return isinstance(matter.about, Standing) and matter.ladder.runs_through_holidays

    def _may_go(self, matter: _Matter) -> bool:
        return self.in_term or self._through_holidays(matter)

    def _next_hours(self, matter: _Matter) -> datetime:
        return self.school.next_sending_time(self.now, on_working_days=self._through_holidays(matter))

    def _following(self, matter: _Matter) -> datetime | None:
        return next_rung_at(
            matter.ladder,
            due=matter.due,
            now=self.now,
            calendar=self.school.calendar,
            since=matter.since,
            hours=self.school.hours,
            zone=self.school.zone,
        )

    def tray(self, transaction: JournalTransaction) -> int:
        """Ask the office again, once a school day, about each message that still waits to be filed."""
        today = self.school.today(self.now)
        waiting = transaction.sightings.waiting(Place.TRAY.value)
        older = [one for one in waiting if self.school.today(one.seen_at) < today]
        return plan(transaction, *(remind_to_file(one, school=self.school, today=today) for one in older))

    def _due(self, transaction: JournalTransaction, matter: _Matter) -> tuple[DueRung, ...]:
        sent = transaction.outbox_view.keys_starting(matter.prefix)
        already = frozenset(key.removeprefix(matter.prefix) for key in sent)
        return due_rungs(
            matter.ladder,
            due=matter.due,
            now=self.now,
            calendar=self.school.calendar,
            already=already,
            since=matter.since,
            hours=self.school.hours,
            zone=self.school.zone,
        )

    def _can_be_made(self, transaction: JournalTransaction, matter: _Matter, rung: DueRung) -> bool:
        """False for the offer to a deputy while there is none, or where there is nothing to offer."""
        if not isinstance(matter.about, Letter) or rung.audience is not Audience.DEPUTY:
            return True
        return self._deputy(transaction, matter.case, matter.about) is not None

    def _plan(self, transaction: JournalTransaction, matter: _Matter) -> int:
        rungs, case, about = self._due(transaction, matter), matter.case, matter.about
        if isinstance(about, Standing) and case:
            through = matter.ladder.runs_through_holidays
            was_reminded = bool(rungs and transaction.outbox_view.keys_starting(matter.prefix))
            reminders = [self._duty(case, about, rung, was_reminded=was_reminded) for rung in rungs]
            return plan(transaction, *(replace(one, through_holidays=through) for one in reminders))
        if not isinstance(about, Letter):
            return 0
        if about.state is LetterState.CHANGING:
            return self._change(transaction, about, rungs)
        return self._letter(transaction, case, about, rungs)

    def _duty(self, case: Case, standing: Standing, rung: DueRung, *, was_reminded: bool) -> Remind:
        today = self.school.today(self.now)
        role, to = who_acts(case, standing.owner, school=self.school)
        if rung.audience is not Audience.HANDLER:
            late = Late(role=role, address=to, was_reminded=was_reminded)
            role, to = next_person(case, school=self.school, after=to)
            return escalate_duty(
                case, standing, late, rung=rung.name, role=role, to=to, school=self.school, today=today
            )
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

    def _letter(
        self, transaction: JournalTransaction, case: Case | None, letter: Letter, rungs: tuple[DueRung, ...]
    ) -> int:
        asked_on = self.school.today(letter.requested_at or self.now)
        offers = [rung for rung in rungs if rung.audience is Audience.DEPUTY]
        others = [rung for rung in rungs if rung.audience is not Audience.DEPUTY]
        offered = sum(self._offer(transaction, case, letter, rung, asked_on) for rung in offers)
        return offered + plan(transaction, *(self._decision(case, letter, rung, asked_on) for rung in others))

    def _deputy(self, transaction: JournalTransaction, case: Case | None, letter: Letter) -> Person | None:
        """Who may be offered to decide as well."""
        if letter.deputy or letter.state is not LetterState.WAITING:
            return None
        if case is None:
            return deputy_for_paper(transaction, letter, school=self.school, now=self.now)
        deciding = deciding_now(transaction, self.school, self.now)
        return deciding.deputy_for(case, self.school, letter.approver)

    def _offer(
        self,
        transaction: JournalTransaction,
        case: Case | None,
        letter: Letter,
        rung: DueRung,
        asked_on: date,
    ) -> int:
        """Let the deputy decide as well; the approver's request stays, and the first answer of the two counts."""
        deputy = self._deputy(transaction, case, letter)
        if deputy is None:
            return 0
        offered = replace(
            letter,
            deputy=deputy.address.casefold(),
            deputy_token=self.tokens.approver(f"{letter.key}/deputy"),
            offered_at=self.now,
        )
        transaction.letters.save(offered)
        record_letter(transaction, "letter.offered", offered, at=self.now)
        waiting = self._school_days(asked_on)
        offer = deputy_offered(
            offered, rung=rung.name, school=self.school, asked_on=asked_on, waiting=waiting
        )
        return plan(transaction, offer)

    def _change(self, transaction: JournalTransaction, letter: Letter, rungs: tuple[DueRung, ...]) -> int:
        """Remind the office of a change that an approver wants, as an approver is reminded of a decision."""
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

    def _decision(self, case: Case | None, letter: Letter, rung: DueRung, asked_on: date) -> Remind:
        """Reminds the approver; the last rung tells the office. A case about the headteacher stays with the chair."""
        today, school = self.school.today(self.now), self.school
        if rung.audience is Audience.THIRD_PERSON and not (case and case.concerns_head):
            return escalate_decision(letter, rung=rung.name, school=school, asked_on=asked_on, today=today)
        waiting = self._school_days(asked_on)
        return remind_of_decision(letter, rung=rung.name, school=school, asked_on=asked_on, waiting=waiting)
