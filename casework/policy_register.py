"""The register of policies: status, reminders that climb a ladder, and when a newer document closes a review."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import PurePosixPath

from casework.policy_documents import PolicyFacts, StatedDate
from casework.values import FieldValue


class PolicyStatus(StrEnum):
    CURRENT = "current"
    DUE_SOON = "due soon"
    OVERDUE = "overdue"
    NO_DATE = "no date"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rung:
    """One reminder of a ladder.

    Attributes:
        name: Stable, for it is part of an idempotency key.
        due: The day from which it may go out.
        roles: Who is reminded; "owner" is whoever the document names.
    """

    name: str
    due: date
    roles: tuple[str, ...] = ("owner",)


_DAYS_BEFORE = (90, 60, 30, 14, 7, 0)
_ESCALATIONS = ((30, "headteacher"), (60, "clerk"), (90, "chair"))
_WEEK = 7

# The more particular first: a deputy headteacher is no headteacher, the chair's clerk no chair.
_ROLES = (
    ("deputy", r"\b(?:deputy|assistant|vice)[\s-]+(?:head|principal)|\bd\.?h\.?t\b"),
    ("clerk", r"\bclerk\b|\bgovernance\s+professional\b|\bcompany\s+secretary\b"),
    ("chair", r"\bchair(?:man|woman|person)?\b|\bc\.?o\.?g\b"),
    (
        "safeguarding_lead",
        r"\b(?:designated\s+)?safeguarding\s+lead\b|\bd\.?s\.?l\b|\bdesignated\s+senior\s+person\b",
    ),
    (
        "senco",
        r"\bs\.?e\.?n\.?d?\.?co\b|\bsend?\s+co-?ordinator\b|\bsend?\s+lead(?:er)?\b|\binclusion\s+(?:lead|manager|leader)\b",
    ),
    (
        "business_manager",
        r"\bbusiness\s+manager\b|\bs\.?b\.?m\b|\bbursar\b|\bfinance\s+(?:manager|officer|director)\b",
    ),
    ("office", r"\b(?:school\s+)?office\b|\badministrat(?:or|ion)\b|\bsecretary\b"),
    (
        "headteacher",
        r"\bhead[\s-]*(?:teacher|master|mistress)\b|\bhead\s+of\s+school\b|\bexecutive\s+head\b|\bprincipal\b|\bheads?$|^head\b(?!\s+of)|\bh\.?t\b",
    ),
)
_ROLE_PATTERNS = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _ROLES)


def review_status(next_review: StatedDate | None, *, today: date, soon_days: int = 90) -> PolicyStatus:
    """Gives how a policy stands: it is due on the last day that its next review means, and overdue from the day after."""
    if next_review is None or next_review.to is None:
        return PolicyStatus.NO_DATE
    if today > next_review.to:
        return PolicyStatus.OVERDUE
    if today >= next_review.to - timedelta(days=soon_days):
        return PolicyStatus.DUE_SOON
    return PolicyStatus.CURRENT


def days_overdue(next_review: StatedDate | None, *, today: date) -> int:
    """Gives the days since the last day meant; 0 while there is time, or no date."""
    if next_review is None or next_review.to is None:
        return 0
    return max((today - next_review.to).days, 0)


def review_rungs(next_review_to: date, *, until: date) -> Iterator[Rung]:
    """Gives the ladder in order: before the day, on it, then every week for ever.

    From 30, 60 and 90 days over the headteacher, the clerk and the chair are told as well, each from that very day.

    Args:
        next_review_to: The last day that the next review means.
        until: The ladder has no end, so it is given up to this day.
    """
    for before in _DAYS_BEFORE:
        due = next_review_to - timedelta(days=before)
        if due <= until:
            yield Rung(name=f"{before}-days-before" if before else "on-the-day", due=due)
    longest = (until - next_review_to).days
    weekly = range(_WEEK, longest + 1, _WEEK)
    for over in sorted({*weekly, *(days for days, _ in _ESCALATIONS if days <= longest)}):
        above = tuple(role for days, role in _ESCALATIONS if over >= days)
        yield Rung(
            name=f"{over}-days-over", due=next_review_to + timedelta(days=over), roles=("owner", *above)
        )


def due_rungs(
    next_review_to: date, *, today: date, already: frozenset[str] = frozenset()
) -> tuple[Rung, ...]:
    """Gives the reminder that is due: at most one, the latest, however long nobody looked.

    Args:
        next_review_to: The last day that the next review means.
        today: The school's day.
        already: Names of the rungs that went out for this review date.
    """
    ladder = list(review_rungs(next_review_to, until=today))
    return tuple(rung for rung in ladder[-1:] if rung.name not in already)


def due_questions(
    asked_from: date, *, today: date, already: frozenset[str] = frozenset()
) -> tuple[Rung, ...]:
    """Gives the weekly question that is due about a policy without a date, or one that cannot be read: at most one.

    Args:
        asked_from: The day on which the document was first seen.
        today: The school's day.
        already: Names of the questions that went out.
    """
    if today < asked_from:
        return ()
    days = (today - asked_from).days // _WEEK * _WEEK
    question = Rung(name=f"asked-after-{days}-days", due=asked_from + timedelta(days=days))
    return () if question.name in already else (question,)


def closes(previous: PolicyFacts, newer: PolicyFacts) -> bool:
    """Tells whether a newer document ends the reminders of an older one: only if it really shows a later next review.

    A copy of the same words, an older version, and a document that lost its date close nothing.
    """
    old, new = previous.next_review, newer.next_review
    if old is None or old.to is None or new is None or new.to is None or new.to <= old.to:
        return False
    if previous.last_update is None or newer.last_update is None:
        return True
    was, now = previous.last_update.to, newer.last_update.to
    return was is None or now is None or now >= was


def owner_role(owner_text: str | None) -> str | None:
    """Gives the role that an owner's words name ("Head Teacher", "Chair of Governors"), None for a mere name."""
    for role, pattern in _ROLE_PATTERNS:
        if owner_text and pattern.search(owner_text.strip()):
            return role
    return None


def register_fields(
    *, document: str, facts: PolicyFacts | None, today: date, problem: str = "", soon_days: int = 90
) -> dict[str, FieldValue]:
    """Gives the columns of the Policies list that are Casework's.

    Args:
        document: The document's path in the library.
        facts: What was read; None if it could not be read.
        today: The school's day.
        problem: Why it could not be read.
        soon_days: From how many days before the review date it is "due soon".
    """
    last = facts.last_update if facts else None
    following = facts.next_review if facts else None
    status = review_status(following, today=today, soon_days=soon_days) if facts else PolicyStatus.UNREADABLE
    return {
        "Title": facts.title if facts else PurePosixPath(document).stem,
        "Document": document,
        "Owner": (facts.owner if facts else None) or "",
        "LastUpdate": last.text if last else "",
        "NextReview": following.to if following else None,
        "NextReviewText": _as_written(following),
        "Status": status.value,
        "Findings": "\n".join(facts.findings) if facts else problem,
        "Cycle": facts.cycle.text if facts and facts.cycle else "",
    }


def _as_written(following: StatedDate | None) -> str:
    if following is None:
        return ""
    return f"{following.value} (worked out from {following.text})" if following.derived else following.text
