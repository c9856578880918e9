"""A door on loopback through which Prometheus on the same machine reads how a school's Casework is."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from casework.errors import CaseworkError, JournalError
from casework.metrics import exposition
from offices.machine_clock import machine_now
from offices.office import Office
from offices.status import status_of

LOOPBACK = "127.0.0.1"
_FORMAT = "text/plain; version=0.0.4; charset=utf-8"


@contextmanager
def metrics_door(office: Office) -> Iterator[None]:
    """Open the door while the service runs, if the settings ask for it.

    Raises:
        JournalError: the port is taken; says so.
    """
    port = office.settings.monitoring.metrics_port
    if not port:
        yield
        return
    try:
        server = _Door((LOOPBACK, port), office)
    except OSError as error:
        raise JournalError(
            f"The port {port} for metrics cannot be opened ({error.strerror}). "
            "Choose another metrics_port under [monitoring], or 0 for none."
        ) from error
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


class _Door(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], office: Office) -> None:
        super().__init__(address, _Answers)
        self.office = office
        self.names = {f"{name}:{address[1]}" for name in (LOOPBACK, "localhost")}


class _Answers(BaseHTTPRequestHandler):
    server_version, sys_version = "Casework", ""
    server: _Door
    protocol_version = "HTTP/1.1"
    timeout = 10

    def do_GET(self) -> None:
        if self.headers.get("Host") not in self.server.names:
            # a page of the internet whose name somebody has made point here
            self._say(421, "Ask 127.0.0.1.\n")
        elif self.path != "/metrics":
            self._say(404, "There is /metrics only.\n")
        else:
            self._tell()

    def _tell(self) -> None:
        office = self.server.office
        try:
            status = status_of(office.settings, journal=office.journal)
        except CaseworkError:
            self._say(503, "The journal cannot be read. Run: casework status\n")
            return
        self._say(200, exposition(status, today=office.school.today(machine_now())))

    def _say(self, code: int, text: str) -> None:
        body = text.encode()
        self.send_response(code)
        self.send_header("Content-Type", _FORMAT)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """A monitor asks every minute: that is no news."""
