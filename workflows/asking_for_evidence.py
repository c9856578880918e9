"""Ask for evidence: what a report does not say is asked once more of the reporter, and then handed to the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from casework import mails
from casework.cases import Case
from casework.completeness import in_words_for_reporters, wanted_of
from casework.errors import TermDatesExhaustedError
from casework.intents import SendMail
from casework.ports import Journal
from casework.records import JournalTransaction
from casework.school import School
from casework.still_up import PostState
from casework.tags import TokenMaker
from workflows.job_report import JobReport
from workflows.open_cases.opening import is_a_subject
from workflows.planning import plan

PATIENCE = 2
"""School days that an answer is waited for."""
ASKED_WITHIN = timedelta(days=60)
"""Nobody remembers more of an older post, and old cases cost a sweep nothing."""


def ask_for_evidence(*, journal: Journal, school: School, tokens: TokenMaker, now: datetime) -> JobReport:
    """Ask where the time for an answer is over. Each question is put once; what became known is never asked for."""
    if not school.is_sending_time(now):
        return JobReport()
    asking = _Asking(school=school, tokens=tokens, today=school.today(now))
    with journal.transaction() as transaction:
        planned = sum(asking.case(transaction, case) for case in transaction.cases.open())
    return JobReport(changes=planned)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asking:
    school: School
    tokens: TokenMaker
    today: date

    def case(self, transaction: JournalTransaction, case: Case) -> int:
        too_old = self.today - self.school.today(case.reported_at) > ASKED_WITHIN
        if too_old or case.post_state is PostState.GONE:
            return 0
        asks = in_words_for_reporters(wanted_of(case))
        if not asks:
            return 0
        if transaction.outbox.get(mails.ask_office_key(case, self.school)):
            return 0  # everybody has been asked
        reporter = self._reporter(transaction, case)
        asked_on = self.school.today(case.asked_at or case.reported_at)
        if reporter:
            again_on = self._asked_again_on(transaction, case)
            if again_on is None:
                return plan(transaction, self._chase(case, reporter, asks)) if self._over(asked_on) else 0
            asked_on = again_on
        return plan(transaction, self._office(case, asks)) if self._over(asked_on) else 0

    def _asked_again_on(self, transaction: JournalTransaction, case: Case) -> date | None:
        """The day on which the second question left: the office's turn is counted from there, not from the plan."""
        for event in transaction.events.of_case(case.reference):
            if event.what == "mail.sent" and event.fields.get("mail") == "evidence_ask":
                return self.school.today(event.at)
        return None

    def _chase(self, case: Case, reporter: str, asks: tuple[str, ...]) -> SendMail:
        return mails.ask_reporter(
            case, to=reporter, asks=asks, school=self.school, tokens=self.tokens, today=self.today
        )

    def _over(self, since: date) -> bool:
        try:
            return self.today >= self.school.calendar.school_day_after(since, PATIENCE)
        except TermDatesExhaustedError:
            return self.today >= self.school.working_day_after(since, PATIENCE)

    def _reporter(self, transaction: JournalTransaction, case: Case) -> str:
        """Who was asked in the acknowledgement, unless that person turned out to be the subject of a case."""
        if case.asked_at is None:
            return ""
        first = next(
            (one for one in transaction.sightings.of_case(case.reference) if one.kind == "report"), None
        )
        sender = first.sender if first else ""
        return "" if is_a_subject(transaction, sender) else sender

    def _office(self, case: Case, asks: tuple[str, ...]) -> SendMail:
        return mails.ask_office(case, asks=asks, school=self.school, tokens=self.tokens, today=self.today)
