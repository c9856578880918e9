"""An answer approves only if the approver's own words say so, and nothing beside them takes it back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.answers_to_requests import Answer, read_answer
from casework.intake import reply_text

WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), max_size=80
)
CONDITIONS = st.sampled_from(
    [
        "but",
        "if",
        "once",
        "after",
        "unless",
        "except",
        "provided",
        "remove",
        "instead",
        "not yet",
        "don't",
        "wait",
        "however",
    ]
)
APPROVES = st.sampled_from(["APPROVE", "approve", "Approved", " APPROVE", "*APPROVE*"])
HISTORY = (
    (
        "On Mon, 23 Nov 2026 at 09:12, Reports <reports@tillbrook.example> wrote:\n"
        "> Reply APPROVE, CHANGE or REJECT.\n> APPROVE\n"
    ),
    (
        "________________________________\nFrom: Reports <reports@tillbrook.example>\nSent: 23 November 2026 09:12\n"
        "To: Headteacher <head@tillbrook.example>\nSubject: Please approve\n\nAPPROVE\n"
    ),
    (
        "-----Original Message-----\nFrom: Reports <reports@tillbrook.example>\nSent: 23 November 2026 09:12\n"
        "Subject: Please approve\n\nAPPROVE sends it as it is.\n"
    ),
)


@given(
    word=APPROVES,
    condition=CONDITIONS,
    rest=st.sampled_from(["", " the last paragraph", " please, thank you"]),
)
def test_an_approval_takes_no_conditions(word: str, condition: str, rest: str) -> None:
    for between in (" ", ", ", ".\n\n", " - "):
        assert read_answer(f"{word}{between}{condition}{rest}").answer is not Answer.APPROVE


@given(text=WORDS)
def test_any_text_is_read_and_a_refusal_always_says_why(text: str) -> None:
    read = read_answer(text)

    if read.answer in {Answer.CHANGE, Answer.REJECT}:
        assert read.why


@pytest.mark.parametrize("history", HISTORY, ids=["On ... wrote", "Outlook's rule", "Original Message"])
@given(
    own=st.sampled_from(["", "Thank you.", "What did the parent say before?", "I will look at it tonight."])
)
def test_the_word_in_the_quoted_request_never_approves(history: str, own: str) -> None:
    assert read_answer(reply_text(f"{own}\n\n{history}")).answer is Answer.UNCLEAR


@pytest.mark.parametrize("history", HISTORY, ids=["On ... wrote", "Outlook's rule", "Original Message"])
def test_the_words_above_the_quoted_request_count(history: str) -> None:
    assert read_answer(reply_text(f"APPROVE\n\nA. Hartwell\n\n{history}")).answer is Answer.APPROVE
    refusal = read_answer(reply_text(f"REJECT it is too harsh\n\n{history}"))
    assert refusal.answer is Answer.REJECT
    assert refusal.why == "it is too harsh"
