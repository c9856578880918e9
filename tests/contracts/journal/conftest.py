"""The databases on which the journal's contract is tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from connectors.journal import SqlJournal, open_journal
from tests.journals import CHAIN_KEY, SettableClock, new_database, postgresql_missing, postgresql_server

OpenJournal: TypeAlias = Callable[..., SqlJournal]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    missing = postgresql_missing()
    if missing:
        pytest.skip(missing)
    with postgresql_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def journal_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty journal, once on each database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'journal.sqlite'}"
    return new_database(request.getfixturevalue("postgresql"))


@pytest.fixture
def postgresql_url(postgresql: str) -> str:
    """The address of an empty database of the server."""
    return new_database(postgresql)


@pytest.fixture
def machine_clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def open_school(journal_url: str, machine_clock: SettableClock) -> Iterator[OpenJournal]:
    """Open the journal (again) as a school, as another process or host would."""
    opened: list[SqlJournal] = []

    def open_as(school: str = "TIS", **changes: Any) -> SqlJournal:
        journal = open_journal(
            journal_url, school=school, chain_key=CHAIN_KEY, machine_clock=machine_clock, **changes
        )
        opened.append(journal)
        return journal

    yield open_as
    for journal in opened:
        journal.close()


@pytest.fixture
def journal(open_school: OpenJournal) -> SqlJournal:
    return open_school()
