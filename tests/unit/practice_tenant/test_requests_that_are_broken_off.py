"""A client that dies in the middle of its request has asked for nothing: no half file, no empty mail."""

from __future__ import annotations

import socket
import ssl
import time
from urllib.parse import urlsplit

import pytest

from tests.practice import PracticeServer

BODY = b"what was said"


def begun(server: PracticeServer, method: str, path: str, *, sent: bytes) -> None:
    """Promise a body, send this much of it, and be gone."""
    root = urlsplit(server.facts["graph_root"])
    head = (
        f"{method} /v1.0/{path} HTTP/1.1\r\nHost: {root.netloc}\r\nAuthorization: Bearer {server.visitor_token()}\r\n"
        f"Content-Type: text/plain\r\nContent-Length: {len(BODY)}\r\n\r\n"
    )
    context = ssl.create_default_context(cafile=server.ca_file)
    with (
        socket.create_connection((root.hostname or "", root.port or 0), timeout=10) as line,
        context.wrap_socket(line, server_hostname=root.hostname) as secure,
    ):
        secure.sendall(head.encode() + sent)
        time.sleep(0.2)  # so that the tenant has begun to read


@pytest.mark.parametrize("sent", [b"", BODY[:5]], ids=["nothing of it", "a part of it"])
def test_a_file_of_which_only_a_part_came_is_not_there(server: PracticeServer, sent: bytes) -> None:
    drive = f"users/{server.user('office')}/drive"
    begun(server, "PUT", f"{drive}/root:/half.txt:/content", sent=sent)

    answer = server.graph("GET", f"{drive}/root:/half.txt")

    assert answer.status_code == 404


def test_a_file_that_came_whole_is_there_though_nobody_waits_for_the_answer(server: PracticeServer) -> None:
    drive = f"users/{server.user('office')}/drive"
    begun(server, "PUT", f"{drive}/root:/whole.txt:/content", sent=BODY)

    answer = server.graph("GET", f"{drive}/root:/whole.txt")

    assert answer.json()["size"] == len(BODY)
