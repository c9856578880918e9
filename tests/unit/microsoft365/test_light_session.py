"""The short way to Graph sends what the long way sends, in the same form."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter

from connectors.microsoft365.environment import looked_up_once
from connectors.microsoft365.light_session import LightSession

PLACE = "https://graph.microsoft.com/v1.0/users/office@tillbrook.example/messages?$deltatoken=a%2Bb c"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[requests.PreparedRequest]:
    """What goes to the line; the answer is a redirect where the address asks for one."""
    requested: list[requests.PreparedRequest] = []

    def send(adapter: HTTPAdapter, request: requests.PreparedRequest, **_: Any) -> requests.Response:
        requested.append(request)
        answer = requests.Response()
        answer.status_code = 302 if str(request.url).endswith("/redirect") else 200
        answer.headers["Location"] = "https://download.example/file"
        answer._content = b"{}"
        answer.request, answer.url = request, str(request.url)
        return answer

    monkeypatch.setattr(HTTPAdapter, "send", send)
    return requested


def in_words(request: requests.PreparedRequest) -> tuple[object, ...]:
    return request.method, request.url, dict(request.headers), request.body


@pytest.mark.parametrize(
    ("method", "given"),
    [
        ("get", {"headers": {"Prefer": "odata.maxpagesize=100"}}),
        ("get", {"params": {"$filter": "subject eq 'Thé & cakes'", "$top": "5"}, "headers": {}}),
        ("post", {"data": '{"a": 1}', "headers": {"Content-type": "application/json"}}),
        ("post", {"data": None, "headers": {"Content-type": "application/json"}}),
        ("put", {"data": b"\x00\x01", "headers": {"Content-type": "application/octet-stream"}}),
        ("put", {"data": b"", "headers": {"Content-type": "application/octet-stream"}}),
        ("delete", {"headers": {"If-Match": 'W/"1"'}}),
    ],
)
def test_what_is_sent_is_the_same(
    sent: list[requests.PreparedRequest], method: str, given: dict[str, Any]
) -> None:
    long = looked_up_once(requests.Session())
    long.headers["Authorization"] = "Bearer token"
    short = looked_up_once(LightSession(long))

    for session in (long, short):
        session.request(method, PLACE, allow_redirects=False, verify="practice-ca.pem", timeout=5, **given)

    assert in_words(sent[0]) == in_words(sent[1])


def test_a_redirect_is_followed_only_where_that_is_wished(sent: list[requests.PreparedRequest]) -> None:
    session = looked_up_once(LightSession(requests.Session()))
    address = "https://graph.microsoft.com/v1.0/redirect"

    assert session.request("get", address, allow_redirects=False).status_code == 302
    assert session.request("get", address).url == "https://download.example/file"


def test_the_token_of_every_request_is_not_put_in_words() -> None:
    session = LightSession(requests.Session())
    session.headers["Authorization"] = "Bearer secret"

    assert "secret" not in f"{session.headers!r}"
