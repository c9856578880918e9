"""People delete, rename and change columns of the lists: it is told, setup mends it, and no case suffers by it."""

from __future__ import annotations

from typing import Any

import pytest
from typer.testing import CliRunner

from casework.ports import Register
from casework.values import FieldValue
from command_line.app import app
from tests.school import SchoolAtWork, words

NEXT_MORNING = "2026-11-24T09:30:00+00:00"


def columns(school: SchoolAtWork) -> dict[str, dict[str, Any]]:
    path = f"sites/{school.places['site_id']}/lists/{school.places['lists']['cases']}/columns"
    return {column["name"]: column for column in school.as_visitor("GET", path).json()["value"]}


def change_column(school: SchoolAtWork, method: str, name: str, **more: Any) -> None:
    """Somebody opens the settings of the list."""
    number = columns(school)[name]["id"]
    path = f"sites/{school.places['site_id']}/lists/{school.places['lists']['cases']}/columns/{number}"
    school.as_visitor(method, path, **more)


def command(school: SchoolAtWork, *words: str) -> str:
    return " ".join(CliRunner().invoke(app, ["--settings", str(school.settings), *words]).output.split())


def digest_of(school: SchoolAtWork, day: str) -> str:
    mails = [one for one in school.messages("office") if one["subject"].startswith("Casework on")]
    mails = [one for one in mails if day in one["subject"]]
    return words(mails[-1]) if mails else ""


def test_a_deleted_column_is_told_and_what_stood_there_is_put_back(school: SchoolAtWork) -> None:
    school.teacher_forwards("Somebody wrote this of the school.")
    school.works()
    school.staff_set(Target="headteacher", Notes="Looked at.")
    school.works()
    noted = school.subjects("headteacher")

    change_column(school, "DELETE", "Target")
    change_column(school, "DELETE", "Due")
    school.staff_set(Notes="Looked at twice.", Handler="office@tillbrook.example")
    school.works()
    school.at(NEXT_MORNING)
    school.works()

    with school.office.journal.transaction() as transaction:
        (case,) = transaction.cases.all()
    assert case.concerns_head, "a deleted column is no decision of anybody's"
    assert (case.staff.notes, case.staff.handler) == ("Looked at twice.", "office@tillbrook.example")
    assert school.subjects("headteacher") == noted, "the headteacher hears nothing of it"
    told = digest_of(school, "24 November")
    assert 'List Cases, column "Who it is about" (Target): It is missing' in told
    assert "Run casework setup" in told
    examined = command(school, "doctor")
    assert "List Cases, column Target: It is missing" in examined
    assert "List Cases, column Due: It is missing" in examined

    assert "List Cases, column Due" in command(school, "setup")
    school.staff_set(Notes="And again.")
    school.works()
    row = school.the_case()
    assert row["Target"] == "headteacher"
    assert row["Due"]
    assert "It is missing" not in command(school, "doctor")


def test_a_new_heading_is_told_once_and_stays_but_a_lost_choice_is_told_until_it_is_back(
    school: SchoolAtWork,
) -> None:
    school.teacher_forwards("Somebody wrote this.")
    school.works()
    change_column(school, "PATCH", "Due", json={"displayName": "To be done by"})
    choice = columns(school)["Relation"]["choice"]
    choice["choices"] = [word for word in choice["choices"] if word != "carer"] + ["neighbour"]
    change_column(school, "PATCH", "Relation", json={"choice": choice})

    school.at(NEXT_MORNING)
    school.works()
    first = digest_of(school, "24 November")
    assert 'column "Due" (Due): Its heading is now "To be done by". That does no harm.' in first
    assert 'column "Relation" (Relation): These choices were taken away: "carer".' in first
    assert 'These choices were added: "neighbour".' in first

    school.at("2026-11-25T09:30:00+00:00")
    school.works()
    second = digest_of(school, "25 November")
    assert "To be done by" not in second
    assert "neighbour" not in second
    assert '"carer"' in second

    assert "List Cases, column Due" in command(school, "setup")
    after = columns(school)
    assert after["Due"]["displayName"] == "To be done by"
    assert {"carer", "neighbour"} <= set(after["Relation"]["choice"]["choices"])


class EditedMeanwhile:
    """The register, with somebody who saves the row just between Casework's reading and its writing."""

    def __init__(self, register: Register, school: SchoolAtWork, edits: list[dict[str, Any]]) -> None:
        self._register = register
        self._school = school
        self._edits = edits
        self.refused = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._register, name)

    def update(self, item_id: str, fields: dict[str, FieldValue], *, etag: str) -> str:
        if self._edits:
            self.refused += 1
            self._school.staff_set(item=item_id, **self._edits.pop(0))
        return self._register.update(item_id, fields, etag=etag)


def test_what_staff_write_between_our_reading_and_our_writing_stays(
    school: SchoolAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.teacher_forwards("Please don't tell anyone it was me. Somebody wrote this.")
    school.once("open_cases")
    school.works()
    school.staff_set(TalkedOn="2026-11-23T12:00:00Z", TalkOutcome="no reply", Parent="Mrs R Oakfield")
    edits: list[dict[str, Any]] = [
        {"Notes": "Rang twice.", "Target": "staff"},
        {"Outcome": "", "Notes": "Rang three times.", "CaseworkSays": "scribbled here"},
    ]
    register = EditedMeanwhile(school.office.cases, school, edits)
    monkeypatch.setitem(school.office.__dict__, "cases", register)

    school.works()
    school.works()

    assert register.refused == 2
    row = school.the_case()
    assert (row["Notes"], row["Target"], row["Parent"]) == ("Rang three times.", "staff", "Mrs R Oakfield")
    assert row["NextStep"]
    assert row["Reference"] == "TIS-2026-0001"
    with school.office.journal.transaction() as transaction:
        (case,) = transaction.cases.all()
        edited = [
            event for event in transaction.events.of_case(case.reference) if event.what == "case.edited"
        ]
    assert (case.staff.notes, case.staff.target) == ("Rang three times.", "staff")
    assert len(edited) == 2, "one for what stood before, one for what was written meanwhile"
    school.server.forget_recorded()
    school.works()
    writes = [one for one in school.server.recorded() if one["method"] == "PATCH"]
    assert writes == [], "nothing is written twice"
