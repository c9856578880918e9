"""A copy of the journal that leaves the machine tells nothing without the key, and is whole or refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import JournalError
from connectors.journal import SqlJournal
from connectors.journal.copies import label_of, open_copy, seal_copy
from offices.journal_key import key_for_paper, put_key_back
from tests.journals import CHAIN_KEY, MONDAY, case
from tests.unit.service.test_status import settings_in


def _sealed(file: Path) -> bytes:
    return seal_copy(file, school="TIS", made_at=MONDAY, chain_key=CHAIN_KEY)


@pytest.mark.parametrize("size", [0, 1, 1 << 20, (1 << 20) * 2 + 17])
def test_a_copy_gives_back_the_very_journal(tmp_path: Path, size: int) -> None:
    file = tmp_path / "journal.sqlite"
    file.write_bytes(os.urandom(size))
    copy = _sealed(file)
    assert label_of(copy).school == "TIS"
    open_copy(copy, tmp_path / "back", chain_key=CHAIN_KEY)
    assert (tmp_path / "back").read_bytes() == file.read_bytes()
    assert (tmp_path / "back").stat().st_mode & 0o077 == 0


def test_a_copy_shows_nothing_of_the_journal_and_no_two_are_alike(
    journal: SqlJournal, tmp_path: Path
) -> None:
    with journal.transaction() as records:
        records.cases.save(case())
    journal.backup(tmp_path / "b.sqlite")
    one, other = _sealed(tmp_path / "b.sqlite"), _sealed(tmp_path / "b.sqlite")
    assert b"TIS-2026" not in one
    assert b"SQLite" not in one
    assert one[300:400] not in other
    with pytest.raises(JournalError, match="key is another one"):
        open_copy(one, tmp_path / "x", chain_key=b"another key of thirty-two bytes!")


@given(data=st.data())
def test_a_copy_that_is_cut_off_or_changed_anywhere_is_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("copy")
    file = folder / "journal.sqlite"
    file.write_bytes(bytes(range(256)) * 40)
    copy = bytearray(_sealed(file))
    at = data.draw(st.integers(0, len(copy) - 1))
    if data.draw(st.booleans()):
        copy[at] ^= data.draw(st.integers(1, 255))
    else:
        del copy[at:]
    with pytest.raises(JournalError):
        open_copy(bytes(copy), folder / "back", chain_key=CHAIN_KEY)


def test_pieces_cannot_change_places(tmp_path: Path) -> None:
    file = tmp_path / "journal.sqlite"
    file.write_bytes(os.urandom(3 << 20))
    copy = _sealed(file)
    begin = copy.index(b"\n", 24) + 1
    step = (1 << 20) + 16
    swapped = (
        copy[:begin]
        + copy[begin + step : begin + 2 * step]
        + copy[begin : begin + step]
        + copy[begin + 2 * step :]
    )
    with pytest.raises(JournalError):
        open_copy(swapped, tmp_path / "back", chain_key=CHAIN_KEY)


def test_the_key_goes_to_the_safe_on_paper_and_comes_back(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    key = tmp_path / "journal.key"
    key.write_text("ab12" * 16)
    paper = key_for_paper(settings)
    with pytest.raises(JournalError, match="already"):
        put_key_back(settings, paper)
    key.unlink()
    with pytest.raises(JournalError, match="a character is wrong"):
        put_key_back(settings, paper.replace("ab12", "ab21", 1))
    assert not key.exists()
    put_key_back(settings, paper.upper())
    assert key.read_text().strip() == "ab12" * 16
    assert key.stat().st_mode & 0o077 == 0
