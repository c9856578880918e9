"""Evidence is never changed unseen and never lost: whatever is killed, and whatever people do to the files."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from casework.cases import CaseReference
from casework.custody import EvidenceItem, Finding, Shelf
from casework.ports import LibraryFile
from casework.records import Sighting, SightingState
from connectors.documents.messages import MimeMessageReader
from connectors.journal import open_journal
from connectors.memory.clock import MemoryClock
from connectors.memory.library import MemoryLibrary
from tests.journals import CHAIN_KEY, MONDAY
from tests.power_cuts import PowerCutError
from workflows.check_evidence import check_all
from workflows.custody import item_of, register_sealed
from workflows.open_cases.sealing import seal_message

CASE = CaseReference("TIS-2026-0001")
KINDS = ("left alone", "changed", "deleted", "renamed", "changed and put back", "deleted and put back")


class FragileLibrary(MemoryLibrary):
    """A library at whose n-th writing the power is cut, right before or right after it."""

    dies_at = 0
    after = False

    def write(self, path: str, content: bytes, *, replace: bool = False, over: str = "") -> LibraryFile:
        self.dies_at -= 1
        if self.dies_at == 0 and not self.after:
            raise PowerCutError
        file = super().write(path, content, replace=replace, over=over)
        if self.dies_at == 0:
            raise PowerCutError
        return file


def report(files: int) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "robin@parents.example", "reports@tillbrook.example"
    message["Subject"], message["Message-ID"] = "A post", "<one@parents.example>"
    message.set_content("Please look at this.")
    for number in range(files):
        message.add_attachment(bytes([number]) * 9, maintype="image", subtype="png", filename="same.png")
    return message.as_bytes()


def take_in(library: MemoryLibrary, raw: bytes, file: Path) -> tuple[EvidenceItem, ...]:
    """What the intake does with one mail, as far as its evidence is concerned; returns the register."""
    sealed = seal_message(raw, received_at=MONDAY, sealed=library, reader=MimeMessageReader()).sealed
    sighting = Sighting(
        key="mail/one",
        source_id="one",
        seen_at=MONDAY,
        received_at=MONDAY,
        state=SightingState.DONE,
        sha256=sealed.sha256,
        sealed_at=sealed.folder,
        case=CASE,
    )
    with open_journal(file, school="TIS", chain_key=CHAIN_KEY) as journal, journal.transaction() as records:
        register_sealed(records, sighting, sealed.kept, now=MONDAY)
        entries = records.custody.of_case(CASE)
        assert len(entries) == len({entry.key for entry in entries})
        return records.evidence.of_case(CASE)


def lies_in(library: MemoryLibrary) -> dict[str, bytes]:
    return {file.path: library.read(file.file_id) for file in library.changes(None).files}


@settings(max_examples=25, deadline=None)
@given(files=st.integers(0, 3), cuts=st.lists(st.tuples(st.integers(1, 6), st.booleans()), max_size=4))
def test_however_often_the_power_is_cut_the_same_is_sealed_and_all_of_it_is_registered(
    files: int, cuts: list[tuple[int, bool]]
) -> None:
    raw = report(files)
    undisturbed = FragileLibrary(MemoryClock(MONDAY))
    seal_message(raw, received_at=MONDAY, sealed=undisturbed, reader=MimeMessageReader())

    library = FragileLibrary(MemoryClock(MONDAY))
    with TemporaryDirectory() as folder:
        journal = Path(folder) / "journal.sqlite"
        for at, after in cuts:
            library.dies_at, library.after = at, after
            with suppress(PowerCutError):
                take_in(library, raw, journal)
        library.dies_at = 0
        register = take_in(library, raw, journal)

    assert lies_in(library) == lies_in(undisturbed)
    assert {item.path for item in register} == set(lies_in(library))
    assert not any(check.finding for check in check_all(register, {Shelf.SEALED: library}))


@settings(max_examples=60, deadline=None)
@given(deeds=st.lists(st.sampled_from(KINDS), min_size=4, max_size=4))
def test_a_check_finds_every_file_that_was_changed_and_no_other(deeds: list[str]) -> None:
    library = MemoryLibrary(MemoryClock(MONDAY))
    kept = seal_message(report(2), received_at=MONDAY, sealed=library, reader=MimeMessageReader()).sealed.kept
    items = [item_of(one, shelf=Shelf.SEALED, at=MONDAY) for one in kept]

    for item, deed in zip(items, deeds, strict=True):
        _DEEDS[deed](library, item)

    expected = {"changed": Finding.CHANGED, "deleted": Finding.MISSING, "renamed": Finding.MISSING}
    found = [check.finding for check in check_all(items, {Shelf.SEALED: library})]
    assert found == [expected.get(deed) for deed in deeds]


def _change(library: MemoryLibrary, item: EvidenceItem) -> None:
    library.put(item.path, library.read(item.file_id) + b" ")


def _put_back(library: MemoryLibrary, item: EvidenceItem, *, deleted: bool) -> None:
    content = library.read(item.file_id)
    if deleted:
        library.delete(item.file_id)
    else:
        library.put(item.path, b"something else")
    library.put(item.path, content)


_DEEDS: dict[str, Callable[[MemoryLibrary, EvidenceItem], None]] = {
    "left alone": lambda library, item: None,
    "changed": _change,
    "deleted": lambda library, item: library.delete(item.file_id),
    "renamed": lambda library, item: library.rename(item.file_id, f"{item.path}.old"),
    "changed and put back": lambda library, item: _put_back(library, item, deleted=False),
    "deleted and put back": lambda library, item: _put_back(library, item, deleted=True),
}
