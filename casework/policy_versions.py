"""Which version of the school's policy on posts was in force on a day, and what it said, word for word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.policy_register.record import PolicyRecord, PolicyVersion

_TITLES = ("social network", "social media")


@dataclass(frozen=True, kw_only=True, slots=True)
class InForce:
    """A version, and the day that was asked about.

    Attributes:
        assumed: the day of the post is not known, so the day of the report stands in.
        is_known: False if every version that was ever read is newer than that day: the oldest stands in.
    """

    title: str
    version: PolicyVersion
    on: date
    is_known: bool
    assumed: bool = False

    @property
    def line(self) -> str:
        """For people: title, version, and whether it was in force."""
        on = f"{self.on.day} {self.on:%B %Y}"
        updated = (
            f"latest update: {self.version.updated}" if self.version.updated else "without a stated update"
        )
        if self.is_known:
            return f"{self.title} ({updated}), in force on {on}, the day of the {self._day}."
        return (
            f"{self.title} ({updated}) is newer than the {self._day} of {on}, and no earlier version was read: "
            "look for the one that was in force then."
        )

    @property
    def _day(self) -> str:
        return "report" if self.assumed else "post"

    def said_of(self, categories: Iterable[str]) -> tuple[str, ...]:
        """Its own sentences on these categories, then what it says the school does."""
        wanted = frozenset(categories)
        named = [words for category, words in self.version.sentences if category and category in wanted]
        return tuple(dict.fromkeys((*named, *self.version.passages)))


def policy_on_posts(policies: Iterable[PolicyRecord]) -> PolicyRecord | None:
    """The school's policy on posts, as last read."""
    return next((one for one in policies if not one.removed and one.facts and _is_about_posts(one)), None)


def in_force(policy: PolicyRecord, on: date, *, assumed: bool = False) -> InForce | None:
    """The version of a policy that was in force on a day; None for one that could not be read.

    A version counts from the first day of the update that it states; one that states none counts from its reading.
    """
    if policy.facts is None:
        return None
    versions = sorted((*policy.versions, version_of(policy)), key=lambda one: one.since)
    before = [one for one in versions if one.since <= on]
    chosen = before[-1] if before else versions[0]
    return InForce(title=policy.facts.title, version=chosen, on=on, is_known=bool(before), assumed=assumed)


def version_of(policy: PolicyRecord) -> PolicyVersion:
    """A policy as it was last read, as a version to keep."""
    update = policy.facts.last_update if policy.facts else None
    read_on = policy.read_at.date()
    return PolicyVersion(
        updated=update.text if update else "",
        since=(update.from_ if update else None) or read_on,
        read_on=read_on,
        passages=policy.extract,
        sentences=policy.sentences,
    )


def versions_kept(before: PolicyRecord | None, now: PolicyRecord) -> tuple[PolicyVersion, ...]:
    """The earlier versions to keep with a new reading: what was read before, if it states another update."""
    if before is None:
        return ()
    last = version_of(before)
    if before.facts is None or last.updated == version_of(now).updated:
        return before.versions
    return (*(one for one in before.versions if one.updated != last.updated), last)


def _is_about_posts(policy: PolicyRecord) -> bool:
    title = (policy.facts.title if policy.facts else "").casefold()
    return any(words in title for words in _TITLES)
