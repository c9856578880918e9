"""Review policies: read what changed in the library, keep the register, remind until the document itself says later."""

from __future__ import annotations

from workflows.job_report import JobReport
from workflows.review_policies.answers import take_answers
from workflows.review_policies.calendar_entries import keep_calendar
from workflows.review_policies.desk import PolicyDesk
from workflows.review_policies.edits import take_edits
from workflows.review_policies.lessons import take_lessons
from workflows.review_policies.looking import look_around
from workflows.review_policies.reading import read_changes
from workflows.review_policies.reminding import remind
from workflows.review_policies.rows import write_policy_register

__all__ = ["PolicyDesk", "review_policies", "write_policy_register"]


def review_policies(desk: PolicyDesk) -> JobReport:
    """Gather what changed, read it, and plan the reminders; a document that cannot be read stops none of the others."""
    steps = (
        read_changes,
        take_edits,
        take_answers,
        take_lessons,
        look_around,
        remind,
        keep_calendar,
    )
    return JobReport.joined([step(desk) for step in steps])
