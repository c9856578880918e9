"""How an answer to a request is understood: a hundred ways to approve, a hundred that must not, and never a guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.answers_to_requests import Answer, Doubt, read_answer
from casework.intake import own_words
from tests.unit.approvals import replies


@pytest.mark.parametrize("reply", replies.APPROVE)
def test_an_answer_that_plainly_approves_approves(reply: str) -> None:
    assert read_answer(own_words(reply)).answer is Answer.APPROVE


@pytest.mark.parametrize("reply", replies.CHANGE)
def test_a_wish_for_a_change_is_a_change_with_its_words(reply: str) -> None:
    read = read_answer(own_words(reply))

    assert read.answer is Answer.CHANGE
    assert read.why


@pytest.mark.parametrize("reply", replies.REJECT)
def test_a_no_with_a_reason_rejects(reply: str) -> None:
    read = read_answer(own_words(reply))

    assert read.answer is Answer.REJECT
    assert read.why


@pytest.mark.parametrize("reply", replies.UNCLEAR)
def test_an_answer_that_may_mean_anything_else_is_asked_back_with_the_reason(reply: str) -> None:
    read = read_answer(own_words(reply))

    assert read.answer is Answer.UNCLEAR
    assert read.doubt


def test_each_doubt_is_named() -> None:
    doubts = {
        "Approved but take out paragraph 3": Doubt.CONDITION,
        "APPROVE if the parent has been rung": Doubt.CONDITION,
        "Not yet": Doubt.LATER,
        "Please do not send it yet": Doubt.LATER,
        "REJECT": Doubt.NO_WORDS,
        "CHANGE (write here what to change)": Doubt.NO_WORDS,
        "Margaret reacted to your message": Doubt.REACTION,
        "Who wrote this?": Doubt.NOTHING_SAID,
    }
    assert {reply: read_answer(reply).doubt for reply in doubts} == doubts


APPROVALS = st.sampled_from([one for one in replies.APPROVE if "\n" not in one])
CONDITIONS = st.sampled_from(
    """
    but wait
    if Tom agrees
    once she has been rung
    after half term
    until Friday
    unless she has replied
    except the last line
    provided that it goes by post
    when I am back
    take out paragraph 3
    remove the date
    delete the last line
    add my number
    instead by post
    without the last line
    minus paragraph 2
    apart from the date
    subject to the governors
    as long as he knows
    only by post
    in principle
    not today
    don't post it
    do not send it
    never mind
    hold it
    later
    tomorrow
    pending a call
    nearly
    perhaps
    maybe
    however it is long
    although it is long
    it is a mistake
    sorry
    stop
    what did she say?
    is it the right parent?
    change the date
    make the date Thursday
    should it not go by post
    could you ring me first
    Thursday
    next week
    with one change
    with changes
    """.strip().split("\n    ")
)
SIGNATURES = st.sampled_from(
    [
        "",
        "\n\nKind regards\nMargaret",
        "\n\nMargaret Aldwick\nHeadteacher",
        "\n\nSent from my iPhone",
        "\n\n-- \nM",
    ]
)
BETWEEN = st.sampled_from([" ", ", ", ". ", "\n", "\n\n", " - ", "; ", " and ", "! "])


@given(approval=APPROVALS, between=BETWEEN, condition=CONDITIONS, signature=SIGNATURES, first=st.booleans())
def test_no_answer_with_a_condition_approves(
    approval: str, between: str, condition: str, signature: str, first: bool
) -> None:
    said = f"{condition}{between}{approval}" if first else f"{approval}{between}{condition}"

    assert read_answer(own_words(f"{said}{signature}")).answer is not Answer.APPROVE


@given(approval=APPROVALS, condition=CONDITIONS, mark=st.sampled_from(["PS ", "P.S. ", "p.s: "]))
def test_no_answer_with_a_condition_below_the_signature_approves(
    approval: str, condition: str, mark: str
) -> None:
    said = f"{approval}\n\nKind regards\nMargaret Aldwick\n\n{mark}{condition}"

    assert read_answer(own_words(said)).answer is not Answer.APPROVE


@given(approval=APPROVALS, condition=CONDITIONS)
def test_no_answer_with_a_condition_below_the_quotation_approves(approval: str, condition: str) -> None:
    said = f"{approval}\n\n> Please decide on the letter.\n> Goes: by email\n\n{condition}"

    assert read_answer(own_words(said)).answer is not Answer.APPROVE


@given(text=st.text(max_size=300))
def test_whatever_is_written_is_read_and_a_refusal_says_why(text: str) -> None:
    read = read_answer(own_words(text))

    if read.answer in {Answer.CHANGE, Answer.REJECT}:
        assert read.why
    assert (read.doubt is not None) == (read.answer is Answer.UNCLEAR)
