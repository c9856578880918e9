"""Broken off at a few points drawn by lot, on a server: it ends as if nothing had happened. scripts/campaign does all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.campaigns.crash_points import CrashPoints, sample
from tests.journal_stores import JournalOnServer, settings_on_a_server
from tests.journals import new_database, postgresql_missing, postgresql_server
from tests.scenarios.test_killed_at_every_effect import a_report_is_forwarded
from tests.school import SchoolAtWork

SEED, POINTS = 8, 3


@pytest.fixture
def database() -> Iterator[str]:
    if missing := postgresql_missing():
        pytest.skip(missing)
    with postgresql_server() as server:
        yield new_database(server)


def test_broken_off_anywhere_on_a_server_it_ends_the_same(
    school: SchoolAtWork, database: str, tmp_path: Path
) -> None:
    on_a_server = SchoolAtWork(school.server, settings_on_a_server(school.settings, database), school.places)
    a_report_is_forwarded(on_a_server)
    store = JournalOnServer(url=database)
    campaign = CrashPoints(school=on_a_server, store=store, ledger=tmp_path / "ledger")

    outcome = campaign.broken_off(sample(SEED, POINTS))

    on_a_server.office.journal.close()
    assert not outcome.found, outcome.found
    assert outcome.total.faults == POINTS
    assert outcome.total.is_sound
