"""A dry run tells what Casework would do, and does none of it: nothing at Microsoft 365 and nothing in the journal."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from casework.records import OutboxState
from command_line.app import app
from tests.journal_rows import rows_of
from tests.journal_stores import JOURNAL, close_tenants, settings_on_a_server
from tests.journals import new_database, postgresql_missing, postgresql_server
from tests.remembering import Moments, begin_again
from tests.school import SchoolAtWork

POST = "Look what is written on Facebook about our school: https://www.facebook.com/tillbrook/posts/1"
PARENT = {"Parent": "Robin Ashdown", "ParentEmail": "robin.ashdown@parents.example", "Target": "school"}
ROLES = ("reports", "headteacher", "deputy", "office", "chair", "teacher", "clerk", "safeguarding_lead")
SOMETHING = 3
BETWEEN_HOSTS = ("lanes", "purses")
"""What the hosts of a trust tell each other, of which this test's own process is one, and no school's."""


def a_report_has_come(school: SchoolAtWork) -> None:
    school.works()
    school.teacher_forwards(POST)


def a_letter_is_due(school: SchoolAtWork) -> None:
    school.teacher_forwards(POST)
    school.until_settled()
    school.staff_set(**PARENT)


def the_head_has_replied(school: SchoolAtWork) -> None:
    a_letter_is_due(school)
    school.until_settled()
    school.reply("headteacher", school.the_request(), "APPROVE")


def told(school: SchoolAtWork, *words: str, code: int = SOMETHING) -> str:
    result = CliRunner().invoke(app, ["--settings", str(school.settings), *words])
    assert result.exit_code == code, result.output
    return result.output


def everything(school: SchoolAtWork) -> dict[str, Any]:
    """All that people see in Microsoft 365."""
    mail = {
        role: sorted(
            (m["id"], m["subject"], m["parentFolderId"], m["isDraft"], m["lastModifiedDateTime"])
            for m in school.as_visitor("GET", f"users/{school.address(role)}/messages?$top=500").json()[
                "value"
            ]
        )
        for role in ROLES
    }
    return {
        "mail": mail,
        "left": [entry["raw"] for entry in school.server.outbox()],
        "rows": [school.rows(which) for which in ("cases", "policies")],
        "files": {drive: school.files(drive) for drive in ("casework", "sealed", "policies", "drop")},
        "calendars": [
            school.as_visitor("GET", f"users/{school.address(role)}/calendar/events").json()["value"]
            for role in ("office", "headteacher")
        ],
    }


def wrote(school: SchoolAtWork) -> list[tuple[str, str]]:
    """Every request that could have changed something; signing in changes nothing."""
    return [
        (one["method"], one["path"])
        for one in school.server.recorded()
        if one["method"] != "GET" and not one["path"].endswith("/token")
    ]


@pytest.mark.parametrize(
    "live",
    [
        pytest.param(a_report_has_come, marks=pytest.mark.soak),
        pytest.param(a_letter_is_due, marks=pytest.mark.soak),
        the_head_has_replied,
    ],
)
def test_a_dry_run_changes_nothing_and_tells_what_the_next_sweep_does(moments: Moments, live: Any) -> None:
    assert is_done_as_told(moments.come_to(live)), "something is sent in each of these mornings"


@pytest.mark.soak
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(("report", "parent", "approve", "send", "morning", "outcome")), max_size=5))
def test_whatever_a_morning_brings_is_done_as_it_was_told(school: SchoolAtWork, happens: list[str]) -> None:
    begin_again(school)
    day = 24
    for what in happens:
        if what == "report":
            school.teacher_forwards(f"{POST}{day}")
        elif what == "morning":
            school.at(f"2026-11-{day}T07:45:00+00:00")
            day += 1
        elif school.rows():
            _somebody_acts(school, what)
        is_done_as_told(school)


def _somebody_acts(school: SchoolAtWork, what: str) -> None:
    if what == "parent":
        school.staff_set(**PARENT)
    elif what == "outcome":
        school.staff_set(Outcome="removed")
    elif not school.messages("headteacher", "drafts"):
        return
    elif what == "send":
        school.press_send()
    else:
        school.reply("headteacher", school.the_request(), "APPROVE")


def is_done_as_told(school: SchoolAtWork) -> bool:
    """Hold a dry run against the sweep after it; returns whether a mail was sent."""
    school.office.journal.close()
    journal = school.settings.parent / "journal.sqlite"
    was, kept = everything(school), hashlib.sha256(journal.read_bytes()).hexdigest()
    sent_before = Counter(_sent(school))
    school.server.forget_recorded()

    shown = CliRunner().invoke(
        app, ["--settings", str(school.settings), "once", "--dry-run", "--json", "--show-mails"]
    )

    assert shown.exit_code in (0, SOMETHING), shown.output
    assert wrote(school) == []
    assert everything(school) == was
    assert hashlib.sha256(journal.read_bytes()).hexdigest() == kept
    (swept,) = json.loads(shown.output)["sweeps"]
    assert (swept["problems"], swept["failed"], swept["waits"]) == ([], [], [])
    promised = Counter(one["key"] for one in swept["would"] if one["kind"] != "row" and one["key"])
    mails = Counter(
        (mail["to"][0], mail["subject"])
        for one in swept["would"]
        if (mail := one["mail"]) and one["kind"] == "mail"
    )
    school.restart()
    with school.office.journal.transaction() as transaction:
        before = transaction.outbox.newest_number()
        waiting = {effect.key for effect in transaction.outbox.unfinished()}
    school.works()
    with school.office.journal.transaction() as transaction:
        planned = transaction.outbox.planned_after(before)
    done = Counter(waiting) + Counter(one.key for one in planned if one.state is not OutboxState.CANCELLED)
    assert promised == done
    assert Counter(_sent(school)) - sent_before == mails
    return bool(mails)


def _sent(school: SchoolAtWork) -> Iterator[tuple[str, str]]:
    for role in ("reports", "headteacher"):
        for message in school.messages(role, "sentitems"):
            yield message["toRecipients"][0]["emailAddress"]["address"].lower(), message["subject"]


def test_the_office_reads_what_would_be_done_case_by_case_and_no_name(moments: Moments) -> None:
    school = moments.come_to(a_letter_is_due)
    school.office.journal.close()

    shown = told(school, "once", "--dry-run")

    assert "TIS-2026-0001" in shown
    assert "- would draft the letter (invitation, version 1)" in shown
    assert "- then would ask the approver to approve the letter" in shown
    assert "Nothing of it was done." in shown
    for name in ("Ashdown", "robin.ashdown", "Witness"):
        assert name not in shown
    in_full = told(school, "once", "--dry-run", "--show-mails")
    assert "To: robin.ashdown@parents.example" in in_full
    assert "Subject: Please approve:" in in_full


@pytest.mark.soak
def test_a_dry_run_of_the_service_shows_the_mornings_to_come(moments: Moments) -> None:
    school = moments.come_to(a_letter_is_due)
    school.office.journal.close()
    was = everything(school)

    shown = told(school, "run", "--dry-run", "--days", "1")

    assert "What would come next, if nobody does anything meanwhile:" in shown
    assert "Tuesday 24 November 2026, 07:30" in shown
    assert "send the headteacher the morning mail" in shown.partition("Tuesday 24 November")[2]
    assert everything(school) == was


def test_nothing_to_do_is_said_and_exits_as_all_well(moments: Moments) -> None:
    school = moments.come_to(SchoolAtWork.works)
    school.office.journal.close()

    assert "Nothing would be done now." in told(school, "once", "--dry-run", code=0)
    assert "Nothing to do." in told(school, "setup", "--dry-run", code=0)


def test_setup_shows_the_column_that_it_would_put_back_and_leaves_it_gone(school: SchoolAtWork) -> None:
    cases = f"sites/{school.places['site_id']}/lists/{school.places['lists']['cases']}/columns"
    found = school.as_visitor("GET", cases).json()["value"]
    handler = next(column["id"] for column in found if column["name"] == "Handler")
    school.as_visitor("DELETE", f"{cases}/{handler}")
    school.server.forget_recorded()

    steps = json.loads(told(school, "setup", "--dry-run", "--json"))

    assert [step["what"] for step in steps if step["would"] == "would be mended"] == [
        "List Cases, column Handler"
    ]
    assert wrote(school) == []
    assert "Handler" not in {column["name"] for column in school.as_visitor("GET", cases).json()["value"]}


def test_a_lost_journal_is_not_begun_anew_by_a_dry_run(moments: Moments) -> None:
    school = moments.come_to(a_letter_is_due)
    school.office.journal.close()
    state = school.settings.parent
    for name in JOURNAL:
        (state / name).unlink(missing_ok=True)

    shown = told(school, "rebuild", "--dry-run", code=0)

    assert "Found: 1 case in the list" in shown
    assert not [name for name in JOURNAL if (state / name).exists()]


def test_a_dry_run_waits_for_no_service_that_is_at_work(moments: Moments) -> None:
    school = moments.come_to(a_letter_is_due)

    with school.office.sweep():
        assert "would draft the letter" in told(school, "once", "--dry-run")


def test_a_folder_of_schools_is_told_to_name_one(school: SchoolAtWork) -> None:
    for command in ("once", "setup"):
        result = CliRunner().invoke(app, ["--settings", str(school.settings.parent), command, "--dry-run"])
        assert (result.exit_code, "name its own settings file" in result.output) == (2, True)


def test_what_only_a_dry_run_knows_is_refused_without_it(school: SchoolAtWork) -> None:
    assert "--show-mails needs --dry-run beside it." in told(school, "once", "--show-mails", code=2)


@pytest.mark.soak
def test_a_journal_on_a_server_stays_row_for_row(moments: Moments) -> None:
    missing = postgresql_missing()
    if missing:
        pytest.skip(missing)
    school = moments.come_to(SchoolAtWork.works)
    with postgresql_server() as server:
        url = new_database(server)
        on_server = settings_on_a_server(school.settings, url)
        at_work = SchoolAtWork(school.server, on_server, school.places)
        try:
            at_work.works()
            at_work.teacher_forwards(POST)
            at_work.office.journal.close()
            rows = rows_of(url, apart_from=BETWEEN_HOSTS)
            school.server.forget_recorded()

            shown = told(at_work, "once", "--dry-run")

            assert "would thank the reporter" in shown
            assert wrote(school) == []
            assert rows_of(url, apart_from=BETWEEN_HOSTS) == rows
        finally:
            at_work.office.journal.close()
            close_tenants()
