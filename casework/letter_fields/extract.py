"""What a letter quotes of the school's policy, and what the approver is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.policy_documents import PolicyFacts
from casework.policy_register import PolicyStatus, days_overdue, review_status
from casework.records import PolicyRecord

_MOST_CATEGORIES = 3
"""A letter that quotes more of them is no longer read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyExtract:
    """What a letter quotes of the school's policy.

    Attributes:
        version: the latest update as the document states it.
        passages: on talking first and on asking for removal.
        sentences: (category, words): what the policy calls inappropriate, in its own words; that which introduces the
            list has no category.
        warning: a sentence for the approver where the policy is overdue for review; empty otherwise.
    """

    title: str
    version: str
    read_on: date
    passages: tuple[str, ...]
    warning: str = ""
    sentences: tuple[tuple[str, str], ...] = ()

    def quoted_for(self, categories: tuple[str, ...]) -> tuple[str, ...]:
        """What a letter about these categories quotes: the policy's sentence on each, then on what the school does."""
        named = [words for category, words in self.sentences if category and category in categories]
        if not named:
            return self.passages
        introduction = [words for category, words in self.sentences if not category]
        return (*introduction, *dict.fromkeys(named[:_MOST_CATEGORIES]), *self.passages[-1:])

    @staticmethod
    def of(policy: PolicyRecord, facts: PolicyFacts, *, today: date) -> PolicyExtract:
        return PolicyExtract(
            title=facts.title,
            version=facts.last_update.text if facts.last_update else "",
            read_on=policy.read_at.date(),
            passages=policy.extract,
            sentences=policy.sentences,
            warning=_overdue(facts, today),
        )


def _overdue(facts: PolicyFacts, today: date) -> str:
    if review_status(facts.next_review, today=today) is not PolicyStatus.OVERDUE or facts.next_review is None:
        return ""
    days = days_overdue(facts.next_review, today=today)
    return (
        f"The policy that this letter quotes was due for review in {facts.next_review.text} "
        f"({days:,} days ago). You may want it reviewed before you write to parents about it."
    )
