"""A kept file that was left empty, as where the line broke while it was written, is filled; nothing else is replaced."""

from __future__ import annotations

import pytest

from casework.errors import PermanentConnectorError, TemporaryConnectorError
from casework.ports import LibraryFile
from connectors.memory import MemoryClock, MemoryLibrary
from tests.journals import MONDAY
from workflows.storing import store

PATH = "2026/one/message.eml"


@pytest.fixture
def library() -> MemoryLibrary:
    return MemoryLibrary(MemoryClock(MONDAY))


@pytest.mark.parametrize("same_bytes", [True, False])
def test_an_empty_file_is_filled(library: MemoryLibrary, *, same_bytes: bool) -> None:
    library.write(PATH, b"")

    stored = store(library, PATH, b"what was said", same_bytes=same_bytes)

    assert library.content_at(PATH) == stored.content == b"what was said"
    assert stored.file == library.find(PATH)


def test_an_original_that_is_empty_itself_is_stored_once(library: MemoryLibrary) -> None:
    first = store(library, PATH, b"")

    assert store(library, PATH, b"").file == first.file


def test_a_file_of_other_content_stays_as_it_is(library: MemoryLibrary) -> None:
    library.write(PATH, b"something else")

    with pytest.raises(PermanentConnectorError):
        store(library, PATH, b"what was said")

    assert library.content_at(PATH) == b"something else"


def test_where_somebody_fills_it_meanwhile_theirs_stays_and_it_is_looked_at_again(
    library: MemoryLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.write(PATH, b"")
    write = library.write

    def late(path: str, content: bytes, *, replace: bool = False, over: str = "") -> LibraryFile:
        if over:
            write(path, b"theirs", replace=True)
        return write(path, content, replace=replace, over=over)

    monkeypatch.setattr(library, "write", late)

    with pytest.raises(TemporaryConnectorError):
        store(library, PATH, b"what was said")

    assert library.content_at(PATH) == b"theirs"
