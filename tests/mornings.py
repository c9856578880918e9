"""Casework's chasing and reporting in memory, day after day: what left for whom, and what it said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import inscriptis

from casework.cases import Case, CaseReference, StaffColumns
from casework.ladders import SHIPPED_LADDERS, Ladders
from casework.ports import NewMail
from casework.procedures import Procedures
from casework.term_dates import Closure
from connectors.memory import MemoryClock, MemoryListShapes, MemoryOutgoing
from tests.invented import procedures
from workflows.calendar_changes import follow_calendar
from workflows.carry_out import Tools, carry_out
from workflows.case_calendar import keep_case_calendar
from workflows.chase_follow_ups import chase_follow_ups
from workflows.report_day import report_day

LONDON = ZoneInfo("Europe/London")


@dataclass(kw_only=True, slots=True)
class Mornings:
    """One school whose days go by.

    Args:
        tools: with a journal, and a mailbox in memory.
        clock: the clock of `tools`.
    """

    tools: Tools
    clock: MemoryClock
    ladders: Ladders = SHIPPED_LADDERS
    procedures: Procedures = field(default_factory=procedures)
    sent: list[tuple[datetime, NewMail]] = field(default_factory=list)

    def opens(
        self, number: int, reported_at: datetime, staff: StaffColumns | None = None, **more: object
    ) -> Case:
        case = Case(
            reference=CaseReference(f"TIS-2026-{number:04}"),
            reported_at=reported_at,
            title=f"Facebook post, reported {reported_at.day} {reported_at:%B %Y}",
            platform="Facebook",
            staff=staff or StaffColumns(),
        )
        return self.keeps(replace(case, **more))  # type: ignore[arg-type]  # the columns that a test names

    def keeps(self, case: Case) -> Case:
        with self.tools.journal.transaction() as transaction:
            transaction.cases.save(case)
        return case

    def case(self, reference: CaseReference) -> Case:
        with self.tools.journal.transaction() as transaction:
            found = transaction.cases.get(reference)
        assert found
        return found

    def file(self, path: str) -> str:
        """A file of the casework library."""
        found = self.tools.casework.find(path)
        assert found
        return self.tools.casework.read(found.file_id).decode()

    def snows(self, day: date) -> None:
        """The school is shut, and somebody enters it in the calendar."""
        calendar = self.tools.school.calendar
        shut = (*calendar.closures, Closure(day=day, reason="snow"))
        self.tools = replace(
            self.tools, school=replace(self.tools.school, calendar=replace(calendar, closures=shut))
        )

    def at(self, day: date, hour: int = 7, minute: int = 31) -> list[tuple[str, NewMail]]:
        """One sweep at that time at the school; what left in it, with whom it went to."""
        now = datetime.combine(day, time(hour, minute), tzinfo=LONDON).astimezone(UTC)
        self.clock.move_to(now)
        self.tools = replace(self.tools, now=now)
        before = len(self._mailbox().sent_mails())
        tools = self.tools
        all_procedures = self.procedures
        follow_calendar(journal=tools.journal, school=tools.school, procedures=all_procedures, now=now)
        chase_follow_ups(
            journal=tools.journal,
            school=tools.school,
            procedures=all_procedures,
            tokens=tools.tokens,
            now=now,
            ladders=self.ladders,
        )
        keep_case_calendar(journal=tools.journal, school=tools.school, procedures=all_procedures, now=now)
        report_day(
            journal=tools.journal,
            school=tools.school,
            procedures=all_procedures,
            lists=MemoryListShapes(),
            now=now,
        )
        carry_out(tools)
        new = self._mailbox().sent_mails()[before:]
        self.sent += [(now, mail) for mail in new]
        return [(mail.to[0].partition("@")[0], mail) for mail in new]

    def through(
        self, first: date, last: date, hours: Iterable[int] = (7, 12, 18)
    ) -> list[tuple[date, str, NewMail]]:
        """Sweeps on every day, a few times a day."""
        found = []
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            for hour in hours:
                found += [(day, to, mail) for to, mail in self.at(day, hour)]
        return found

    def _mailbox(self) -> MemoryOutgoing:
        mailbox = self.tools.mail.outgoing(self.tools.school.reporting_mailbox)
        assert isinstance(mailbox, MemoryOutgoing)
        return mailbox


def said(mail: NewMail) -> str:
    """Subject and words of a mail on one line."""
    return re.sub(r"\s+", " ", f"{mail.subject}: {inscriptis.get_text(mail.html)}").strip()
