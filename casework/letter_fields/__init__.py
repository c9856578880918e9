"""The fields of a letter: what templates/letters/<kind>/fields.toml asks for, from the case and the settings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from casework.cases import Case
from casework.letter_fields.extract import PolicyExtract
from casework.letter_fields.papers import PaperFacts, limitation_of, paper_fields
from casework.letter_fields.parents import CONCERNS, GENERAL_CONCERN, Moment, parent_fields
from casework.letter_fields.people import (
    addressee_of,
    cover_fields,
    face_of,
    post_fields,
    salutation,
    signatory_of,
)
from casework.letter_fields.yearly import yearly_fields
from casework.letters import Letter
from casework.school import School

__all__ = [
    "CONCERNS",
    "GENERAL_CONCERN",
    "Moment",
    "PaperFacts",
    "PolicyExtract",
    "cover_fields",
    "letter_fields",
    "limitation_of",
    "paper_fields",
    "post_fields",
    "salutation",
    "yearly_fields",
]


def letter_fields(
    letter: Letter,
    case: Case,
    *,
    school: School,
    extract: PolicyExtract | None,
    now: datetime,
    letters: Iterable[Letter] = (),
) -> dict[str, object]:
    """Every field that the template of this letter to a parent knows.

    Args:
        letter: the version that is written.
        case: its case.
        school: whose letter it is.
        extract: of the policy on posts.
        now: the day of the letter is the school's day at that moment.
        letters: all of the case: a second request names the first.
    """
    at = Moment(case=case, school=school, today=school.today(now), letters=tuple(letters), extract=extract)
    fields = face_of(school) | addressee_of(letter, case) | signatory_of(case, school)
    fields |= {"letter_date": at.today, "case_reference": case.reference}
    return fields | parent_fields(letter.kind, at)
