"""Ask for evidence: what a report does not say is asked once more of the reporter, and then handed to the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from casework import mails
from casework.cases import Case
from casework.completeness import in_words_for_reporters, wanted_of
from casework.errors import TermDatesExhaustedError
from casework.intents import SendMail
from casework.looks import Look, Looked, world_of
from casework.ports import Journal
from casework.records import JournalTransaction, OutboxState
from casework.school import School
from casework.still_up import PostState
from casework.tags import TokenMaker
from workflows.job_report import JobReport
from workflows.looking import Round
from workflows.open_cases.opening import is_a_subject
from workflows.planning import plan
from workflows.set_aside import Guard, handle_each, or_at_once

PATIENCE = 2
"""School days that an answer is waited for."""
ASKED_WITHIN = timedelta(days=60)
"""Nobody remembers more of an older post, and old cases cost a sweep nothing."""


def ask_for_evidence(*, journal: Journal, school: School, tokens: TokenMaker, now: datetime) -> JobReport:
    """Ask where the time for an answer is over. Each question is put once; what became known is never asked for."""
    asking = _Asking(school=school, tokens=tokens, now=now, today=school.today(now))
    look = Round(look=Look.EVIDENCE, world=world_of(school), now=now)
    with journal.transaction() as transaction:
        if not school.is_sending_time(now):
            look.look_over(
                transaction, school, or_at_once(lambda case: asking.soonest(transaction, case), now=now)
            )
            return JobReport()
        cases = look.cases(transaction)
    asked = handle_each(
        cases,
        lambda transaction, case: look.note(transaction, case, asking.case(transaction, case)),
        journal=journal,
        guard=Guard(journal, what="what is asked about the case", now=now),
        key=lambda case: case.reference,
        case=lambda case: case.reference,
    )
    return asked.report


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asking:
    school: School
    tokens: TokenMaker
    now: datetime
    today: date

    def case(self, transaction: JournalTransaction, case: Case) -> Looked:
        """Put the question whose time has come."""
        wanted = self._wanted(transaction, case)
        if isinstance(wanted, SendMail):
            return Looked(changes=plan(transaction, wanted))
        return Looked(again=wanted)

    def soonest(self, transaction: JournalTransaction, case: Case) -> datetime | None:
        """When the next question is to be put, as far as it can be told today."""
        wanted = self._wanted(transaction, case)
        if not isinstance(wanted, SendMail):
            return wanted
        if transaction.outbox.get(wanted.key):
            return None  # it is on its way: what becomes of it is written about the case
        return self.school.next_sending_time(self.now)

    def _wanted(self, transaction: JournalTransaction, case: Case) -> SendMail | datetime | None:
        """The question to be put now, or the moment from which one is; None where nothing is to be asked."""
        too_old = self.today - self.school.today(case.reported_at) > ASKED_WITHIN
        if not case.is_open or too_old or case.post_state is PostState.GONE:
            return None
        asks = in_words_for_reporters(wanted_of(case))
        if not asks:
            return None
        if transaction.outbox.get(mails.ask_office_key(case, self.school)):
            return None  # everybody has been asked
        reporter = self._reporter(transaction, case)
        first_asked_on = self.school.today(case.asked_at or case.reported_at)
        if not reporter:
            return self._from(first_asked_on) or self._office(case, asks)
        again_on = self._asked_again_on(transaction, case)
        if again_on is None:
            return self._from(first_asked_on) or self._chase(case, reporter, asks)
        return self._from(again_on) or self._office(case, asks)

    def _asked_again_on(self, transaction: JournalTransaction, case: Case) -> date | None:
        """The day on which the second question left: the office's turn is counted from there, not from the plan."""
        for event in transaction.events.of_case(case.reference):
            if event.what == "mail.sent" and event.fields.get("mail") == "evidence_ask":
                return self.school.today(event.at)
        regained = transaction.outbox.get(mails.ask_reporter_key(case, self.school))
        if regained and regained.state is OutboxState.DONE and case.asked_at:
            return self.school.today(
                case.asked_at
            )  # the log of before is lost, and the mail was found in Sent Items
        return None

    def _chase(self, case: Case, reporter: str, asks: tuple[str, ...]) -> SendMail:
        return mails.ask_reporter(
            case, to=reporter, asks=asks, school=self.school, tokens=self.tokens, today=self.today
        )

    def _from(self, since: date) -> datetime | None:
        """The moment at which the time for an answer is over; None if it is over today."""
        try:
            over = self.school.calendar.school_day_after(since, PATIENCE)
        except TermDatesExhaustedError:
            over = self.school.working_day_after(since, PATIENCE)
        return None if self.today >= over else self.school.opening(over)

    def _reporter(self, transaction: JournalTransaction, case: Case) -> str:
        """Who was asked in the acknowledgement, unless that person turned out to be the subject of a case."""
        if case.asked_at is None:
            return ""
        first = transaction.sightings.first_of_case(case.reference, "report")
        sender = first.sender if first else ""
        return "" if is_a_subject(transaction, sender) else sender

    def _office(self, case: Case, asks: tuple[str, ...]) -> SendMail:
        return mails.ask_office(case, asks=asks, school=self.school, tokens=self.tokens, today=self.today)
