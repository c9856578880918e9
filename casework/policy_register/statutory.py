"""The policies that the law asks schools for: which are missing, and whose reviews lie further apart than allowed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.policy_documents import PolicyFacts
from casework.policy_register.identity import name_of_policy

_YEAR = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class StatutoryPolicy:
    """One entry of templates/statutory_policies.toml.

    Attributes:
        name: as the list calls it.
        titles: words by which schools call the document; all words of one of them must stand in its title.
        months: the longest time between two reviews; 0 where neither law nor guidance sets one.
        binding: True where law or statutory guidance sets that time; False where it is advice.
        publish: True where it must be on the school's website.
        source: the law or guidance.
        only_if: who needs it at all; "" where every school does.
    """

    name: str
    titles: tuple[str, ...]
    months: int = 0
    binding: bool = True
    publish: bool = False
    source: str = ""
    only_if: str = ""

    @property
    def words(self) -> str:
        """Its name, with the condition under which a school needs it."""
        return f"{self.name} (only if {self.only_if})" if self.only_if else self.name

    @property
    def how_often(self) -> str:
        """The longest time between two reviews in words; "" where none is set."""
        if not self.months:
            return ""
        years, rest = divmod(self.months, _YEAR)
        every = f"{self.months} months" if rest else "year" if years == 1 else f"{years} years"
        return f"every {every}" if self.binding else f"every {every} is advised"


def statutory_for(title: str, listed: Iterable[StatutoryPolicy]) -> StatutoryPolicy | None:
    """Gives the entry that a document's title meets: the one that says most of it."""
    words = set(name_of_policy(title).split())
    best, most = None, 0
    for entry in listed:
        for alternative in entry.titles:
            wanted = set(name_of_policy(alternative).split())
            if wanted and wanted <= words and len(wanted) > most:
                best, most = entry, len(wanted)
    return best


def missing_from(titles: Iterable[str], listed: Iterable[StatutoryPolicy]) -> tuple[StatutoryPolicy, ...]:
    """Gives the entries that no document of the school meets, in the list's order."""
    entries = tuple(listed)
    met = {entry.name for title in titles if (entry := statutory_for(title, entries))}
    return tuple(entry for entry in entries if entry.name not in met)


def months_between(facts: PolicyFacts | None) -> int | None:
    """Gives the whole months from the last update to the next review, as stated; None where one is missing."""
    last = facts.last_update if facts else None
    following = facts.next_review if facts else None
    if not (last and last.to and following and following.to):
        return None
    start, end = last.to, following.to
    return (end.year - start.year) * _YEAR + end.month - start.month - (_is_short(start, end))


def is_too_far_apart(facts: PolicyFacts | None, entry: StatutoryPolicy) -> bool:
    """Tells whether a policy's next review comes later after its last update than the list allows."""
    apart = months_between(facts)
    return bool(entry.months and apart is not None and apart > entry.months)


def _is_short(start: date, end: date) -> int:
    """1 where the last month is not whole; days are compared loosely, for most dates are stated as a month."""
    return int(end.day < start.day and end.day < 28)  # noqa: PLR2004 - the last days of all months
