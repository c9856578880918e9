"""A hundred reports with two attachments each over a line of 100 ms a request, against the bound of that line.

    uv run python benchmarks/slow_line.py [--messages 100] [--latency 100] [--follow]

Taken in means: read as MIME, sealed, and a case in the journal. The bound is what the requests themselves need: their
number, times the latency, over the requests that Casework may have under way at once. What follows from the cases
(mails, copies, rows) is measured after it.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import schedule
from connectors.microsoft365.connection import AT_ONCE
from offices.practice_school import practice_school
from tests.practice import PracticeServer
from tests.school import MONDAY, SchoolAtWork


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--messages", type=int, default=100)
    parser.add_argument("--latency", type=int, default=100, help="milliseconds a request")
    parser.add_argument("--follow", action="store_true", help="measure what follows from the cases too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, practice_school(Path(folder), now=MONDAY) as at_work:
        server = PracticeServer(Path(folder))
        server.facts = at_work.child.facts
        school = SchoolAtWork(server, at_work.settings_file, at_work.tenant)
        at_work.office.journal.close()
        school.works()
        for number in range(options.messages):
            school.from_outside(
                _report(number, school.address("reports")), sender=f"parent{number}@homes.example"
            )
        _measure(school, options.messages, options.latency, follow=options.follow)
        school.office.journal.close()


def _measure(school: SchoolAtWork, messages: int, latency: int, *, follow: bool) -> None:
    school.server.practice("PUT", "line", json={"latency_ms": latency})
    office = school.office
    job = schedule.jobs_named(["open_cases"])[0]
    with office.sweep():
        office.know_places()
        _timed("taken in", school, latency, lambda: job.sweep(office, office.clock.now()))
    if follow:
        _timed("what follows", school, latency, lambda: school.once("open_cases"))
    school.server.practice("PUT", "line", json={})
    with office.journal.transaction() as transaction:
        print(f"cases: {len(transaction.cases.all())} of {messages}")


def _timed(what: str, school: SchoolAtWork, latency: int, work: Callable[[], object]) -> None:
    school.server.practice("DELETE", "requests")
    began, cpu = time.monotonic(), time.process_time()
    work()
    took, cpu = time.monotonic() - began, time.process_time() - cpu
    asked = [one for one in _requests(school) if "/practice/" not in one["path"]]
    reading = sum(one["path"].endswith("/$value") for one in asked)
    refused = sum(one["status"] == 429 for one in asked)
    bound = _bound(len(asked), latency)
    print(
        f"{what}: {took:.1f} s, at the least {bound:.1f} s ({AT_ONCE} at once): {took / bound:.2f} times; "
        f"{reading} messages read, {len(asked) - reading} other requests, {refused} refused with 429, CPU {cpu:.1f} s"
    )
    kinds = Counter(f"{one['method']} {_kind(one['path'])}" for one in asked)
    for kind, number in kinds.most_common(12):
        print(f"    {number:5} {kind}")


def _kind(path: str) -> str:
    """The path with names, numbers and ids taken out."""
    parts = [part for part in path.split("/") if part]
    return "/".join(part if part.isalpha() or part.startswith("$") else "*" for part in parts)


def _requests(school: SchoolAtWork) -> list[dict[str, Any]]:
    answer: Any = school.server.practice("GET", "requests").json()
    found: list[dict[str, Any]] = answer if isinstance(answer, list) else answer["value"]
    return found


def _bound(requests: int, latency: int) -> float:
    return math.ceil(requests / AT_ONCE) * latency / 1000


def _report(number: int, to: str) -> EmailMessage:
    """A parent's own report with two pictures, as large as phones make them."""
    mail = EmailMessage()
    mail["From"] = f"Parent {number} <parent{number}@homes.example>"
    mail["To"] = to
    mail["Subject"] = f"Something I saw, {number}"
    mail["Message-ID"] = f"<report-{number}@homes.example>"
    mail.set_content(f"I saw this at https://www.facebook.com/groups/tillbrook/posts/{1000 + number}")
    for name in ("first.png", "second.png"):
        picture = b"\x89PNG\r\n\x1a\n" + number.to_bytes(4, "big") + name.encode() + bytes(range(256)) * 400
        mail.add_attachment(picture, maintype="image", subtype="png", filename=name)
    return mail


if __name__ == "__main__":
    main()
