"""Mails that remind of a duty, each alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.cases import Case
from casework.intents import SendMail
from casework.mails.facts import to_json
from casework.procedures import Standing
from casework.school import Role, School


@dataclass(frozen=True, kw_only=True, slots=True)
class Late:
    """Who should have done something by now: a role or "handler", and whether that person was reminded before."""

    role: str
    address: str
    was_reminded: bool

    @property
    def words(self) -> str:
        known = {role.value: role.words for role in Role}
        return f"the {known.get(self.role, self.role)}"


def duty_mail(
    case: Case,
    standing: Standing,
    *,
    school: School,
    rung: str,
    role: str,
    to: str,
    today: date,
    late: Late | None = None,
) -> SendMail:
    """Reminds of a duty in a case, or tells the next person who is late with it; without content."""
    due = standing.due or today
    fields: dict[str, object] = {
        "school_name": school.name,
        "case_reference": case.reference,
        "duty": standing.next_step.rstrip("."),
        "due": due,
        "days_overdue": max(0, (today - due).days),
        "list_link": school.cases_url,
    }
    if late:
        fields |= {
            "owner_role": late.words,
            "was_reminded": late.was_reminded,
            "is_own": late.address.casefold() == to.casefold(),
            "act_by": school.working_day_after(today, 2),
        }
    return SendMail(
        key=f"{school.code}/case/{case.reference}/reminder/{standing.matter}/{rung}",
        mail="duty_escalation" if late else "duty_reminder",
        role=role,
        to=to,
        case=case.reference,
        fields=to_json(fields),
        in_hours=True,
    )
