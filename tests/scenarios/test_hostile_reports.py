"""A report in which every word and every file name is an attack does no harm wherever it is shown."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import PurePosixPath

import pytest
from docx import Document

from tests.remembering import Moments
from tests.school import SchoolAtWork, words

CASE = "TIS-2026-0001"
RIGHT_TO_LEFT = "\N{RIGHT-TO-LEFT OVERRIDE}"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
ATTACK = (
    "{{ 7 * 191 }} {% for x in range(9) %}looped{% endfor %} <script>fetch('//evil.example')</script> "
    "<img src=x onerror=alert(1)> \x1b[31mred\x1b[0m"
)
HOSTILE_NAMES = (
    "../../../etc/cron.d/evil.png",
    "..\\..\\Windows\\evil.png",
    "CON.png",
    f"photo{RIGHT_TO_LEFT}gnp.exe",
    '=HYPERLINK("//evil.example").png',
    "trailing dots and spaces ... .png",
    "new\r\nline.png",
)
_FORMULA = ("=", "+", "@", "\t")
_WINDOWS_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def hostile_report(school: SchoolAtWork) -> None:
    """The teacher forwards in good faith what somebody made to do harm."""
    text = (
        "Please look at this.\n\n"
        "________________________________\n"
        f"From: =cmd|' /C calc'!A0 {ATTACK} <robin@parents.example>\n"
        "Sent: 22 November 2026 20:15\n"
        "To: Terry Teacher <teacher@tillbrook.example>\n"
        f"Subject: =1+1 {ATTACK}\n\n"
        f"{ATTACK}\n"
        "Seen on https://www.facebook.com/groups/tillbrook/posts/12?x=%22onmouseover=%22alert(1) "
        "and javascript:alert(1)\n"
    )
    school.send_mail(
        "teacher",
        school.address("reports"),
        "=1+1 look at this {{ 7 * 191 }}",
        text,
        files=tuple((name, "image/png", PICTURE + bytes([n])) for n, name in enumerate(HOSTILE_NAMES)),
    )
    school.works()


@pytest.fixture
def attacked(moments: Moments) -> SchoolAtWork:
    return moments.come_to(hostile_report)


def test_no_cell_of_the_list_begins_as_a_formula_and_no_link_runs_a_script(attacked: SchoolAtWork) -> None:
    row = attacked.the_case()

    texts = [value for value in row.values() if isinstance(value, str)]
    assert not [text for text in texts if text.startswith(_FORMULA)]
    assert "1337" not in str(row)
    assert "<script" not in str(row)
    assert str(row["Link"]).startswith("https://www.facebook.com/")


def test_every_file_is_kept_under_a_name_that_no_computer_trips_over(attacked: SchoolAtWork) -> None:
    sealed = attacked.files("sealed")
    copies = attacked.files("casework", CASE)

    for path in [*sealed, *copies]:
        for name in PurePosixPath(path).parts:
            assert not _WINDOWS_DEVICES.match(name), name
            assert not name.startswith(_FORMULA), name
            assert name == name.rstrip(". "), name
            assert name.isprintable(), name
            assert not set(name) & set('\\:*?"<>|'), name
    for number in range(len(HOSTILE_NAMES)):
        kept = PICTURE + bytes([number])
        assert kept in sealed.values(), "bytes were lost"


def test_the_custody_record_and_the_lists_of_a_pack_hold_no_formula(attacked: SchoolAtWork) -> None:
    for content in attacked.files("sealed", f"Cases/{CASE}/Custody").values():
        for line in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
            assert not [cell for cell in line if cell.startswith((*_FORMULA, "-"))]


def test_mails_about_it_are_plain_words_and_carry_nothing_of_it(attacked: SchoolAtWork) -> None:
    told = [message for role in ("teacher", "office", "headteacher") for message in attacked.messages(role)]

    assert told
    for message in told:
        shown = f"{message['subject']} {message['body']['content']}"
        assert "1337" not in shown
        assert "evil.example" not in shown
        assert "<script" not in shown
        assert "looped" not in words(message)


def test_the_record_of_events_keeps_one_line_an_entry_and_no_steering_character(
    attacked: SchoolAtWork,
) -> None:
    with attacked.office.journal.transaction() as transaction:
        events = transaction.events.after(0)

    assert len(events) > 1
    assert not [event.what for event in events if not f"{event.what} {event.fields}".isprintable()]


def test_a_letter_says_the_words_of_a_name_and_follows_none_of_them(attacked: SchoolAtWork) -> None:
    attacked.staff_set(
        Parent="Mrs <w:br/> & ]]> Oakfield",
        ParentEmail="r.oakfield@homes.example",
        Child="=1+1 <!-- ",
        Target="staff",
    )

    attacked.works()

    letter = next(
        content for path, content in attacked.files("casework", CASE).items() if path.endswith(".docx")
    )
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(letter)).paragraphs)
    assert "Mrs <w:br/> & ]]> Oakfield" in text
    with zipfile.ZipFile(io.BytesIO(letter)) as package:
        parts = b"".join(
            package.read(name) for name in package.namelist() if name.endswith((".xml", ".rels"))
        )
    assert not re.search(rb"DDE|INCLUDETEXT|INCLUDEPICTURE|attachedTemplate|evil\.example", parts)


def test_a_name_that_looks_like_a_tag_of_the_template_goes_to_a_person_and_into_no_letter(
    attacked: SchoolAtWork,
) -> None:
    attacked.staff_set(
        Parent="Mrs {{ 7 * 191 }} Oakfield", ParentEmail="r.oakfield@homes.example", Target="staff"
    )

    report = attacked.once()

    assert any("needs a person" in problem for problem in report.problems)
    assert not attacked.messages("headteacher", "drafts")
