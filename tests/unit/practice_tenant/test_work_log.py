"""Casework tells the page what it did; the page shows it, and takes no log that does not fit."""

from typing import Any

import pytest

from tests.practice import PracticeServer
from tests.practice_page import Page

OPENED = {
    "number": 1,
    "at": "2026-11-23T08:41:00+00:00",
    "words": "Case opened from a mail.",
    "reference": "TIS-2026-0001",
    "why": "Each report gets a case.",
    "mark": "a1",
}
SENT = OPENED | {"number": 2, "words": "Mail sent to the office: digest.", "reference": "", "mark": "a2"}


def tell(practice: PracticeServer, **told: Any) -> dict[str, Any]:
    answer: dict[str, Any] = practice.practice("POST", "work-log", json=told).json()
    return answer


def status_of(practice: PracticeServer, told: Any) -> int:
    url = f"{practice.facts['graph_root']}practice/work-log"
    return practice._session.post(url, json=told, verify=practice.ca_file, timeout=30).status_code


def test_what_was_told_is_read_with_its_reason_the_newest_first(practice: PracticeServer) -> None:
    assert tell(practice, entries=[OPENED, SENT]) == {"last": 2, "mark": "a2"}

    page = Page(practice)
    page.get("casework")
    newest, oldest = page.words.index("Mail sent to the office"), page.words.index("Case opened from a mail.")
    assert newest < oldest
    assert "Why: Each report gets a case." in page.words
    assert "Monday 23 November 2026" in page.words


def test_the_log_of_one_case_says_what_is_next(practice: PracticeServer) -> None:
    tell(
        practice,
        entries=[OPENED, SENT],
        standings={"TIS-2026-0001": ["Look at the report.", "Why: policy S12"]},
    )

    page = Page(practice)
    page.get("casework?case=TIS-2026-0001")
    assert "Look at the report." in page.words
    assert "Mail sent to the office" not in page.words


def test_what_was_done_three_times_in_a_minute_is_told_once(practice: PracticeServer) -> None:
    listed = OPENED | {"words": "The list was brought up to date."}
    again = [listed | {"number": number, "mark": f"a{number}"} for number in (2, 3)]
    later = listed | {"number": 4, "mark": "a4", "at": "2026-11-23T08:42:00+00:00"}
    tell(practice, entries=[listed, *again, later])

    page = Page(practice)
    page.get("casework")
    assert page.words.count("The list was brought up to date.") == 2


def test_a_log_goes_on_where_it_ended_and_is_replaced_only_when_asked(practice: PracticeServer) -> None:
    tell(practice, entries=[OPENED])
    assert status_of(practice, {"entries": [OPENED]}) == 409
    assert status_of(practice, {"entries": [SENT | {"number": 3}]}) == 409
    assert practice.practice("GET", "work-log/end").json() == {"last": 1, "mark": "a1"}

    assert tell(practice, replace=True, entries=[OPENED | {"mark": "b1"}]) == {"last": 1, "mark": "b1"}
    assert [entry["mark"] for entry in practice.practice("GET", "work-log").json()["entries"]] == ["b1"]


@pytest.mark.parametrize(
    "told",
    [
        {"entries": [{"number": "one"}]},
        {"entries": ["words"]},
        {"swept": "soon"},
        {"school_days": ["23 November"]},
        {"standings": ["x"]},
    ],
)
def test_what_is_no_log_is_refused_and_keeps_nothing(practice: PracticeServer, told: Any) -> None:
    assert status_of(practice, {"entries": [OPENED]} | told) == 400
    assert practice.practice("GET", "work-log/end").json() == {"last": 0, "mark": ""}


def test_a_reset_takes_the_log_back_too(practice: PracticeServer) -> None:
    tell(practice, entries=[OPENED])
    practice.reset()

    page = Page(practice)
    page.get("casework")
    assert "Casework has not told anything yet" in page.words


def test_the_words_of_a_log_are_words(practice: PracticeServer) -> None:
    tell(practice, entries=[OPENED | {"words": "<script>steal()</script>"}])

    page = Page(practice)
    page.get("casework")
    assert "<script>steal()" not in page.text


def test_nobody_plays_a_term_while_casework_is_not_at_work(practice: PracticeServer) -> None:
    page = Page(practice)
    page.get("clock")

    assert "Casework is not at work here yet." in page.words
    assert "Play 2" not in page.words


def test_what_is_new_is_told_to_an_open_page(practice: PracticeServer) -> None:
    page = Page(practice)
    before = page.get("live?after=0").json()
    tell(practice, entries=[OPENED, SENT])

    after = page.get("live?after=1").json()
    assert after["mark"] != before["mark"]
    assert after["said"] == ["Mail sent to the office: digest."]
    assert after["last"] == 2
    assert page.get("live?after=2").json()["mark"] == after["mark"]


def test_the_picture_of_the_procedure_is_shown_with_the_same_in_words(practice: PracticeServer) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" role="img"><title>Posts by parents</title></svg>'
    tell(practice, entries=[OPENED], procedures=[{"name": "Posts by parents", "svg": svg, "text": "[ New ]"}])

    page = Page(practice)
    page.get("casework")
    assert "How a case goes" in page.words
    page.get("casework/procedures")
    assert "Posts by parents" in page.words
    assert "[ New ]" in page.words
    picture = page.get("casework/procedures/1.svg")
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert picture.text == svg
    assert page.get("casework/procedures/2.svg").status_code == 404


def test_a_picture_that_is_none_is_refused(practice: PracticeServer) -> None:
    told = {"procedures": [{"name": "x", "svg": "<script>", "text": ""}]}

    assert status_of(practice, told) == 400
