"""The statutory list: what it knows, what is missing, what lies too far apart, and how the year's reviews spread."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import templates
from casework.errors import SettingsError
from casework.policy_documents import StatedDate
from casework.policy_register import DueDay
from casework.policy_register.findings import AskWhom, findings_of
from casework.policy_register.policies import policies_of
from casework.policy_register.rules import PolicyRules
from casework.policy_register.spread import spread_of
from casework.policy_register.spread_picture import spread_picture
from casework.policy_register.statutory import missing_from, statutory_for
from connectors.calendar_files import read_term_dates
from connectors.policy_files import read_statutory
from tests.unit.policies.test_one_policy_many_documents import month, record

LIST = Path(templates.__file__).parent / "statutory_policies.toml"
MAINTAINED = read_statutory(LIST, kind="maintained", phase="primary")


@pytest.mark.parametrize(
    ("title", "entry"),
    [
        ("Safeguarding and Child Protection Policy 2026-27", "Child protection"),
        ("Behaviour policy", "Behaviour"),
        ("Written statement of behaviour principles", "Behaviour principles, written statement"),
        ("SEND Information Report", "Special educational needs: information report"),
        ("SEND policy", "Special educational needs and disability"),
        ("Health and Safety Policy", "Health and safety"),
        ("Teachers' Pay Policy", "Teachers' pay"),
        ("Accessibility Plan 2024-2027", "Accessibility plan"),
        ("Relationships and Sex Education (RSE) policy", "Relationships, sex and health education"),
        ("Staff Code of Conduct", "Staff code of conduct"),
        ("Parental use of Social Networking and Internet Sites Policy", None),
        ("Lettings policy", None),
    ],
)
def test_a_title_is_known_by_its_words(title: str, entry: str | None) -> None:
    found = statutory_for(title, MAINTAINED)
    assert (found.name if found else None) == entry


def test_an_academy_and_a_secondary_school_have_lists_of_their_own() -> None:
    academy = {entry.name for entry in read_statutory(LIST, kind="academy", phase="secondary")}
    maintained = {entry.name for entry in MAINTAINED}
    assert "Careers: provider access" in academy
    assert "Careers: provider access" not in maintained
    assert "Teachers' pay" in maintained
    assert "Teachers' pay" not in academy


def test_what_no_document_meets_is_missing() -> None:
    missing = [entry.name for entry in missing_from(["Behaviour policy", "Lettings"], MAINTAINED)]
    assert "Behaviour" not in missing
    assert "Accessibility plan" in missing


@pytest.mark.parametrize(("following", "is_far"), [(month(2029, 10), False), (month(2029, 11), True)])
def test_a_plan_reviewed_less_often_than_the_law_asks_is_a_finding(
    following: StatedDate, *, is_far: bool
) -> None:
    plan = record("Plan.docx", title="Accessibility plan", last=month(2026, 10), following=following)
    (policy,) = policies_of((replace(plan, published_at="https://www.tillbrook.example"),))
    ask = AskWhom(owner="the SENDCo", manager="the headteacher")
    found = findings_of(policy, rules=PolicyRules(statutory=MAINTAINED), ask=ask)
    assert any("must be reviewed every 3 years (Equality Act 2010" in finding for finding in found) is is_far


def test_a_list_that_was_edited_wrongly_says_every_mistake(tmp_path: Path) -> None:
    edited = tmp_path / "statutory_policies.toml"
    edited.write_text(
        '[[policy]]\nname = "Pay"\nmonths = 12\nkinds = ["council"]\nsource = "x"\ncolour = "red"\n'
    )
    with pytest.raises(SettingsError) as refused:
        read_statutory(edited, kind="maintained", phase="primary")
    for said in (
        "checked_on is missing",
        "titles is missing",
        "kinds must name",
        "colour is not known",
        "binding",
    ):
        assert said in str(refused.value)


def test_the_year_s_reviews_are_drawn_with_names_and_numbers() -> None:
    calendar = read_term_dates(
        Path(templates.__file__).parent.parent / "connectors/calendar_files/practice-term-dates.toml"
    )
    dates = [month(2026, 10), month(2026, 12), *[month(2027, 5)] * 7, month(2027, 8), month(2031, 1)]
    records = [
        replace(
            record(
                f"{number}.docx",
                title=f"Policy <{'abcdefghijklm'[number]}> & more",
                last=None,
                following=following,
            ),
            first_seen_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        for number, following in enumerate(dates)
    ]
    spread = spread_of(policies_of(records), calendar=calendar, today=date(2026, 11, 23), which=DueDay.LAST)
    loads = {load.name: load.count for load in spread.loads}
    assert loads["Overdue"] == 1
    assert loads["Autumn 2026"] == 1
    assert loads["Summer 2027"] == 8  # August belongs to the term before it
    assert loads["Later"] == 1
    assert spread.advice.startswith("Summer 2027 has 8 of 9 reviews")

    drawn = ET.fromstring(spread_picture(spread, school_name="Tillbrook & Co", today=date(2026, 11, 23)))  # noqa: S314 - our own
    said = "".join(drawn.itertext())
    assert "Summer 2027" in said
    assert "Policy <c> & more" in said
    assert drawn.attrib["role"] == "img"
