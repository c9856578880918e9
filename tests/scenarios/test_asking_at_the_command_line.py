"""What the office manager types to know how a case stands, as people type, and what is answered."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner, Result

from command_line.app import app
from tests.remembering import Moments
from tests.scenarios.test_approving_the_governors_paper import draft
from tests.scenarios.test_chasing import serve_the_request
from tests.school import SchoolAtWork


@pytest.fixture
def served(moments: Moments) -> SchoolAtWork:
    return moments.come_to(serve_the_request)


@pytest.fixture
def drafted(moments: Moments) -> SchoolAtWork:
    return moments.come_to(draft)


def casework(school: SchoolAtWork, *typed: str) -> Result:
    school.office.close_journal()
    return CliRunner().invoke(app, ["--settings", str(school.settings), *typed])


@pytest.mark.parametrize(
    "typed", ["tis-2026-0001", "TIS 2026 0001", "2026-1", "1", "TIS/2026/1", "[TIS-2026-0001-k3f9]"]
)
def test_a_case_is_found_however_its_number_is_typed(served: SchoolAtWork, typed: str) -> None:
    told = casework(served, "explain", typed)

    assert told.exit_code == 0, told.output
    assert told.output.startswith("TIS-2026-0001: Facebook post")
    assert "Due by the end of Friday 6 November 2026" in told.output


def test_without_a_number_the_open_cases_are_named_with_what_is_next(served: SchoolAtWork) -> None:
    told = casework(served, "explain")

    assert told.exit_code == 0, told.output
    assert "1 case is open." in told.output
    assert "awaiting removal, due on Friday 6 November 2026: Look whether the post was removed" in told.output
    assert "Oakfield" not in told.output


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("TIS-2026-0099", "There is no case TIS-2026-0099. The newest is TIS-2026-0001"),
        ("ABC-2026-0001", "a case of another school"),
        ("Oakfield", "write it like TIS-2026-0007, or 7 for short"),
        ("TIS-GOV-20261218", "There is no governors' paper TIS-GOV-20261218"),
    ],
)
@pytest.mark.parametrize("command", [("explain",), ("verify",), ("export", "--for", "police")])
def test_a_number_that_is_none_is_answered_with_those_that_are(
    served: SchoolAtWork, typed: str, answer: str, command: tuple[str, ...]
) -> None:
    told = casework(served, command[0], typed, *command[1:])

    assert told.exit_code == 2, told.output
    if "GOV" not in typed or command == ("explain",):
        assert answer in told.output.replace("\n", " ").replace("  ", " ")


def test_a_governors_paper_is_explained_by_its_number(drafted: SchoolAtWork) -> None:
    waiting = casework(drafted, "explain", "tis-gov-20261218").output
    assert "The governors' paper for the Autumn term 2026" in waiting
    assert "It waits for the headteacher" in waiting

    drafted.reply("headteacher", drafted.the_request(), "APPROVE")
    drafted.works()

    assert "the governors' clerk has it" in casework(drafted, "explain", "TIS-GOV-20261218").output


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-06T10:00:00+00:00", "It is due today."),
        (
            "2026-11-07T10:00:00+00:00",
            "It is overdue since Friday 6 November 2026 (no school day has passed since).",
        ),
        ("2026-11-09T10:00:00+00:00", "It is overdue since Friday 6 November 2026 (1 school day)."),
        ("2026-11-11T10:00:00+00:00", "It is overdue since Friday 6 November 2026 (3 school days)."),
    ],
)
def test_a_deadline_that_is_over_is_said_to_be_overdue(served: SchoolAtWork, moment: str, said: str) -> None:
    served.at(moment)

    assert f"  {said}\n" in casework(served, "explain", "1").output
    assert f"  {said}\n" in casework(served, "explain").output


def test_a_deadline_with_time_left_is_not_said_to_be_overdue(served: SchoolAtWork) -> None:
    served.at("2026-11-05T10:00:00+00:00")

    told = casework(served, "explain", "1").output + casework(served, "explain").output
    assert "overdue" not in told
    assert "due today" not in told


@pytest.mark.parametrize(
    ("moment", "overdue", "due_today"),
    [("2026-11-05T10:00", 0, 0), ("2026-11-06T10:00", 0, 1), ("2026-11-09T10:00", 1, 0)],
)
def test_the_status_counts_deadlines_that_are_overdue_and_calls_only_casework_well(
    served: SchoolAtWork, moment: str, overdue: int, due_today: int
) -> None:
    served.at(f"{moment}:00+00:00")
    served.works()

    told = casework(served, "status")

    assert told.exit_code == 0, told.output
    assert f"{overdue} overdue, {due_today} due today" in told.output
    assert ("1 deadline is overdue. See which: casework explain" in told.output) == bool(overdue)
    assert ("All is well." in told.output) == (not overdue)


def test_a_deadline_of_a_case_that_is_closed_is_not_counted(served: SchoolAtWork) -> None:
    served.at("2026-11-09T10:00:00+00:00")
    served.works()
    assert "1 overdue, 0 due today" in casework(served, "status").output

    served.staff_set(Outcome="Closed, no further action")
    served.works()

    assert "0 overdue, 0 due today" in casework(served, "status").output


def test_the_help_of_a_command_fills_the_window_and_is_not_folded_as_its_source_is() -> None:
    told = CliRunner().invoke(app, ["restore", "--help"], env={"COLUMNS": "80", "TERMINAL_WIDTH": "80"})

    assert "and nothing is sent until you have read" in told.output
