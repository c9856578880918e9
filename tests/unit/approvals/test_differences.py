"""What an approver is shown of a new version: what went, what came, and nothing else."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from casework.differences import ADDED, END, MOST_LINES, REMOVED, differences, in_plain_text

LETTER = """Dear Mrs Oakfield,
I am writing about a post on Facebook. We must insist on an answer by Friday.
I would be glad to talk with you at school.
Yours sincerely,"""


def test_a_changed_sentence_shows_the_words_that_went_and_those_that_came() -> None:
    new = LETTER.replace("must insist on", "would be glad of")

    (line,) = differences(LETTER, new)

    assert in_plain_text(line).endswith(
        "We [removed: must insist on] [added: would be glad of] an answer by Friday."
    )
    assert in_plain_text(line).startswith("I am writing about a post on Facebook.")


def test_a_paragraph_that_was_taken_out_or_put_in_is_shown_whole() -> None:
    without = LETTER.replace("I would be glad to talk with you at school.\n", "")

    assert [in_plain_text(line) for line in differences(LETTER, without)] == [
        "[removed: I would be glad to talk with you at school.]"
    ]
    assert [in_plain_text(line) for line in differences(without, LETTER)] == [
        "[added: I would be glad to talk with you at school.]"
    ]


def test_spaces_and_blank_lines_are_no_difference() -> None:
    assert differences(LETTER, LETTER.replace("\n", "\n\n").replace(" ", "  ")) == ()


def test_a_letter_written_anew_does_not_fill_the_mail() -> None:
    old = "\n".join(f"old words number {n} of this letter" for n in range(200))
    new = "\n".join(f"quite another paragraph, the {n}th" for n in range(200))

    lines = differences(old, new)

    assert len(lines) == MOST_LINES + 1
    assert "please read the attached letter" in lines[-1]


WORDS = st.lists(
    st.sampled_from(["we", "must", "ask", "you", "to", "please", "take", "the", "post", "down", "soon"]),
    max_size=12,
)
LETTERS = st.lists(WORDS.map(" ".join), max_size=6).map("\n".join)


@given(old=LETTERS, new=LETTERS)
def test_every_word_that_went_or_came_is_shown_and_none_besides(old: str, new: str) -> None:
    """Without long unchanged runs, which are cut, the old letter's words are those unmarked or removed."""
    shown = "\n".join(differences(old, new))
    removed = " ".join(re.findall(f"{REMOVED}([^{END}]*){END}", shown)).split()
    added = " ".join(re.findall(f"{ADDED}([^{END}]*){END}", shown)).split()

    gone, come = sorted(old.split()), sorted(new.split())
    for word in set(gone) | set(come):
        assert come.count(word) - gone.count(word) == added.count(word) - removed.count(word)
