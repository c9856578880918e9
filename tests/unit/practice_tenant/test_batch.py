"""$batch: several requests in one, each with its own status, in the order that they depend on each other."""

from base64 import b64decode
from typing import Any

import pytest

from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import deliver, draft

JSON = {"Content-Type": "application/json"}


def _batch(practice: PracticeServer, *steps: dict[str, Any], **more: Any) -> dict[str, dict[str, Any]]:
    answer = practice.graph("POST", "$batch", json={"requests": list(steps)}, expect=200, **more).json()
    return {each["id"]: each for each in answer["responses"]}


def test_each_request_has_its_own_status_headers_and_body(practice: PracticeServer) -> None:
    user = f"/users/{practice.user('office')}"
    answers = _batch(
        practice,
        {"id": "1", "method": "GET", "url": f"{user}/mailFolders/inbox?$select=displayName"},
        {"id": "2", "method": "GET", "url": f"{user}/messages/{'A' * 60}"},
        {"id": "3", "method": "POST", "url": f"{user}/messages", "body": {"subject": "x"}, "headers": JSON},
        {"id": "4", "method": "DELETE", "url": f"{user.lstrip('/')}/messages/nonsense"},
    )
    assert answers["1"]["body"]["displayName"] == "Inbox"
    assert answers["1"]["headers"]["Content-Type"].startswith("application/json")
    assert (answers["2"]["status"], answers["2"]["body"]["error"]["code"]) == (404, "ErrorItemNotFound")
    assert (answers["3"]["status"], answers["3"]["body"]["subject"]) == (201, "x")
    assert answers["4"]["status"] == 400


@pytest.mark.parametrize("subject", ["A post", "Zoë \N{HEAVY BLACK HEART}", 'a "b" \\u00e9', "tab\tand \x7f"])
def test_a_step_is_answered_in_the_very_words_that_it_is_answered_in_alone(
    practice: PracticeServer, subject: str
) -> None:
    mail = draft(practice, "office", subject=subject, immutable=False)
    url = f"users/{practice.user('office')}/messages/{mail['id']}"
    asked = {"requests": [{"id": "1", "method": "GET", "url": f"/{url}"}]}

    alone = practice.graph("GET", url, expect=200)
    together = practice.graph("POST", "$batch", json=asked, expect=200)

    assert together.json()["responses"][0]["body"] == alone.json()
    assert f'"body": {alone.text}}}]}}' in together.text


def test_me_is_the_person_who_asks(practice: PracticeServer) -> None:
    token = practice.user_token("teacher")
    answers = _batch(practice, {"id": "a", "method": "GET", "url": "/me"}, token=token)
    assert answers["a"]["body"]["mail"] == practice.user("teacher")


def test_what_is_no_json_comes_as_base64(practice: PracticeServer) -> None:
    message = deliver(practice)
    url = f"/users/{practice.user('reports')}/messages/{message['id']}/$value"
    answers = _batch(practice, {"id": "1", "method": "GET", "url": url})
    assert b"Subject: A post" in b64decode(answers["1"]["body"])


def test_a_step_waits_for_those_that_it_depends_on_and_fails_with_them(practice: PracticeServer) -> None:
    user = f"/users/{practice.user('office')}"
    answers = _batch(
        practice,
        {"id": "last", "method": "GET", "url": f"{user}/mailFolders", "dependsOn": ["made"]},
        {
            "id": "made",
            "method": "POST",
            "url": f"{user}/mailFolders",
            "body": {"displayName": "New"},
            "headers": JSON,
        },
        {"id": "broken", "method": "GET", "url": "/users/nobody@example.org/messages"},
        {"id": "held", "method": "GET", "url": user, "dependsOn": ["broken"]},
        {"id": "held too", "method": "GET", "url": user, "dependsOn": ["held"]},
    )
    assert "New" in {each["displayName"] for each in answers["last"]["body"]["value"]}
    assert [answers[each]["status"] for each in ("broken", "held", "held too")] == [404, 424, 424]


def test_trouble_strikes_a_single_step(practice: PracticeServer) -> None:
    practice.set_faults({"method": "GET", "path": "*/mailFolders", "fault": "429", "retry_after": 3})
    user = f"/users/{practice.user('office')}"
    answers = _batch(
        practice,
        {"id": "1", "method": "GET", "url": f"{user}/mailFolders"},
        {"id": "2", "method": "GET", "url": f"{user}/messages"},
    )
    assert (answers["1"]["status"], answers["1"]["headers"]["Retry-After"]) == (429, "3")
    assert answers["2"]["status"] == 200


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "Invalid batch payload format"),
        ({"requests": []}, "Invalid batch payload format"),
        (
            {"requests": [{"id": str(n), "method": "GET", "url": "/me"} for n in range(21)]},
            "exceeds the limit",
        ),
        (
            {
                "requests": [
                    {"id": "a", "method": "GET", "url": "/me"},
                    {"id": "A", "method": "GET", "url": "/me"},
                ]
            },
            "has to be unique",
        ),
        ({"requests": [{"method": "GET", "url": "/me"}]}, "required"),
        ({"requests": [{"id": "1", "method": "POST", "url": "/me/messages", "body": {}}]}, "Content-Type"),
        ({"requests": [{"id": "1", "method": "GET", "url": "/me", "dependsOn": ["2"]}]}, "depends on"),
        ({"requests": [{"id": "1", "method": "GET", "url": "https://example.org/"}]}, "relative"),
        ({"requests": [{"id": "1", "method": "POST", "url": "/$batch"}]}, "relative"),
        (
            {
                "requests": [
                    {"id": "1", "method": "GET", "url": "/me", "dependsOn": ["2"]},
                    {"id": "2", "method": "GET", "url": "/me", "dependsOn": ["1"]},
                ]
            },
            "circle",
        ),
    ],
)
def test_a_batch_that_microsoft_refuses_is_refused_whole(
    practice: PracticeServer, body: dict[str, Any], words: str
) -> None:
    error = practice.graph("POST", "$batch", json=body, expect=400).json()["error"]
    assert error["code"] == "BadRequest"
    assert words in error["message"]
