"""`casework status` answers in a moment, says the same as a long look, and never shows what is no longer so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import workflows.carry_out
from casework.status import DEGRADED, JobStatus, Status
from command_line.status import at_once
from offices.status import status_of
from tests.remembering import Moments
from tests.school import SchoolAtWork
from workflows.awaiting_word import HELD

HEAVY = ("sqlalchemy", "typer", "rich", "pydantic", "O365", "docx", "dataclasses")


def has_worked(school: SchoolAtWork) -> None:
    school.works()


@pytest.fixture
def swept(moments: Moments) -> SchoolAtWork:
    return moments.come_to(has_worked)


def glanced(school: SchoolAtWork, capsys: pytest.CaptureFixture[str]) -> dict[str, Any] | None:
    code = at_once(["--settings", str(school.settings), "status", "--json"])
    shown = capsys.readouterr().out
    return json.loads(shown) if code is not None else None


def job(status: Status | dict[str, Any], name: str) -> JobStatus:
    return next(one for one in (*status["jobs"], *status["places"]) if one["name"] == name)


def test_a_glance_says_the_same_as_a_long_look(
    school: SchoolAtWork, capsys: pytest.CaptureFixture[str]
) -> None:
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    school.works()

    seen = glanced(school, capsys)

    assert seen is not None
    long_look = status_of(school.office.settings, journal=school.office.journal)
    for about_the_machine in ("disk_free", "journal_size"):
        assert seen.pop(about_the_machine)
        assert long_look.pop(about_the_machine)  # type: ignore[misc]
    assert seen == long_look
    assert seen["open_cases"] == 1
    assert job(seen, "open_cases")["good_at"] == job(seen, "reporting mailbox")["good_at"]


def test_what_changed_since_the_last_sweep_is_never_hidden(
    swept: SchoolAtWork, capsys: pytest.CaptureFixture[str]
) -> None:
    assert glanced(swept, capsys) is not None

    with swept.office.journal.transaction() as transaction:
        transaction.cursors.put(HELD, "yes")
        transaction.events.append("sending.held", at=datetime.now(UTC))

    assert glanced(swept, capsys) is None
    status = status_of(swept.office.settings, journal=swept.office.journal)
    assert status["verdict"] == DEGRADED
    assert any("rebuild --confirm" in trouble for trouble in status["troubles"])


def test_settings_that_were_changed_are_read_again(
    swept: SchoolAtWork, capsys: pytest.CaptureFixture[str]
) -> None:
    assert glanced(swept, capsys) is not None
    text, before = swept.settings.read_text(encoding="utf-8"), swept.settings.stat()
    try:
        swept.settings.write_text(f"{text}\n# a remark\n", encoding="utf-8")
        assert glanced(swept, capsys) is None
    finally:
        swept.settings.write_text(text, encoding="utf-8")
        os.utime(swept.settings, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_job_that_cannot_do_its_work_is_named_with_since_when_until_it_can_again(
    swept: SchoolAtWork, capsys: pytest.CaptureFixture[str]
) -> None:
    path = f"*/drives/{swept.places['drives']['policies']}/root/delta*"
    swept.server.set_faults({"method": "GET", "path": path, "fault": "403", "times": 1000})
    swept.once()
    seen = glanced(swept, capsys)
    assert seen is not None
    assert seen["verdict"] == DEGRADED
    assert job(seen, "review_policies")["failed_at"]
    assert not job(seen, "sync_register")["failed_at"]
    assert "review policies" in " ".join(seen["troubles"])

    swept.server.set_faults()
    swept.works()

    seen = glanced(swept, capsys)
    assert seen is not None
    assert not job(seen, "review_policies")["failed_at"]


def test_a_glance_loads_no_library_that_takes_long(swept: SchoolAtWork) -> None:
    code = (
        "import sys; from command_line.status import at_once; "
        f"code = at_once(['--settings', {str(swept.settings)!r}, 'status']); "
        f"print('LOADED', code, [name for name in {HEAVY!r} if name in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    ).stdout
    assert shown.splitlines()[-1] == "LOADED 0 []"
    assert "All is well." in shown


def test_each_job_says_when_it_is_woken_next(swept: SchoolAtWork, capsys: pytest.CaptureFixture[str]) -> None:
    seen = glanced(swept, capsys)

    assert seen is not None
    last = datetime.fromisoformat(seen["last_sweep"])
    woken = [one for one in seen["jobs"] if one["every"]]  # the outbox goes with whatever is swept
    assert len(woken) > 5
    for one in woken:
        following = datetime.fromisoformat(one["next_at"])
        assert last < following
        assert (following - last).total_seconds() <= one["every"]


def test_mails_that_may_not_be_sent_any_more_are_told_where_no_mail_can_tell_it(
    swept: SchoolAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody took away the permission to send: every job does its work, and no morning mail can say what is wrong."""
    monkeypatch.setattr(workflows.carry_out, "WAITS", (0, 0.01))
    swept.server.set_faults({"method": "POST", "path": "*/send", "fault": "403", "times": 1000})
    swept.teacher_forwards("A post that somebody saw.")
    for _ in range(8):
        swept.once()

    status = status_of(swept.office.settings, journal=swept.office.journal)

    assert status["verdict"] == DEGRADED
    said = " ".join(status["troubles"])
    assert "mails and changes do not get through, and Casework tries again every ten minutes:" in said
    assert "Grant the permission that casework setup names" in said

    swept.server.set_faults()
    swept.works()
    assert "get through" not in " ".join(
        status_of(swept.office.settings, journal=swept.office.journal)["troubles"]
    )
