"""Which case somebody means who types its number as people do: in small letters, without the school or the year."""

from __future__ import annotations

import re
from collections.abc import Iterable

from casework.cases import Case, CaseReference
from casework.governors.versions import is_paper
from casework.records import JournalTransaction
from casework.school import School

# also a whole subject of a mail, in brackets and with the four characters after the number
_TYPED = re.compile(r"\[?(?:([A-Z]{2,6})-)?(?:(\d{4})-)?(\d{1,6})(?:-[A-Z0-9]{4})?\]?")


def case_typed(transaction: JournalTransaction, typed: str, school: School) -> Case:
    """The one case that is meant.

    Raises:
        ValueError: it is no number of a case, there is no such case, or several years have one; says which there are.
    """
    cases = transaction.cases.all()
    found = _meant(typed, cases, school.code)
    if not found:
        raise ValueError(f"{_why_not(typed, school.code)} {_which_there_are(cases)}")
    if len(found) > 1:
        names = " and ".join(sorted(case.reference for case in found))
        raise ValueError(f"{typed.strip()} may be {names}; write the whole number.")
    return found[0]


def paper_typed(typed: str) -> CaseReference | None:
    """The reference of a governors' paper, if that is what was typed."""
    cleaned = _cleaned(typed).strip("[]")
    return CaseReference(cleaned) if is_paper(cleaned) else None


def _cleaned(typed: str) -> str:
    return re.sub(r"[\s/_\u2013-]+", "-", typed.strip().upper())


def _meant(typed: str, cases: Iterable[Case], code: str) -> list[Case]:
    match = _TYPED.fullmatch(_cleaned(typed))
    if match is None or match[1] not in {None, code}:
        return []
    number = f"-{int(match[3]):04d}"
    begins = f"{code}-{match[2]}" if match[2] else f"{code}-"
    return [
        case
        for case in cases
        if case.reference.startswith(begins) and case.reference[len(code) + 5 :] == number
    ]


def _why_not(typed: str, code: str) -> str:
    match = _TYPED.fullmatch(_cleaned(typed))
    if match is None:
        return f"{typed!r} is not a case's number; write it like {code}-2026-0007, or 7 for short."
    if match[1] not in {None, code}:
        return f"{typed!r} is a case of another school; this one's begin with {code}."
    return f"There is no case {typed.strip()}."


def _which_there_are(cases: Iterable[Case]) -> str:
    newest = max((case.reference for case in cases), default="")
    if not newest:
        return "This school has no case yet."
    return f"The newest is {newest}; those that are open: casework explain"
