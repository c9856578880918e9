"""Folders of a mailbox: below one another, moved, copied, deleted; and what a mail may be set to."""

from typing import Any

import pytest

from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import deliver, draft, file_attachment, get


@pytest.fixture
def user(practice: PracticeServer) -> str:
    return f"users/{practice.user('reports')}"


def _new(practice: PracticeServer, user: str, name: str, below: str = "mailFolders") -> str:
    made = practice.graph("POST", f"{user}/{below}", json={"displayName": name}, expect=201).json()
    return str(made["id"])


def _names(practice: PracticeServer, path: str) -> list[str]:
    return [each["displayName"] for each in practice.graph("GET", path, expect=200).json()["value"]]


def test_folders_lie_below_one_another_and_are_shown_so(practice: PracticeServer, user: str) -> None:
    year = _new(practice, user, "2026")
    term = _new(practice, user, "Autumn", f"mailFolders/{year}/childFolders")
    _new(practice, user, "November", f"mailFolders/{year}/childFolders/{term}/childFolders")
    assert _names(practice, f"{user}/mailFolders/{term}/childFolders") == ["November"]
    query = "$filter=displayName eq '2026'&$expand=childFolders($select=displayName;$expand=childFolders)"
    (shown,) = practice.graph("GET", f"{user}/mailFolders?{query}", expect=200).json()["value"]
    assert shown["childFolders"][0]["childFolders"][0]["displayName"] == "November"
    assert "totalItemCount" not in shown["childFolders"][0]
    practice.graph("GET", f"{user}/mailFolders/inbox/childFolders/{term}", expect=404)


def test_a_deleted_folder_lies_in_deleted_items_and_then_is_gone(practice: PracticeServer, user: str) -> None:
    folder = _new(practice, user, "Old")
    message = deliver(practice)
    moved = practice.graph("POST", f"{user}/messages/{message['id']}/move", json={"destinationId": folder})
    practice.graph("DELETE", f"{user}/mailFolders/{folder}", expect=204)
    assert _names(practice, f"{user}/mailFolders/deleteditems/childFolders") == ["Old"]
    practice.graph("GET", f"{user}/messages/{moved.json()['id']}", expect=200)
    practice.graph("DELETE", f"{user}/mailFolders/{folder}", expect=204)
    practice.graph("GET", f"{user}/mailFolders/{folder}", expect=404)
    practice.graph("GET", f"{user}/messages/{moved.json()['id']}", expect=404)


def test_a_folder_is_moved_and_copied_with_its_mail(practice: PracticeServer, user: str) -> None:
    first, second = _new(practice, user, "First"), _new(practice, user, "Second")
    message = deliver(practice)
    practice.graph("POST", f"{user}/messages/{message['id']}/move", json={"destinationId": first}, expect=201)
    moved = practice.graph(
        "POST", f"{user}/mailFolders/{first}/move", json={"destinationId": second}, expect=201
    ).json()
    assert (moved["id"], moved["parentFolderId"], moved["totalItemCount"]) == (first, second, 1)
    copied = practice.graph(
        "POST", f"{user}/mailFolders/{second}/copy", json={"destinationId": "archive"}, expect=201
    ).json()
    (below,) = practice.graph("GET", f"{user}/mailFolders/{copied['id']}/childFolders").json()["value"]
    assert (below["displayName"], below["totalItemCount"]) == ("First", 1)
    into_itself = {"destinationId": first}
    practice.graph("POST", f"{user}/mailFolders/{second}/move", json=into_itself, expect=400)


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("POST", "mailFolders", {"displayName": "Inbox"}, 409, "ErrorFolderExists"),
        ("POST", "mailFolders", {"displayName": "x", "colour": "red"}, 400, "RequestBodyRead"),
        ("PATCH", "mailFolders/inbox", {"displayName": "x"}, 403, "ErrorDeleteDistinguishedFolder"),
        ("DELETE", "mailFolders/sentitems", None, 403, "ErrorDeleteDistinguishedFolder"),
        (
            "POST",
            "mailFolders/inbox/move",
            {"destinationId": "archive"},
            403,
            "ErrorDeleteDistinguishedFolder",
        ),
        ("GET", "mailFolders/nonsense", None, 400, "ErrorInvalidIdMalformed"),
        ("GET", "messages/delta", None, 400, "ErrorInvalidUrlQuery"),
    ],
)
def test_what_folders_do_not_allow_is_refused(
    practice: PracticeServer, user: str, method: str, path: str, body: Any, status: int, code: str
) -> None:
    error = practice.graph(method, f"{user}/{path}", json=body, expect=status).json()["error"]
    assert error["code"] == code


def test_a_renamed_folder_may_not_take_its_neighbours_name(practice: PracticeServer, user: str) -> None:
    folder = _new(practice, user, "A")
    _new(practice, user, "B")
    practice.graph("PATCH", f"{user}/mailFolders/{folder}", json={"displayName": "b"}, expect=409)
    renamed = practice.graph("PATCH", f"{user}/mailFolders/{folder}", json={"displayName": "a"}, expect=200)
    assert renamed.json()["displayName"] == "a"


