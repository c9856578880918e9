"""The case list, the mailbox or a library is suddenly empty: nothing rests on that until a person has spoken."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.halts import Side, is_suddenly_empty
from offices.halted import halted
from offices.status import status_of
from tests.remembering import Moments
from tests.school import SchoolAtWork, words

PARENT = {"Parent": "Robin Ashdown", "ParentEmail": "robin.ashdown@parents.example", "Target": "school"}
POSTS = ("Facebook: https://www.facebook.com/tillbrook/posts/1", "WhatsApp: the class group")


def _two_cases_and_a_letter(school: SchoolAtWork) -> None:
    """Two open cases; for one of them a letter waits in the headteacher's Drafts."""
    for post in POSTS:
        school.teacher_forwards(f"Look what stands there about our school on {post}")
    school.once()
    school.staff_set(item=_item(school, "TIS-2026-0001"), **PARENT)
    school.once()
    assert len(school.rows()) == 2
    assert school.the_draft()


def _item(school: SchoolAtWork, reference: str) -> str:
    return str(next(row["item"] for row in school.rows() if row["Reference"] == reference))


def _delete_rows(school: SchoolAtWork) -> None:
    for row in school.rows():
        path = f"sites/{school.places['site_id']}/lists/{school.places['lists']['cases']}/items/{row['item']}"
        school.as_person("office", "DELETE", path)


def _clear(school: SchoolAtWork, drive: str) -> list[str]:
    """Delete everything that lies there; returns what is in the recycle bin."""
    place = f"drives/{school.places['drives'][drive]}"
    items = [
        item["id"] for item in school.as_visitor("GET", f"{place}/root/children?$top=200").json()["value"]
    ]
    for item in items:
        school.as_visitor("DELETE", f"{place}/items/{item}")
    return items


def _waits(school: SchoolAtWork) -> list[dict[str, Any]]:
    return [mail for mail in school.messages("office") if mail["subject"].startswith("Casework waits")]


def _went_out(school: SchoolAtWork) -> int:
    inboxes = sum(len(school.messages(role)) for role in ("office", "headteacher", "teacher", "chair"))
    return inboxes + len(school.left_the_school())


def _days_pass(school: SchoolAtWork, *moments: str) -> None:
    for moment in moments:
        school.at(f"{moment}:00+00:00")
        school.once()


def _sides(school: SchoolAtWork) -> set[Side]:
    return {one.side for one in halted(school.office)}


def test_nothing_follows_from_a_list_that_is_suddenly_empty_until_the_office_has_it_put_back(
    moments: Moments,
) -> None:
    school = moments.come_to(_two_cases_and_a_letter)
    before = {row["Reference"]: row.get("ParentEmail") for row in school.rows()}
    went_out = _went_out(school)
    _delete_rows(school)
    # long past every deadline and through many mornings: reminders and more were due
    _days_pass(school, "2026-11-23T09:05", "2026-11-27T08:00", "2026-12-07T08:00")

    asked = _waits(school)
    assert len(asked) == 1, "the office is told once"
    assert "2 of 2 rows are gone" in words(asked[0])
    assert _went_out(school) == went_out + 1, "nothing else went out"
    assert school.rows() == [], "nothing is written into a list of which nobody knows what happened to it"
    with school.office.journal.transaction() as transaction:
        assert len(transaction.cases.open()) == 2, "no case is closed"
        assert len(transaction.letters.open()) == 1, "no letter is withdrawn"
    status = status_of(school.office.settings, journal=school.office.journal)
    assert any("casework halted" in trouble for trouble in status["troubles"])
    assert status["verdict"] == 1

    school.reply("office", asked[0], "PUT BACK please, that was a mistake")
    school.once()
    school.once()
    assert {row["Reference"]: row.get("ParentEmail") for row in school.rows()} == before
    assert not _sides(school)
    assert not [m for m in school.subjects("office") if m.startswith("A row was deleted")]


def test_a_new_report_is_taken_in_while_the_list_is_empty(moments: Moments) -> None:
    school = moments.come_to(_two_cases_and_a_letter)
    _delete_rows(school)
    _days_pass(school, "2026-11-23T09:05")
    thanked = len(school.messages("teacher"))
    school.teacher_forwards("And on TikTok they write: https://www.tiktok.com/@somebody/video/7")
    _days_pass(school, "2026-11-23T09:06")
    assert len(school.messages("teacher")) == thanked + 1, "whoever reports is thanked"
    with school.office.journal.transaction() as transaction:
        assert len(transaction.cases.open()) == 3


