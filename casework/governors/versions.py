"""The governors' paper as a letter of no case: its reference, the keys of its versions, and which of them is open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.approvals import DraftWanted, LetterPlan, Withdrawal, is_still_right
from casework.cases import Case, CaseReference, Decision
from casework.deciders import Chosen
from casework.letter_kinds import LetterKind
from casework.letters import Delivery, Letter, LetterState
from casework.term_dates import Term

FOLDER = "Governors"
NAMES_SOMEBODY = (
    "The Word file was edited, and a name stands in it that a case has as a parent's or a child's. "
    "The paper should name nobody: please read it with that in mind."
)
_REFERENCE = re.compile(r"^[A-Z]{2,6}-GOV-(\d{4})(\d{2})(\d{2})$")
_KEY = re.compile(
    r"(?P<school>[A-Z]{2,6})/governors/(?P<ends>\d{4}-\d{2}-\d{2})/version/(?P<version>\d{1,4})"
)
_OVER = frozenset({LetterState.SENT, LetterState.RETURNED, LetterState.WITHDRAWN})


def paper_reference(school: str, term: Term) -> CaseReference:
    """Stands where the number of a case stands with a letter: TIS-GOV-20261218, by the last day of the term."""
    return CaseReference(f"{school}-GOV-{term.ends:%Y%m%d}")


def is_paper(reference: str) -> bool:
    """True for the reference of a paper."""
    return _REFERENCE.match(reference) is not None


def term_end_of(reference: str) -> date:
    """The last day of the paper's term.

    Raises:
        ValueError: it is no reference of a paper.
    """
    match = _REFERENCE.match(reference)
    if match is None:
        raise ValueError(f"{reference!r} is no reference of a governors' paper.")
    return date(int(match[1]), int(match[2]), int(match[3]))


def paper_keys(school: str, ends: date) -> str:
    """What the keys of everything about a term's paper begin with."""
    return f"{school}/governors/{ends}"


def paper_key(school: str, ends: date, version: int) -> str:
    """Of one version; stamped on its draft."""
    return f"{paper_keys(school, ends)}/version/{version}"


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperVersion:
    """What the key of a paper's mail says."""

    reference: CaseReference
    version: int


def paper_of_key(key: str, *, school: str) -> PaperVersion | None:
    """The version whose draft carries this key; None for every other mail of ours."""
    match = _KEY.fullmatch(key)
    if match is None or match["school"] != school:
        return None
    reference = CaseReference(f"{school}-GOV-{match['ends'].replace('-', '')}")
    return PaperVersion(reference=reference, version=int(match["version"]))


def word_path(term: Term, version: int) -> str:
    """Where the Word file of figures that are written anew lies; later versions of the same figures stay with it."""
    anew = "" if version == 1 else f", version {version}"
    return f"{FOLDER}/Governors' paper {term.name} {term.ends.year}{anew}.docx"


def new_paper(term: Term, versions: Iterable[Letter], *, chosen: Chosen, recipient: str) -> DraftWanted:
    """The figures of a term, counted now and put before its approver."""
    version = 1 + max((one.version for one in versions), default=0)
    return _wanted(version, chosen, recipient, path=word_path(term, version))


def decide_paper(versions: Iterable[Letter], *, chosen: Chosen, recipient: str) -> LetterPlan:
    """What is to become of a paper that was drafted once: it stays, moves to who decides now, or is to be changed.

    Args:
        versions: all of one term's paper, in any order; at least one.
        chosen: who decides now.
        recipient: to whom it goes now.
    """
    newest = max(versions, key=lambda one: one.version)
    if newest.state in _OVER:
        return LetterPlan()
    changed = newest.decision is Decision.CHANGE or newest.state is LetterState.CHANGING
    wanted = _wanted(
        newest.version + 1,
        chosen,
        recipient,
        path=newest.word_path,
        comments=newest.comments if changed else "",
        to_be_changed=changed,
    )
    if not newest.is_open:
        return LetterPlan(drafts=(wanted,))
    if is_still_right(newest, wanted, chosen):
        return LetterPlan()
    reason = "Somebody else is asked to decide."
    if newest.recipient != wanted.recipient:
        reason = "It goes to somebody else now."
    withdrawal = Withdrawal(letter=newest, state=LetterState.SUPERSEDED, reason=reason)
    return LetterPlan(drafts=(wanted,), withdraw=(withdrawal,))


def names_somebody(text: str, cases: Iterable[Case]) -> bool:
    """True if the full name of a parent or a child of a case stands in the paper, which only an edit can bring in."""
    said = " ".join(text.casefold().split())
    names = {name for case in cases for name in (case.staff.parent, case.staff.child)}
    plain = (" ".join(name.casefold().split()) for name in names)
    return any(" " in name and name in said for name in plain)


def _wanted(
    version: int,
    chosen: Chosen,
    recipient: str,
    *,
    path: str,
    comments: str = "",
    to_be_changed: bool = False,
) -> DraftWanted:
    return DraftWanted(
        kind=LetterKind.GOVERNORS_PAPER,
        version=version,
        approver=chosen.person.address.casefold(),
        recipient=recipient.casefold(),
        delivery=Delivery.EMAIL,
        facts="",
        comments=comments,
        from_path=path,
        standing_in=chosen.standing_in,
        to_be_changed=to_be_changed,
    )
