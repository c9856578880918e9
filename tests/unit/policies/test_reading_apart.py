"""No file stops the rest: one that hangs, crashes or fills the memory is named, and the next is read."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from casework.errors import UnreadableDocumentError
from casework.policy_documents import Block, DocumentText, Look, Where
from connectors.documents.policies import ApartDocumentReader, PolicyDocumentReader, apart
from connectors.documents.policies.frames import from_json, to_json
from connectors.documents.policies.limits import ReadingLimits
from tests.unit.policies.pdf_files import lines_pdf
from tests.unit.policies.word_files import paragraph, table, word_file

PDF = lines_pdf("Behaviour Policy", "Next review: May 2027")
WORD = word_file(paragraph("Behaviour Policy", style="Title") + table(("Next review", "May 2027")))


@pytest.fixture(scope="module")
def stubborn() -> Iterator[ApartDocumentReader]:
    """A reader whose process hangs, crashes or swells on files that are named so."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apart, "_CHILD", "tests.unit.policies.stubborn_child")
        patch.setattr(apart, "_GRACE_SECONDS", 1.0)
        reader = ApartDocumentReader(ReadingLimits(memory_bytes=1 << 30))
        yield reader
        reader.close()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("crashes.pdf", "brought the reader down"),
        ("leaves.pdf", "brought the reader down"),
        ("swells.pdf", "too much memory"),
    ],
)
def test_it_is_named_and_the_next_one_is_read(stubborn: ApartDocumentReader, name: str, reason: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=reason):
        stubborn.read(PDF, name=name)
    assert "Next review: May 2027" in words_of(stubborn.read(PDF, name="behaviour.pdf"))


def test_a_file_that_hangs_is_given_up_and_the_next_one_is_read(
    stubborn: ApartDocumentReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Only the file that never ends has little time: a busy machine may take long over any other.
    stubborn.close()
    with monkeypatch.context() as hurried:
        hurried.setattr(stubborn, "_limits", replace(stubborn._limits, seconds=0.5))
        with pytest.raises(UnreadableDocumentError, match="took too long"):
            stubborn.read(PDF, name="hangs.pdf")
    assert "Next review: May 2027" in words_of(stubborn.read(PDF, name="behaviour.pdf"))


def test_what_is_read_apart_is_what_is_read_here() -> None:
    reader = ApartDocumentReader()
    # Files that are larger than a small one are read apart, whatever their kind.
    large = word_file(paragraph("We look after our things. " * 100_000) + table(("Next review", "May 2027")))
    try:
        for content, name in ((PDF, "a.pdf"), (WORD, "a.docx"), (large, "large.docx")):
            assert reader.read(content, name=name) == PolicyDocumentReader().read(content, name=name)
    finally:
        reader.close()


def test_one_process_reads_file_after_file() -> None:
    reader = ApartDocumentReader()
    for _ in range(3):
        reader.read(PDF, name="a.pdf")
    (child,) = reader._idle
    assert child._done == 3
    reader.close()
    assert reader._idle == []


def test_two_threads_read_at_once_and_neither_gets_the_other_s_words() -> None:
    reader = ApartDocumentReader()
    right: list[int] = []

    def read(number: int) -> None:
        line = f"Behaviour Policy, version {number}"
        words = (words_of(reader.read(lines_pdf(line), name="a.pdf")) for _ in range(5))
        right.extend(number for found in words if found.strip() == line)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reader.close()
    assert sorted(right) == [0] * 5 + [1] * 5 + [2] * 5


def test_a_document_comes_back_through_json_as_it_was() -> None:
    document = DocumentText(
        name="a.pdf",
        blocks=(
            Block(
                cells=("Aims\n\ud800", "£5 \u2013 \u201cyes\u201d"),
                where=Where.TEXT_BOX,
                columns=(0, 2),
                table=3,
            ),
            Block(cells=("Lost Property",), look=Look.TITLE),
        ),
        wrapped=True,
        properties={"title": "Lost Property"},
    )
    assert from_json(to_json(document), name="a.pdf") == document


def words_of(document: DocumentText) -> str:
    return "\n".join(block.text for block in document.blocks)
