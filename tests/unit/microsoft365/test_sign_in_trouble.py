"""A sign-in that is refused needs a person; a sign-in service that has trouble is asked again."""

from __future__ import annotations

from typing import Any

import pytest

from casework.errors import SignInError, TemporaryConnectorError
from connectors.microsoft365.sign_in import application_token


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
