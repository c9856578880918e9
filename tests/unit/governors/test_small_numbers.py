"""What governors read gives nobody away, whatever they add and take away."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.governors.small_numbers import FEWER, LEAST, NOT_SHOWN, publish, published_together

counts = st.dictionaries(st.sampled_from("abcd"), st.integers(1, 12), min_size=1, max_size=4)


def possible(shown: dict[str, str], total: str, name: str) -> set[int]:
    """Every value that a reader who knows the rule must think possible for a hidden cell.

    A row stands there because something was counted, and of the larger numbers the smallest are left out.
    """
    names = list(shown)
    least_shown = min((int(said) for said in shown.values() if said.isdigit()), default=30)
    ranges = [
        range(1, LEAST)
        if said == FEWER
        else range(LEAST, least_shown + 1)
        if said == NOT_SHOWN
        else [int(said)]
        for said in shown.values()
    ]
    wanted = int(total) if total.isdigit() else None
    return {
        dict(zip(names, values, strict=True))[name]
        for values in product(*ranges)
        if wanted is None or sum(values) == wanted
    }


@settings(max_examples=200)
@given(counts)
def test_no_hidden_number_can_be_worked_out(table: dict[str, int]) -> None:
    said = publish(table)

    for name, count in table.items():
        if count < LEAST:
            assert said.cells[name] == FEWER
            assert len(possible(dict(said.cells), said.total, name)) >= 3
        else:
            assert said.cells[name] in {str(count), NOT_SHOWN}


@pytest.mark.parametrize(
    "table", [{"a": 1, "b": 1, "c": 5}, {"a": 4, "b": 5, "c": 5}, {"a": 4, "b": 4, "c": 9}]
)
def test_rows_and_total_do_not_tell_a_hidden_number(table: dict[str, int]) -> None:
    """Seven in all, five shown, and two rows of "fewer than 5" would be one each."""
    said = publish(table)

    for name in (name for name, count in table.items() if count < LEAST):
        assert len(possible(dict(said.cells), said.total, name)) >= 3


def test_a_single_small_number_takes_the_next_smallest_with_it() -> None:
    said = publish({"Facebook": 12, "WhatsApp": 7, "TikTok": 1})

    assert said.cells == {"Facebook": "12", "WhatsApp": NOT_SHOWN, "TikTok": FEWER}
    assert said.total == "20"


def test_numbers_that_are_large_enough_are_shown_as_they_are() -> None:
    said = publish({"Facebook": 12, "WhatsApp": 7})

    assert (said.cells, said.total) == ({"Facebook": "12", "WhatsApp": "7"}, "19")


def test_a_term_with_three_cases_says_fewer_than_five_and_nothing_else() -> None:
    said = publish({"Facebook": 2, "WhatsApp": 1})

    assert set(said.cells.values()) == {FEWER}
    assert said.total == FEWER


def test_a_total_that_one_table_must_hide_is_said_by_no_other() -> None:
    by_platform, by_target = published_together({"a": 4, "b": 4}, {"school": 8})

    assert by_platform.total == "5 or more"
    assert by_target.total == "5 or more"
    assert by_target.cells == {"school": NOT_SHOWN}
