"""A request is answered the same however a client writes it, and what no client may write is refused."""

from __future__ import annotations

import socket
import ssl
from contextlib import closing

import pytest

from tests.practice import PracticeServer

_HOST = b"Host: localhost\r\n"
_CLOCK = b'{"now": "2026-11-24T10:00:00+00:00"}'
_GET = b"GET /practice/clock HTTP/1.1\r\n" + _HOST + b"\r\n"
_PUT = b"PUT /practice/clock HTTP/1.1\r\n" + _HOST + b"Content-Length: %d\r\n\r\n%s" % (len(_CLOCK), _CLOCK)
_CHUNKED = (
    b"PUT /practice/clock HTTP/1.1\r\n"
    + _HOST
    + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(_CLOCK), _CLOCK)
)
_CLOSING = _GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
_SENTENCE = b'{"now": "2026-11-24T10:0'


def _connected(tenant: PracticeServer) -> ssl.SSLSocket:
    context = ssl.create_default_context(cafile=tenant.ca_file)
    line = socket.create_connection(("127.0.0.1", int(tenant.facts["port"])), timeout=20)
    return context.wrap_socket(line, server_hostname="localhost")


def _heard(tenant: PracticeServer, *pieces: bytes) -> bytes:
    """Everything that the tenant says on one connection; the last piece must ask it to close."""
    with closing(_connected(tenant)) as connection:
        for piece in pieces:
            connection.sendall(piece)
        heard = b""
        while said := connection.recv(65_536):
            heard += said
    return heard


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param((_PUT, _CLOSING), id="one after the other"),
        pytest.param((_PUT + _CLOSING,), id="both at once"),
        pytest.param((*(bytes([each]) for each in _PUT), _CLOSING), id="a letter at a time"),
        pytest.param((_PUT.replace(b"\r\n", b"\n"), _CLOSING), id="lines that end as on Unix"),
        pytest.param((_CHUNKED, _CLOSING), id="a body in chunks"),
        pytest.param((_PUT + _CHUNKED + _CLOSING,), id="every way at once"),
        pytest.param((_CHUNKED, _PUT, _CLOSING), id="a body in chunks, and plainly again"),
        pytest.param((_CHUNKED + _PUT + _CHUNKED, _PUT, _CLOSING), id="every way by turns"),
    ],
)
def test_the_clock_is_set_and_read_however_a_client_writes(
    practice: PracticeServer, pieces: tuple[bytes, ...]
) -> None:
    heard = _heard(practice, *pieces)

    asked = b"".join(pieces).count(b" /practice/clock HTTP/1.1")
    assert heard.count(b"HTTP/1.1 200 OK\r\n") == asked
    assert heard.count(_SENTENCE) == asked


def test_requests_that_came_together_are_answered_in_turn_though_the_first_takes_its_time(
    practice: PracticeServer,
) -> None:
    practice.set_faults(
        {"method": "GET", "path": "*/users/nobody", "fault": "slow", "seconds": 0.2, "times": 1}
    )
    slow = b"GET /v1.0/users/nobody HTTP/1.1\r\n" + _HOST + b"\r\n"

    heard = _heard(practice, slow + _PUT, _PUT + _CLOSING)

    assert heard.startswith(b"HTTP/1.1 401 Unauthorized\r\n")
    assert heard.count(_SENTENCE) == 3


def test_a_client_that_goes_away_while_it_waits_leaves_the_tenant_at_work(practice: PracticeServer) -> None:
    practice.set_faults(
        {"method": "GET", "path": "*/users/nobody", "fault": "slow", "seconds": 0.2, "times": 1}
    )
    with closing(_connected(practice)) as connection:
        connection.sendall(b"GET /v1.0/users/nobody HTTP/1.1\r\n" + _HOST + b"\r\n")

    assert _heard(practice, _PUT, _CLOSING).count(_SENTENCE) == 2


def test_a_client_that_waits_to_be_told_to_go_on_is_told(practice: PracticeServer) -> None:
    head, body = _PUT.split(b"\r\n\r\n")

    heard = _heard(practice, head + b"\r\nExpect: 100-continue\r\n\r\n", body, _CLOSING)

    assert heard.startswith(b"HTTP/1.1 100 Continue\r\n")
    assert heard.count(_SENTENCE) == 2


@pytest.mark.parametrize(
    "request_of_a_stranger",
    [
        pytest.param(b"GET /practice/clock HTTP/1.1\r\n\r\n", id="no host"),
        pytest.param(_GET.replace(b"Host", b"A Host"), id="a name of two words"),
        pytest.param(_GET.replace(b"localhost", b"local\0host"), id="a sign that no header holds"),
        pytest.param(_PUT.replace(b"Content", b"Content-Length: 3\r\nContent"), id="two lengths"),
        pytest.param(_PUT.replace(b"Length: ", b"Length: -"), id="less than nothing"),
        pytest.param(b"\x16\x03\x01 hello", id="no request at all"),
    ],
)
def test_what_is_no_request_is_refused_and_the_line_cut(
    practice: PracticeServer, request_of_a_stranger: bytes
) -> None:
    heard = _heard(practice, request_of_a_stranger)

    assert heard.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert b"\r\nConnection: close\r\n" in heard
