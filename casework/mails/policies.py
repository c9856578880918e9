"""Mails about policies: one matter, or a Monday's worth of them in one mail, and answers to what people replied."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from casework.intents import DraftPolicyCopy, SendMail
from casework.mails.facts import to_json
from casework.policy_people import Recipient, person_in
from casework.policy_register.policies import Policy
from casework.school import Role, School


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyMatter:
    """What a policy reminder speaks of.

    Attributes:
        tag: as it stands in a subject, so that an answer says which policy it means.
        words_found: the review date as the document states it; empty if none was found.
        act_before: the last school day to review it on, where its own day lies in a holiday.
        problem: why the document could not be read; empty if it was.
        is_lost: True if the document is no longer in the library.
        reviewed_on: when somebody answered that it has been reviewed.
        suggested: the next review that its cycle asks for, counted from the intended day.
        reminded: how many reminders went before, for an escalation.
        findings: what else a person should look at, each a sentence.
    """

    title: str
    tag: str
    owner: str
    words_found: str
    review_due: date | None
    days_overdue: int
    act_before: date | None = None
    problem: str = ""
    is_lost: bool = False
    reviewed_on: date | None = None
    suggested: date | None = None
    document_link: str = ""
    reminded: int = 0
    findings: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """The matter in a sentence of a digest."""
        return f"{self.title}: {self._standing}. Owner: {self.owner or 'nobody is named'}. {self.tag}"

    @property
    def _standing(self) -> str:
        if self.is_lost:
            return "the document is no longer in the policies folder"
        if self.problem:
            return f"the document could not be read ({self.problem})"
        if self.review_due is None:
            return "the document gives no review date"
        if self.days_overdue:
            ago = f"{self.days_overdue:,} day{'s' if self.days_overdue > 1 else ''} ago"
            said = "; answered as reviewed, but the document is not changed" if self.reviewed_on else ""
            return f"was due by {_day(self.review_due)}, {ago}{said}"
        early = f"; in the holidays, so please by {_day(self.act_before)}" if self.act_before else ""
        return f"due by {_day(self.review_due)}{early}"


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyDigestLines:
    """One person's policies of a week.

    Attributes:
        is_manager: the reader keeps the policies, so that all of them are listed.
        is_escalated: the reader hears because others did not act.
        missing: names of statutory policies that no document meets.
        findings: "title: finding" for what else a person should look at.
        advice: what is uneven about the spread of reviews over the terms.
    """

    matters: tuple[PolicyMatter, ...]
    is_manager: bool = False
    is_escalated: bool = False
    missing: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    advice: str = ""


def policy_mail(
    matter: PolicyMatter, *, school: School, key: str, to: Recipient, escalated: bool, today: date
) -> SendMail:
    """Reminds a policy's owner, or tells the next person that it is still overdue."""
    fields: dict[str, object] = {
        "school_name": school.name,
        "policy_title": matter.title,
        "policy_tag": matter.tag,
        "owner": matter.owner or "nobody is named",
        "review_due": matter.review_due,
        "days_overdue": matter.days_overdue,
        "document_link": matter.document_link,
        "act_by": _act_by(matter, school, today),
    }
    if escalated:
        fields["reminded"] = matter.reminded
    else:
        fields |= {
            "words_found": matter.words_found,
            "act_before": matter.act_before,
            "problem": matter.problem,
            "is_lost": matter.is_lost,
            "reviewed_on": matter.reviewed_on,
            "findings": list(matter.findings),
            "reporting_mailbox": school.reporting_mailbox,
        }
    return _mail("policy_escalation" if escalated else "policy_reminder", key=key, to=to, fields=fields)


def policy_digest(
    lines: PolicyDigestLines, *, school: School, to: Recipient, today: date, keys: Iterable[str]
) -> SendMail:
    """One mail for all policies that a person should hear of; `keys` are those of the single reminders it stands for."""
    matters = sorted(lines.matters, key=lambda matter: (matter.review_due or today, matter.title.casefold()))
    overdue = [matter for matter in matters if matter.days_overdue and not matter.is_lost]
    coming = [
        matter
        for matter in matters
        if matter.review_due and not (matter.days_overdue or matter.is_lost or matter.problem)
    ]
    rest = [matter for matter in matters if matter not in overdue and matter not in coming]
    digest = hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()[:16]
    fields: dict[str, object] = {
        "school_name": school.name,
        "day": today,
        "overdue": [matter.line for matter in overdue],
        "coming": [matter.line for matter in coming],
        "to_answer": [matter.line for matter in rest],
        "findings": list(lines.findings),
        "missing": list(lines.missing),
        "is_manager": lines.is_manager,
        "is_escalated": lines.is_escalated,
        "advice": lines.advice,
        "list_link": school.policies_url,
    }
    key = f"{school.code}/policies/{today}/{to.role}/{digest}"
    return _mail("policy_digest", key=key, to=to, fields=fields)


