"""What is looked for only where its letters stand is found wherever a search through the whole text finds it."""

from __future__ import annotations

import re

import pytest

from casework.intake.word_index import WordSearch
from casework.naming_wishes import asks_not_to_be_named

WISHES = re.compile(r"\b(?:please|(?:would|'d)? ?not|ke[ep]{1,2}) (?:name|it)\b|\bdiscree?t", re.IGNORECASE)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Please name nobody.", True),
        ("I'd not name her.", True),
        ("KEEP IT to yourself", True),
        ("(discret, if you can)", True),
        ("I am displeased: name them.", False),
        ("indiscreet", False),
        ("İ would not name her.", True),  # two letters in small letters: nothing stands where it stood
        ("", False),
    ],
)
def test_words_are_found_where_a_word_begins(text: str, found: bool) -> None:
    assert WordSearch(WISHES).is_in(text) is found
    assert (WISHES.search(text) is not None) is found


def test_a_wish_that_begins_with_a_shortened_word_is_heard() -> None:
    assert asks_not_to_be_named("I'd hate to be the one who reported this.")


def test_a_rule_that_may_begin_with_anything_is_refused() -> None:
    with pytest.raises(ValueError, match="let it begin with a letter"):
        WordSearch(re.compile(r".*name")).is_in("name")
