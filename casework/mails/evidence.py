"""Mails about evidence: something is not as it was kept; something is missing in a report; is the post still up?"""

from __future__ import annotations

from datetime import date

from casework.custody import EvidenceItem, Finding
from casework.evidence import sha256_of
from casework.evidence_words import place_of, wrong_item
from casework.intents import SendMail
from casework.mails.facts import to_json
from casework.school import Role, School


def evidence_wrong(
    item: EvidenceItem, finding: Finding, *, school: School, locked: bool, today: date
) -> tuple[SendMail, ...]:
    """Tells the office and the safeguarding lead of evidence that is not as it was kept, once a day that it is found."""
    wrong = wrong_item(item, finding)
    fields: dict[str, object] = {
        "school_name": school.name,
        "what": wrong.what,
        "where": place_of(item),
        "next_step": wrong.next_step,
        "act_by": school.working_day_after(today, 1),
        "case_reference": item.case or "",
        "locked": locked,
        "list_link": school.cases_url,
    }
    mark = sha256_of(item.key.encode())[:16]
    roles = (Role.SAFEGUARDING_LEAD, Role.OFFICE)
    return tuple(
        SendMail(
            key=f"{school.code}/evidence/{mark}/{finding.value}/{today}/{role.value}",
            mail="evidence_wrong",
            role=role.value,
            to=school.person(role).address,
            case=item.case,
            fields=to_json(fields),
        )
        for role in roles
        if role in school.people
    )
