"""The columns of the Policies list that are Casework's, for one document."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath

from casework.policy_documents import PolicyFacts, Precision, StatedDate
from casework.policy_register.standing import DueDay, PolicyStatus, review_day, review_status
from casework.values import FieldValue

PRECISION_WORDS = {
    Precision.DAY: "day",
    Precision.MONTH: "month",
    Precision.TERM: "term",
    Precision.YEAR: "year",
    Precision.ACADEMIC_YEAR: "school year",
}


def register_fields(
    *,
    document: str,
    facts: PolicyFacts | None,
    today: date,
    problem: str = "",
    soon_days: int = 90,
    which: DueDay = DueDay.LAST,
) -> dict[str, FieldValue]:
    """Gives the columns of the Policies list that are Casework's.

    Args:
        document: The document's path in the library.
        facts: What was read; None if it could not be read.
        today: The school's day.
        problem: Why it could not be read.
        soon_days: From how many days before the review date it is "due soon".
        which: On which day of a month or term a review is due.
    """
    last = facts.last_update if facts else None
    following = facts.next_review if facts else None
    status = review_status(following, today=today, soon_days=soon_days, which=which)
    return {
        "Title": facts.title if facts else PurePosixPath(document).stem,
        "Document": document,
        "Owner": (facts.owner if facts else None) or "",
        "LastUpdate": last.text if last else "",
        "NextReview": review_day(following, which),
        "NextReviewText": as_written(following),
        "Precision": PRECISION_WORDS.get(following.precision, "") if following and following.to else "",
        "Status": (status if facts else PolicyStatus.UNREADABLE).value,
        "Findings": "\n".join(facts.findings) if facts else problem,
        "Cycle": facts.cycle.text if facts and facts.cycle else "",
    }


def as_written(following: StatedDate | None) -> str:
    """Gives the document's own words for its next review; one that was worked out says from what."""
    if following is None:
        return ""
    return f"{following.value} (worked out from {following.text})" if following.derived else following.text