def test_rows_that_were_deleted_on_purpose_come_back_where_a_case_is_open(moments: Moments) -> None:
    school = moments.come_to(_two_cases_and_a_letter)
    _delete_rows(school)
    _days_pass(school, "2026-11-23T09:05")
    assert _sides(school) == {Side.CASES}
    asked = _waits(school)[0]
    school.reply("office", asked, "GO ON, it was meant")
    school.once()
    school.once()
    assert len(school.rows()) == 2, "open cases are never without a row"
    assert not _sides(school)


def test_one_deleted_row_of_many_is_asked_about_by_itself_as_before(moments: Moments) -> None:
    school = moments.come_to(_two_cases_and_a_letter)
    path = f"sites/{school.places['site_id']}/lists/{school.places['lists']['cases']}/items/"
    school.as_person("office", "DELETE", path + _item(school, "TIS-2026-0002"))
    school.until_settled()
    assert len(school.rows()) == 2
    assert not _sides(school)
    assert [m for m in school.subjects("office") if m.startswith("A row was deleted")]


@pytest.mark.parametrize(
    ("drive", "side"),
    [
        pytest.param("casework", Side.CASE_FOLDERS, marks=pytest.mark.soak),
        ("sealed", Side.SEALED),
    ],
)
def test_a_library_that_is_suddenly_empty_stops_letters_and_is_told_once(
    moments: Moments, drive: str, side: Side
) -> None:
    school = moments.come_to(_two_cases_and_a_letter)
    went_out = _went_out(school)
    _clear(school, drive)
    _days_pass(school, "2026-11-23T10:00", "2026-12-07T08:00")
    assert _sides(school) == {side}
    assert len(_waits(school)) == 1
    assert _went_out(school) == went_out + 1, "nothing is told of single files, and nothing is reminded of"
    with school.office.journal.transaction() as transaction:
        assert len(transaction.letters.open()) == 1
    school.reply("office", _waits(school)[0], "GO ON")
    school.once()
    school.once()
    assert not _sides(school)


def test_a_mail_is_not_sent_again_because_the_mailbox_was_emptied(moments: Moments) -> None:
    school = moments.come_to(_two_cases_and_a_letter)
    school.teacher_forwards("And on TikTok they write: https://www.tiktok.com/@somebody/video/7")
    lost = {"method": "POST", "path": "*/messages/*/send", "fault": "lost", "times": 1}
    school.at("2026-11-23T12:00:00+00:00")
    school.server.set_faults(lost)
    school.once()  # a mail was sent, and the answer lost
    school.server.set_faults()
    reports = f"users/{school.address('reports')}"
    for folder in ("sentitems", "drafts"):
        for mail in school.messages("reports", folder):
            school.as_visitor("POST", f"{reports}/messages/{mail['id']}/permanentDelete")
    before = _went_out(school)
    school.at("2026-11-23T12:30:00+00:00")
    school.once()
    assert _sides(school) == {Side.MAILBOX}
    assert len(_waits(school)) == 1
    assert _went_out(school) == before + 1, (
        "only the office is told; what may have been sent is not sent again"
    )


def test_another_list_of_that_name_is_filled_only_when_somebody_says_so(moments: Moments) -> None:
    school = moments.come_to(_two_cases_and_a_letter)
    office = school.office
    other = school.as_visitor(
        "POST",
        f"sites/{school.places['site_id']}/lists",
        json={"displayName": "Cases of last year", "list": {"template": "genericList"}},
    ).json()
    before = office.places
    office.remember(replace(before, cases_list=str(other["id"])))
    school.restart()
    _days_pass(school, "2026-11-23T09:05")
    assert _sides(school) == {Side.CASES}
    items = f"sites/{school.places['site_id']}/lists/{other['id']}/items"
    assert school.as_visitor("GET", items).json()["value"] == []

    school.office.remember(before)
    school.restart()
    school.works()
    assert not _sides(school), "the first list is back, and nothing has happened to it"
    assert len(school.rows()) == 2


def test_files_that_come_back_from_the_recycle_bin_end_the_halt_by_themselves(moments: Moments) -> None:
    school = moments.come_to(_two_cases_and_a_letter)
    deleted = _clear(school, "sealed")
    _days_pass(school, "2026-11-23T10:00")
    assert _sides(school) == {Side.SEALED}
    place = f"drives/{school.places['drives']['sealed']}"
    for item in deleted:
        school.as_visitor("POST", f"{place}/items/{item}/restore", json={})
    _days_pass(school, "2026-11-23T10:16")
    assert not _sides(school)
    school.works()


@given(known=st.integers(0, 500), gone=st.integers(0, 500))
def test_what_one_person_deletes_by_hand_halts_nothing_and_the_loss_of_all_always_does(
    known: int, gone: int
) -> None:
    gone = min(gone, known)
    halts = is_suddenly_empty(known=known, gone=gone)
    if gone < 2 or (gone < 5 and gone < known) or gone * 2 < known:
        assert not halts
    if known >= 2 and gone == known:
        assert halts
