"""An intake and a mail room in memory, on a real journal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import templates
from casework.tags import TokenMaker
from connectors.documents.messages import MimeMessageReader, load_platforms
from connectors.journal import SqlJournal, open_journal
from connectors.memory import MemoryClock, MemoryLibrary
from tests.invented import procedures, tillbrook
from tests.journals import CHAIN_KEY, MONDAY
from tests.mail_room import tools_in_memory
from workflows.carry_out import Tools
from workflows.open_cases import IntakeDesk

SHIPPED = Path(templates.__file__).parent


@pytest.fixture
def clock() -> MemoryClock:
    return MemoryClock(MONDAY)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqlJournal]:
    with open_journal(tmp_path / "journal.sqlite", school="TIS", chain_key=CHAIN_KEY) as journal:
        yield journal


@pytest.fixture
def desk(journal: SqlJournal, clock: MemoryClock) -> IntakeDesk:
    return IntakeDesk(
        journal=journal,
        sealed=MemoryLibrary(clock),
        reader=MimeMessageReader(),
        school=tillbrook(),
        tokens=TokenMaker(secret=CHAIN_KEY),
        platforms=load_platforms(SHIPPED / "platforms.toml"),
        procedures=procedures(),
        now=clock.now(),
    )


@pytest.fixture
def tools(journal: SqlJournal, clock: MemoryClock) -> Tools:
    return tools_in_memory(journal, clock)
