"""The drop folder: what one person puts there within a few minutes is one report; what is not there yet waits."""

from __future__ import annotations

from tests.school import SchoolAtWork

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


def test_files_dropped_within_minutes_are_one_report_and_later_ones_another(school: SchoolAtWork) -> None:
    school.put_file("drop", "Report drop/begun.png", b"")
    school.put_file("drop", "Report drop/first.png", PICTURE)
    school.works()
    assert school.the_case()["Title"] == "Report with 1 image, reported 23 November 2026"

    school.at("2026-11-23T09:03:00+00:00")
    school.put_file("drop", "Report drop/second.png", PICTURE + b"2")
    school.put_file("drop", "Report drop/begun.png", PICTURE + b"whole at last")
    school.works()
    assert "a few minutes after the others" in school.the_case()["CaseworkSays"]
    copies = school.files("casework", "TIS-2026-0001/Evidence").values()
    assert {PICTURE, PICTURE + b"2", PICTURE + b"whole at last"} <= set(copies)

    school.at("2026-11-23T11:00:00+00:00")
    school.put_file("drop", "Report drop/third.png", PICTURE + b"3")
    school.at("2026-11-23T11:01:00+00:00")
    school.put_file("drop", "Report drop/fourth.png", PICTURE + b"4", by="visitor")
    school.works()
    assert [row["Reference"] for row in school.rows()] == ["TIS-2026-0001", "TIS-2026-0002"]
