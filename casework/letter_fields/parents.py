"""The fields of each letter to a parent, beside those that every letter has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from casework.cases import Case
from casework.host_packs import HostPack
from casework.letter_fields.extract import PolicyExtract
from casework.letter_kinds import LetterKind
from casework.letters import Delivery, Letter, LetterState
from casework.school import School
from casework.still_up import PostState

CONCERNS = {
    "allegation or cyber-bullying": "The material appears to make allegations about people, or to be aimed at somebody.",
    "allegation about staff": "The material appears to make allegations about people who work at our school.",
    "allegation about a pupil": "The material appears to make allegations about a child at our school.",
    "cyber-bullying": "The material appears to be aimed at somebody in a way that may hurt them.",
    "complaint in public": "The material appears to raise a complaint that we would like to hear and answer directly.",
    "defamatory statement": "The material appears to include statements that may harm somebody's good name.",
    "inaccurate or offensive comment": "The material appears to include inaccurate or hurtful comments about people.",
    "protected characteristic": "The material appears to speak of somebody in a way that may demean who they are.",
    "threat of violence": "The material appears to include words that may be felt as a threat.",
}
"""What the written request says of each category: how the material appears, and never that somebody did wrong."""

GENERAL_CONCERN = (
    "The material appears to speak of our school or its people in a way that our policy asks families not to."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """What a letter is written from, on the day on which it is written.

    Attributes:
        letters: all of the case, oldest first.
        extract: of the policy on posts; None where none has been read.
    """

    case: Case
    school: School
    today: date
    letters: tuple[Letter, ...] = ()
    extract: PolicyExtract | None = None

    @property
    def platform(self) -> str:
        return self.case.platform or "social media"

    @property
    def host(self) -> HostPack | None:
        hosts = self.school.hosts
        return hosts.of(self.case.platform) if hosts else None

    @property
    def reply_by(self) -> date:
        return self.school.calendar.school_day_after(self.today, self.school.reply_days)

    @property
    def remove_by(self) -> date:
        return self.school.calendar.school_day_after(self.today, self.school.removal_days)


def parent_fields(kind: LetterKind, at: Moment) -> dict[str, object]:
    """The fields of this kind of letter; those of the policy only where it quotes any."""
    rule = at.school.letters.get(kind)
    fields = _FIELDS[kind](at)
    return fields | quoted(at) if rule and rule.cites_policy else fields


def concerns_of(categories: Iterable[str]) -> list[str]:
    """How the material appears, a neutral sentence for each category."""
    return [CONCERNS[name] for name in categories if name in CONCERNS] or [GENERAL_CONCERN]


def quoted(at: Moment) -> dict[str, object]:
    """What is quoted of the policy, with its version and the day on which it was read."""
    passages = at.extract.quoted_for(at.case.staff.categories) if at.extract else ()
    if at.extract is None or not passages:
        return {}
    return {
        "policy_title": at.extract.title,
        "policy_version": at.extract.version,
        "policy_read_on": at.extract.read_on,
        "policy_extract": list(passages),
    }


def other_channels(school: School) -> list[str]:
    """Whom else to turn to: the headteacher signs, and need not be named as somebody else to begin with."""
    return [channel for channel in school.channels if channel != "the headteacher"]


def _invitation(at: Moment) -> dict[str, object]:
    return {"platform": at.platform, "reply_by": at.reply_by, "channels": other_channels(at.school)}


def _removal_request(at: Moment) -> dict[str, object]:
    return _material(at) | {"talked_on": at.case.staff.talked_on}


def _material(at: Moment) -> dict[str, object]:
    staff = at.case.staff
    post = f"The post on {at.platform} that we spoke about"
    return {
        "platform": at.platform,
        "material": [f"{post}: {at.case.link}" if at.case.link else post],
        "concerns": concerns_of(staff.categories),
        "complaint_open": "complaint in public" in staff.categories or staff.assessment.complaint_open,
        "remove_by": at.remove_by,
    }


def _second_request(at: Moment) -> dict[str, object]:
    first = _served_first(at)
    fields = _material(at) | {"first_request_on": first}
    if first:
        fields["first_remove_by"] = at.school.calendar.school_day_after(first, at.school.removal_days)
    if at.case.post_state is PostState.STILL_UP and at.case.post_seen_on:
        fields["still_seen_on"] = at.case.post_seen_on
    return fields


def _served_first(at: Moment) -> date | None:
    """The day on which the first request reached the parent."""
    sent = [
        letter
        for letter in at.letters
        if letter.kind is LetterKind.REMOVAL_REQUEST and letter.state is LetterState.SENT and letter.sent_at
    ]
    if not sent or sent[-1].sent_at is None:
        return None
    if sent[-1].delivery is Delivery.POST and at.case.staff.served_on:
        return at.case.staff.served_on
    return at.school.today(sent[-1].sent_at)


def _child_post(at: Moment) -> dict[str, object]:
    fields = _invitation(at)
    if at.host and at.host.minimum_age:
        fields["minimum_age"] = at.host.minimum_age
        fields["under_age_route"] = at.host.under_age
    return fields


def _block_notice(at: Moment) -> dict[str, object]:
    return block_of(at.case) | {"reply_by": at.reply_by}


def block_of(case: Case) -> dict[str, object]:
    """The restriction as staff entered it."""
    block = case.staff.papers
    return {
        "block_site": block.block_site,
        "block_from": block.block_from,
        "block_review": block.block_review,
        "block_reasons": [line.strip() for line in block.block_reasons.splitlines() if line.strip()],
    }


def _outcome(at: Moment) -> dict[str, object]:
    gone = at.case.post_state is PostState.GONE
    fields: dict[str, object] = {
        "platform": at.platform,
        "removed": gone,
        "channels": other_channels(at.school),
    }
    return fields | ({"talked_on": at.case.staff.talked_on} if at.case.staff.talked_on else {})


_FIELDS: Mapping[LetterKind, Callable[[Moment], dict[str, object]]] = {
    LetterKind.INVITATION: _invitation,
    LetterKind.CHILD_POST: _child_post,
    LetterKind.COMPLAINT_INSIDE: _invitation,
    LetterKind.REMOVAL_REQUEST: _removal_request,
    LetterKind.SECOND_REQUEST: _second_request,
    LetterKind.BLOCK_NOTICE: _block_notice,
    LetterKind.OUTCOME: _outcome,
}
