"""Every refusal becomes an error named after its remedy, and none of them names a person."""

from __future__ import annotations

import pytest
import requests

from casework.errors import (
    AlreadyThereError,
    ChangedMeanwhileError,
    ConnectorError,
    CursorExpiredError,
    NotPermittedError,
    NotThereError,
    PermanentConnectorError,
    SignInError,
    TemporaryConnectorError,
)
from connectors.microsoft365.failures import failure_of_line, failure_of_response
from connectors.microsoft365.sign_in import trouble

ADDRESS = "a.parent@example.org"


def refusal(status: int, code: str = "", message: str = "", **more: object) -> ConnectorError:
    response = requests.Response()
    response.status_code = status
    response.headers["Retry-After"] = str(more.get("retry_after", ""))
    body = {"error": {"code": code, "message": f"{message} {ADDRESS}", "innerError": more.get("inner", {})}}
    response._content = requests.compat.json.dumps(body).encode()
    response.request = requests.Request(
        "GET", f"https://graph.example/v1.0/users/{ADDRESS}/messages"
    ).prepare()
    return failure_of_response(response, repeatable=bool(more.get("repeatable", True)))


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, "syncStateNotFound", CursorExpiredError),
        (404, "resyncRequired", CursorExpiredError),
        (410, "resyncChangesApplyDifferences", CursorExpiredError),
        (410, "", CursorExpiredError),
        (401, "InvalidAuthenticationToken", SignInError),
        (403, "ErrorAccessDenied", NotPermittedError),
        (403, "", NotPermittedError),
        (404, "ErrorItemNotFound", NotThereError),
        (404, "MailboxNotEnabledForRESTAPI", NotThereError),
        (400, "ErrorInvalidIdMalformed", NotThereError),
        (409, "nameAlreadyExists", AlreadyThereError),
        (409, "ErrorFolderExists", AlreadyThereError),
        (409, "resourceModified", ChangedMeanwhileError),
        (412, "", ChangedMeanwhileError),
        (412, "ErrorIrresolvableConflict", ChangedMeanwhileError),
        (413, "", PermanentConnectorError),
        (507, "quotaLimitReached", PermanentConnectorError),
        (501, "notImplemented", PermanentConnectorError),
        (408, "", TemporaryConnectorError),
        (423, "resourceLocked", TemporaryConnectorError),
        (429, "", TemporaryConnectorError),
        (500, "", TemporaryConnectorError),
        (504, "", TemporaryConnectorError),
    ],
)
def test_each_refusal_has_its_remedy(status: int, code: str, kind: type[ConnectorError]) -> None:
    error = refusal(status, code)
    assert type(error) is kind
    assert (error.status, error.code) == (status, code)
    assert ADDRESS not in str(error)


@pytest.mark.parametrize(
    "message",
    [
        "The list item could not be added because duplicate values were found in the following field(s).",
        "One or more fields with unique constraints already has the provided value.",
    ],
)
def test_a_value_that_must_be_unique_is_already_there(message: str) -> None:
    assert isinstance(refusal(400, "invalidRequest", message), AlreadyThereError)


@pytest.mark.parametrize(
    "message",
    [
        "Field 'NextStep' is not recognized",
        "Column 'NextStep' unrecognised",
        "Field 'NextStep' not recognized",
    ],
)
def test_an_unknown_column_is_named(message: str) -> None:
    assert "no column NextStep" in str(refusal(400, "invalidRequest", message))


def test_the_inner_code_is_the_finer_one() -> None:
    error = refusal(400, "invalidRequest", inner={"code": "nameAlreadyExists"})
    assert isinstance(error, AlreadyThereError)


def test_a_wrong_address_of_a_parent_says_where_to_correct_it() -> None:
    assert "Correct the address" in str(refusal(400, "ErrorInvalidRecipients"))


@pytest.mark.parametrize(
    ("status", "retry_after", "unknown"),
    [(429, "", False), (423, "", False), (503, "3", False), (503, "", True), (500, "3", True)],
)
def test_what_was_turned_away_at_the_door_was_not_carried_out(
    status: int, retry_after: str, unknown: bool
) -> None:
    error = refusal(status, retry_after=retry_after, repeatable=False)
    assert isinstance(error, TemporaryConnectorError)
    assert error.outcome_unknown is unknown


@pytest.mark.parametrize(
    ("said", "waits"), [("999999999", 3600.0), ("-5", 0.0), ("inf", None), ("nan", None)]
)
def test_a_mistaken_retry_after_silences_no_school_for_longer_than_an_hour(
    said: str, waits: float | None
) -> None:
    error = refusal(429, retry_after=said)
    assert isinstance(error, TemporaryConnectorError)
    assert error.retry_after == waits


def test_a_retry_after_that_is_a_date_is_not_guessed_at() -> None:
    error = refusal(429, retry_after="Mon, 23 Nov 2026 09:00:00 GMT")
    assert isinstance(error, TemporaryConnectorError)
    assert error.retry_after is None


def test_an_answer_that_is_none_of_graphs_still_has_a_remedy() -> None:
    response = requests.Response()
    response.status_code = 403
    response._content = b"<html>Blocked by the school's filter</html>"
    response.request = requests.Request("GET", "https://graph.example/").prepare()
    assert isinstance(failure_of_response(response, repeatable=True), NotPermittedError)


@pytest.mark.parametrize(
    ("host", "told"),
    [("localhost:8443", "uv run schedule.py"), ("graph.example", "Check the network, the proxy")],
)
def test_where_nobody_answers_the_remedy_is_the_practice_schools_or_a_real_ones(host: str, told: str) -> None:
    silence = requests.exceptions.ConnectTimeout()
    asked = failure_of_line(silence, url=f"https://{host}/v1.0/users", repeatable=True)
    signing_in = trouble(silence, login_root=f"https://{host}")
    for error in (asked, signing_in):
        assert str(error).startswith(f"{host} cannot be reached")
        assert told in str(error)
