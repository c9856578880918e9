"""The ladders are the school's to edit, and a mistake in them is said before anybody is forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

import templates
from casework.deadlines import Clock
from casework.errors import SettingsError
from casework.ladders import APPROVAL_LADDER, CASE_LADDER, LIMITATION_LADDER, SHIPPED_LADDERS, Audience
from connectors.ladder_files import read_ladders

SHIPPED = Path(templates.__file__).parent / "ladders.toml"


def test_the_shipped_file_says_what_the_rules_were_written_for() -> None:
    read = read_ladders(SHIPPED)

    every = read.of_duty("watching", Clock.SCHOOL_DAYS)
    assert sorted(every.rungs, key=lambda rung: rung.name) == sorted(
        CASE_LADDER.rungs, key=lambda rung: rung.name
    )
    assert every.repeats == CASE_LADDER.repeats
    assert (read.approval, read.limitation) == (APPROVAL_LADDER, LIMITATION_LADDER)
    assert SHIPPED_LADDERS.of_duty("watching", Clock.SCHOOL_DAYS) == CASE_LADDER


@pytest.mark.parametrize(
    "clock", [Clock.WORKING_DAYS, Clock.HOURS, Clock.CALENDAR_DAYS, Clock.CALENDAR_MONTHS]
)
def test_a_duty_that_no_holiday_stops_is_chased_in_the_holidays(clock: Clock) -> None:
    assert read_ladders(SHIPPED).of_duty("tell the local authority", clock).runs_through_holidays


def test_a_school_gives_one_duty_a_ladder_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "ladders.toml"
    gentle = '\n[duties.watching]\nrungs = [{ name = "once", days = 1, tells = "handler" }]\n'
    own.write_text(SHIPPED.read_text(encoding="utf-8") + gentle, encoding="utf-8")

    read = read_ladders(own)

    assert [rung.name for rung in read.of_duty("watching", Clock.SCHOOL_DAYS).rungs] == ["once"]
    assert read.of_duty("conversation", Clock.SCHOOL_DAYS).rungs[-1].audience is Audience.HANDLER


def test_every_mistake_is_said_at_once_with_its_place(tmp_path: Path) -> None:
    own = tmp_path / "ladders.toml"
    own.write_text(
        """
        [duties.every]
        rungs = [
          { name = "first", days = "two", tells = "handler" },
          { name = "first", days = 2, tells = "the caretaker" },
          { days = 3, tells = "handler" },
          { name = "all", left = 100, tells = "handler" },
        ]
        weekly = [{ name = "weekly", every = 2, tells = "handler" }]
        [approvals]
        """,
        encoding="utf-8",
    )

    with pytest.raises(SettingsError) as caught:
        read_ladders(own)

    said = " ".join(caught.value.problems)
    for part in (
        "[approvals] is not known",
        "[approval] is missing",
        "days = 3",
        "all: left is in percent of the time, from 1 to 99, such as left = 50 for half-time",
        "tells must be one of: handler, next person",
        "entry 3 needs a name",
        "two entries called first",
        "every is not known here; write from",
    ):
        assert part in said
