"""Drafts: made, changed, given a version, moved, deleted."""

from base64 import b64encode

import pytest

from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import (
    IMMUTABLE,
    KEY_PROPERTY,
    deliver,
    draft,
    get,
    listed,
    person,
)


def _patch(
    practice: PracticeServer,
    message_id: str,
    body: dict[str, object],
    expect: int,
    role: str = "headteacher",
    **headers: str,
) -> dict[str, object]:
    path = f"users/{practice.user(role)}/messages/{message_id}"
    answer = practice.graph("PATCH", path, json=body, headers=IMMUTABLE | headers, expect=expect)
    changed: dict[str, object] = answer.json()
    return changed


def test_a_new_draft_lies_in_drafts_and_is_from_the_mailbox(practice: PracticeServer) -> None:
    made = draft(practice, categories=["Casework"], importance="High", flag={"flagStatus": "flagged"})
    assert [each["id"] for each in listed(practice, "headteacher", "Drafts")] == [made["id"]]
    assert made["isDraft"] is True
    assert made["from"]["emailAddress"]["address"] == practice.user("headteacher")
    assert (made["categories"], made["importance"], made["flag"]["flagStatus"]) == (
        ["Casework"],
        "high",
        "flagged",
    )


def test_a_saved_html_body_becomes_a_whole_document_as_exchange_makes_it(practice: PracticeServer) -> None:
    made = draft(practice, body={"contentType": "HTML", "content": "<p>Hello</p><script>x()</script>"})
    assert made["body"]["contentType"] == "html"
    assert made["body"]["content"].startswith("<html><head>")
    assert "script" not in made["body"]["content"]
    assert made["bodyPreview"] == "Hello"


def test_a_draft_changes_in_every_part_and_gets_a_new_version(practice: PracticeServer) -> None:
    made = draft(practice)
    changed = _patch(
        practice,
        made["id"],
        {
            "subject": "Second version",
            "body": {"contentType": "text", "content": "Plain"},
            "toRecipients": [person("other@example.net", "Other")],
            "replyTo": [person(practice.user("reports"))],
            "internetMessageId": "<own@tillbrook.example>",
            "singleValueExtendedProperties": [{"id": KEY_PROPERTY, "value": "case 9"}],
        },
        200,
    )
    assert changed["changeKey"] != made["changeKey"]
    now = get(
        practice,
        "headteacher",
        made["id"],
        f"?$expand=singleValueExtendedProperties($filter=id eq '{KEY_PROPERTY}')",
    )
    assert (now["subject"], now["body"]["content"], now["internetMessageId"]) == (
        "Second version",
        "Plain",
        "<own@tillbrook.example>",
    )
    assert now["toRecipients"] == [person("other@example.net", "Other")]
    assert now["singleValueExtendedProperties"][0]["value"] == "case 9"


def test_an_edit_for_an_older_version_is_refused(practice: PracticeServer) -> None:
    made = draft(practice)
    _patch(practice, made["id"], {"subject": "By the head"}, 200, **{"If-Match": made["@odata.etag"]})
    refused = _patch(
        practice, made["id"], {"subject": "By Casework"}, 412, **{"If-Match": made["@odata.etag"]}
    )
    assert refused["error"]["code"] == "ErrorIrresolvableConflict"  # type: ignore[index]  # JSON of an error
    assert get(practice, "headteacher", made["id"])["subject"] == "By the head"


@pytest.mark.parametrize(
    "change",
    [{"subject": "Other"}, {"body": {"contentType": "text", "content": "Other"}}, {"toRecipients": []}],
)
def test_what_was_received_keeps_its_words_and_people(
    practice: PracticeServer, change: dict[str, object]
) -> None:
    message = deliver(practice)
    _patch(practice, message["id"], change, 403, role="reports")
    assert get(practice, "reports", message["id"])["subject"] == "A post"


def test_what_was_received_may_be_marked(practice: PracticeServer) -> None:
    message = deliver(practice)
    marks = {"isRead": True, "categories": ["Case opened"], "flag": {"flagStatus": "complete"}}
    changed = _patch(practice, message["id"], marks, 200, role="reports")
    assert {name: changed[name] for name in marks} == marks


