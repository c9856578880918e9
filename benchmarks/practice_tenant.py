"""What the practice tenant costs: start, memory, an idle delta, and a hundred messages read as MIME.

    uv run python benchmarks/practice_tenant.py [--messages 5000] [--documents 2000]

Each figure stands beside a floor measured in the same run: a plain starlette application, behind the same server and
TLS, that answers the very same bytes.
"""

from __future__ import annotations

import argparse
import os
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from email.message import EmailMessage
from functools import partial
from pathlib import Path

import requests
from requests.adapters import HTTPAdapter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.practice import PracticeServer

_ROUNDS = 200
_FLOOR = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
body = open(sys.argv[2], "rb").read()
async def answer(request):
    return Response(body, media_type="application/json")
application = Starlette(routes=[Route("/{rest:path}", answer)])
uvicorn.run(application, host="127.0.0.1", port=int(sys.argv[1]), http="h11", loop="asyncio", lifespan="off",
            log_level="critical", access_log=False, timeout_graceful_shutdown=1, ssl_certfile=sys.argv[3])
"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--messages", type=int, default=5000)
    parser.add_argument("--documents", type=int, default=2000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder) / "state"
        state.mkdir()
        started = _started(state)
        print(f"start of a fresh school: {started:.2f} s (wanted: 2 s)")
        with PracticeServer(state) as tenant:
            _fill(tenant, options.messages, options.documents)
            print(
                f"memory with {options.messages} messages and {options.documents} documents: {_memory(tenant)} MB "
                "(wanted: below 120)"
            )
            _idle_delta(tenant, Path(folder))
            _hundred_messages(tenant, Path(folder))


def _started(state: Path) -> float:
    begun = time.perf_counter()
    with PracticeServer(state):
        return time.perf_counter() - begun


def _fill(tenant: PracticeServer, messages: int, documents: int) -> None:
    to = tenant.user("reports")
    for number in range(messages):
        tenant.deliver(_mail(number, 300), sender="a@parents.example", to=to)
    drive = tenant.facts["office_drive_id"]
    content = os.urandom(8_000)
    for number in range(documents):
        path = f"drives/{drive}/root:/Policies/{number % 40}/policy {number}.docx:/content"
        tenant.graph("PUT", path, data=content, expect=201)


def _mail(number: int, attachment: int) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Invented Parent <a@parents.example>", "reports@tillbrook.example"
    mail["Subject"], mail["Message-ID"] = f"Report {number}", f"<{number}.{attachment}@parents.example>"
    mail.set_content("Please look at this.\n" * 20)
    for name in ("screen one.png", "screen two.png"):
        mail.add_attachment(os.urandom(attachment), maintype="image", subtype="png", filename=name)
    return mail.as_bytes()


def _memory(tenant: PracticeServer) -> int:
    status = Path(f"/proc/{tenant.process_id}/status").read_text(encoding="ascii")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) // 1024


def _idle_delta(tenant: PracticeServer, folder: Path) -> None:
    link = f"users/{tenant.user('reports')}/mailFolders/inbox/messages/delta?$select=id"
    answer = tenant.graph("GET", link, headers={"Prefer": "odata.maxpagesize=500"}).json()
    while "@odata.nextLink" in answer:
        answer = tenant.graph("GET", answer["@odata.nextLink"]).json()
    for what, delta in (("mail", answer["@odata.deltaLink"]), ("drive", _drive_link(tenant))):
        body = tenant.graph("GET", delta).content
        cost = _cpu(tenant.process_id, partial(tenant.graph, "GET", delta, expect=200))
        with _floor(tenant, folder, body) as (process, ask):
            floor = _cpu(process, ask)
        print(
            f"idle {what} delta: {cost:.2f} ms of CPU (wanted: below 3), floor {floor:.2f} ms, "
            f"ratio {cost / floor:.1f}"
        )


def _drive_link(tenant: PracticeServer) -> str:
    answer = tenant.graph("GET", f"drives/{tenant.facts['office_drive_id']}/root/delta?token=latest").json()
    return str(answer["@odata.deltaLink"])


def _hundred_messages(tenant: PracticeServer, folder: Path) -> None:
    box = tenant.user("office")
    for number in range(100):
        tenant.deliver(_mail(number, 60_000), sender="a@parents.example", to=box)
    listed = tenant.graph("GET", f"users/{box}/mailFolders/inbox/messages?$top=100&$select=id").json()[
        "value"
    ]
    token = tenant.visitor_token()
    addresses = [
        f"{tenant.facts['graph_root']}v1.0/users/{box}/messages/{message['id']}/$value" for message in listed
    ]
    seconds, size = _read_all(tenant.ca_file, token, addresses)
    body = tenant.graph("GET", addresses[0]).content
    with _floor(tenant, folder, body) as (_, _ask):
        floor, _ = _read_all(
            tenant.ca_file, token, [f"{_floor_root(tenant)}{number}" for number in range(100)]
        )
    print(
        f"a hundred messages with two attachments, {size / 1e6:.1f} MB of MIME, four at once: {seconds:.2f} s "
        f"(wanted: 1 s), floor {floor:.2f} s, ratio {seconds / floor:.1f}"
    )


def _read_all(ca_file: str, token: str, addresses: list[str]) -> tuple[float, int]:
    session = requests.Session()
    session.mount("https://", HTTPAdapter(pool_maxsize=4))

    def read(address: str) -> int:
        headers = {"Authorization": f"Bearer {token}"}
        answer = session.get(address, headers=headers, verify=ca_file, timeout=60)
        answer.raise_for_status()
        return len(answer.content)

    begun = time.perf_counter()
    with ThreadPoolExecutor(4) as pool:
        size = sum(pool.map(read, addresses))
    return time.perf_counter() - begun, size


def _cpu(process: int, ask: Callable[[], object]) -> float:
    """Milliseconds of the server's CPU for one request, over many."""
    ask()
    before = _used(process)
    for _ in range(_ROUNDS):
        ask()
    return (_used(process) - before) / _ROUNDS * 1000


def _used(process: int) -> float:
    words = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def _floor_root(tenant: PracticeServer) -> str:
    return f"https://localhost:{tenant.facts['port'] + 1}/"


@contextmanager
def _floor(tenant: PracticeServer, folder: Path, body: bytes) -> Iterator[tuple[int, Callable[[], object]]]:
    """A plain application that answers these bytes, with the tenant's certificate."""
    script, content = folder / "floor.py", folder / "body"
    script.write_text(_FLOOR, encoding="utf-8")
    content.write_bytes(body)
    certificate = next(path for path in tenant.state.glob("*.pem") if _has_key(path))
    port = str(tenant.facts["port"] + 1)
    process = subprocess.Popen([sys.executable, str(script), port, str(content), str(certificate)])
    session = requests.Session()
    try:
        for _ in range(200):
            try:
                session.get(_floor_root(tenant), verify=tenant.ca_file, timeout=10)
                break
            except (requests.ConnectionError, ssl.SSLError):
                time.sleep(0.05)
        yield process.pid, lambda: session.get(_floor_root(tenant), verify=tenant.ca_file, timeout=10)
    finally:
        session.close()
        process.terminate()
        process.wait(10)


def _has_key(path: Path) -> bool:
    return b"PRIVATE KEY" in path.read_bytes() and b"BEGIN CERTIFICATE" in path.read_bytes()


if __name__ == "__main__":
    main()
