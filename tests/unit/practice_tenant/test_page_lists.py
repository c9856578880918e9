"""Staff fill in their columns of the case list, and nobody overwrites what somebody else wrote meanwhile."""

import re
from typing import Any

import pytest

from tests.practice import PracticeServer
from tests.practice_page import Page, make_cases, row_of

ROW = {
    "Title": "Facebook post, reported 23 November 2026",
    "Reference": "TIS-2026-0001",
    "Stage": "new",
    "Due": "2026-11-24T12:00:00Z",
    "CaseworkSays": "Case opened from a mail.",
}


@pytest.fixture
def page(practice: PracticeServer) -> Page:
    make_cases(
        practice,
        ROW,
        {**ROW, "Reference": "TIS-2026-0002", "Stage": "awaiting approval", "Due": "2026-11-20T12:00:00Z"},
    )
    return Page(practice).play("office")


def fill_in(page: Page, **typed: Any) -> Page:
    """Open the first case, type into its form, and save."""
    page.get("lists/Cases/1")
    page.post("lists/Cases/1", {**page.form("/lists/Cases/1"), **typed})
    return page


def test_the_list_shows_each_case_with_its_stage_and_day(page: Page) -> None:
    page.get("lists/Cases")

    assert "TIS-2026-0001 Facebook post, reported 23 November 2026 new 24 November 2026" in page.words


def test_a_view_shows_the_cases_of_one_stage(page: Page) -> None:
    page.get("lists/Cases").raise_for_status()
    page.follow("Awaiting approval")

    assert "TIS-2026-0002" in page.words
    assert "TIS-2026-0001" not in page.words


def test_the_view_of_what_is_overdue_knows_the_practice_day(practice: PracticeServer, page: Page) -> None:
    page.get("lists/Cases?show=overdue")
    assert "TIS-2026-0001" not in page.words

    practice.set_clock("2026-11-25T08:00:00Z")
    page.get("lists/Cases?show=overdue")
    assert "TIS-2026-0001" in page.words


def test_every_kind_of_column_is_saved_as_graph_keeps_it(practice: PracticeServer, page: Page) -> None:
    fill_in(
        page,
        Parent="Gareth Lomax",
        ParentAddress="2 Mill Lane\r\nTillbrook",
        Target="staff",
        Categories=["complaint in public", "other"],
        TalkedOn="2026-11-24",
        Continues="yes",
    )

    row = row_of(practice, "1")
    kept = {
        name: row["fields"][name] for name in ("Parent", "ParentAddress", "Target", "Categories", "Continues")
    }
    assert kept == {
        "Parent": "Gareth Lomax",
        "ParentAddress": "2 Mill Lane\nTillbrook",
        "Target": "staff",
        "Categories": ["complaint in public", "other"],
        "Continues": True,
    }
    assert row["fields"]["TalkedOn"].startswith("2026-11-24")
    assert row["lastModifiedBy"]["user"]["email"] == practice.user("office")
    assert (
        "Saved: Parent, Postal address, Who it is about, Categories, Talked on, The posting continues."
        in page.words
    )


def test_what_was_filled_in_can_be_emptied_again(practice: PracticeServer, page: Page) -> None:
    fill_in(page, Parent="Gareth Lomax", Categories=["other"], TalkedOn="2026-11-24", Continues="no")
    page.get("lists/Cases/1")
    fields = {name: value for name, value in page.form("/lists/Cases/1").items() if name != "Categories"}

    page.post("lists/Cases/1", {**fields, "Parent": "", "TalkedOn": "", "Continues": ""})

    assert not {"Parent", "Categories", "TalkedOn", "Continues"} & set(row_of(practice, "1")["fields"])


def test_a_form_sent_untouched_changes_nothing(practice: PracticeServer, page: Page) -> None:
    before = row_of(practice, "1")["eTag"]

    fill_in(page)

    assert row_of(practice, "1")["eTag"] == before
    assert "Nothing was changed." in page.words


def test_caseworks_columns_are_read_only(practice: PracticeServer, page: Page) -> None:
    page.get("lists/Cases/1")
    assert not {"Title", "Reference", "Stage", "Due", "CaseworkSays"} & set(page.form("/lists/Cases/1"))

    fill_in(page, Stage="closed", Parent="Gareth Lomax")

    assert row_of(practice, "1")["fields"]["Stage"] == "new"


def test_a_row_that_casework_changed_meanwhile_is_not_overwritten_and_the_words_are_kept(
    practice: PracticeServer, page: Page
) -> None:
    page.get("lists/Cases/1")
    form = page.form("/lists/Cases/1") | {"Parent": "Gareth Lomax"}
    path = f"sites/{practice.facts['site_id']}/lists/Cases/items/1/fields"
    practice.graph("PATCH", path, json={"CaseworkSays": "A file was added."}, expect=200)

    answer = page.post("lists/Cases/1", form)

    assert answer.status_code == 412
    assert "Parent" not in row_of(practice, "1")["fields"]
    assert "A file was added." in page.words
    page.post("lists/Cases/1", page.form("/lists/Cases/1"))
    assert row_of(practice, "1")["fields"]["Parent"] == "Gareth Lomax"


def test_a_value_that_sharepoint_refuses_is_told_and_kept_in_the_form(
    practice: PracticeServer, page: Page
) -> None:
    fill_in(page, Parent="x" * 300)

    assert "255 characters" in page.words
    assert page.form("/lists/Cases/1")["Parent"] == "x" * 300
    assert "Parent" not in row_of(practice, "1")["fields"]


def test_the_history_tells_who_changed_what(page: Page) -> None:
    fill_in(page, Parent="Gareth Lomax")

    page.get("lists/Cases/1")

    assert re.search(r"Tillbrook School Office Mon 23 Nov, 09:0\d Parent Gareth Lomax", page.words)


def test_a_folder_of_the_site_opens_on_this_page(practice: PracticeServer, page: Page) -> None:
    documents = practice.graph("GET", f"sites/{practice.facts['site_id']}/drive", expect=200).json()
    path = f"sites/{practice.facts['site_id']}/lists/Cases/items/1/fields"
    practice.graph(
        "PUT", f"drives/{documents['id']}/root:/TIS-2026-0001/post.txt:/content", data=b"post", expect=201
    )
    practice.graph("PATCH", path, json={"EvidenceFolder": f"{documents['webUrl']}/TIS-2026-0001"}, expect=200)

    page.get("lists/Cases/1")
    page.follow("Open on this page")

    assert "post.txt" in page.words


def test_the_class_teacher_cannot_look_into_the_cases_and_is_offered_to_play_somebody_who_can(
    practice: PracticeServer,
) -> None:
    page = Page(practice).play("teacher")

    assert page.get("lists/Cases").status_code == 403
    assert "Look as Tillbrook School Office" in page.words


def test_a_list_that_is_not_set_up_yet_says_how_to(practice: PracticeServer) -> None:
    page = Page(practice).play("office")

    assert page.get("lists/Cases").status_code == 404
    assert "No list called Cases yet" in page.words
    assert "casework setup" in page.words