def test_a_property_that_no_message_has_is_refused(practice: PracticeServer) -> None:
    made = draft(practice)
    refused = _patch(practice, made["id"], {"colour": "red"}, 400)
    assert "colour" in str(refused)


def test_a_custom_header_must_begin_with_x(practice: PracticeServer) -> None:
    made = draft(practice, internetMessageHeaders=[{"name": "X-Casework-Case", "value": "7"}])
    shown = get(practice, "headteacher", made["id"], "?$select=internetMessageHeaders")
    assert shown["internetMessageHeaders"] == [{"name": "X-Casework-Case", "value": "7"}]
    body = {"subject": "x", "internetMessageHeaders": [{"name": "List-Id", "value": "7"}]}
    practice.graph("POST", f"users/{practice.user('headteacher')}/messages", json=body, expect=400)


def test_a_draft_may_be_given_as_mime(practice: PracticeServer) -> None:
    raw = b"To: parent@example.net\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\nX-Key: 7\r\n\r\nHello"
    path = f"users/{practice.user('reports')}/messages"
    answer = practice.graph(
        "POST", path, data=b64encode(raw), headers={"Content-Type": "text/plain"}, expect=201
    )
    made = answer.json()
    assert (made["subject"], made["isDraft"], made["body"]["content"]) == ("Café", True, "Hello")
    bad = practice.graph("POST", path, data=b"%%%", headers={"Content-Type": "text/plain"}, expect=400)
    assert bad.json()["error"]["code"] == "ErrorMimeContentInvalidBase64String"


def test_a_deleted_draft_lies_in_deleted_items_and_deleted_again_is_gone(practice: PracticeServer) -> None:
    made = draft(practice)
    path = f"users/{practice.user('headteacher')}/messages/{made['id']}"
    practice.graph("DELETE", path, headers=IMMUTABLE, expect=204)
    assert [each["id"] for each in listed(practice, "headteacher", "deleteditems")] == [made["id"]]
    practice.graph("DELETE", path, headers=IMMUTABLE, expect=204)
    practice.graph("GET", path, headers=IMMUTABLE, expect=404)


def test_a_copy_is_another_mail_with_the_same_words(practice: PracticeServer) -> None:
    message = deliver(practice)
    path = f"users/{practice.user('reports')}/messages"
    copied = practice.graph(
        "POST", f"{path}/{message['id']}/copy", json={"destinationId": "archive"}, expect=201
    ).json()
    assert copied["id"] != message["id"]
    contents = [
        practice.graph("GET", f"{path}/{each}/$value", expect=200).content
        for each in (message["id"], copied["id"])
    ]
    assert contents[0] == contents[1]


def test_json_beyond_four_megabytes_is_refused(practice: PracticeServer) -> None:
    body = {"subject": "x", "body": {"contentType": "text", "content": "x" * (4 * 1024 * 1024)}}
    practice.graph("POST", f"users/{practice.user('reports')}/messages", json=body, expect=413)


def test_folders_are_found_by_well_known_name_in_any_letter_case(practice: PracticeServer) -> None:
    user = f"users/{practice.user('reports')}/mailFolders"
    ids = {
        practice.graph("GET", f"{user}/{name}", expect=200).json()["id"]
        for name in ("inbox", "Inbox", "INBOX")
    }
    assert len(ids) == 1
    child = practice.graph(
        "POST", f"{user}/inbox/childFolders", json={"displayName": "Done"}, expect=201
    ).json()
    assert child["parentFolderId"] in ids
    practice.graph("POST", f"{user}/inbox/childFolders", json={"displayName": "done"}, expect=409)
    (shown,) = practice.graph("GET", f"{user}/inbox/childFolders", expect=200).json()["value"]
    assert shown["id"] == child["id"]


def test_a_category_is_created_once(practice: PracticeServer) -> None:
    path = f"users/{practice.user('headteacher')}/outlook/masterCategories"
    made = practice.graph(
        "POST", path, json={"displayName": "Casework", "color": "preset3"}, expect=201
    ).json()
    assert (made["displayName"], made["color"]) == ("Casework", "preset3")
    practice.graph("POST", path, json={"displayName": "casework"}, expect=409)
    assert len(practice.graph("GET", path, expect=200).json()["value"]) == 1
