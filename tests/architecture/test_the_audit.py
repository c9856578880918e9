"""`scripts/audit` fails for a package with a known weakness, and only says so where it cannot ask."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.architecture.source_code import ROOT

ADVISORY = {
    "id": "PYSEC-2099-1",
    "modified": "2099-01-01T00:00:00Z",
    "published": "2099-01-01T00:00:00Z",
    "summary": "An invented weakness.",
    "affected": [],
}

pytestmark = pytest.mark.skipif(
    shutil.which("uv") is None or not (ROOT / "uv.lock").exists(),
    reason="the audit needs uv and its lock file",
)


@contextmanager
def advisories(*, weak: str) -> Iterator[str]:
    """A database of advisories that knows one weakness of one package, or none."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
            found = {"vulns": [{"id": ADVISORY["id"], "modified": ADVISORY["modified"]}]}
            self._say({"results": [found if query["package"]["name"] == weak else {} for query in asked]})

        def do_GET(self) -> None:
            self._say(ADVISORY)

        def _say(self, answer: object) -> None:
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def audit(url: str) -> subprocess.CompletedProcess[str]:
    command = [str(ROOT / "scripts" / "audit"), "--service-url", url]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_a_package_with_a_known_weakness_fails_the_check_and_is_named() -> None:
    with advisories(weak="jinja2") as url:
        said = audit(url)

    assert said.returncode == 1
    assert "jinja2" in said.stdout
    assert "scripts/pin --upgrade" in said.stdout


def test_packages_without_one_pass() -> None:
    with advisories(weak="") as url:
        said = audit(url)

    assert said.returncode == 0, said.stdout
    assert said.stdout.strip() == "Packages: no known weakness."


def test_without_a_way_to_the_advisories_it_says_so_and_fails_nothing() -> None:
    said = audit("http://127.0.0.1:9/")

    assert said.returncode == 0, said.stdout
    assert "not audited" in said.stdout
