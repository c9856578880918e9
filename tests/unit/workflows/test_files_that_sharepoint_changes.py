"""SharePoint writes properties into Office files as it takes them: what is remembered of a file is what lies there."""

from __future__ import annotations

from dataclasses import replace as changed
from pathlib import Path

from casework.ports import LibraryFile
from connectors.journal import open_journal
from connectors.memory import MemoryClock, MemoryLibrary
from tests.journals import CHAIN_KEY, MONDAY
from workflows.storing import bring_up_to_date, store

PROPERTIES = b"<properties/>"


class SharePointLibrary(MemoryLibrary):
    """A library that writes into Office files; `reads` counts how often content is fetched."""

    reads = 0

    def write(self, path: str, content: bytes, *, replace: bool = False, over: str = "") -> LibraryFile:
        is_office = path.endswith(".docx")
        kept = content + PROPERTIES if is_office else content
        return changed(super().write(path, kept, replace=replace, over=over), as_sent=not is_office)

    def read(self, file_id: str) -> bytes:
        self.reads += 1
        return super().read(file_id)


def test_a_word_file_is_known_as_it_lies_there(tmp_path: Path) -> None:
    library = SharePointLibrary(MemoryClock(MONDAY))
    letter = store(library, "Letters/one.docx", b"letter")
    with open_journal(tmp_path / "journal.sqlite", school="TIS", chain_key=CHAIN_KEY) as journal:
        timeline = bring_up_to_date(library, "Timeline.docx", lambda _: b"timeline", journal=journal)

    assert letter.content == b"letter" + PROPERTIES
    assert timeline.content == b"timeline" + PROPERTIES


def test_what_it_leaves_alone_is_not_fetched_again(tmp_path: Path) -> None:
    library = SharePointLibrary(MemoryClock(MONDAY))
    report = store(library, "Evidence/report.txt", b"what was said")
    with open_journal(tmp_path / "journal.sqlite", school="TIS", chain_key=CHAIN_KEY) as journal:
        sums = bring_up_to_date(library, "SHA256SUMS", lambda _: b"sums", journal=journal)

    assert (report.content, sums.content, library.reads) == (b"what was said", b"sums", 0)
