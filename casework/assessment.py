"""What staff make of a post: the policy's considerations, its categories' conditions, and what speaks for what.

Casework decides nothing here: it keeps the answers, refuses an assessment without any, and reminds of what the
policy says beside an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

OTHER = "other"
SHORTEST_REASON = 10
"""Characters that "other" needs in words, since the policy's list is open but not empty."""


class Opinion(StrEnum):
    """An answer to one of the policy's questions. Blank means that nobody has looked at it."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Audience(StrEnum):
    """Who could read the post; talking to friends is no breach by itself (the policy, on personal accounts)."""

    PUBLIC = "public"
    GROUP = "group"
    PRIVATE = "private"


class Author(StrEnum):
    """Who posted: a letter about a child's own post goes to the parent, never to the child."""

    ADULT = "adult"
    CHILD = "child"


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessment:
    """The columns of the assessment.

    Attributes:
        right_place, private_better, harms_people: the policy's considerations 1 to 3.
        harms_reputation, harms_otherwise, harms_learning: consideration 4, in its three parts.
        done: staff say that the post is assessed.
        other_reason: what "other" among the categories means.
        names_individual, abusive: two facts; the policy speaks of both together.
        specific_person, knowingly: of the fourth category; "knowingly" is a claim and needs `knowingly_why`.
        posted_on: the day of the post, where it is known; a defamation claim must be brought within a year of it.
        complaint, complaint_open: a complaint on the same matter, and whether it is still being looked into.
    """

    right_place: Opinion | None = None
    private_better: Opinion | None = None
    harms_people: Opinion | None = None
    harms_reputation: Opinion | None = None
    harms_otherwise: Opinion | None = None
    harms_learning: Opinion | None = None
    done: bool = False
    other_reason: str = ""
    tone: tuple[str, ...] = ()
    names_individual: bool = False
    abusive: bool = False
    specific_person: Opinion | None = None
    knowingly: Opinion | None = None
    knowingly_why: str = ""
    audience: Audience | None = None
    author: Author | None = None
    group_name: str = ""
    posted_on: date | None = None
    complaint: str = ""
    complaint_open: bool = False

    @property
    def considerations(self) -> tuple[Opinion | None, ...]:
        return (
            self.right_place,
            self.private_better,
            self.harms_people,
            self.harms_reputation,
            self.harms_otherwise,
            self.harms_learning,
        )


def faults_of(assessment: Assessment, categories: tuple[str, ...]) -> tuple[str, ...]:
    """Why the post does not count as assessed, each a sentence with what to do; none where it does."""
    faults = []
    if not any(assessment.considerations):
        faults.append("Answer at least one of the four considerations first.")
    if OTHER in categories and len(assessment.other_reason.strip()) < SHORTEST_REASON:
        faults.append(f'Say in "Other, namely" what "other" means, in {SHORTEST_REASON} characters or more.')
    if assessment.knowingly is Opinion.YES and not assessment.knowingly_why.strip():
        faults.append('Say in "Knowingly: how do we know" what shows that it was posted knowingly.')
    return tuple(faults)


def remarks_on(assessment: Assessment, categories: tuple[str, ...]) -> tuple[str, ...]:
    """What the policy says beside these answers, for a person to weigh; suggestions, never decisions."""
    remarks = []
    harmless = not assessment.abusive and not assessment.names_individual and not categories
    if assessment.audience is Audience.PRIVATE and harmless:
        remarks.append("private, names nobody and is not abusive: perhaps no action")
    if assessment.names_individual and assessment.abusive:
        remarks.append("names somebody and is abusive: the policy speaks of just that")
    if assessment.complaint_open:
        remarks.append("a complaint is open: a letter must not ask that it stops")
    if assessment.author is Author.CHILD:
        remarks.append("a child posted it: write to the parent, and think of the platform's age limit")
    if (
        assessment.knowingly in {None, Opinion.NO, Opinion.UNKNOWN}
        and assessment.specific_person is Opinion.YES
    ):
        remarks.append('nothing shows that it was posted knowingly: a letter says "appears to"')
    return tuple(remarks)
