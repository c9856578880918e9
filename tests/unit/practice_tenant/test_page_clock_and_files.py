"""The clock moves as a school's days do, and files are shown only where that is harmless."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from practice_tenant.database import Database
from practice_tenant.page.time_travel import a_week_on, next_school_morning, tomorrow
from practice_tenant.page.visit import LONDON
from practice_tenant.work_log.schema import SCHEMA
from practice_tenant.work_log.store import WorkLog
from tests.practice import PracticeServer
from tests.practice_page import Page

Moment = tuple[int, int, int, int, int]
LEAPS = [
    ("Monday to Tuesday", next_school_morning, (2026, 11, 23, 8, 40), (2026, 11, 24, 8, 0)),
    ("early on Monday it is still Tuesday", next_school_morning, (2026, 11, 23, 6, 0), (2026, 11, 24, 8, 0)),
    ("Friday to Monday", next_school_morning, (2026, 11, 27, 16, 0), (2026, 11, 30, 8, 0)),
    ("Sunday to Monday", next_school_morning, (2026, 11, 29, 12, 0), (2026, 11, 30, 8, 0)),
    ("over the end of summer time", tomorrow, (2026, 10, 24, 9, 0), (2026, 10, 25, 9, 0)),
    ("a week over its beginning", a_week_on, (2027, 3, 26, 9, 0), (2027, 4, 2, 9, 0)),
]


@pytest.fixture
def page(practice: PracticeServer) -> Page:
    return Page(practice)


def fresh_log(folder: Path) -> WorkLog:
    database = Database(folder / "tenant.sqlite")
    database.apply(SCHEMA)
    return WorkLog(database)


def put(practice: PracticeServer, path: str, content: bytes) -> str:
    """A file in the office's OneDrive; gives the drive's id."""
    drive = str(practice.facts["office_drive_id"])
    practice.graph("PUT", f"drives/{drive}/root:/{path}:/content", data=content, expect=201)
    return drive


@pytest.mark.parametrize(
    ("leap", "now", "then"), [case[1:] for case in LEAPS], ids=[case[0] for case in LEAPS]
)
def test_the_clock_leaps_to(
    tmp_path: Path, leap: Callable[[WorkLog, datetime], datetime], now: Moment, then: Moment
) -> None:
    log = fresh_log(tmp_path)

    assert leap(log, datetime(*now, tzinfo=LONDON)) == datetime(*then, tzinfo=LONDON)


def test_the_next_school_morning_is_the_one_that_casework_told_of(tmp_path: Path) -> None:
    log = fresh_log(tmp_path)
    log.set_school_days([date(2026, 12, 18), date(2027, 1, 5)])

    morning = next_school_morning(log, datetime(2026, 12, 18, 9, 0, tzinfo=LONDON))

    assert morning == datetime(2027, 1, 5, 8, 0, tzinfo=LONDON)


def test_the_visitor_moves_the_clock_a_week_on(practice: PracticeServer, page: Page) -> None:
    page.post("clock", {"to": "week"})

    assert practice.practice("GET", "clock").json()["now"].startswith("2026-11-30T09:0")
    assert "It is now Monday 30 November 2026, 09:0" in page.words


def test_a_typed_moment_is_london_time(practice: PracticeServer, page: Page) -> None:
    page.post("clock", {"day": "2027-06-01", "time": "08:00"})

    assert practice.practice("GET", "clock").json()["now"].startswith("2027-06-01T07:00")


def test_a_moment_that_is_none_leaves_the_clock(practice: PracticeServer, page: Page) -> None:
    page.post("clock", {"day": "soon", "time": "late"})

    assert practice.practice("GET", "clock").json()["now"].startswith("2026-11-23T09:0")
    assert "The clock was left as it was." in page.words


def test_a_file_dropped_on_the_page_lies_in_the_folder_with_the_person_as_its_author(
    practice: PracticeServer, page: Page
) -> None:
    drive = put(practice, "Report drop/readme.txt", b"Drop reports here.")
    page.play("office")

    page.post(
        f"library/{drive}?path=Report%20drop",
        files={"files": ("post & co.png", b"\x89PNG\r\n\x1a\n0", "image/png")},
    )

    assert "Uploaded: post & co.png." in page.words
    item = practice.graph("GET", f"drives/{drive}/root:/Report drop/post %26 co.png", expect=200).json()
    assert item["createdBy"]["user"]["email"] == practice.user("office")
    assert (
        page.get(f"library/{drive}/file?path=Report%20drop%2Fpost%20%26%20co.png").content
        == b"\x89PNG\r\n\x1a\n0"
    )


def test_a_person_sees_no_onedrive_of_somebody_else(practice: PracticeServer, page: Page) -> None:
    drive = put(practice, "plan.txt", b"secret")
    page.play("teacher").get("library")
    assert "Tillbrook School Office: OneDrive" not in page.words

    assert page.get(f"library/{drive}?path=plan.txt").status_code == 403
    assert "Look as Tillbrook School Office" in page.words
    assert page.get(f"library/{drive}/file?path=plan.txt").status_code == 403


@pytest.mark.parametrize("name", ["page.html", "picture.svg", "data.xml"])
def test_a_file_that_could_act_is_only_ever_a_download(
    practice: PracticeServer, page: Page, name: str
) -> None:
    drive = put(practice, name, b"<script>alert(1)</script>")

    answer = page.play("office").get(f"library/{drive}/file?path={name}")

    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_broken_word_document_is_said_to_be_broken(practice: PracticeServer, page: Page) -> None:
    drive = put(practice, "broken.docx", b"no document")

    page.play("office").get(f"library/{drive}?path=broken.docx")

    assert "cannot be read" in page.words


def test_a_text_with_markup_is_shown_as_it_is(practice: PracticeServer, page: Page) -> None:
    drive = put(practice, "note.txt", b"<b>not bold</b> & more")

    page.play("office").get(f"library/{drive}?path=note.txt")

    assert "&lt;b&gt;not bold&lt;/b&gt; &amp; more" in page.text


def test_a_pdf_opens_in_the_browser_without_the_rule_that_would_leave_its_viewer_empty(
    practice: PracticeServer, page: Page
) -> None:
    drive = put(practice, "letter.pdf", b"%PDF-1.4")

    answer = page.play("office").get(f"library/{drive}/file?path=letter.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "default-src" not in answer.headers["Content-Security-Policy"]

    saved = page.get(f"library/{drive}/file?path=letter.pdf&download")
    assert saved.headers["Content-Disposition"].startswith("attachment")