@pytest.mark.parametrize(
    "change",
    [
        {"isRead": "yes"},
        {"importance": "urgent"},
        {"inferenceClassification": "junk"},
        {"flag": {"flagStatus": "waving"}},
        {"flag": {"colour": "red"}},
        {"flag": {"flagStatus": "flagged", "dueDateTime": {"dateTime": "2026-11-27", "timeZone": "UTC"}}},
        {"categories": "Urgent"},
        {"subject": 7},
        {"colour": "red"},
    ],
)
def test_a_mail_takes_no_value_of_another_kind(practice: PracticeServer, change: dict[str, Any]) -> None:
    made = draft(practice)
    path = f"users/{practice.user('headteacher')}/messages/{made['id']}"
    practice.graph("PATCH", path, json=change, expect=400)
    assert get(practice, "headteacher", made["id"])["changeKey"] == made["changeKey"]


def test_a_mail_keeps_its_flag_class_and_categories(practice: PracticeServer) -> None:
    made = draft(practice)
    moment = {"dateTime": "2026-11-27T09:00:00.0000000", "timeZone": "UTC"}
    flag = {"flagStatus": "flagged", "startDateTime": moment, "dueDateTime": moment}
    change = {"flag": flag, "inferenceClassification": "Other", "categories": ["A", "B", "A"]}
    path = f"users/{practice.user('headteacher')}/messages/{made['id']}"
    practice.graph("PATCH", path, json=change, expect=200)
    kept = get(practice, "headteacher", made["id"])
    assert (kept["flag"], kept["inferenceClassification"], kept["categories"]) == (flag, "other", ["A", "B"])


def test_what_is_not_kept_is_said_aloud(practice: PracticeServer) -> None:
    values = [{"id": "StringArray {a1b2c3d4-0000-4000-8000-00000000c0de} Name Words", "value": ["a"]}]
    path = f"users/{practice.user('headteacher')}/messages"
    refused = practice.graph("POST", path, json={"multiValueExtendedProperties": values}, expect=501)
    assert refused.json()["error"]["code"] == "notImplemented"


def test_a_reference_is_attached_by_name_and_travels_as_none(practice: PracticeServer) -> None:
    made = draft(practice, attachments=[file_attachment("a.txt", b"a")])
    path = f"users/{practice.user('headteacher')}/messages/{made['id']}"
    reference = {"@odata.type": "#microsoft.graph.referenceAttachment", "name": "The plan"}
    practice.graph("POST", f"{path}/attachments", json=reference, expect=201)
    listed = practice.graph("GET", f"{path}/attachments", expect=200).json()["value"]
    assert [each["@odata.type"].rpartition(".")[2] for each in listed] == [
        "fileAttachment",
        "referenceAttachment",
    ]
    assert "contentBytes" not in listed[1]
    practice.graph("POST", f"{path}/send", expect=202)
    (mail,) = practice.outbox()
    assert "a.txt" in mail["raw"]
    assert "The plan" not in mail["raw"]


def test_an_upload_session_is_for_large_files_only(practice: PracticeServer) -> None:
    made = draft(practice)
    item = {"AttachmentItem": {"attachmentType": "file", "name": "a.txt", "size": 100}}
    path = f"users/{practice.user('headteacher')}/messages/{made['id']}/attachments/createUploadSession"
    error = practice.graph("POST", path, json=item, expect=400).json()["error"]
    assert error["code"] == "ErrorAttachmentSizeShouldNotBeLessThanMinimumSize"


def test_one_mailbox_setting_can_be_read_by_itself(practice: PracticeServer, user: str) -> None:
    zone = practice.graph("GET", f"{user}/mailboxSettings/timeZone", expect=200).json()
    assert zone["value"] == "GMT Standard Time"
    replies = practice.graph("GET", f"{user}/mailboxSettings/automaticRepliesSetting", expect=200).json()
    assert replies["status"] == "disabled"
    practice.graph("GET", f"{user}/mailboxSettings/shoeSize", expect=400)


def test_a_hidden_folder_is_listed_only_for_who_asks_for_hidden_ones(
    practice: PracticeServer, user: str
) -> None:
    wish = {"displayName": "Quiet", "isHidden": True}
    made = practice.graph("POST", f"{user}/mailFolders", json=wish, expect=201).json()
    assert made["isHidden"] is True
    assert "Quiet" not in _names(practice, f"{user}/mailFolders?$top=50")
    assert "Quiet" in _names(practice, f"{user}/mailFolders?includeHiddenFolders=true&$top=50")
    assert practice.graph("GET", f"{user}/mailFolders/{made['id']}", expect=200).json()["isHidden"] is True
    shown = {"displayName": "Loud", "isHidden": False}
    practice.graph("PATCH", f"{user}/mailFolders/{made['id']}", json=shown, expect=400)
    renamed = {"displayName": "Quieter", "isHidden": True}
    practice.graph("PATCH", f"{user}/mailFolders/{made['id']}", json=renamed, expect=200)
    practice.graph("POST", f"{user}/mailFolders", json={"displayName": "x", "isHidden": "yes"}, expect=400)
