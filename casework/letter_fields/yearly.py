"""The fields of the yearly word to parents, which belongs to no case."""

from __future__ import annotations

from datetime import date

from casework.letter_fields.extract import PolicyExtract
from casework.letter_fields.parents import other_channels
from casework.letter_fields.people import face_of
from casework.school import Role, School


def yearly_fields(
    year: str, *, school: School, extract: PolicyExtract | None, today: date
) -> dict[str, object]:
    """Every field that the template knows.

    Args:
        year: the school year, such as "2026/27"; stands where other letters have the number of a case.
        school: whose letter it is.
        extract: of the policy on posts, if one has been read.
        today: the day of the letter.
    """
    fields = face_of(school) | {
        "addressee": "Parents and carers",
        "salutation": "parents and carers",
        "letter_date": today,
        "case_reference": f"Social media {year}",
        "signatory_name": school.person(Role.HEADTEACHER).name,
        "signatory_role": "Headteacher",
        "channels": other_channels(school),
        "policy_where": "on our website, or on paper from the school office"
        if school.website
        else "on paper from the school office",
    }
    if extract is None or not extract.passages:
        return fields
    return fields | {
        "policy_title": extract.title,
        "policy_version": extract.version,
        "policy_read_on": extract.read_on,
        "policy_extract": list(extract.passages[:1]),
    }
