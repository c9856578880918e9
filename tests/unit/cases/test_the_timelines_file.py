"""The timeline that lies in a case's folder is a Word file with its two lanes, each case's words its own."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime

from docx import Document

from casework.cases import CaseReference
from casework.timeline import Lane, TimelineEntry
from connectors.documents.papers import DocxPapers

REPORTED = TimelineEntry(
    lane=Lane.SCHOOL,
    on=date(2026, 11, 23),
    at=datetime(2026, 11, 23, 9, 5, tzinfo=UTC),
    text="The report was opened & filed <as it came>.",
    entered_on=date(2026, 11, 23),
)
POSTED = TimelineEntry(
    lane=Lane.ONLINE, on=date(2026, 11, 20), text="The post was published.", entered_on=date(2026, 11, 23)
)


def paper(case: str, *entries: TimelineEntry, school: str = "St Bede's & St Hild's") -> bytes:
    return DocxPapers().timeline(CaseReference(case), entries, school_name=school)


def words(content: bytes) -> tuple[list[str], list[list[list[str]]]]:
    """What stands in the paragraphs, and in the rows of each table."""
    document = Document(io.BytesIO(content))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return [one.text for one in document.paragraphs], tables


def test_each_lane_has_a_table_or_says_that_nothing_is_known() -> None:
    paragraphs, (table,) = words(paper("TIS-2026-0007", REPORTED))

    assert paragraphs[:2] == ["Timeline of TIS-2026-0007", "St Bede's & St Hild's"]
    assert paragraphs[3:] == ["What happened online", "Nothing is known so far.", "What the school did"]
    assert table == [
        ["When", "What", "Entered"],
        ["Mon 23 Nov 2026, 09:05", "The report was opened & filed <as it came>.", "that day"],
    ]


def test_what_was_entered_later_says_so() -> None:
    _, (online, school) = words(paper("TIS-2026-0007", REPORTED, POSTED))

    assert online[1][:2] == ["Fri 20 Nov 2026", "The post was published."]
    assert online[1][2] == POSTED.note != ""
    assert len(school) == 2


def test_one_cases_timeline_holds_nothing_of_another() -> None:
    first, other = paper("TIS-2026-0007", REPORTED, POSTED), paper("TIS-2026-0008")

    assert "TIS-2026-0008" not in str(words(first))
    assert words(other)[1] == []
    assert Document(io.BytesIO(other)).core_properties.title == "Timeline of TIS-2026-0008"


def test_the_same_happenings_give_the_same_bytes() -> None:
    assert paper("TIS-2026-0007", REPORTED) == paper("TIS-2026-0007", REPORTED)


def test_lines_tabs_and_blanks_of_what_was_said_stand_in_the_paper() -> None:
    said = replace(REPORTED, text=" It reads:\n\tone & two\r\nthree \x01 ")

    _, (table,) = words(paper("TIS-2026-0007", said))

    assert table[1][1] == " It reads:\n\tone & two\nthree  "
