"""Deadlines in calendars: a number and a step, on the right day, moved with it and gone when the thing is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from casework.calendar_feed import FeedEntry, Published, feed, published

DAY = date(2026, 11, 27)
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def first_of(*entries: FeedEntry) -> list[Published]:
    """As they stand in a feed that was never written before."""
    return list(published(entries, before={}, now=MONDAY).values())


def unfolded(text: str) -> list[str]:
    """The lines as a calendar program reads them."""
    return text.replace("\r\n ", "").split("\r\n")


def test_a_feed_has_one_all_day_entry_for_each_day_and_is_the_same_for_the_same_days() -> None:
    entries = first_of(
        FeedEntry(key="TIS/case/TIS-2026-0002/day/watching", day=DAY, summary="TIS-2026-0002: watching"),
        FeedEntry(
            key="TIS/policy/a1/review", day=date(2026, 11, 1), summary="Policy review: Behaviour, and more"
        ),
    )
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
        first_of(FeedEntry(key="TIS/policy/a1/review", day=DAY, summary=title)),
        school_code="TIS",
        school_name="Tillbrook",
    )

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert f"SUMMARY:{title}" in unfolded(text)


def test_an_entry_that_moves_says_when_it_was_changed_and_how_often_it_moved_and_the_rest_stays() -> None:
    stays = FeedEntry(key="TIS/case/TIS-2026-0001/day/new", day=DAY, summary="TIS-2026-0001: new")
    moves = FeedEntry(key="TIS/case/TIS-2026-0002/day/new", day=DAY, summary="TIS-2026-0002: new")
    later = replace(moves, day=DAY + timedelta(days=3))
    first = published([stays, moves], before={}, now=MONDAY)

    second = published([stays, later], before=first, now=MONDAY + timedelta(days=1))

    lines = unfolded(feed(second.values(), school_code="TIS", school_name="Tillbrook"))
    told = [line for line in lines if line.startswith(("DTSTAMP", "LAST-MODIFIED", "SEQUENCE"))]
    assert told == [
        "DTSTAMP:20261123T090000Z",
        "LAST-MODIFIED:20261123T090000Z",
        "SEQUENCE:0",
        "DTSTAMP:20261124T090000Z",
        "LAST-MODIFIED:20261124T090000Z",
        "SEQUENCE:1",
    ]
    assert published([stays, later], before=second, now=MONDAY + timedelta(days=9)) == second


def test_a_feed_in_which_nothing_is_due_is_still_a_calendar() -> None:
    """RFC 5545, section 3.6: a calendar without any component is none, and some programs refuse it."""
    lines = unfolded(feed([], school_code="TIS", school_name="Tillbrook"))

    assert "BEGIN:VEVENT" not in lines
    assert "BEGIN:VTIMEZONE" in lines
