"""Nothing that Casework says on a terminal, in a log or in its own record names anybody or quotes anything."""

from __future__ import annotations

import json
import logging
import re

import pytest
from typer.testing import CliRunner

from command_line.app import app
from offices.service import Service
from schedule import TIMETABLE
from tests.never.people import NEIGHBOUR, SECRETS, WITNESS, from_person, printed
from tests.remembering import Moments
from tests.school import SchoolAtWork

SUBJECT = "Kitchen gossip about the Thistlewood twins"
PARENT = {
    "Parent": "Mrs R Oakfield",
    "ParentEmail": "r.oakfield@homes.example",
    "Child": "Wilfred",
    "Target": "staff",
}
WORDS = (*SECRETS, "kitchen gossip", "thistlewood", "oakfield", "wilfred", "homes.example", "filthy")
COMMANDS = ("once", "status", "status --json", "verify", "doctor", "explain TIS-2026-0001", "setup")


def keep_busy(school: SchoolAtWork) -> None:
    """Reports, a letter that cannot be drafted, one that waits, a forged answer, and trouble on the line."""
    school.send_mail(
        "teacher", school.address("reports"), SUBJECT, printed(WITNESS, "The kitchen is filthy.")
    )
    note = from_person(
        NEIGHBOUR, school.address("reports"), SUBJECT, "It is filthy: https://www.facebook.com/posts/9"
    )
    school.from_outside(note, sender=NEIGHBOUR[1])
    school.works()
    first, second = school.rows()
    school.staff_set(item=first["item"], **PARENT)
    school.staff_set(item=second["item"], **{**PARENT, "ParentEmail": NEIGHBOUR[1]})
    school.once()


@pytest.fixture
def busy(moments: Moments, caplog: pytest.LogCaptureFixture) -> SchoolAtWork:
    caplog.set_level(logging.WARNING)
    return moments.come_to(keep_busy)


def shown_words(text: str, school: SchoolAtWork) -> list[str]:
    with school.office.journal.transaction() as transaction:
        letters = [
            letter
            for case in transaction.cases.all()
            for letter in transaction.letters.of_case(case.reference)
        ]
        cases = [case.reference for case in transaction.cases.all()]
    tokens = [letter.token for letter in letters] + [school.office.tokens.reporter(case) for case in cases]
    tagged = [f"-{token}" for token in tokens]
    return [word for word in (*WORDS, *tagged) if word in text.casefold()]


def test_a_busy_morning_is_logged_without_a_name(
    school: SchoolAtWork, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)

    keep_busy(school)

    assert shown_words(caplog.text, school) == []


def test_no_command_names_anybody(busy: SchoolAtWork) -> None:
    for command in COMMANDS:
        shown = CliRunner().invoke(app, ["--settings", str(busy.settings), *command.split()])

        assert shown.exit_code in {0, 1}, shown.output
        assert shown_words(shown.output, busy) == [], command


@pytest.mark.parametrize("faults", [("503", "lost", "412"), ("reset", "401", "truncated")], ids=" ".join)
def test_no_trouble_makes_a_message_name_anybody(
    busy: SchoolAtWork, faults: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    busy.teacher_forwards("They wrote again that it is filthy.")
    busy.server.set_faults(
        *(
            {"method": method, "path": path, "fault": fault, "times": 2}
            for method, path in (("GET", "*users*"), ("POST", "*users*"), ("PATCH", "*/items/*"))
            for fault in faults
        )
    )

    shown = CliRunner().invoke(app, ["--settings", str(busy.settings), "once"])
    busy.server.set_faults()

    assert shown_words(shown.output, busy) == []
    assert shown_words(caplog.text, busy) == []


def test_the_log_of_events_names_nobody(busy: SchoolAtWork) -> None:
    with busy.office.journal.transaction() as transaction:
        told = json.dumps([[event.what, dict(event.fields)] for event in transaction.events.after(0)])

    assert shown_words(told, busy) == []
    assert not re.search(r"[\w.]+@[\w.]+", told)


def test_the_service_tells_of_no_name(busy: SchoolAtWork) -> None:
    told: list[str] = []
    service = Service(busy.office, TIMETABLE, told.append)
    busy.teacher_forwards("They wrote again that it is filthy.")

    service._sweep(TIMETABLE.jobs)

    assert any("Case opened" in line for line in told)
    assert shown_words("\n".join(told), busy) == []


def test_the_practice_tenants_own_log_names_nobody(busy: SchoolAtWork) -> None:
    log = busy.settings.parent / "practice.log"

    assert shown_words(log.read_text(encoding="utf-8", errors="replace"), busy) == []
