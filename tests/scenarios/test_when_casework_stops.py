"""How a school notices that Casework itself has stopped: an entry that would ring, and a file that grows old."""

from __future__ import annotations

from typing import Any

import pytest
from typer.testing import CliRunner

from command_line.app import app
from tests.remembering import Moments
from tests.school import SchoolAtWork

RINGS = "If this rings, Casework has stopped"


def alarms(school: SchoolAtWork) -> list[dict[str, Any]]:
    path = f"users/{school.address('office')}/calendar/events?$top=50"
    found = school.as_visitor("GET", path).json()["value"]
    return [event for event in found if event["subject"] == RINGS]


def starts(school: SchoolAtWork) -> list[str]:
    return [event["start"]["dateTime"][:16] for event in alarms(school)]


def settled(school: SchoolAtWork) -> None:
    school.works()


def grant(school: SchoolAtWork, method: str) -> None:
    resource = {"resource": school.address("office"), "role": "Calendars.ReadWrite"}
    school.server.practice(method, "permissions", json={"holder": "casework", "kind": "mailbox", **resource})


def test_the_alarm_stands_ahead_with_a_bell_says_what_to_do_and_moves(moments: Moments) -> None:
    school = moments.come_to(settled)
    [alarm] = alarms(school)
    assert (alarm["isReminderOn"], alarm["reminderMinutesBeforeStart"]) == (True, 0)
    assert starts(school) in (["2026-11-23T12:00"], ["2026-11-23T13:00"])
    words = alarm["body"]["content"]
    assert "type: casework status" in words
    assert school.address("reports") in words

    school.at("2026-11-23T10:20:00+00:00")
    school.works()

    assert starts(school) == ["2026-11-23T14:00"]
    assert alarms(school)[0]["id"] == alarm["id"]


@pytest.mark.soak
def test_an_alarm_that_somebody_deleted_is_put_back(moments: Moments) -> None:
    school = moments.come_to(settled)
    school.as_visitor("DELETE", f"users/{school.address('office')}/events/{alarms(school)[0]['id']}")

    school.at("2026-11-23T10:20:00+00:00")
    school.works()

    assert starts(school) == ["2026-11-23T14:00"]


@pytest.mark.parametrize("method", ["POST", pytest.param("PATCH", marks=pytest.mark.soak)])
def test_an_answer_that_is_lost_on_the_way_leaves_one_alarm(moments: Moments, method: str) -> None:
    school = moments.come_to(settled)
    if method == "POST":
        school.as_visitor("DELETE", f"users/{school.address('office')}/events/{alarms(school)[0]['id']}")
    school.server.set_faults({"method": method, "path": "*/calendar/events*", "fault": "lost", "times": 1})

    school.at("2026-11-23T10:20:00+00:00")
    school.once()
    school.restart()
    school.works()

    assert starts(school) == ["2026-11-23T14:00"]


def test_an_alarm_that_nobody_wants_is_taken_away(moments: Moments) -> None:
    school = moments.come_to(settled)
    text = school.settings.read_text(encoding="utf-8")
    try:
        school.settings.write_text(f"{text}\n[alarm]\nin_outlook = false\n", encoding="utf-8")
        school.restart()
        school.works()
        assert alarms(school) == []
    finally:
        school.settings.write_text(text, encoding="utf-8")


def test_without_the_permission_the_office_and_the_doctor_say_so_and_all_else_goes_on(
    moments: Moments,
) -> None:
    school = moments.come_to(settled)
    grant(school, "DELETE")
    try:
        school.at("2026-11-24T09:00:00+00:00")
        school.teacher_forwards("Somebody wrote this.")
        report = school.once()
        school.at("2026-11-25T09:00:00+00:00")
        school.once()

        assert not report.failed
        assert school.the_case()["Stage"] == "new"
        assert len(school.messages("teacher")) == 1
        digest = [m for m in school.messages("office") if m["subject"].startswith("Casework on")][-1]
        assert "If Casework stopped, nothing would tell you" in digest["body"]["content"]
        school.office.journal.close()
        doctor = CliRunner().invoke(app, ["--settings", str(school.settings), "doctor"])
        assert "Calendar of office" in doctor.output
        assert "[alarm] in_outlook = false" in doctor.output
    finally:
        grant(school, "POST")


def test_within_the_hour_neither_calendar_nor_file_is_asked_for(moments: Moments) -> None:
    school = moments.come_to(settled)
    school.server.forget_recorded()

    school.works()

    paths = [entry["path"] for entry in school.server.recorded()]
    assert not any("calendar" in path or "at%20work" in path or "at work" in path for path in paths)


def test_a_file_in_the_library_says_when_casework_was_last_at_work(moments: Moments) -> None:
    school = moments.come_to(settled)
    school.at("2026-11-23T11:20:00+00:00")

    school.works()

    said = school.files("casework")["Casework is at work.txt"].decode()
    assert said.startswith("Casework was at work for ")
    assert "on Monday 23 November 2026 at 11:20." in said
    assert f"please read the mailbox {school.address('reports')}" in said
