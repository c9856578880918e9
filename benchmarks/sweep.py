"""What a sweep costs: of an idle one, by how many cases are open; and of one in which ten of them are due.

Run it with `uv run benchmarks/sweep.py`, or with other numbers of open cases behind it. The floors are the same requests
made bare in the same run: with urllib3, over which Casework asks, and with Python's own http.client. Idle sweeps are
those of an hour, one a minute as in a service, so that what is asked or written every few minutes is among them; most of
them end after their first request, and the whole ones, one in a quarter of an hour, are told apart. The cases are put
straight into the journal and the practice list. What only practice has (its clock, its page) is left out. Start-up is
told apart, because the service starts once. What is asked together in one request is told by what it is about.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import schedule
from benchmarks.sweep_sides import (
    Cost,
    Line,
    bare,
    barest,
    cost_of,
    listening,
    prepare,
    resource_of,
    start_up,
)
from casework.case_access import people_of
from casework.cases import Case, StaffColumns, TalkOutcome, Target
from casework.procedures import read_by
from casework.register_columns import fingerprint_of_columns, our_columns
from connectors.memory import MemoryClock
from offices.practice_school import practice_school
from tests.practice import PracticeServer
from tests.school import MONDAY, SchoolAtWork

OPEN = (10, 600, 5_000, 10_000)
DUE = 10
DUE_SWEEPS = 5
NOON = datetime.fromisoformat(MONDAY) + timedelta(hours=3)
TALKED_ON = date(2026, 11, 20)
DUE_TODAY = date(2026, 11, 9)
"""Ten school days before the practice Monday."""


@dataclass(frozen=True, kw_only=True, slots=True)
class IdleHour:
    """Milliseconds of the processor of each sweep: of those that ended after their first request, and of the others."""

    early: tuple[float, ...]
    whole: tuple[float, ...]

    @property
    def mean(self) -> float:
        return statistics.mean((*self.early, *self.whole))


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """What sweeps of one school cost with so many cases open.

    Attributes:
        idle: the sweeps of an hour in which nothing happens.
        line: the requests of one idle sweep; floor and barest: the same made bare with urllib3 and with http.client.
        due: a sweep with ten cases due, and how many reminders it planned; None where there are too few cases.
    """

    cases: int
    idle: IdleHour
    line: Line
    floor: Cost
    barest: Cost
    due: Cost | None
    planned: int


def main(*numbers: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with practice_school(Path(folder), now=MONDAY) as practice:
            port = urlsplit(practice.child.facts["graph_root"]).port or 0
        server = PracticeServer(Path(folder), port=port)
        server.start()
        school = SchoolAtWork(server, practice.settings_file, practice.tenant)
        prepare(school)
        as_a_real_school(school)
        found: list[Measured] = []
        for number in sorted(numbers or OPEN):
            cases = add_cases(school, number - number_open(school))
            add_rows(school, cases)
            found.append(measured(school, number, cases))
            print(f"  measured with {number:,} open cases ...", file=sys.stderr)
        report(school, found)
        school.office.journal.close()
        server.stop()


def as_a_real_school(school: SchoolAtWork) -> None:
    """No practice page to tell and no practice clock to ask: a real school has neither."""
    school.office.practice_log = None  # type: ignore[misc]  # a cached property
    school.office.clock = MemoryClock(NOON)  # type: ignore[misc]  # as above


def measured(school: SchoolAtWork, number: int, cases: list[Case]) -> Measured:
    for _ in range(3):
        school.works()
    line = Line()
    with listening(line):
        schedule.run_once(school.office)
    idle = an_hour(school)
    floor = cost_of(bare(line.requests, school.server.ca_file))
    lowest = cost_of(barest(line.requests, school.server.ca_file))
    due, planned = cost_of_due(school, cases)
    return Measured(cases=number, idle=idle, line=line, floor=floor, barest=lowest, due=due, planned=planned)


def an_hour(school: SchoolAtWork) -> IdleHour:
    early, whole = list[float](), list[float]()
    for _ in range(60):
        a_minute_passes(school)
        steps: list[str] = []
        began = time.process_time()
        schedule.run_once(school.office, told=steps.append)
        (whole if steps else early).append(1000 * (time.process_time() - began))
    return IdleHour(early=tuple(early), whole=tuple(whole))


def a_minute_passes(school: SchoolAtWork) -> None:
    clock = school.office.clock
    assert isinstance(clock, MemoryClock)
    clock.advance(timedelta(minutes=1))


def cost_of_due(school: SchoolAtWork, cases: list[Case]) -> tuple[Cost | None, int]:
    """A sweep in which the reminders of ten cases are due, other ones each time; how many it plans."""
    portions = [cases[start : start + DUE] for start in range(0, DUE * (DUE_SWEEPS + 1), DUE)]
    if len(portions[-1]) < DUE:
        return None, 0
    before = number_gathered(school)
    following = iter(portions)
    cost = cost_of(
        lambda: schedule.run_once(school.office),
        before=lambda: make_due(school, next(following)),
        times=DUE_SWEEPS,
    )
    planned = number_gathered(school) - before
    with school.office.journal.transaction() as transaction:
        for effect in transaction.outbox_view.gathered():
            transaction.outbox_view.cancel(effect.key)
    return cost, planned // len(portions)


def make_due(school: SchoolAtWork, cases: list[Case]) -> None:
    """Move the first day of these cases to where a reminder is due today."""
    with school.office.journal.transaction() as transaction:
        for case in cases:
            moved = replace(case, staff=replace(case.staff, talked_on=DUE_TODAY))
            transaction.cases.save(moved)
            transaction.cases.row_stands(case.reference)  # the row is not what is measured here


def number_gathered(school: SchoolAtWork) -> int:
    with school.office.journal.transaction() as transaction:
        return len(transaction.outbox_view.gathered())


def number_open(school: SchoolAtWork) -> int:
    with school.office.journal.transaction() as transaction:
        return len(transaction.cases.open())


def add_cases(school: SchoolAtWork, many: int) -> list[Case]:
    """Cases in which the parent refused on Friday and the school looks on; their rows show what they should."""
    office, added = school.office, list[Case]()
    first = _last_item(school) + 1
    with office.journal.transaction() as transaction:
        for number in range(first, first + many):
            at = NOON - timedelta(days=5, minutes=number)
            case = Case(
                reference=transaction.cases.next_reference("TIS", at.year),
                reported_at=at,
                title=f"Facebook post, reported {at.day} {at:%B %Y}",
                platform="Facebook",
                link=f"https://www.facebook.com/groups/tillbrook/posts/{number}",
                item_id=str(number),
                handle=f"parent.{number}",
                posted_at=f"{at.day} {at:%B %Y}",
                has_page=True,
                staff=StaffColumns(
                    parent=f"Parent {number}",
                    parent_email=f"parent{number}@parents.example",
                    target=Target.SCHOOL,
                    talked_on=TALKED_ON,
                    talk_outcome=TalkOutcome.REFUSED,
                ),
            )
            procedure = office.procedures.best_for(case).fingerprint
            case = replace(case, procedure=procedure, access=people_of(case, office.school))
            read = read_by(office.procedures.of(case), case, (), school=office.school)
            case = replace(case, written=fingerprint_of_columns(our_columns(case, (), read)))
            transaction.cases.save(case)
            added.append(case)
    return added


def add_rows(school: SchoolAtWork, cases: list[Case]) -> None:
    """The rows of these cases in the practice list, older than what was last asked for."""
    if not cases:
        return
    school.server.stop()
    list_id = school.places["lists"]["cases"]
    with closing(sqlite3.connect(_database(school))) as database, database:
        database.row_factory = sqlite3.Row
        pattern = database.execute(
            "SELECT * FROM list_items WHERE list_id = ? ORDER BY number LIMIT 1", (list_id,)
        ).fetchone()
        fields = json.loads(pattern["fields"])
        for case in cases:
            shown = {**fields, "Title": case.title, "Reference": case.reference, "Parent": case.staff.parent}
            row = {**dict(pattern), "number": int(case.item_id or 0), "guid": str(uuid4()), "sequence": 0}
            row["fields"] = json.dumps(shown)
            names = ", ".join(row)
            database.execute(
                f"INSERT INTO list_items ({names}) VALUES ({', '.join('?' * len(row))})",  # noqa: S608 - our own names
                list(row.values()),
            )
        last = max(int(case.item_id or 0) for case in cases)
        database.execute("UPDATE lists SET last_number = ? WHERE id = ?", (last, list_id))
    school.server.start()


def _last_item(school: SchoolAtWork) -> int:
    with school.office.journal.transaction() as transaction:
        return max(int(case.item_id or 0) for case in transaction.cases.all())


def _database(school: SchoolAtWork) -> Path:
    return next(school.server.state.glob("tenant.sqlite"))


def report(school: SchoolAtWork, found: list[Measured]) -> None:
    asked = Counter(resource_of(url, school.places) for url, _, _ in found[-1].line.sizes)
    print(f"One sweep of one school; means of an idle hour, medians of {DUE_SWEEPS} with {DUE} cases due.\n")
    for what, number in sorted(asked.items()):
        sent, received = found[-1].line.of(lambda url, what=what: resource_of(url, school.places) == what)
        print(f"  asked {number} time(s), {sent:,} bytes out and {received:,} in: {what}")
    heads = (
        "open cases",
        "idle ms",
        "early",
        "whole",
        "of 60",
        "urllib3",
        "http.client",
        "requests",
        "bytes",
    )
    print("\n  " + "".join(f"{head:>11}" for head in (*heads, "due ms", "planned")))
    for one in found:
        due = f"{one.due.processor:.1f}" if one.due else "-"
        idle = one.idle
        print(
            f"  {one.cases:11,}{idle.mean:11.1f}{statistics.median(idle.early):11.1f}"
            f"{statistics.median(idle.whole):11.1f}{len(idle.whole):11}{one.floor.processor:11.1f}"
            f"{one.barest.processor:11.1f}{len(one.line.requests):11}"
            f"{one.line.sent + one.line.received:11,}{due:>11}{one.planned:11}"
        )
    print(
        "\n  ms of the processor; early: ended after the first request; urllib3 and http.client: its requests made bare"
    )
    print(f"  start-up, once: {start_up():.1f} s to load everything")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
