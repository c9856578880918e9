"""The short way to Graph sends what the long way sends, in the same form."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import requests
from hypothesis import example, given
from hypothesis import strategies as st
from requests.adapters import HTTPAdapter

from connectors.microsoft365.environment import looked_up_once
from connectors.microsoft365.light_session import LightSession, address_of

PLACE = "https://graph.microsoft.com/v1.0/users/office@tillbrook.example/messages?$deltatoken=a%2Bb c"


_SIGNS = "aZ09-._~!$&'()*+,;=:@/?#[]{} é\\\"<>|^`\n"
_PIECES = [*_SIGNS, "/./", "/../", "%", *(f"%{number:02X}" for number in range(0x20, 0x100)), "%7e", "%c3"]
_WRITTEN = st.lists(st.sampled_from(_PIECES), max_size=12).map("".join) | st.text(max_size=20).map(quote)


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


@given(
    place=st.sampled_from(["", ":443", ":60000", ":0443"]),
    path=_WRITTEN,
    query=st.none() | _WRITTEN,
    params=st.dictionaries(st.text("$selct@.", max_size=6), st.text(_SIGNS + "&", max_size=12), max_size=3),
)
@example(
    place="",
    path="drives/b!x/root:/Case%20file/Timeline.docx:/content",
    query="a=b",
    params={"$select": "id,name"},
)
@example(place="", path="a/../b/./c", query=None, params={})
@example(place="", path="a%7Eb", query=None, params={"$filter": "x eq 'é+&'"})
@example(place="", path="a%2Eb", query="%2D", params={"$top": "5"})
def test_an_address_is_the_one_that_requests_would_make(
    place: str, path: str, query: str | None, params: dict[str, str]
) -> None:
    url = f"https://graph.microsoft.com{place}/v1.0/{path}" + ("" if query is None else f"?{query}")
    made = requests.PreparedRequest()
    made.prepare_url(url, params)

    assert address_of.__wrapped__(url, tuple(params.items())) == made.url


def test_a_connection_is_asked_for_once_and_again_when_it_was_closed() -> None:
    adapter: Any = LightSession(requests.Session()).get_adapter("https://graph.microsoft.com/")
    request, elsewhere = requests.PreparedRequest(), requests.PreparedRequest()
    request.url, elsewhere.url = PLACE, "https://download.example/file"

    def connected(to: requests.PreparedRequest, verify: bool | str = True, **more: Any) -> Any:
        return adapter.get_connection_with_tls_context(to, verify, **more)

    first = connected(request)
    assert connected(request) is first
    assert connected(elsewhere) is not first
    assert connected(request, "practice-ca.pem") is not first
    assert connected(request, proxies={"https": "http://proxy.example:8080"}).proxy is not None
    assert connected(request).proxy is None

    adapter.close()

    assert connected(request) is not first


def test_each_connection_checks_certificates_in_its_own_way(tmp_path: Path) -> None:
    adapter: Any = LightSession(requests.Session()).get_adapter("https://graph.microsoft.com/")
    request = requests.PreparedRequest()
    request.url = PLACE
    file = tmp_path / "practice-ca.pem"
    file.touch()

    for verify in (str(file), True, False, str(file)):
        connection = adapter.get_connection_with_tls_context(request, verify)
        adapter.cert_verify(connection, PLACE, verify, None)
        assert connection.cert_reqs == ("CERT_REQUIRED" if verify else "CERT_NONE")
        assert (connection.ca_certs == str(file)) is (verify == str(file))
    with pytest.raises(OSError, match="no-such-file"):
        adapter.cert_verify(
            adapter.get_connection_with_tls_context(request, "no-such-file"), PLACE, "no-such-file", None
        )
