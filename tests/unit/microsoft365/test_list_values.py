"""Values of columns as Graph gives and takes them, days in the site's own zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from casework.register_lists import CASES_LIST
from connectors.microsoft365.list_values import from_graph, to_graph

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("stored", "day"),
    [
        ("2026-11-22T00:00:00Z", date(2026, 11, 22)),
        ("2026-07-01T23:00:00Z", date(2026, 7, 2)),  # midnight in summer, as SharePoint stores a picked day
        ("2026-03-29T00:00:00Z", date(2026, 3, 29)),  # the clocks go forward on this day
        ("2026-10-24T23:00:00Z", date(2026, 10, 25)),  # and back on this one
        ("2026-10-26T00:00:00Z", date(2026, 10, 26)),
        ("2026-07-02T12:00:00Z", date(2026, 7, 2)),  # as Casework writes it
    ],
)
def test_a_day_is_the_day_that_staff_picked(stored: str, day: date) -> None:
    assert from_graph({"TalkedOn": stored}, CASES_LIST, zone=LONDON)["TalkedOn"] == day


@pytest.mark.parametrize("zone", ["Europe/London", "UTC", "America/New_York", "Asia/Tokyo"])
def test_a_day_that_casework_writes_is_that_day_in_whatever_zone_the_site_is_set_to(zone: str) -> None:
    written = to_graph({"Due": date(2026, 7, 2)}, CASES_LIST)
    assert from_graph(written, CASES_LIST, zone=ZoneInfo(zone))["Due"] == date(2026, 7, 2)


def test_a_moment_is_written_in_utc() -> None:
    moment = datetime(2026, 7, 2, 9, 30, tzinfo=timezone(timedelta(hours=1)))
    assert to_graph({"ReportedAt": moment}, CASES_LIST) == {"ReportedAt": "2026-07-02T08:30:00Z"}
    back = from_graph({"ReportedAt": "2026-07-02T08:30:00Z"}, CASES_LIST, zone=LONDON)
    assert back["ReportedAt"] == datetime(2026, 7, 2, 8, 30, tzinfo=UTC)


def test_several_choices_say_that_they_are_several() -> None:
    assert to_graph({"Categories": ("other",)}, CASES_LIST) == {
        "Categories@odata.type": "Collection(Edm.String)",
        "Categories": ["other"],
    }
    assert to_graph({"Categories": None}, CASES_LIST)["Categories"] == []


def test_what_staff_left_empty_is_none() -> None:
    fields = from_graph({"Parent": "", "Categories": []}, CASES_LIST, zone=UTC)
    assert fields["Parent"] is None
    assert fields["Categories"] is None
    assert fields["Continues"] is None


def test_a_single_word_in_a_column_for_several_is_one_choice() -> None:
    assert from_graph({"Categories": "other"}, CASES_LIST, zone=UTC)["Categories"] == ("other",)
