"""Broken off at a few points drawn by lot, on a server: it ends as if nothing had happened. scripts/campaign does all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.campaigns.crash_points import CrashPoints, hung_at_each_kind, sample
from tests.journal_stores import JournalOnServer, settings_on_a_server
from tests.journals import new_database, postgresql_missing, postgresql_server
from tests.killing import Moment
from tests.scenarios.test_killed_at_every_effect import (
    JOURNEYS,
    a_report_is_forwarded,
    staff_name_the_parent,
)
from tests.school import SchoolAtWork

SEED, POINTS = 8, 2


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    if missing := postgresql_missing():
        pytest.skip(missing)
    with postgresql_server() as server:
        yield new_database(server)


@pytest.fixture
def on_a_server(school: SchoolAtWork, database: str) -> Iterator[tuple[SchoolAtWork, JournalOnServer]]:
    """The school on its first morning, with a journal in which nothing stands yet."""
    store = JournalOnServer(url=database)
    store.begin_anew()
    moved = SchoolAtWork(school.server, settings_on_a_server(school.settings, database), school.places)
    yield moved, store
    moved.office.journal.close()


def test_broken_off_anywhere_on_a_server_it_ends_the_same(
    on_a_server: tuple[SchoolAtWork, JournalOnServer], tmp_path: Path
) -> None:
    school, store = on_a_server
    a_report_is_forwarded(school)

    outcome = CrashPoints(school=school, store=store, ledger=tmp_path / "ledger").broken_off(
        partial(sample, SEED, POINTS)
    )

    assert not outcome.found, outcome.found
    assert outcome.total.faults == POINTS
    assert outcome.total.is_sound


def test_a_host_that_hangs_before_it_makes_a_letters_draft_makes_no_second_one(
    on_a_server: tuple[SchoolAtWork, JournalOnServer], tmp_path: Path
) -> None:
    """Another host drafts the letter and asks for approval; then the first one wakes up and goes on."""
    school, store = on_a_server
    staff_name_the_parent(school)

    outcome = CrashPoints(school=school, store=store, ledger=tmp_path / "ledger").broken_off(at_the_draft)

    assert not outcome.found, outcome.found
    assert outcome.total.is_sound


def at_the_draft(points: list[Moment], done: list[str]) -> list[Moment]:
    """Right before the draft is begun in the headteacher's mailbox."""
    drafts = [
        point
        for point in points
        if point.hangs and "head" in done[point.number - 1] and "POST" in done[point.number - 1]
    ]
    return drafts[:1]


@pytest.mark.soak
@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
def test_a_host_that_hangs_before_any_kind_of_write_does_no_harm(
    on_a_server: tuple[SchoolAtWork, JournalOnServer],
    journey: Callable[[SchoolAtWork], None],
    tmp_path: Path,
) -> None:
    school, store = on_a_server
    journey(school)

    outcome = CrashPoints(school=school, store=store, ledger=tmp_path / "ledger").broken_off(
        hung_at_each_kind
    )

    assert not outcome.found, outcome.found
    assert outcome.total.is_sound
