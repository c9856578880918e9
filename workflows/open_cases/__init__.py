"""Open cases: what was forwarded to the reporting mailbox or put into the drop folder becomes cases."""

from __future__ import annotations

from casework.ports import Inbox, Library
from workflows.job_report import JobReport
from workflows.open_cases.answering import take_answers
from workflows.open_cases.desk import IntakeDesk
from workflows.open_cases.dropped import take_in_dropped_files
from workflows.open_cases.linking import offer_links
from workflows.open_cases.mail import BEGUN_AT, take_in_mail

__all__ = ["BEGUN_AT", "IntakeDesk", "open_cases"]


def open_cases(*, inbox: Inbox, drop: Library | None, desk: IntakeDesk) -> JobReport:
    """Take in what is new. Safe to run twice; one broken message never stops the others."""
    mail = take_in_mail(inbox=inbox, desk=desk)
    files = take_in_dropped_files(drop=drop, desk=desk) if drop else JobReport()
    return JobReport.joined((mail, files, take_answers(desk), offer_links(desk)))
