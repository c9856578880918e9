"""What a library of two thousand policies costs: the first reading, cut off and gone on with, and an idle look.

    uv run benchmarks/large_library.py [DOCUMENTS]

Each step is a process of its own, as `casework once` is. The floor is what no program can do without, in the same run: to
fetch each document once from the same practice tenant, unzip it and parse its text.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import urllib3
from lxml import etree
from rich.console import Console
from rich.table import Table

from offices.practice_school import practice_school
from tests.practice import PracticeServer
from tests.scenarios.test_a_large_library import STOPS, fill, opened
from tests.school import MONDAY, SchoolAtWork

ROOT = Path(__file__).resolve().parents[1]
ONCE = "import sys; from command_line import main; sys.argv = ['casework', *sys.argv[1:]]; main()"
STOPPED = 77


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What one process cost: seconds by the clock and of the processor, megabytes at most, documents opened."""

    name: str
    wall: float
    processor: float
    memory: float
    documents: int
    requests: int


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory() as folder, practice_school(Path(folder), now=MONDAY) as practice:
        server = PracticeServer(Path(folder))
        server.facts = practice.child.facts
        school = SchoolAtWork(server, practice.settings_file, practice.tenant)
        Console().print(f"Putting {count:,} documents into the library ...")
        fill(school, count)
        school.office.journal.close()
        casework = (ONCE, "--settings", str(school.settings), "once")
        steps = [
            step("first reading, cut off", school, STOPS, str(school.settings), str(count * 3 // 5)),
            step("gone on with", school, *casework, "review_policies"),
            step("what follows: rows, reminders", school, *casework),
            step("a look when nothing changed", school, *casework, "review_policies"),
        ]
        show([*steps, floor(school, count)], count)


def step(name: str, school: SchoolAtWork, program: str, *words: str) -> Step:
    school.server.forget_recorded()
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", program, *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, STOPPED):
        raise SystemExit(f"{name}: the process ended with {process.returncode}.")
    Console().print(f"{name}: {time.perf_counter() - began:.0f} s")
    return Step(
        name=name,
        wall=time.perf_counter() - began,
        processor=used.ru_utime + used.ru_stime,
        memory=used.ru_maxrss / 1024,
        documents=opened(school),
        requests=len(school.server.recorded()),
    )


def floor(school: SchoolAtWork, count: int) -> Step:
    """Fetches, unzips and parses each document with nothing else around."""
    fetch = fetching(school)
    school.server.forget_recorded()
    wall, processor = time.perf_counter(), time.process_time()
    for number in range(count):
        with zipfile.ZipFile(io.BytesIO(fetch(number))) as archive:
            etree.fromstring(archive.read("word/document.xml"))
    return Step(
        name="floor: fetch, unzip, parse",
        wall=time.perf_counter() - wall,
        processor=time.process_time() - processor,
        memory=0,
        documents=count,
        requests=count,
    )


def fetching(school: SchoolAtWork) -> Callable[[int], bytes]:
    pool = urllib3.PoolManager(ca_certs=school.server.ca_file)
    headers = {"Authorization": f"Bearer {school.server.user_token('office')}"}
    root = f"{school.server.facts['graph_root']}v1.0/drives/{school.places['drives']['policies']}/root:"

    def fetch(number: int) -> bytes:
        answer = pool.request(
            "GET", f"{root}/Policies/{number // 50}/{number}.docx:/content", headers=headers
        )
        assert answer.status == 200, answer.status
        return answer.data

    return fetch


def show(steps: list[Step], count: int) -> None:
    table = Table("Step", "Clock", "Processor", "Memory at most", "Opened", "Requests")
    for one in steps:
        table.add_row(
            one.name,
            f"{one.wall:.1f} s",
            f"{one.processor:.1f} s",
            f"{one.memory:.0f} MB" if one.memory else "-",
            f"{one.documents:,}",
            f"{one.requests:,}",
        )
    Console(width=120).print(table)
    *done, idle, least = steps
    read = [one for one in done if one.documents]
    # A process that opens nothing shows what it costs to start one.
    whole = sum(one.processor - idle.processor for one in read)
    Console().print(
        f"To read {count:,} documents and write their rows takes {whole / count * 1000:.1f} ms of processor each, "
        f"{whole / least.processor:.1f} times the floor; starting is not counted."
    )


if __name__ == "__main__":
    main()
