"""What an idle sweep costs a school with thousands of cases, most of them closed, beside the same school with ten.

Run it with `uv run benchmarks/many_cases.py`, or with another number behind it: the rows are really written first, one by
one. The floor is the idle sweep of the same school in the same run, before the cases were there: what grows with them
shows as a ratio above 1.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import schedule
from benchmarks.idle_sweep import Cost, Line, cost_of, listening, prepare
from casework.cases import Case, StaffColumns
from casework.records import Sighting, SightingState
from offices.practice_school import practice_school
from tests.practice import PracticeServer
from tests.school import MONDAY, SchoolAtWork

MANY = 600
OPEN = 50
FIRST = datetime(2025, 9, 1, 9, tzinfo=UTC)


def main(many: int = MANY) -> None:
    with tempfile.TemporaryDirectory() as folder, practice_school(Path(folder), now=MONDAY) as practice:
        server = PracticeServer(Path(folder))
        server.facts = practice.child.facts
        school = SchoolAtWork(server, practice.settings_file, practice.tenant)
        prepare(school)
        few, asked_few = idle(school)
        add_cases(school, many)
        began = time.perf_counter()
        for _ in range(3):
            school.works()
        written = time.perf_counter() - began
        lots, asked_lots = idle(school)
        report(many, written, (few, lots), (asked_few, asked_lots))
        school.office.journal.close()


def idle(school: SchoolAtWork) -> tuple[Cost, int]:
    """The cost of an idle sweep, and how often it asks the tenant."""
    line = Line()
    with listening(line):
        schedule.run_once(school.office)
    asked = sum("/practice/" not in str(request.url) for request in line.requests)
    return cost_of(lambda: schedule.run_once(school.office)), asked


def add_cases(school: SchoolAtWork, many: int) -> None:
    """Cases of two school years, each with the report that opened it; all but the newest are closed."""
    with school.office.journal.transaction() as transaction:
        for number in range(many):
            at = FIRST + timedelta(hours=2 * number)
            reference = transaction.cases.next_reference("TIS", at.year)
            closed = at + timedelta(days=20) if number < many - OPEN else None
            case = Case(
                reference=reference,
                reported_at=at,
                title=f"Facebook post, reported {at.day} {at:%B %Y}",
                platform="Facebook",
                link=f"https://www.facebook.com/groups/tillbrook/posts/{number}",
                closed_at=closed,
                staff=StaffColumns(outcome="It was taken down." if closed else "", parent=f"Parent {number}"),
            )
            transaction.cases.save(case)
            transaction.sightings.save(
                Sighting(
                    key=f"many/{number}",
                    source_id=str(number),
                    seen_at=at,
                    received_at=at,
                    state=SightingState.DONE,
                    kind="report",
                    case=reference,
                )
            )
            transaction.events.append("case.opened", at=at, case=reference)


def report(many: int, written: float, costs: tuple[Cost, Cost], asked: tuple[int, int]) -> None:
    few, lots = costs
    print(f"{many:,} cases, {OPEN} of them open; their rows were written in {written:.0f} s, once.\n")
    print(f"  one idle sweep{'ten cases':>14}{f'{many:,}':>10}{'ratio':>8}")
    print(f"  {'requests':14}{asked[0]:14}{asked[1]:10}{asked[1] / asked[0]:8.1f}")
    for name, floor, cost in (
        ("processor ms", few.processor, lots.processor),
        ("clock ms", few.wall, lots.wall),
    ):
        print(f"  {name:14}{floor:14.1f}{cost:10.1f}{cost / floor:8.1f}")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
