"""A client's own address that the practice tenant notifies, for tests of subscriptions."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.practice import PracticeServer

LONG_ENOUGH = 60.0


class Listener:
    """What arrived; `answers` are the statuses to give to notifications first, 202 afterwards."""

    def __init__(self) -> None:
        self.url = ""
        self.handshakes: list[str] = []
        self.told: list[dict[str, Any]] = []
        self.answers: list[int] = []
        self.shakes_hands = True

    def wait_for(self, practice: PracticeServer, number: int) -> list[dict[str, Any]]:
        """Wait until so many notifications arrived; asking the tenant keeps it at work."""
        limit = time.monotonic() + LONG_ENOUGH
        while len(self.told) < number and time.monotonic() < limit:
            practice.practice("GET", "clock")
            time.sleep(0.05)
        assert len(self.told) >= number, f"only {len(self.told)} of {number} notifications came"
        return self.told


@contextmanager
def listening() -> Iterator[Listener]:
    """A listener on loopback."""
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            token = parse_qs(urlsplit(self.path).query).get("validationToken")
            if token is not None:
                listener.handshakes.append(token[0])
                self._answer(200, (token[0] if listener.shakes_hands else "what?").encode())
                return
            status = listener.answers.pop(0) if listener.answers else 202
            if status < 300:
                listener.told += json.loads(body)["value"]
            self._answer(status, b"")

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Tests speak for themselves."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    listener.url = f"http://127.0.0.1:{server.server_address[1]}/told"
    try:
        yield listener
    finally:
        server.shutdown()
        server.server_close()
