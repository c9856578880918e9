"""Mails that remind of a duty, each alone."""

from __future__ import annotations

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
        key=f"{school.code}/case/{case.reference}/reminder/{standing.matter}/{rung}",
        mail="duty_escalation" if escalated else "duty_reminder",
        role=role,
        to=to,
        case=case.reference,
        fields=to_json(fields),
        in_hours=True,
    )
