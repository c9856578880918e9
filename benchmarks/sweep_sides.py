"""What the benchmarks of sweeps are made of: a school to measure, what goes over its line, and the bare requests."""

from __future__ import annotations

import json
import ssl
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPSConnection
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import urllib3
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter

from tests.school import SchoolAtWork

SWEEPS = 15
CASES = 10


@dataclass(kw_only=True, slots=True)
class Line:
    """What went over the line during one sweep."""

    requests: list[PreparedRequest] = field(default_factory=list)
    sent: int = 0
    received: int = 0
    sizes: list[tuple[str, int, int]] = field(default_factory=list)

    def note(self, request: PreparedRequest, answer: Response) -> None:
        self.requests.append(request)
        sent = len(str(request.url)) + sum(len(k) + len(v) + 4 for k, v in request.headers.items())
        received = len(answer.content) + sum(len(k) + len(v) + 4 for k, v in answer.headers.items())
        self.sent += sent
        self.received += received
        self.sizes += carried_by(request, answer) or [(str(request.url), sent, received)]

    def of(self, counts: Callable[[str], bool]) -> tuple[int, int]:
        """Bytes sent and received with those addresses."""
        sizes = [(sent, received) for url, sent, received in self.sizes if counts(url)]
        return sum(sent for sent, _ in sizes), sum(received for _, received in sizes)


def carried_by(request: PreparedRequest, answer: Response) -> list[tuple[str, int, int]]:
    """Address and bytes, out and in, of each request that one of them carries."""
    if not str(request.url).endswith("/$batch"):
        return []
    asked = {step["id"]: step for step in json.loads(request.body or b"{}")["requests"]}
    came = {one["id"]: one for one in answer.json()["responses"]}
    return [
        (step["url"], len(json.dumps(step)), len(json.dumps(came.get(number, {}))))
        for number, step in asked.items()
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """Of one sweep, in milliseconds: the median of many."""

    wall: float
    processor: float


def prepare(school: SchoolAtWork) -> None:
    """Some cases, one with a letter that waits for the headteacher; then sweep until nothing is new."""
    for number in range(CASES):
        school.teacher_forwards(f"Post number {number} that somebody saw.")
    school.put_file(
        "policies", "Acceptable Use Policy.txt", b"Acceptable Use Policy\nNext review: March 2027\n"
    )
    school.works()
    school.staff_set(
        item=school.rows()[0]["item"], Parent="Mrs R Oakfield", ParentEmail="r.oakfield@parents.example"
    )
    school.staff_set(item=school.rows()[0]["item"], Target="school")
    for _ in range(3):
        school.works()


@contextmanager
def listening(line: Line) -> Iterator[None]:
    send = HTTPAdapter.send

    def heard(adapter: HTTPAdapter, request: PreparedRequest, **more: Any) -> Response:  # noqa: ANN401 - requests' own form
        answer = send(adapter, request, **more)
        line.note(request, answer)
        return answer

    with mock.patch.object(HTTPAdapter, "send", heard):
        yield


def bare(requests: list[PreparedRequest], ca_file: str) -> Callable[[], None]:
    pool = urllib3.PoolManager(ca_certs=ca_file)

    def ask() -> None:
        for request in requests:
            # with its body: a service waits for ever for one that its headers promise
            answer = pool.request(
                str(request.method), str(request.url), body=request.body, headers=dict(request.headers)
            )
            assert answer.status == 200, (answer.status, request.url)

    return ask


def barest(requests: list[PreparedRequest], ca_file: str) -> Callable[[], None]:
    """The same with Python's own http.client, over one connection that stays open."""
    place = urlsplit(str(requests[0].url))
    line = HTTPSConnection(place.netloc, context=ssl.create_default_context(cafile=ca_file))

    def ask() -> None:
        for request in requests:
            address = urlsplit(str(request.url))
            line.request(
                str(request.method),
                f"{address.path}?{address.query}",
                body=request.body,
                headers=dict(request.headers),
            )
            answer = line.getresponse()
            answer.read()
            assert answer.status == 200, (answer.status, request.url)

    return ask


def cost_of(
    work: Callable[[], object], *, before: Callable[[], object] = lambda: None, times: int = SWEEPS
) -> Cost:
    """Of the work alone, without what is done before it each time; the first time is not counted."""
    walls, processors = [], []
    before()
    work()
    for _ in range(times):
        before()
        wall, processor = time.perf_counter(), time.process_time()
        work()
        walls.append(1000 * (time.perf_counter() - wall))
        processors.append(1000 * (time.process_time() - processor))
    return Cost(wall=statistics.median(walls), processor=statistics.median(processors))


def resource_of(url: str, places: dict[str, Any]) -> str:
    """The watched thing in words."""
    if "/mailFolders/inbox/" in url:
        return "reporting mailbox"
    names = {number: f"list {name}" for name, number in places["lists"].items()}
    for name, number in places["drives"].items():
        drive = number.replace("!", "%21")
        for spelling in (number, drive):
            names[spelling] = f"drive {name}" if spelling not in names else f"{names[spelling]} and {name}"
    return next((name for number, name in names.items() if number in url), "approver's mailbox")


def start_up() -> float:
    """Seconds until a new process has everything loaded."""
    began = time.perf_counter()
    root = Path(__file__).resolve().parents[1]
    subprocess.run([sys.executable, "-c", "import schedule, command_line"], check=True, cwd=root)
    return time.perf_counter() - began
