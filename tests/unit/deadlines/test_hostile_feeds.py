"""A title that somebody wrote to do harm stays a title in the calendar feed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from casework.calendar_feed import FeedEntry, Published, feed

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
_LINE_ENDS = re.compile(r"\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SAFE_LINE = re.compile(
    r"(BEGIN|END|VERSION|PRODID|X-WR-CALNAME|UID|DTSTAMP|LAST-MODIFIED|SEQUENCE|DTSTART|DTEND|SUMMARY|TRANSP)[:;]|[ ]"
)


def test_a_title_with_a_line_of_its_own_adds_no_event() -> None:
    entry = FeedEntry(
        key="TIS/policy/x\r\nATTENDEE:mailto:a@b.example",
        day=date(2026, 11, 23),
        summary="Behaviour\r\nEND:VEVENT\rBEGIN:VALARM\u2028ATTACH:https://evil.example",
    )

    text = feed([Published(entry=entry, changed_at=MONDAY)], school_code="TIS", school_name="Tillbrook")

    assert text.count("BEGIN:VEVENT") == 1
    assert not re.search(r"^(ATTENDEE|ATTACH|BEGIN:VALARM|END:VEVENT[^\r])", text, re.MULTILINE)


@given(key=st.text(min_size=1), summary=st.text(), name=st.text())
def test_whatever_is_written_every_line_is_one_of_the_feeds_own(key: str, summary: str, name: str) -> None:
    entry = FeedEntry(key=key, day=date(2026, 11, 23), summary=summary)

    lines = _LINE_ENDS.split(
        feed([Published(entry=entry, changed_at=MONDAY)], school_code="TIS", school_name=name)
    )

    assert all(_SAFE_LINE.match(line) for line in lines if line)
