"""A sign-in that is refused needs a person; a sign-in service that has trouble is asked again."""

from __future__ import annotations

from typing import Any

import msal
import pytest
import requests

from casework.errors import SignInError, TemporaryConnectorError
from connectors.microsoft365.sign_in import application_token, trouble


class Client:
    """What MSAL gives back, whatever it is asked for."""

    def __init__(self, answer: dict[str, Any] | None) -> None:
        self._answer = answer

    def acquire_token_for_client(self, scopes: list[str]) -> dict[str, Any] | None:
        return self._answer


@pytest.mark.parametrize(
    "answer",
    [
        {"error": "temporarily_unavailable"},
        {"error": "server_error", "error_description": "AADSTS90036: an unexpected error"},
        {"error": "invalid_request", "error_description": "AADSTS90033: A transient error has occurred."},
        {"error": "invalid_request", "error_codes": [90055], "error_description": ""},
        {"error": {"code": "TooManyRequests", "message": "from a gateway in between"}},
    ],
)
def test_trouble_that_passes_is_tried_again(answer: dict[str, Any]) -> None:
    with pytest.raises(TemporaryConnectorError, match="tries again by itself"):
        application_token(Client(answer))


@pytest.mark.parametrize(
    ("answer", "remedy"),
    [
        ({"error": "invalid_client", "error_codes": [7000215]}, "Copy its value"),
        ({"error": "invalid_client", "error_description": "AADSTS7000222: expired"}, "Make a new one"),
        ({"error": "invalid_client"}, "run casework doctor"),
        ({}, "run casework doctor"),
        (None, "run casework doctor"),
    ],
)
def test_a_refusal_names_what_to_do(answer: dict[str, Any] | None, remedy: str) -> None:
    with pytest.raises(SignInError, match=remedy):
        application_token(Client(answer))


class Discovery:
    """Answers MSAL's question for the tenant, or what stands in between does."""

    def __init__(self, status: int, content: str) -> None:
        self._answer = requests.Response()
        self._answer.status_code = status
        self._answer._content = content.encode()  # there is no other way to make one

    def get(self, _: str, **_more: object) -> requests.Response:
        return self._answer

    def close(self) -> None: ...


def what_becomes_of(status: int, content: str) -> Exception:
    root = "https://login.microsoftonline.com"
    try:
        msal.ConfidentialClientApplication(
            "an application",
            authority=f"{root}/tillbrook.example",
            client_credential="a secret",
            instance_discovery=False,
            http_client=Discovery(status, content),
        ).acquire_token_for_client(scopes=["https://graph.microsoft.com/.default"])
    except (ValueError, requests.RequestException) as error:
        return trouble(error, login_root=root)
    raise AssertionError("it was let in")


@pytest.mark.parametrize(
    ("status", "content"),
    [
        (429, '{"error": "too many requests"}'),
        (403, "<html>This page was blocked by the school's filter</html>"),
        (407, "<html>The proxy wants a password</html>"),
        (408, ""),
        (200, "<html>Please sign in to the network</html>"),
    ],
)
def test_a_busy_service_or_a_filter_in_between_does_not_stop_casework_for_good(
    status: int, content: str
) -> None:
    """A refused sign-in ends the service until a person comes; this passes by itself."""
    assert isinstance(what_becomes_of(status, content), TemporaryConnectorError)


def test_a_tenant_that_does_not_exist_needs_a_person() -> None:
    error = what_becomes_of(400, '{"error": "invalid_tenant", "error_description": "AADSTS90002"}')

    assert isinstance(error, SignInError)
    assert "Check tenant_id" in str(error)
