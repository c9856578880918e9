"""Deadlines in calendars: a number and a step, on the right day, moved with it and gone when the thing is done."""

from __future__ import annotations

from datetime import date

from casework.calendar_feed import FeedEntry, feed

DAY = date(2026, 11, 27)


def unfolded(text: str) -> list[str]:
    """The lines as a calendar program reads them."""
    return text.replace("\r\n ", "").split("\r\n")


def test_a_feed_has_one_all_day_entry_for_each_day_and_is_the_same_for_the_same_days() -> None:
    entries = [
        FeedEntry(key="TIS/case/TIS-2026-0002/day/watching", day=DAY, summary="TIS-2026-0002: watching"),
        FeedEntry(
            key="TIS/policy/a1/review", day=date(2026, 11, 1), summary="Policy review: Behaviour, and more"
        ),
    ]
    text = feed(entries, school_code="TIS", school_name="Tillbrook Infant School")

    lines = unfolded(text)
    assert lines.count("BEGIN:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20261127" in lines
    assert "DTEND;VALUE=DATE:20261128" in lines
    assert "SUMMARY:Policy review: Behaviour\\, and more" in lines
    assert lines.index("DTSTART;VALUE=DATE:20261101") < lines.index("DTSTART;VALUE=DATE:20261127")
    assert text == feed(reversed(entries), school_code="TIS", school_name="Tillbrook Infant School")


def test_long_titles_are_folded_between_characters_and_come_back_whole() -> None:
    title = "Policy review: " + "Überprüfung der Règles und Régeln " * 8
    text = feed(
        [FeedEntry(key="TIS/policy/a1/review", day=DAY, summary=title)],
        school_code="TIS",
        school_name="Tillbrook",
    )

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert f"SUMMARY:{title}" in unfolded(text)
