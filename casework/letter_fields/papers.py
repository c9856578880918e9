"""The fields of each paper of a case: notes for the file, briefs, summaries and packs that a person sends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from casework.calendar_arithmetic import months_later
from casework.cases import Case, StaffColumns, TalkOutcome, Target
from casework.custody import EvidenceItem, ItemKind, Shelf
from casework.host_packs import HostPack
from casework.letter_fields.parents import Moment, block_of, concerns_of, other_channels
from casework.letter_fields.people import signatory_of
from casework.letter_kinds import LetterKind
from casework.records import Event
from casework.school import Person, Role
from casework.timeline import timeline

_ABOUT = {
    Target.SCHOOL: "the school",
    Target.STAFF: "a member of staff",
    Target.PUPIL: "a pupil",
    Target.HEADTEACHER: "the headteacher",
}
_TALKS = {
    TalkOutcome.REMOVED: "The post was removed",
    TalkOutcome.REFUSED: "Removal was asked for and refused",
    TalkOutcome.NO_REPLY: "There was no reply",
}
_TOLD = frozenset(
    {
        *("case.opened", "case.reopened", "case.closed", "case.closed_unseen", "talk.held"),
        *(
            "letter.sent",
            "letter.served",
            "letter.returned",
            "post.reported",
            "post.published",
            "post.looked_at",
        ),
    }
)
"""What happened that matters to somebody outside; the rest of the log is the school's own."""
_TO_WRITE = "(please write down)"


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperFacts:
    """What a paper shows of the record of its case.

    Attributes:
        steps: (day, sentence) of what happened, by role and never by name.
        evidence: (name, day, SHA-256) of the working copies in the case's folder.
    """

    steps: tuple[tuple[date, str], ...] = ()
    evidence: tuple[tuple[str, date, str], ...] = field(default_factory=tuple)

    @staticmethod
    def of(events: Iterable[Event], items: Iterable[EvidenceItem], zone: ZoneInfo) -> PaperFacts:
        told = [event for event in events if event.what in _TOLD]
        entries = sorted(timeline(told, zone), key=lambda entry: entry.on)
        copies = [item for item in items if item.shelf is Shelf.CASE_FOLDER and item.kind is ItemKind.COPY]
        return PaperFacts(
            steps=tuple((entry.on, entry.text) for entry in entries),
            evidence=tuple(
                (item.path.rpartition("/")[2], item.kept_at.astimezone(zone).date(), item.sha256)
                for item in copies
            ),
        )


def paper_fields(kind: LetterKind, at: Moment, facts: PaperFacts) -> dict[str, object]:
    """Every field that the template of this paper knows."""
    fields: dict[str, object] = {
        "school_name": at.school.name,
        "school_motto": at.school.motto,
        "case_reference": at.case.reference,
        "written_on": at.today,
    }
    return fields | _FIELDS[kind](at, facts)


def _post(at: Moment) -> dict[str, object]:
    """The post, as briefs and summaries head their tables."""
    case = at.case
    return {
        "platform": at.platform,
        "link": case.link,
        "handle": case.handle,
        "published_on": _published(case),
        "about_whom": _about(case),
    }


def _published(case: Case) -> str:
    on = case.staff.assessment.posted_on
    if on:
        return f"{on.day} {on:%B %Y}"
    return f"{case.posted_at}, as the reporter says" if case.posted_at else "not known"


def _about(case: Case) -> str:
    return _ABOUT[case.staff.target] if case.staff.target else "the school or its people"


def _record(facts: PaperFacts) -> dict[str, object]:
    return {
        "steps": [{"on": on, "what": what} for on, what in facts.steps],
        "evidence": [{"name": name, "on": on, "sha256": sha256} for name, on, sha256 in facts.evidence],
    }


def limitation_of(case: Case, reported_on: date) -> tuple[date, date, bool]:
    """The day from which the year for a defamation claim counts, its last day, and whether that day is assumed.

    Limitation Act 1980, section 4A: one year from publication. Where nobody knows the day of the post, the day on
    which it was first reported is taken, so that the true last day may be earlier.
    """
    known = case.staff.assessment.posted_on
    begins = known or reported_on
    eve_of_a_year = months_later(begins, 12).toordinal() - 1
    return begins, date.fromordinal(eve_of_a_year), known is None


def _limitation(at: Moment) -> dict[str, object]:
    _, last, assumed = limitation_of(at.case, at.school.today(at.case.reported_at))
    return {"limitation_last": last, "limitation_assumed": assumed}


def _contact(at: Moment) -> Person:
    """Who speaks for the school: who leads safeguarding, else the deputy, else the office; never whom it is about."""
    named = (at.school.people.get(role) for role in (Role.SAFEGUARDING_LEAD, Role.DEPUTY, Role.OFFICE))
    barred = at.school.person(Role.HEADTEACHER).address if at.case.concerns_head else ""
    return next(
        (person for person in named if person and person.address != barred), at.school.approver_of(at.case)
    )


def _contact_fields(at: Moment) -> dict[str, object]:
    person = _contact(at)
    return {"contact_name": person.name, "contact_role": f"the {person.role.words}"}


def _brief(at: Moment, facts: PaperFacts) -> dict[str, object]:
    staff = at.case.staff
    reported_on = at.school.today(at.case.reported_at)
    fields = _post(at) | _record(facts) | _limitation(at)
    return fields | {
        "school_address": list(at.school.address_lines),
        "parent": staff.parent,
        "relation": staff.relation.value if staff.relation else "",
        "reported_on": reported_on,
        "limitation_from": limitation_of(at.case, reported_on)[0],
        "concerns": concerns_of(staff.categories),
        "about_school": staff.target is Target.SCHOOL,
        "complaint_open": staff.assessment.complaint_open,
    }


