"""The yearly word to parents: drafted when the school year begins, put before the headteacher, never sent by itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from casework.mails.yearly import draft_of_reminder, reminder_waits
from casework.ports import Journal
from casework.school import School
from workflows.job_report import JobReport
from workflows.planning import plan

LATEST = timedelta(days=30)
"""After the first day of the school year; a word for the new year is none in November."""
_FIRST_MONTHS = range(8, 10)
"""A school year begins in August or September."""


def draft_yearly_reminder(*, journal: Journal, school: School, now: datetime) -> JobReport:
    """In the first month of a school year, in school hours, draft its letter, once."""
    today = school.today(now)
    year = school_year_begun(school, today)
    if not year or not school.is_sending_time(now):
        return JobReport()
    draft = draft_of_reminder(year, school=school, today=today)
    with journal.transaction() as transaction:
        if transaction.outbox.get(draft.key):
            return JobReport()
        return JobReport(changes=plan(transaction, draft, reminder_waits(year, school=school, today=today)))


def school_year_begun(school: School, today: date) -> str:
    """The school year that began lately, such as "2026/27"; empty at any other time."""
    for term in school.calendar.terms:
        if term.starts.month in _FIRST_MONTHS and term.starts <= today <= term.starts + LATEST:
            return f"{term.starts.year}/{(term.starts.year + 1) % 100:02}"
    return ""
