"""One journal in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.journal import SqlJournal, open_journal
from tests.journals import CHAIN_KEY


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


@pytest.fixture
def journal(file: Path) -> Iterator[SqlJournal]:
    with open_journal(file, school="TIS", chain_key=CHAIN_KEY) as opened:
        yield opened
