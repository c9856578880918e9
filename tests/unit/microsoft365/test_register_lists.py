"""The lists' columns are those that the rules read and write, and no others."""

from __future__ import annotations

from casework.intake.characteristic_words import CHARACTERISTICS as SUGGESTED_CHARACTERISTICS
from casework.intake.suggestion_words import CATEGORIES as SUGGESTED_CATEGORIES
from casework.letter_fields import CONCERNS
from casework.register_columns import STAFF_COLUMNS
from casework.register_lists import (
    CASES_LIST,
    CATEGORIES,
    CHARACTERISTICS,
    POLICIES_LIST,
    ColumnKind,
    ColumnOwner,
)


def test_the_staffs_columns_are_those_that_are_read() -> None:
    assert set(CASES_LIST.owned_by(ColumnOwner.STAFF)) == set(STAFF_COLUMNS)


def test_the_office_can_tick_whatever_is_suggested() -> None:
    assert set(SUGGESTED_CATEGORIES) <= set(CATEGORIES)
    assert set(SUGGESTED_CHARACTERISTICS) == set(CHARACTERISTICS)


def test_every_category_but_other_has_its_sentence_in_a_letter() -> None:
    assert set(CONCERNS) == set(CATEGORIES) - {"other"}


def test_each_column_stands_once_and_choices_have_words() -> None:
    for definition in (CASES_LIST, POLICIES_LIST):
        names = [column.name.lower() for column in definition.columns]
        assert len(set(names)) == len(names)
        for column in definition.columns:
            is_choice = column.kind in (ColumnKind.CHOICE, ColumnKind.CHOICES)
            assert bool(column.choices) is is_choice


def test_a_reference_can_stand_only_once() -> None:
    reference = CASES_LIST.column("Reference")
    assert reference is not None
    assert (reference.unique, reference.indexed) == (True, True)
