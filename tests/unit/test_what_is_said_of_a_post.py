"""What people say of a post: when it was put up, who posted it, whether it is still there."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from casework.completeness import PostFacts, Want, post_facts, still_wanted
from casework.forwards import Forward
from casework.intake import MessageKind, Report
from casework.intake.links import Link
from casework.still_up import PostState, read_post_state

MONDAY = date(2026, 11, 23)


def facts(words: str, *, is_answer: bool = True) -> PostFacts:
    report = Report(kind=MessageKind.REPLY, original=Forward(body=words))
    return post_facts(report, words, on=MONDAY, is_answer=is_answer)


@pytest.mark.parametrize(
    ("words", "posted_at", "posted_on"),
    [
        ("Posted on 21 November 2026 at 8.15pm", "21 November 2026, 20:15", date(2026, 11, 21)),
        ("It was 21/11/2026, 20:15", "21 November 2026, 20:15", date(2026, 11, 21)),
        ("Sat 21st Nov, 12:05 am", "21 November 2026, 00:05", date(2026, 11, 21)),
        ("The 3rd of October I believe", "3 October 2026", date(2026, 10, 3)),
        ("29 December", "", None),
        ("31 February 2026", "", None),
        ("24 November 2026", "", None),
        ("yesterday evening", "", None),
        ("13/14/2026", "", None),
        ("She may 3 times have said so", "", None),
    ],
)
def test_a_day_is_read_where_it_is_certain_and_never_made_up(
    words: str, posted_at: str, posted_on: date | None
) -> None:
    read = facts(words)

    assert (read.posted_at, read.posted_on) == (posted_at, posted_on)


def test_in_a_report_only_a_day_that_is_said_to_be_of_posting_counts() -> None:
    assert facts("The trip is on 20 November 2026.", is_answer=False).posted_on is None
    assert facts("Posted 20 November 2026.", is_answer=False).posted_on == date(2026, 11, 20)


def test_the_address_of_a_post_tells_when_it_was_made_unless_somebody_says_another_time() -> None:
    address = "https://x.com/kit/status/1460323737035677698"
    link = Link(
        raw=address, clean=address, platform="Twitter", posted_at=datetime(2021, 7, 15, 23, 8, tzinfo=UTC)
    )
    report = Report(kind=MessageKind.REPORT, original=Forward(), links=(link,))
    london = ZoneInfo("Europe/London")

    assert post_facts(report, "", on=MONDAY, zone=london).posted_at == "16 July 2021, 00:08"
    assert post_facts(report, "", on=date(2021, 7, 15), zone=london).posted_at == ""
    assert post_facts(report, "posted on 20 November 2026", on=MONDAY).posted_at == "20 November 2026"


def test_an_address_of_a_mailbox_is_no_account() -> None:
    assert facts("Write to me at robin@parents.example").handle == ""
    assert facts("It was @tillbrook_mum again").handle == "tillbrook_mum"


def test_what_is_known_is_not_asked_for_and_a_chat_has_no_address() -> None:
    known = PostFacts(handle="tillbrook_mum", whole_page=True)

    assert still_wanted(known, platform="Facebook") == (Want.ADDRESS, Want.TIME)
    assert still_wanted(known, platform="WhatsApp") == (Want.TIME,)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("GONE", PostState.GONE),
        ("gone.\n\nKind regards", PostState.GONE),
        ("Yes, it's gone now", PostState.GONE),
        ("It has been taken down", PostState.GONE),
        ("The post is no longer there", PostState.GONE),
        ("It isn't there any more", PostState.GONE),
        ("STILL UP", PostState.STILL_UP),
        ("No, it is still there", PostState.STILL_UP),
        ("not removed", PostState.STILL_UP),
        ("Still not deleted", PostState.STILL_UP),
        ("Edited - the name is out", PostState.CHANGED),
        ("Is it gone?", None),
        ("I think it is gone", None),
        ("I have gone home already", None),
        ("Thank you", None),
        ("", None),
    ],
)
def test_an_answer_in_a_line_is_understood_and_a_doubtful_one_is_not(
    words: str, state: PostState | None
) -> None:
    assert read_post_state(words) is state
