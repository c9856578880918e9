"""Reminders of duties, and the day's digest."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from casework.cases import Case
from casework.intents import SendMail
from casework.mails.facts import to_json
from casework.procedures import Standing
from casework.school import Role, School


def duty_mail(
    case: Case,
    standing: Standing,
    *,
    school: School,
    rung: str,
    role: str,
    to: str,
    escalated: bool,
    today: date,
) -> SendMail:
    """Reminds of a duty in a case, or tells the next person; without content."""
    due = standing.due or today
    fields: dict[str, object] = {
        "school_name": school.name,
        "case_reference": case.reference,
        "duty": standing.next_step.rstrip("."),
        "due": due,
        "days_overdue": max(0, (today - due).days),
        "list_link": school.cases_url,
    }
    if escalated:
        fields |= {
            "owner_role": f"the {Role(standing.owner).words}",
            "act_by": school.working_day_after(today, 2),
        }
    return SendMail(
        key=f"{school.code}/case/{case.reference}/reminder/{standing.stage.value}/{rung}",
        mail="duty_escalation" if escalated else "duty_reminder",
        role=role,
        to=to,
        case=case.reference,
        fields=to_json(fields),
        in_hours=True,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class DigestLines:
    """The day's lines for one person, each a sentence without content.

    Attributes:
        log_head: the newest entry of the event log, in one mail a week; it fills no mail by itself.
    """

    due: tuple[str, ...] = field(default=())
    waiting: tuple[str, ...] = field(default=())
    happened: tuple[str, ...] = field(default=())
    could_not: tuple[str, ...] = field(default=())
    log_head: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.due or self.waiting or self.happened or self.could_not)


def daily_digest(lines: DigestLines, *, school: School, role: Role, today: date) -> SendMail:
    """One mail a school day and person."""
    fields = {
        "school_name": school.name,
        "day": today,
        "log_head": lines.log_head,
        "due": list(lines.due),
        "waiting": list(lines.waiting),
        "happened": list(lines.happened),
        "could_not": list(lines.could_not),
        "list_link": school.cases_url,
    }
    return SendMail(
        key=f"{school.code}/digest/{today}/{role.value}",
        mail="daily_digest",
        role=role.value,
        to=school.person(role).address,
        fields=to_json(fields),
        in_hours=True,
    )
