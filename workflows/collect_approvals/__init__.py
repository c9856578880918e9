"""Collect approvals: pressing Send, a reply, or the Decision column; the first decision stands."""

from __future__ import annotations

from datetime import datetime

from casework.ports import Journal, MailService, MessageReader
from casework.school import School
from casework.tags import TokenMaker
from workflows.collect_approvals.decisions import collect_decisions
from workflows.collect_approvals.drafts import collect_sent_drafts
from workflows.collect_approvals.returned import collect_returned_letters
from workflows.job_report import JobReport


def collect_approvals(
    *,
    mail: MailService,
    reader: MessageReader,
    journal: Journal,
    school: School,
    tokens: TokenMaker,
    now: datetime,
) -> JobReport:
    """Look what became of the drafts first, then read the answers: what was pressed came first. Then what came back."""
    drafts = collect_sent_drafts(mail=mail, journal=journal, school=school, now=now)
    answers = collect_decisions(journal=journal, school=school, tokens=tokens, now=now)
    returned = collect_returned_letters(mail=mail, reader=reader, journal=journal, school=school, now=now)
    return JobReport.joined((drafts, answers, returned))
