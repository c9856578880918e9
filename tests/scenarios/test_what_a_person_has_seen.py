"""What needs a person is listed with its reason; what somebody has seen and leaves is spoken of no more, and not lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

import workflows.carry_out
import workflows.open_cases.mail
from command_line.app import app
from connectors.documents.emails import JinjaMailWriter
from tests.remembering import Moments
from tests.school import SchoolAtWork, words

THANKS = "the mail acknowledgement to the reporter"
MESSAGE = 'a message in the folder "Casework/Needs a person"'


def _fails(*_: Any, **__: Any) -> None:
    raise ZeroDivisionError("words of a parent")


def two_things_need_a_person(school: SchoolAtWork) -> None:
    """One report's acknowledgement cannot be written, and another report cannot be read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workflows.carry_out, "WAITS", (0,))
        patch.setattr(JinjaMailWriter, "write", _acknowledges_nobody)
        school.teacher_forwards("Post number 1 that somebody saw.")
        for _ in range(4):
            school.once()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workflows.open_cases.mail, "record_message", _fails)
        school.teacher_forwards("Post number 2 that somebody saw.")
        for _ in range(3):
            school.once()
    school.once()


def _acknowledges_nobody(
    writer: JinjaMailWriter, name: str, *given: Any, real: Any = JinjaMailWriter.write, **more: Any
) -> Any:
    return _fails() if name == "acknowledgement" else real(writer, name, *given, **more)


def casework(school: SchoolAtWork, *typed: str, code: int = 0) -> str:
    school.office.close_journal()
    result = CliRunner().invoke(app, ["--settings", str(school.settings), *typed])
    assert result.exit_code == code, result.output
    return result.output


def needing(school: SchoolAtWork) -> dict[str, dict[str, Any]]:
    """What `casework seen` lists, by what it is."""
    lines = casework(school, "seen", "--json").splitlines()
    return {one["what"]: one for one in map(json.loads, filter(None, lines))}


def morning_of(school: SchoolAtWork, day: int) -> str:
    """What the office's mail of that November morning says."""
    school.at(f"2026-11-{day}T07:45:00+00:00")
    school.once("chase_follow_ups", "report_day")
    written = [
        words(one)
        for one in school.messages("office")
        if one["subject"].startswith("Casework on") and f"{day} November" in one["subject"]
    ]
    return " ".join(written)


def test_each_thing_is_listed_with_its_reason_and_without_content(moments: Moments) -> None:
    school = moments.come_to(two_things_need_a_person)

    found = needing(school)

    assert {THANKS, MESSAGE} <= set(found)
    assert found[THANKS]["case"] == "TIS-2026-0001"
    assert all(one["problem"] for one in found.values())
    shown = casework(school, "seen")
    assert f"TIS-2026-0001: {THANKS}" in shown
    assert "words of a parent" not in shown
    assert "casework seen" in casework(school, "status", code=1)


def test_what_is_left_is_spoken_of_no_more_and_the_rest_still_is(moments: Moments) -> None:
    school = moments.come_to(two_things_need_a_person)
    before = morning_of(school, 24)
    assert '1 message waits in the folder "Casework/Needs a person"' in before
    assert "TIS-2026-0001, send mail:" in before
    mark = needing(school)[MESSAGE]["mark"]

    assert f"Left as it is: {MESSAGE}" in casework(school, "seen", mark)

    assert MESSAGE not in needing(school)
    assert THANKS in needing(school)
    after = morning_of(school, 25)
    assert "waits in the folder" not in after
    casework(school, "seen", "--all")
    assert needing(school) == {}
    assert "Nothing needs a person." in casework(school, "seen")
    assert "send mail:" not in morning_of(school, 26)
    assert "casework seen" not in casework(school, "status")


def test_a_report_that_was_left_opens_its_case_when_it_is_moved_back_into_the_inbox(moments: Moments) -> None:
    school = moments.come_to(two_things_need_a_person)
    casework(school, "seen", "--all")
    reports = f"users/{school.address('reports')}"
    found = school.as_visitor("GET", f"{reports}/messages?$top=50").json()["value"]
    at_rest = {one["parentFolderId"] for one in school.messages("reports", "inbox")}
    [left] = [
        one
        for one in found
        if one["subject"].startswith("FW:")
        and "number 2" in words(one)
        and one["parentFolderId"] not in at_rest
    ]

    school.as_visitor("POST", f"{reports}/messages/{left['id']}/move", json={"destinationId": "inbox"})
    school.once()
    school.once()

    assert len(school.rows()) == 2
    assert school.subjects("reports") == []


def test_a_mark_that_is_not_there_is_said_with_what_to_type(moments: Moments) -> None:
    school = moments.come_to(two_things_need_a_person)

    said = casework(school, "seen", "zzzzz", code=2)

    assert "There is no zzzzz among what needs a person. See: casework seen" in said
    assert THANKS in needing(school)
