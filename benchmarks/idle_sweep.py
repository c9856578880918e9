"""What a sweep costs in which nothing is new: requests, bytes and time, beside the least that they could cost.

Run it with `uv run benchmarks/idle_sweep.py`. The floor is the same requests made bare, with urllib3 alone, in the
same run and on the same practice tenant; start-up is told apart, because the service starts once.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import urllib3
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter

import schedule
from offices.practice_school import practice_school
from tests.practice import PracticeServer
from tests.school import MONDAY, SchoolAtWork

SWEEPS = 30
CASES = 10


@dataclass(kw_only=True, slots=True)
class Line:
    """What went over the line during one sweep."""

    requests: list[PreparedRequest] = field(default_factory=list)
    sent: int = 0
    received: int = 0

    def note(self, request: PreparedRequest, answer: Response) -> None:
        self.requests.append(request)
        self.sent += len(str(request.url)) + sum(len(k) + len(v) + 4 for k, v in request.headers.items())
        self.received += len(answer.content) + sum(len(k) + len(v) + 4 for k, v in answer.headers.items())


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """Of one sweep, in milliseconds: the median of many."""

    wall: float
    processor: float


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, practice_school(Path(folder), now=MONDAY) as practice:
        server = PracticeServer(Path(folder))
        server.facts = practice.child.facts
        school = SchoolAtWork(server, practice.settings_file, practice.tenant)
        prepare(school)
        line = Line()
        with listening(line):
            schedule.run_once(school.office)
        asked = [request for request in line.requests if "/practice/" not in str(request.url)]
        sweep = cost_of(lambda: schedule.run_once(school.office))
        floor = cost_of(bare(line.requests, server.ca_file))
        report(asked, line, sweep, floor, places=school.places)
        school.office.journal.close()


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


def cost_of(work: Callable[[], object]) -> Cost:
    walls, processors = [], []
    work()
    for _ in range(SWEEPS):
        wall, processor = time.perf_counter(), time.process_time()
        work()
        walls.append(1000 * (time.perf_counter() - wall))
        processors.append(1000 * (time.process_time() - processor))
    return Cost(wall=statistics.median(walls), processor=statistics.median(processors))


def report(
    asked: list[PreparedRequest], line: Line, sweep: Cost, floor: Cost, *, places: dict[str, Any]
) -> None:
    print(
        f"One idle sweep of one school with {CASES} cases, one letter waiting; medians of {SWEEPS} sweeps.\n"
    )
    for what, number in sorted(Counter(resource_of(str(r.url), places) for r in asked).items()):
        print(f"  {number} request(s)  {what}")
    print(f"  {len(asked)} in all; {line.sent:,} bytes out, {line.received:,} bytes in\n")
    print(f"  {'':14}{'sweep':>10}{'bare':>10}{'ratio':>8}")
    for name, of_sweep, of_floor in (
        ("processor ms", sweep.processor, floor.processor),
        ("clock ms", sweep.wall, floor.wall),
    ):
        print(f"  {name:14}{of_sweep:10.1f}{of_floor:10.1f}{of_sweep / of_floor:8.1f}")
    print(f"\n  start-up, once: {start_up():.1f} s to load everything")


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


if __name__ == "__main__":
    main()
