"""One screen says whether all is well, and its exit code tells a monitor the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from typer.testing import CliRunner

from casework.errors import JournalError
from casework.expiry import rung_due
from casework.status import BACKUP, DEAD, DEGRADED, HEARTBEAT, OK, judged
from command_line.app import app
from connectors.journal import SqlJournal, chain_key_from, open_journal
from connectors.settings_file import Settings, write_settings
from offices.status import status_of
from tests.invented import tillbrook
from tests.unit.settings.conftest import SOUND
from workflows.awaiting_word import HELD
from workflows.keep_house import keep_house


def settings_in(folder: Path, **graph: Any) -> Settings:
    given = {"secret": None, "secret_expires": None, "certificate": None, **graph}
    fake = SimpleNamespace(
        school=SimpleNamespace(code="TIS", timezone="Europe/London"),
        journal=SimpleNamespace(url="", file=Path("journal.sqlite"), key=Path("journal.key")),
        microsoft365=SimpleNamespace(**given),
        practice=None,
        file=folder / "settings.toml",
        path=lambda path: folder / path,
    )
    return cast("Settings", fake)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqlJournal]:
    """Of a service that swept just now and backed up this night."""
    key = chain_key_from(tmp_path / "journal.key")
    with open_journal(tmp_path / "journal.sqlite", school="TIS", chain_key=key) as opened:
        note(opened, HEARTBEAT, datetime.now(UTC))
        note(opened, BACKUP, datetime.now(UTC))
        yield opened


def note(journal: SqlJournal, name: str, at: datetime) -> None:
    with journal.transaction() as transaction:
        transaction.cursors.put(name, at.isoformat())


def test_a_service_at_work_is_well(journal: SqlJournal, tmp_path: Path) -> None:
    status = status_of(settings_in(tmp_path))
    assert (status["verdict"], status["troubles"]) == (OK, [])
    assert status["journal_size"]


def test_a_service_that_has_been_silent_for_two_hours_is_dead(journal: SqlJournal, tmp_path: Path) -> None:
    note(journal, HEARTBEAT, datetime.now(UTC) - timedelta(hours=2))
    status = status_of(settings_in(tmp_path))
    assert status["verdict"] == DEAD
    assert "casework service install" in status["troubles"][0]


def test_a_silent_school_of_a_trust_is_started_by_a_host_of_the_trust(
    journal: SqlJournal, tmp_path: Path
) -> None:
    on_a_server = status_of(settings_in(tmp_path))
    on_a_server["last_sweep"] = on_a_server["disk_free"] = None
    status = judged(on_a_server, (), now=datetime.now(UTC), zone="Europe/London", practice=False)
    assert "systemctl start casework@1" in status["troubles"][0]
    assert "service install" not in status["troubles"][0]


@pytest.mark.parametrize(
    ("cursor", "hours", "says"), [(BACKUP, 60, "backup"), (HELD, 0, "casework rebuild --confirm")]
)
def test_what_a_person_should_look_at_is_said(
    journal: SqlJournal, tmp_path: Path, cursor: str, hours: int, says: str
) -> None:
    note(journal, cursor, datetime.now(UTC) - timedelta(hours=hours))
    status = status_of(settings_in(tmp_path))
    assert status["verdict"] == DEGRADED
    assert says in status["troubles"][0]


def test_a_secret_that_runs_out_next_week_is_said(journal: SqlJournal, tmp_path: Path) -> None:
    status = status_of(settings_in(tmp_path, secret_expires=datetime.now(UTC).date() + timedelta(days=7)))
    assert status["verdict"] == DEGRADED
    assert "Entra" in status["troubles"][0]


def test_a_key_file_that_others_can_open_is_said(journal: SqlJournal, tmp_path: Path) -> None:
    (tmp_path / "journal.key").chmod(0o644)
    assert "chmod 600" in status_of(settings_in(tmp_path))["troubles"][0]


def test_a_lost_journal_is_not_made_anew_by_looking(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="casework rebuild"):
        status_of(settings_in(tmp_path))
    assert not (tmp_path / "journal.sqlite").exists()


@pytest.mark.parametrize(
    ("days", "rung"), [(61, None), (60, 60), (31, 60), (30, 30), (13, 14), (7, 7), (1, 1), (0, 1), (-5, 1)]
)
def test_the_rungs_before_a_secret_runs_out(days: int, rung: int | None) -> None:
    today = date(2026, 11, 23)
    assert rung_due(today + timedelta(days=days), today) == rung


def test_the_office_is_told_once_at_each_rung(journal: SqlJournal) -> None:
    monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    expires = date(2027, 1, 22)
    for days in (0, 1, 29, 30, 31):
        now = monday + timedelta(days=days)
        keep_house(
            journal=journal,
            libraries={},
            school=tillbrook(),
            back_up=lambda _: None,
            now=now,
            sign_in=("client secret", expires),
        )
    with journal.transaction() as transaction:
        planned = {effect.key: effect.payload for effect in transaction.outbox_view.unfinished()}
    assert list(planned) == ["TIS/sign-in/2027-01-22/60", "TIS/sign-in/2027-01-22/30"]
    assert all(mail["through_holidays"] for mail in planned.values()), "a secret runs out in August, too"


def test_a_journal_that_cannot_be_used_tells_a_monitor_that_nothing_is_at_work(tmp_path: Path) -> None:
    (tmp_path / "term-dates.toml").write_text("")
    write_settings(tmp_path / "settings.toml", SOUND)
    (tmp_path / "journal.sqlite").write_bytes(b"no journal" * 500)
    chain_key_from(tmp_path / "journal.key")
    asked = ["--settings", str(tmp_path / "settings.toml"), "status"]

    shown, in_json = (CliRunner().invoke(app, [*asked, *more]) for more in ([], ["--json"]))

    assert shown.exit_code == in_json.exit_code == DEAD
    assert "casework restore latest" in shown.output
    assert "Casework is not at work" in shown.output
    said = json.loads(in_json.stdout)
    assert said["verdict"] == DEAD
    assert "casework restore latest" in said["troubles"][0]
