"""Policies as people think of them: one for all its copies, the newest of which counts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from casework.policy_documents import PolicyFacts, StatedDate
from casework.policy_register.identity import Copy, is_marked_draft, name_of_policy, same_policies
from casework.policy_register.record import PolicyRecord
from casework.policy_register.standing import DueDay, PolicyStatus, review_day, review_status

_NEVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """One policy of the school.

    Attributes:
        identity: stays the same while versions, files and folders change.
        leader: the document that counts.
        copies: its other copies in the library.
        gone: documents of it that are no longer there.
    """

    identity: str
    leader: PolicyRecord
    copies: tuple[PolicyRecord, ...] = ()
    gone: tuple[PolicyRecord, ...] = ()

    @property
    def everything(self) -> tuple[PolicyRecord, ...]:
        return (self.leader, *self.copies, *self.gone)

    @property
    def is_lost(self) -> bool:
        """True if no document of it is in the library any more."""
        return self.leader.removed

    @property
    def is_retired(self) -> bool:
        return self.leader.is_retired

    @property
    def title(self) -> str:
        return self.leader.title

    @property
    def facts(self) -> PolicyFacts | None:
        return self.leader.facts

    @property
    def next_review(self) -> StatedDate | None:
        return self.facts.next_review if self.facts else None

    @property
    def owner_words(self) -> str:
        """The owner as staff named them in the list, else as the document does."""
        return self._first("owner_override") or (self.facts.owner if self.facts and self.facts.owner else "")

    @property
    def is_statutory(self) -> bool:
        """True if staff say so in the list."""
        return any(record.statutory for record in self.everything)

    @property
    def published_at(self) -> str:
        return self._first("published_at")

    @property
    def told(self) -> frozenset[str]:
        """What was told about any of its documents: a policy is reminded of once, not once a copy."""
        return frozenset(entry for record in self.everything for entry in record.told)

    def due(self, which: DueDay) -> date | None:
        """The day by whose end its review is due."""
        return review_day(self.next_review, which)

    def status(self, *, today: date, which: DueDay) -> PolicyStatus:
        if self.facts is None:
            return PolicyStatus.UNREADABLE
        return review_status(self.next_review, today=today, which=which)

    def version(self, which: DueDay) -> str:
        """What its reminders are counted by: each review date, or each text without one, has a ladder of its own."""
        due = self.due(which)
        return due.isoformat() if due else f"no-date-{self.leader.content_sha256[:8]}"

    def _first(self, column: str) -> str:
        return next((str(value) for record in self.everything if (value := getattr(record, column))), "")


def policies_of(
    records: Iterable[PolicyRecord], *, apart_from: frozenset[str] = frozenset()
) -> tuple[Policy, ...]:
    """Gives the policies that these documents are, in the order of their titles.

    Args:
        records: every document that was ever seen.
        apart_from: words of the school's own name, which a title may carry.
    """
    known = tuple(records)
    key = (tuple(map(id, known)), apart_from)
    kept = _KEPT.get(key)
    if kept is None:
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        kept = _KEPT[key] = known, _policies(known, apart_from)
    return kept[1]


MOST_KEPT = 64
_KEPT: dict[tuple[tuple[int, ...], frozenset[str]], tuple[tuple[PolicyRecord, ...], tuple[Policy, ...]]] = {}
"""Those reckoned lately, found by their being made of the same records, which are kept with them: a look in which nothing
is new asks for them again and again, and each is compared with all others."""


def _policies(records: tuple[PolicyRecord, ...], apart_from: frozenset[str]) -> tuple[Policy, ...]:
    by_id = {record.file_id: record for record in records}
    copies = tuple(
        Copy(
            key=record.file_id,
            name=name_of_policy(record.title, apart_from=apart_from),
            sketch=record.sketch,
        )
        for record in by_id.values()
    )
    groups = ([by_id[key] for key in keys] for keys in same_policies(copies))
    return tuple(sorted((_policy(group) for group in groups), key=lambda policy: policy.title.casefold()))


def _policy(group: list[PolicyRecord]) -> Policy:
    there = [record for record in group if not record.removed]
    gone = [record for record in group if record.removed]
    leader = max(there or gone, key=_counts_more)
    first = min(group, key=lambda record: (record.first_seen_at, record.file_id))
    return Policy(
        identity=hashlib.sha256(first.file_id.encode()).hexdigest()[:16],
        leader=leader,
        copies=tuple(record for record in there if record is not leader),
        gone=tuple(record for record in gone if record is not leader),
    )


def _counts_more(record: PolicyRecord) -> tuple[object, ...]:
    """Orders copies: in use, no draft, readable, then the latest update, the latest review, the latest change."""
    facts = record.facts
    last = facts.last_update.to if facts and facts.last_update else None
    following = facts.next_review.to if facts and facts.next_review else None
    return (
        not record.is_retired,
        not is_marked_draft(record.path),
        facts is not None,
        last or date.min,
        following or date.min,
        record.modified_at or _NEVER,
        record.path,
    )
