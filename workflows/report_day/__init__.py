"""Report the day: one mail a person on the morning of a school day; what is due, what waits, what could not be done."""

from __future__ import annotations

from datetime import datetime, timedelta

from casework.list_shape import ListShapes
from casework.ports import Journal
from casework.procedures import Procedures
from casework.school import School
from workflows.changed_lists import look_at_lists
from workflows.job_report import JobReport
from workflows.report_day.gathered import take_gathered
from workflows.report_day.mornings import LAST, Mornings
from workflows.report_day.news import News
from workflows.report_day.weekly import head_of_week

__all__ = ["report_day"]


def report_day(
    *, journal: Journal, school: School, procedures: Procedures, lists: ListShapes, now: datetime
) -> JobReport:
    """Give everybody what was gathered for them, in one mail a day inside the hours; nothing to say is no mail."""
    in_term = school.is_sending_time(now)
    if not (in_term or school.is_sending_time(now, on_working_days=True)):
        return JobReport()
    is_morning = in_term and _is_first_of_day(journal, school, now)
    shapes = look_at_lists(lists=lists, journal=journal) if is_morning else None
    with journal.transaction() as transaction:
        gathered = take_gathered(transaction, school=school, procedures=procedures, in_term=in_term)
        if not (gathered or is_morning):
            return JobReport()
        last = transaction.cursors.get(LAST)
        since = datetime.fromisoformat(last) if last else now - timedelta(days=1)
        news = News(transaction=transaction, school=school, procedures=procedures, now=now, since=since)
        head = head_of_week(transaction, school, now) if is_morning else None
        mornings = Mornings(transaction=transaction, school=school, news=news, now=now)
        planned = mornings.plan(gathered, head=head, shapes=shapes.lines if shapes else ())
        if is_morning:
            transaction.cursors.put(LAST, now.isoformat())
    return JobReport(changes=planned, problems=shapes.problems if shapes else ())


def _is_first_of_day(journal: Journal, school: School, now: datetime) -> bool:
    with journal.transaction() as transaction:
        last = transaction.cursors.get(LAST)
    return not last or school.today(datetime.fromisoformat(last)) < school.today(now)
