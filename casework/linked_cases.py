"""Cases about the same post: found by signs, offered, linked or kept apart by a person, and let go again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from casework.answers import cases_named
from casework.cases import Case, CaseReference
from casework.marks import SAMPLES, MarkKind
from casework.staff_writes import with_text

MOST_ALIKE = 20
"""A link or file that more cases share than this is no sign: it stands in everybody's signature."""
ALIKE_FROM = SAMPLES // 2
SIGNS = {
    MarkKind.LINK: "the same link",
    MarkKind.ACCOUNT: "the same account and time",
    MarkKind.FILE: "the same file",
    MarkKind.WORDS: "much the same words",
}
"""Strongest first; what is said on the case is the strongest that holds."""
_APART = re.compile(r"\b(?:none|apart|no|separate)\b|^\s*-\s*$", re.IGNORECASE)


def alike_cases(
    shared: Mapping[MarkKind, Mapping[CaseReference, int]], *, apart_from: Iterable[CaseReference]
) -> tuple[tuple[CaseReference, str], ...]:
    """Cases that seem to be about the same post, each with its strongest sign, in the order of their numbers.

    Args:
        shared: for each kind, the cases that share marks with a report, and how many.
        apart_from: the case itself, and those that a person has linked with it or kept apart from it.
    """
    found: dict[CaseReference, str] = {}
    for kind, sign in SIGNS.items():
        fewest = ALIKE_FROM if kind is MarkKind.WORDS else 1
        enough = [case for case, number in shared.get(kind, {}).items() if number >= fewest]
        if len(enough) <= MOST_ALIKE:
            for case in enough:
                found.setdefault(case, sign)
    skipped = frozenset(apart_from)
    return tuple(sorted((case, sign) for case, sign in found.items() if case not in skipped))


@dataclass(frozen=True, kw_only=True, slots=True)
class WantedLinks:
    """What somebody wrote into the Linked cases column."""

    cases: tuple[CaseReference, ...] = ()
    apart: bool = False


def read_links(text: str, *, school: str) -> WantedLinks:
    """Numbers in any form link; "none" or "keep apart" declines what was offered."""
    cases = cases_named(text, school=school)
    return WantedLinks(cases=cases, apart=not cases and _APART.search(text) is not None)


def links_text(cases: Iterable[CaseReference]) -> str:
    """As the column shows them: "TIS-2026-0001, TIS-2026-0003"."""
    return ", ".join(sorted(cases))


def linked_together(cases: Iterable[Case], *, reporters: int) -> tuple[Case, ...]:
    """These cases as one group, each naming all others; what was offered between them is settled."""
    group = tuple(cases)
    names = frozenset(case.reference for case in group)
    return tuple(_with_links(case, names - {case.reference}, reporters) for case in group)


def let_go(case: Case, others: Iterable[Case], *, reporters: Mapping[CaseReference, int]) -> tuple[Case, ...]:
    """The case alone again, and the others without it; they are kept apart from each other until somebody links them."""
    rest = tuple(others)
    left = [
        _apart(_with_links(one, frozenset(one.linked) - {case.reference}, reporters[one.reference]), [case])
        for one in rest
    ]
    alone = _apart(_with_links(case, frozenset(), reporters[case.reference]), rest)
    return (alone, *left)


def kept_apart(cases: Iterable[Case]) -> tuple[Case, ...]:
    """None of these is about the same post as another, as a person has said: that is not offered again."""
    group = tuple(cases)
    return tuple(_apart(case, group) for case in group)


def _apart(case: Case, others: Iterable[Case]) -> Case:
    names = frozenset(one.reference for one in others) - {case.reference}
    return replace(
        case,
        alike=tuple(pair for pair in case.alike if pair[0] not in names),
        kept_apart=tuple(sorted(frozenset(case.kept_apart) | names)),
    )


def _with_links(case: Case, names: frozenset[CaseReference], reporters: int) -> Case:
    linked = replace(
        case,
        linked=tuple(sorted(names)),
        alike=tuple(pair for pair in case.alike if pair[0] not in names),
        kept_apart=tuple(one for one in case.kept_apart if one not in names),
        reporters_in_all=reporters,
    )
    return with_text(linked, "LinkedCases", links_text(names))


def groups_of(pairs: Iterable[tuple[CaseReference, CaseReference]]) -> tuple[tuple[CaseReference, ...], ...]:
    """The pairs as groups in which everybody is tied to everybody, however far round."""
    group_of: dict[CaseReference, set[CaseReference]] = {}
    for one, other in pairs:
        joined = group_of.get(one, {one}) | group_of.get(other, {other})
        for member in joined:
            group_of[member] = joined
    unique = {tuple(sorted(members)) for members in group_of.values()}
    return tuple(sorted(unique))
