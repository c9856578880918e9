"""A program that was updated under a running service: the service ends, so that the machine starts the new one."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from casework.errors import NewerJournalError
from connectors.settings_file import read_settings, write_settings
from offices.office import Office
from offices.service import run_service
from offices.timetable import SweepReport, Timetable, TimetableJob
from tests.unit.settings.conftest import SOUND

OUTDATED = "A newer Casework has brought the journal up to version 9999."


def test_a_service_whose_journal_a_newer_casework_has_changed_ends_as_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SOUND["microsoft365"]["secret"]["env"], "invented")
    (tmp_path / "term-dates.toml").write_text(
        '[[terms]]\nname = "Autumn"\nstarts = 2026-09-02\nends = 2026-12-18\n'
    )
    write_settings(tmp_path / "settings.toml", SOUND)
    settings = read_settings(tmp_path / "settings.toml")
    told: list[str] = []

    def run_once(_office: Office, _jobs: object) -> SweepReport:
        raise NewerJournalError(OUTDATED)

    job = TimetableJob(name="open_cases", every=timedelta(hours=1), sweep=lambda *_: pytest.fail("asked"))
    office = Office(settings)
    office.may_begin = True
    try:
        code = run_service(office, Timetable(jobs=(job,), run_once=run_once), told=told.append)
    finally:
        office.journal.close()

    assert code == 1, "systemd starts a service again that failed, and not one that has ended well"
    assert OUTDATED in told
