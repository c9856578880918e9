"""`casework setup` makes what is missing, mends what is damaged, and leaves alone what is right."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from casework.errors import NotPermittedError, NotThereError
from casework.register_lists import CASES_LIST, POLICIES_LIST
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.files import GraphLibrary
from connectors.microsoft365.inbox import GraphInbox
from connectors.microsoft365.lists import GraphRegister
from connectors.microsoft365.provisioning import Outcome, Places, Provisioned, find_places, provision
from tests.practice import PracticeServer
from tests.unit.microsoft365.conftest import wishes


def setup(practice: PracticeServer, casework: SchoolAccount) -> Provisioned:
    return provision(casework, wishes(practice))


def outcomes(done: Provisioned) -> dict[str, Outcome]:
    return {step.what: step.outcome for step in done.steps}


def columns(practice: PracticeServer, places: Places) -> dict[str, dict[str, Any]]:
    path = f"sites/{places.site_id}/lists/{places.cases_list}/columns"
    return {column["name"]: column for column in practice.graph("GET", path).json()["value"]}


def column_path(practice: PracticeServer, places: Places, name: str) -> str:
    number = columns(practice, places)[name]["id"]
    return f"sites/{places.site_id}/lists/{places.cases_list}/columns/{number}"


def test_a_new_school_gets_everything(practice: PracticeServer, casework: SchoolAccount) -> None:
    done = setup(practice, casework)
    made = outcomes(done)
    assert (
        made["List Cases"] == made["Library Sealed originals"] == made["Folder Report drop"] == Outcome.MADE
    )
    assert made["Mail folder Casework/Needs a person"] == made["Mail category Casework"] == Outcome.MADE
    there = columns(practice, done.places)
    assert {column.name for column in CASES_LIST.columns} <= set(there)
    assert there["Reference"]["indexed"]
    assert there["Reference"]["enforceUniqueValues"]
    assert there["Categories"]["choice"]["displayAs"] == "checkBoxes"


def test_a_second_run_changes_nothing(practice: PracticeServer, casework: SchoolAccount) -> None:
    first = setup(practice, casework)
    practice.forget_recorded()
    second = setup(practice, casework)
    assert second.places == first.places
    assert set(outcomes(second).values()) == {Outcome.THERE}
    writes = {one["method"] for one in practice.recorded() if not one["path"].endswith("/token")}
    assert writes == {"GET"}


def test_both_lists_take_rows(casework: SchoolAccount, places: Places) -> None:
    for definition, number in ((CASES_LIST, places.cases_list), (POLICIES_LIST, places.policies_list)):
        register = GraphRegister(casework, site_id=places.site_id, list_id=number, definition=definition)
        assert register.add({"Title": "x"}).fields["Title"] == "x"


def test_a_deleted_column_is_put_back(
    practice: PracticeServer, casework: SchoolAccount, places: Places
) -> None:
    practice.graph("DELETE", column_path(practice, places, "Due"), expect=204)
    done = setup(practice, casework)
    assert outcomes(done)["List Cases, column Due"] == Outcome.MENDED
    assert columns(practice, places)["Due"]["indexed"]


def test_a_renamed_column_is_reported_and_left(
    practice: PracticeServer, casework: SchoolAccount, places: Places
) -> None:
    path = column_path(practice, places, "Due")
    practice.graph("PATCH", path, json={"displayName": "Deadline"}, expect=200)
    done = setup(practice, casework)
    (step,) = [step for step in done.steps if step.what == "List Cases, column Due"]
    assert (step.outcome, "Deadline" in step.note) == (Outcome.NOTE, True)
    assert columns(practice, places)["Due"]["displayName"] == "Deadline"


def test_missing_choices_are_added_and_the_offices_own_stay(
    practice: PracticeServer, casework: SchoolAccount, places: Places
) -> None:
    path = column_path(practice, places, "Relation")
    choice = {"choices": ["parent", "neighbour"], "displayAs": "dropDownMenu", "allowTextEntry": False}
    practice.graph("PATCH", path, json={"choice": choice}, expect=200)
    done = setup(practice, casework)
    assert outcomes(done)["List Cases, column Relation"] == Outcome.MENDED
    words = columns(practice, places)["Relation"]["choice"]["choices"]
    assert {"parent", "neighbour", "carer", "unknown"} <= set(words)


def test_a_lost_index_and_rule_come_back(
    practice: PracticeServer, casework: SchoolAccount, places: Places
) -> None:
    path = column_path(practice, places, "Reference")
    practice.graph("PATCH", path, json={"enforceUniqueValues": False}, expect=200)
    done = setup(practice, casework)
    assert outcomes(done)["List Cases, column Reference"] == Outcome.MENDED
    assert columns(practice, places)["Reference"]["enforceUniqueValues"]


def test_a_column_of_another_kind_is_left_to_a_person(
    practice: PracticeServer, casework: SchoolAccount, places: Places
) -> None:
    practice.graph("DELETE", column_path(practice, places, "Due"), expect=204)
    path = f"sites/{places.site_id}/lists/{places.cases_list}/columns"
    practice.graph("POST", path, json={"name": "Due", "text": {}}, expect=201)
    done = setup(practice, casework)
    (step,) = [step for step in done.steps if step.what == "List Cases, column Due"]
    assert step.outcome == Outcome.BY_HAND
    assert "Delete the column" in step.note


def test_a_deleted_mail_folder_comes_back_by_itself_when_it_is_needed(
    practice: PracticeServer, casework: SchoolAccount, places: Places
) -> None:
    reports = practice.user("reports")
    inbox = GraphInbox(casework, reports)
    raw = b"From: x@example.org\r\nTo: reports@tillbrook.example\r\nMessage-ID: <%d@x>\r\n\r\nx\r\n"
    for number in (1, 2):
        practice.deliver(raw % number, sender="x@example.org", to=reports)
    first, second = inbox.changes(None).messages
    inbox.file_under(first.message_id, "Casework/Processed")
    found = practice.graph("GET", f"users/{reports}/messages/{first.message_id}",
                           headers={"Prefer": 'IdType="ImmutableId"'}).json()  # fmt: skip
    practice.graph("DELETE", f"users/{reports}/mailFolders/{found['parentFolderId']}", expect=204)
    inbox.file_under(second.message_id, "Casework/Processed")
    assert inbox.changes(None).messages == ()


def test_a_message_that_is_filed_already_is_not_moved_again(
    practice: PracticeServer, casework: SchoolAccount, places: Places
) -> None:
    inbox = GraphInbox(casework, practice.user("reports"))
    practice.deliver(b"Subject: x\r\n\r\nx", sender="x@example.org", to=practice.user("reports"))
    (message,) = inbox.changes(None).messages
    practice.forget_recorded()
    for _ in range(2):
        inbox.file_under(message.message_id, "Casework/Processed")
    assert sum(1 for one in practice.recorded() if one["path"].endswith("/move")) == 1


@pytest.mark.parametrize(
    ("role", "status"), [("safeguarding_lead", 200), ("headteacher", 403), ("teacher", 403), ("office", 403)]
)
def test_only_the_safeguarding_lead_opens_the_sealed_originals(
    practice: PracticeServer, casework: SchoolAccount, places: Places, role: str, status: int
) -> None:
    GraphLibrary(casework, places.sealed_drive).write("2026/x.eml", b"x")
    token = practice.user_token(role)
    answer = practice.graph("GET", f"drives/{places.sealed_drive}/root/children", token=token)
    assert answer.status_code in ((200,) if status == 200 else (403, 404))


def test_without_a_safeguarding_lead_the_open_library_is_named(
    practice: PracticeServer, casework: SchoolAccount
) -> None:
    done = provision(casework, replace(wishes(practice), sealed_readers=()))
    (step,) = [step for step in done.steps if "who may open it" in step.what]
    assert step.outcome == Outcome.BY_HAND
    assert "safeguarding_lead" in step.note


def test_places_are_found_again_by_name(
    practice: PracticeServer, casework: SchoolAccount, places: Places
) -> None:
    assert find_places(casework, wishes(practice)) == places


def test_places_are_found_by_their_ids_too(
    practice: PracticeServer, casework: SchoolAccount, places: Places
) -> None:
    by_id = replace(
        wishes(practice),
        site=places.site_id,
        cases_list=places.cases_list,
        policies_list=places.policies_list,
        casework_drive=places.casework_drive,
        sealed_drive=places.sealed_drive,
        drop_drive=places.drop_drive,
        policies_drive=places.policies_drive,
    )
    assert find_places(casework, by_id) == places


def test_before_setup_the_missing_list_is_named(practice: PracticeServer, casework: SchoolAccount) -> None:
    with pytest.raises(NotThereError, match=r'no list "Cases".*casework setup'):
        find_places(casework, wishes(practice))


def test_a_site_that_does_not_exist_is_named(practice: PracticeServer, casework: SchoolAccount) -> None:
    with pytest.raises((NotThereError, NotPermittedError)):
        provision(casework, replace(wishes(practice), site="tillbrook.sharepoint.example:/sites/elsewhere"))


def test_a_row_is_written_without_a_deleted_column_which_is_named(
    practice: PracticeServer, casework: SchoolAccount, places: Places
) -> None:
    practice.graph("DELETE", column_path(practice, places, "Due"), expect=204)
    register = GraphRegister(
        casework, site_id=places.site_id, list_id=places.cases_list, definition=CASES_LIST
    )
    row = register.add({"Title": "x", "Due": None})
    assert register.read(row.item_id).fields["Title"] == "x"
    assert register.missing_columns() == {"Due"}
