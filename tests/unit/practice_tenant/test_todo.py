"""To Do: the office's lists of tasks, their steps, what they are linked with, and their changes."""

from typing import Any

import pytest

from tests.practice import PracticeServer


def _lists(practice: PracticeServer) -> str:
    return f"users/{practice.user('office')}/todo/lists"


def _new_list(practice: PracticeServer, name: str = "Letters") -> str:
    made = practice.graph("POST", _lists(practice), json={"displayName": name}, expect=201).json()
    return f"{_lists(practice)}/{made['id']}"


def _new_task(practice: PracticeServer, address: str, **more: Any) -> dict[str, Any]:
    wishes = {"title": "Post the letter", **more}
    made: dict[str, Any] = practice.graph("POST", f"{address}/tasks", json=wishes, expect=201).json()
    return made


def test_everybody_has_two_lists_that_stay(practice: PracticeServer) -> None:
    found = practice.graph("GET", _lists(practice), expect=200).json()["value"]
    assert [(each["displayName"], each["wellknownListName"]) for each in found] == [
        ("Tasks", "defaultList"),
        ("Flagged Emails", "flaggedEmails"),
    ]
    practice.graph("DELETE", f"{_lists(practice)}/{found[0]['id']}", expect=400)
    practice.graph("PATCH", f"{_lists(practice)}/{found[0]['id']}", json={"displayName": "X"}, expect=400)


def test_a_list_is_made_renamed_and_deleted_with_its_tasks(practice: PracticeServer) -> None:
    address = _new_list(practice)
    _new_task(practice, address)
    renamed = practice.graph("PATCH", address, json={"displayName": "Post"}, expect=200).json()
    assert (
        renamed["displayName"] == practice.graph("GET", address, expect=200).json()["displayName"] == "Post"
    )
    practice.graph("DELETE", address, expect=204)
    practice.graph("GET", address, expect=404)
    practice.graph("GET", f"{address}/tasks", expect=404)


def test_a_task_keeps_what_was_said_and_its_day_without_the_time(practice: PracticeServer) -> None:
    address = _new_list(practice)
    task = _new_task(
        practice,
        address,
        importance="HIGH",
        categories=["Urgent"],
        body={"content": "By hand", "contentType": "text"},
        dueDateTime={"dateTime": "2026-11-27T15:30:00", "timeZone": "Europe/London"},
        reminderDateTime={"dateTime": "2026-11-27T08:00:00", "timeZone": "Europe/London"},
        isReminderOn=True,
    )
    read = practice.graph("GET", f"{address}/tasks/{task['id']}", expect=200).json()
    assert (read["title"], read["status"], read["importance"]) == ("Post the letter", "notStarted", "high")
    assert read["dueDateTime"] == {"dateTime": "2026-11-27T00:00:00.0000000", "timeZone": "UTC"}
    assert read["reminderDateTime"]["dateTime"] == "2026-11-27T08:00:00.0000000"
    assert "completedDateTime" not in read


def test_a_finished_task_says_when_and_an_opened_one_no_longer(practice: PracticeServer) -> None:
    address = _new_list(practice)
    task = f"{address}/tasks/{_new_task(practice, address)['id']}"
    done = practice.graph("PATCH", task, json={"status": "completed"}, expect=200).json()
    assert done["completedDateTime"]["dateTime"].startswith("2026-11-23T09:0")
    again = practice.graph("PATCH", task, json={"status": "inProgress"}, expect=200).json()
    assert "completedDateTime" not in again