def policy_change_document(
    matter: PolicyMatter, *, school: School, sighting: str, to: Recipient, today: date
) -> SendMail:
    """Answers REVIEWED: noted, and the document must now say so itself."""
    fields = {
        "school_name": school.name,
        "policy_title": matter.title,
        "words_found": matter.words_found,
        "suggested": matter.suggested,
        "act_by": school.working_day_after(today, 5),
        "document_link": matter.document_link,
    }
    key = f"{school.code}/policies/noted/{_short(sighting)}"
    return _mail("policy_change_document", key=key, to=to, fields=fields, in_hours=False, answers=True)


def policy_answer_unclear(
    *, school: School, sighting: str, to: Recipient, titles: Iterable[str], why: str, today: date
) -> SendMail:
    """Asks back where an answer about a policy says nothing that can be acted on."""
    fields = {
        "school_name": school.name,
        "policies": list(titles),
        "why": why,
        "act_by": school.working_day_after(today, 5),
    }
    key = f"{school.code}/policies/unclear/{_short(sighting)}"
    return _mail("policy_answer_unclear", key=key, to=to, fields=fields, in_hours=False, answers=True)


def library_is_empty(
    *, school: School, to: Recipient, since: date, documents: int, tag: str, week: date
) -> SendMail:
    """Tells that the policies folder is suddenly empty, and that nothing is changed until a person says so."""
    fields = {
        "school_name": school.name,
        "documents": documents,
        "since": since,
        "policy_tag": tag,
        "reporting_mailbox": school.reporting_mailbox,
        "list_link": school.policies_url,
    }
    key = f"{school.code}/policies/empty/{since}/{week}/{to.role}"
    return _mail("policy_library_empty", key=key, to=to, fields=fields)


def draft_of_copy(
    policy: Policy | None, titles: Iterable[str], *, school: School, sighting: str, to: str
) -> DraftPolicyCopy:
    """A reply to a request for a policy: with its document, or asking which one is meant."""
    facts = policy.facts if policy else None
    fields: dict[str, object] = {
        "school_name": school.name,
        "policy_title": policy.title if policy else "",
        "last_update": facts.last_update.text if facts and facts.last_update else "",
        "published_at": policy.published_at if policy else "",
        "titles": [] if policy else list(titles),
        "office_phone": school.phone,
    }
    return DraftPolicyCopy(
        key=f"{school.code}/policies/copy/{_short(sighting)}",
        to=to,
        file_id=policy.leader.file_id if policy else "",
        name=policy.leader.path.rpartition("/")[2] if policy else "",
        fields=to_json(fields),
    )


def copy_waiting(policy: Policy | None, *, school: School, sighting: str, today: date) -> SendMail:
    """Tells the office that a draft reply waits; who asked stands in the draft alone."""
    office = person_in(Role.OFFICE, school)
    fields = {
        "school_name": school.name,
        "policy_title": policy.title if policy else "",
        "mailbox": school.reporting_mailbox,
        "asked_on": today,
        "act_by": school.working_day_after(today, 5),
    }
    key = f"{school.code}/policies/copy waiting/{_short(sighting)}"
    return _mail("policy_copy_waiting", key=key, to=office, fields=fields, in_hours=False)


def _mail(
    name: str,
    *,
    key: str,
    to: Recipient,
    fields: Mapping[str, object],
    in_hours: bool = True,
    answers: bool = False,
) -> SendMail:
    return SendMail(
        key=key,
        mail=name,
        role=to.role,
        to=to.address,
        fields=to_json(fields),
        in_hours=in_hours,
        answers=answers,
    )


def _act_by(matter: PolicyMatter, school: School, today: date) -> date:
    """Two weeks from now, but never after the review itself is due."""
    in_two_weeks = school.working_day_after(today, 10)
    due = matter.act_before or matter.review_due
    if due and due >= today:
        return min(in_two_weeks, due)
    return in_two_weeks


def _short(sighting: str) -> str:
    return hashlib.sha256(sighting.encode()).hexdigest()[:20]


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