def _police(at: Moment, facts: PaperFacts) -> dict[str, object]:
    staff = at.case.staff
    fields = _post(at) | _record(facts) | _contact_fields(at)
    return fields | {
        "school_address": list(at.school.address_lines),
        "school_phone": at.school.phone,
        "parent": staff.parent,
        "reported_on": at.school.today(at.case.reported_at),
        "reasons": _reasons_for_police(staff),
    }


def _reasons_for_police(staff: StaffColumns) -> list[str]:
    """The policy's four reasons as far as staff ticked them, then the words of who decided."""
    which = f" ({', '.join(staff.characteristics)})" if staff.characteristics else ""
    ticked = {
        "The post appears to threaten violence.": "threat of violence" in staff.categories,
        f"The post appears to demean somebody because of a protected characteristic{which}.": (
            "protected characteristic" in staff.categories or bool(staff.characteristics)
        ),
        "A crime such as harassment may have been committed.": staff.steps.crime,
        "The post appears to be grossly obscene.": staff.steps.grossly_obscene,
    }
    reasons = [reason for reason, holds in ticked.items() if holds]
    if staff.steps.police.why:
        reasons.append(f"As was decided at the school: {staff.steps.police.why}")
    return reasons or ["(please write down why the school turns to the police)"]


def _host(at: Moment, facts: PaperFacts) -> dict[str, object]:
    assessment, pack = at.case.staff.assessment, _pack(at)
    route = pack.under_age_route(assessment)
    fields = _post(at) | {
        "evidence": _record(facts)["evidence"],
        "group": assessment.group_name,
        "who_may_report": pack.who_may(assessment),
        "routes": list(pack.routes),
        "reasons": list(pack.reasons_for(at.case.staff.categories)),
        "plea": " ".join(
            sentence.replace("The material", "It") for sentence in concerns_of(at.case.staff.categories)
        ),
        "bring": list(pack.bring),
        "next_steps": list(pack.next_steps),
        "checked": pack.checked,
        "source": pack.source,
    }
    return fields | ({"under_age_route": route, "minimum_age": pack.minimum_age} if route else {})


def _pack(at: Moment) -> HostPack:
    if at.host is None:
        raise LookupError("The school has no list of platforms; read templates/platforms.toml.")
    return at.host


def _operator(at: Moment, facts: PaperFacts) -> dict[str, object]:  # noqa: ARG001 - one signature for all
    return _limitation(at) | {
        "complainant": "(the full name of the person whom the statement is about)",
        "complainant_email": "(an email address of that person)",
        "link": at.case.link or _TO_WRITE,
        # two working days: Saturday, Sunday, Good Friday, Christmas Day and bank holidays do not count
        "answer_by": at.school.working_day_after(at.today, 2),
    }


def _note(at: Moment, facts: PaperFacts) -> dict[str, object]:  # noqa: ARG001 - one signature for all
    staff = at.case.staff
    answers = staff.assessment
    school = (
        ("reputation", answers.harms_reputation),
        ("other harm", answers.harms_otherwise),
        ("learning", answers.harms_learning),
    )
    given = [f"{name}: {answer.value}" for name, answer in school if answer]
    return {
        "talked_on": staff.talked_on,
        "parent": staff.parent or _TO_WRITE,
        "handler": staff.handler,
        "platform": at.platform,
        "link": at.case.link,
        "talk_outcome": _TALKS[staff.talk_outcome] if staff.talk_outcome else _TO_WRITE,
        "right_place": answers.right_place.value if answers.right_place else _TO_WRITE,
        "private_better": answers.private_better.value if answers.private_better else _TO_WRITE,
        "harms_people": answers.harms_people.value if answers.harms_people else _TO_WRITE,
        "harms_school": "; ".join(given) or _TO_WRITE,
        "channels": other_channels(at.school),
    }


def _support(at: Moment, facts: PaperFacts) -> dict[str, object]:  # noqa: ARG001 - one signature for all
    to_pupil = at.case.staff.target is Target.PUPIL
    return _contact_fields(at) | {
        "platform": at.platform,
        "about_whom": "your child" if to_pupil else "you",
        "reported_on": at.school.today(at.case.reported_at),
        "reporting_mailbox": at.school.reporting_mailbox,
        "contact_phone": at.school.phone,
        "helpers": list(_pack(at).helpers) or ["The school office can say who else helps."],
    }


def _block(at: Moment, facts: PaperFacts) -> dict[str, object]:  # noqa: ARG001 - one signature for all
    return (
        block_of(at.case) | signatory_of(at.case, at.school) | {"parent": at.case.staff.parent or _TO_WRITE}
    )


_FIELDS: Mapping[LetterKind, Callable[[Moment, PaperFacts], dict[str, object]]] = {
    LetterKind.CONVERSATION_NOTE: _note,
    LetterKind.SUPPORT_NOTE: _support,
    LetterKind.SOLICITOR_BRIEF: _brief,
    LetterKind.POLICE_SUMMARY: _police,
    LetterKind.HOST_REPORT: _host,
    LetterKind.OPERATOR_NOTICE: _operator,
    LetterKind.BLOCK_RECORD: _block,
}