def test_steps_are_ticked_and_links_lead_back(practice: PracticeServer) -> None:
    address = _new_list(practice)
    task = f"{address}/tasks/{_new_task(practice, address)['id']}"
    step = practice.graph("POST", f"{task}/checklistItems", json={"displayName": "Stamp"}, expect=201).json()
    one = f"{task}/checklistItems/{step['id']}"
    assert practice.graph("PATCH", one, json={"isChecked": True}, expect=200).json()["checkedDateTime"]
    assert "checkedDateTime" not in practice.graph("PATCH", one, json={"isChecked": False}).json()
    link = {"applicationName": "Casework", "displayName": "The case", "externalId": "7"}
    practice.graph("POST", f"{task}/linkedResources", json=link, expect=201)
    whole = practice.graph("GET", f"{task}?$expand=checklistItems,linkedResources", expect=200).json()
    assert [each["displayName"] for each in whole["checklistItems"]] == ["Stamp"]
    assert [each["externalId"] for each in whole["linkedResources"]] == ["7"]
    practice.graph("DELETE", one, expect=204)
    assert practice.graph("GET", f"{task}/checklistItems", expect=200).json()["value"] == []


def test_open_tasks_are_found_by_filter_and_order(practice: PracticeServer) -> None:
    address = _new_list(practice)
    for title, status in (("b", "notStarted"), ("a", "inProgress"), ("c", "completed")):
        _new_task(practice, address, title=title, status=status)
    query = "$filter=status ne 'completed'&$orderby=title&$top=1"
    page = practice.graph("GET", f"{address}/tasks?{query}", expect=200).json()
    following = practice.graph("GET", page["@odata.nextLink"], expect=200).json()
    assert [each["title"] for each in page["value"] + following["value"]] == ["a", "b"]


def test_delta_tells_of_new_changed_and_deleted_tasks(practice: PracticeServer) -> None:
    address = _new_list(practice)
    kept, gone = _new_task(practice, address, title="kept"), _new_task(practice, address, title="gone")
    first = practice.graph("GET", f"{address}/tasks/delta?$top=1", expect=200).json()
    assert len(first["value"]) == 1
    second = practice.graph("GET", first["@odata.nextLink"], expect=200).json()
    assert {each["id"] for each in first["value"] + second["value"]} == {kept["id"], gone["id"]}
    practice.graph("PATCH", f"{address}/tasks/{kept['id']}", json={"title": "changed"}, expect=200)
    practice.graph("DELETE", f"{address}/tasks/{gone['id']}", expect=204)
    link, told = second["@odata.deltaLink"], []
    while link:
        page = practice.graph("GET", link, expect=200).json()
        told += page["value"]
        link = page.get("@odata.nextLink")
    assert [(each["id"], each.get("title"), "@removed" in each) for each in told] == [
        (kept["id"], "changed", False),
        (gone["id"], None, True),
    ]


def test_delta_of_lists_tells_of_a_new_one_and_of_one_that_went(practice: PracticeServer) -> None:
    first = practice.graph("GET", f"{_lists(practice)}/delta", expect=200).json()
    assert len(first["value"]) == 2
    address = _new_list(practice)
    second = practice.graph("GET", first["@odata.deltaLink"], expect=200).json()
    assert [each["displayName"] for each in second["value"]] == ["Letters"]
    practice.graph("DELETE", address, expect=204)
    third = practice.graph("GET", second["@odata.deltaLink"], expect=200).json()
    assert ["@removed" in each for each in third["value"]] == [True]


@pytest.mark.parametrize(
    "wishes",
    [
        {"title": "x", "colour": "red"},
        {"title": "x", "status": "finished"},
        {"title": "x", "dueDateTime": {"dateTime": "tomorrow", "timeZone": "UTC"}},
        {"title": "x", "dueDateTime": {"dateTime": "2026-11-27", "timeZone": "Narnia"}},
    ],
)
def test_what_is_no_task_is_refused(practice: PracticeServer, wishes: dict[str, Any]) -> None:
    address = _new_list(practice)
    practice.graph("POST", f"{address}/tasks", json=wishes, expect=400)
    assert practice.graph("GET", f"{address}/tasks", expect=200).json()["value"] == []


def test_nobody_reads_the_tasks_of_another(practice: PracticeServer) -> None:
    token = practice.user_token("teacher")
    practice.graph("GET", _lists(practice), token=token, expect=403)
    practice.graph("GET", "me/todo/lists", token=token, expect=200)
