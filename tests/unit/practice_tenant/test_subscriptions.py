"""Subscriptions: a handshake first, then word of every change, to this machine only."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.notified import Listener, listening
from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import IMMUTABLE, deliver, draft


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as one:
        yield one


def _in(**span: float) -> str:
    return (datetime.now(UTC) + timedelta(**span)).strftime("%Y-%m-%dT%H:%M:%S.0000000Z")


def _wishes(listener: Listener, resource: str, **more: Any) -> dict[str, Any]:
    return {
        "changeType": "created,updated,deleted",
        "notificationUrl": listener.url,
        "resource": resource,
        "expirationDateTime": _in(hours=1),
        "clientState": "the secret of the office",
        **more,
    }


def _subscribe(
    practice: PracticeServer,
    listener: Listener,
    resource: str,
    *,
    headers: dict[str, str] | None = None,
    **more: Any,
) -> dict[str, Any]:
    wishes = _wishes(listener, resource, **more)
    made: dict[str, Any] = practice.graph(
        "POST", "subscriptions", json=wishes, headers=headers or {}, expect=201
    ).json()
    return made


@pytest.mark.parametrize(
    "spelling", ["users/{}/mailFolders('Inbox')/messages", "/users/{}/mailFolders/inbox/messages"]
)
def test_a_new_mail_is_told_with_the_clients_own_word(
    practice: PracticeServer, listener: Listener, spelling: str
) -> None:
    made = _subscribe(practice, listener, spelling.format(practice.user("reports")))
    assert len(listener.handshakes) == 1
    message = deliver(practice)
    (told,) = listener.wait_for(practice, 1)
    assert (told["subscriptionId"], told["changeType"]) == (made["id"], "created")
    assert told["clientState"] == "the secret of the office"
    assert told["tenantId"] == practice.facts["tenant_id"]
    assert told["resourceData"]["id"] == message["id"]
    assert told["resource"].endswith(f"/Messages/{message['id']}")


def test_only_the_kinds_of_change_that_were_asked_for_are_told(
    practice: PracticeServer, listener: Listener
) -> None:
    user = f"users/{practice.user('headteacher')}"
    before = draft(practice)
    resource = f"{user}/mailFolders/drafts/messages"
    _subscribe(practice, listener, resource, changeType="updated", headers=IMMUTABLE)
    draft(practice)
    practice.graph("PATCH", f"{user}/messages/{before['id']}", json={"subject": "Changed"}, expect=200)
    (told,) = listener.wait_for(practice, 1)
    assert (told["changeType"], told["resourceData"]["id"]) == ("updated", before["id"])


def test_a_change_of_a_file_and_of_a_list_is_told_without_saying_which(
    practice: PracticeServer, listener: Listener
) -> None:
    drive, site = practice.facts["office_drive_id"], practice.facts["site_id"]
    made = practice.graph("POST", f"sites/{site}/lists", json={"displayName": "Cases"}, expect=201).json()
    _subscribe(practice, listener, f"drives/{drive}/root", changeType="updated")
    _subscribe(practice, listener, f"sites/{site}/lists/{made['id']}", changeType="updated")
    practice.graph("PUT", f"drives/{drive}/root:/a.txt:/content", data=b"a", expect=201)
    practice.graph("POST", f"sites/{site}/lists/{made['id']}/items", json={"fields": {}}, expect=201)
    told = listener.wait_for(practice, 2)
    assert {each["resource"] for each in told} == {
        f"drives/{drive}/root",
        f"sites/{site}/lists/{made['id']}",
    }


def test_events_and_tasks_are_told_too(practice: PracticeServer, listener: Listener) -> None:
    user = f"users/{practice.user('office')}"
    lists = practice.graph("GET", f"{user}/todo/lists", expect=200).json()["value"]
    _subscribe(practice, listener, f"{user}/events")
    _subscribe(practice, listener, f"{user}/todo/lists/{lists[0]['id']}/tasks")
    when = {"dateTime": "2026-11-23T10:00:00", "timeZone": "UTC"}
    event = practice.graph("POST", f"{user}/events", json={"start": when, "end": when}, expect=201).json()
    task = practice.graph(
        "POST", f"{user}/todo/lists/{lists[0]['id']}/tasks", json={"title": "x"}, expect=201
    )
    told = listener.wait_for(practice, 2)
    assert {each["resourceData"]["id"] for each in told} == {event["id"], task.json()["id"]}


def test_a_listener_that_fails_is_told_again(practice: PracticeServer, listener: Listener) -> None:
    listener.answers = [503, 500]
    _subscribe(practice, listener, f"users/{practice.user('reports')}/messages", changeType="created")
    deliver(practice)
    assert [each["changeType"] for each in listener.wait_for(practice, 1)] == ["created"]
    assert listener.answers == []


def test_an_address_that_does_not_shake_hands_gets_no_subscription(
    practice: PracticeServer, listener: Listener
) -> None:
    listener.shakes_hands = False
    wishes = _wishes(listener, f"users/{practice.user('reports')}/messages")
    refused = practice.graph("POST", "subscriptions", json=wishes, expect=400).json()["error"]
    assert refused["code"] == "ValidationError"
    assert practice.graph("GET", "subscriptions", expect=200).json()["value"] == []


@pytest.mark.parametrize(
    "more",
    [
        {"notificationUrl": "https://webhooks.example.org/told"},
        {"notificationUrl": "file:///etc/passwd"},
        {"changeType": "arrived"},
        {"changeType": ""},
        {"expirationDateTime": "2020-01-01T00:00:00Z"},
        {"expirationDateTime": "soon"},
        {"expirationDateTime": _in(days=8)},
        {"clientState": "x" * 129},
        {"resource": "users/nobody/presence"},
        {"resource": ""},
    ],
)
def test_what_microsoft_refuses_is_refused(
    practice: PracticeServer, listener: Listener, more: dict[str, Any]
) -> None:
    wishes = {**_wishes(listener, f"users/{practice.user('reports')}/messages"), **more}
    practice.graph("POST", "subscriptions", json=wishes, expect=400)
    assert listener.handshakes == []


def test_a_drive_takes_updated_only(practice: PracticeServer, listener: Listener) -> None:
    wishes = _wishes(listener, f"drives/{practice.facts['office_drive_id']}/root")
    practice.graph("POST", "subscriptions", json=wishes, expect=400)


def test_a_subscription_is_renewed_and_ended_by_its_own_application_only(
    practice: PracticeServer, listener: Listener
) -> None:
    made = _subscribe(practice, listener, f"users/{practice.user('reports')}/messages")
    address = f"subscriptions/{made['id']}"
    until = _in(days=2)
    renewed = practice.graph("PATCH", address, json={"expirationDateTime": until}, expect=200).json()
    assert renewed["expirationDateTime"][:19] == until[:19]
    practice.graph("PATCH", address, json={"resource": "me/messages"}, expect=400)
    practice.graph("GET", address, token=practice.casework_token(), expect=404)
    practice.graph("DELETE", address, token=practice.casework_token(), expect=404)
    practice.graph("DELETE", address, expect=204)
    practice.graph("GET", address, expect=404)


def test_a_very_short_life_becomes_three_quarters_of_an_hour(
    practice: PracticeServer, listener: Listener
) -> None:
    made = _subscribe(
        practice, listener, f"users/{practice.user('reports')}/messages", expirationDateTime=_in(minutes=1)
    )
    assert made["expirationDateTime"] > _in(minutes=40)


def test_who_may_not_read_a_mailbox_may_not_watch_it(practice: PracticeServer, listener: Listener) -> None:
    wishes = _wishes(listener, f"users/{practice.user('headteacher')}/messages")
    practice.graph("POST", "subscriptions", json=wishes, token=practice.user_token("teacher"), expect=403)
    own = _wishes(listener, "me/messages")
    practice.graph("POST", "subscriptions", json=own, token=practice.user_token("teacher"), expect=201)


def test_an_administrators_removal_is_told_to_the_lifecycle_address(
    practice: PracticeServer, listener: Listener
) -> None:
    resource = f"users/{practice.user('reports')}/messages"
    made = _subscribe(practice, listener, resource, lifecycleNotificationUrl=listener.url)
    assert len(listener.handshakes) == 2
    practice.practice("POST", f"subscriptions/{made['id']}/lifecycle", json={"event": "subscriptionRemoved"})
    assert [each["lifecycleEvent"] for each in listener.wait_for(practice, 1)] == ["subscriptionRemoved"]
    practice.graph("GET", f"subscriptions/{made['id']}", expect=404)
