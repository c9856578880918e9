"""The practice school's calendar of 2026/27, for every test of days."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.term_dates import TermDates
from connectors.calendar_files import read_term_dates

PRACTICE_CALENDAR = Path(__file__).parents[3] / "connectors" / "calendar_files" / "practice-term-dates.toml"


@pytest.fixture(scope="session")
def calendar() -> TermDates:
    return read_term_dates(PRACTICE_CALENDAR)
