"""A case is held against the policy that was in force on the day of the post, in that version's own words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from casework.policy_documents.values import Precision, StatedDate
from casework.policy_versions import in_force, policy_on_posts, versions_kept
from casework.records import PolicyRecord
from tests.journals import policy


def read_as(record: PolicyRecord, updated: date, *passages: str) -> PolicyRecord:
    """The policy as it is read once it states that update."""
    assert record.facts
    stated = StatedDate(
        text=f"{updated:%B %Y}",
        value=f"{updated:%Y-%m}",
        precision=Precision.MONTH,
        from_=updated,
        to=updated,
    )
    now = replace(record, facts=replace(record.facts, last_update=stated), extract=passages)
    return replace(now, versions=versions_kept(record if record.extract else None, now))


OLD = read_as(policy(), date(2021, 9, 1), "We talk first.")
NEW = read_as(OLD, date(2026, 11, 1), "We talk first, and we write it down.")


def test_a_post_of_october_is_held_against_the_version_before_novembers() -> None:
    october, november = in_force(NEW, date(2026, 10, 14)), in_force(NEW, date(2026, 11, 20))

    assert october is not None
    assert november is not None
    assert october.said_of(()) == ("We talk first.",)
    assert "latest update: September 2021" in october.line
    assert "in force on 14 October 2026, the day of the post" in october.line
    assert november.said_of(()) == ("We talk first, and we write it down.",)


def test_a_post_from_before_every_version_is_told_so_and_nothing_is_invented() -> None:
    found = in_force(NEW, date(2020, 3, 1))

    assert found is not None
    assert not found.is_known
    assert "no earlier version was read" in found.line


def test_reading_the_same_version_again_keeps_no_second_copy() -> None:
    again = read_as(NEW, date(2026, 11, 1), "We talk first, and we write it down.")

    assert again.versions == NEW.versions
    assert len(NEW.versions) == 1


def test_the_policy_on_posts_is_found_by_its_title() -> None:
    assert policy_on_posts([replace(NEW, removed=True)]) is None
    assert policy_on_posts([policy("02DEF", facts=None), NEW]) is NEW
