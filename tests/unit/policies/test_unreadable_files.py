"""A file that cannot be read is named as such, with the reason; it is never taken for a policy without a date."""

import contextlib
import io
import zipfile
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import UnreadableDocumentError
from connectors.documents.policies import PolicyDocumentReader
from connectors.documents.policies.limits import ReadingLimits
from tests.unit.policies.pdf_files import lines_pdf, locked_pdf, pdf_file, scanned_pdf
from tests.unit.policies.word_files import paragraph, word_file, zipped

WORD = word_file(paragraph("Behaviour Policy") + paragraph("Next review: May 2027"))
PDF = lines_pdf("Behaviour Policy", "Next review: May 2027")
PICTURE = "<w:p><w:r><w:drawing/></w:r></w:p>"
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
LOCKED_WORD = COMPOUND + "EncryptedPackage".encode("utf-16-le") + bytes(600)
ENTITIES = '<!DOCTYPE d [<!ENTITY a "review"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'


def bad_zip(content: bytes) -> bytes:
    """Spoils the words within an archive and leaves its directory whole."""
    spoiled = bytearray(content)
    start = content.index(b"word/document.xml") + 40
    spoiled[start : start + 30] = bytes(30)
    return bytes(spoiled)


UNREADABLE = {
    "an empty Word file": ("a.docx", b"", "empty"),
    "a file of zeros": ("a.docx", bytes(4096), "empty"),
    "half a Word file": ("a.docx", WORD[: len(WORD) // 2], "damaged"),
    "a Word file with a spoiled part": ("a.docx", bad_zip(WORD), "damaged"),
    "a Word file with broken XML": (
        "a.docx",
        zipped({"word/document.xml": "<w:document><w:body>"}),
        "damaged",
    ),
    "an archive that is no document": ("a.docx", zipped({"photo.txt": "a photo"}), "not a Word document"),
    "a PDF called Word": ("a.docx", PDF, "whatever its name says"),
    "a picture called Word": ("a.docx", b"\x89PNG\r\n\x1a\n" + bytes(100), "whatever its name says"),
    "an old Word document called .docx": ("a.docx", COMPOUND, "old Word document"),
    "a Word file with a password": ("a.docx", LOCKED_WORD, "password"),
    "a Word file called PDF": ("a.pdf", WORD, "no PDF"),
    "half a PDF header": ("a.pdf", b"%PDF", "no PDF"),
    "a PDF without pages": ("a.pdf", b"%PDF-1.7\nnothing at all", "damaged"),
    "a PDF with a password": ("a.pdf", locked_pdf("holly"), "password"),
    "a scanned PDF": ("a.pdf", scanned_pdf(), "scan"),
    "a scan with a stamp on each page": (
        "a.pdf",
        scanned_pdf(stamp="Scanned 12/05/2024, page 1 of 9"),
        "scan",
    ),
    "a PDF without words or pictures": ("a.pdf", lines_pdf(""), "no words"),
    "a Word file without words": ("a.docx", word_file(""), "no words"),
    "a Word file of pictures": ("a.docx", word_file(PICTURE), "pictures"),
    "a picture called text": ("a.txt", b"GIF89a\0\0\1\2", "not text"),
    "a PDF called text": ("a.txt", PDF, "it is a PDF"),
    "a PDF called Markdown": ("a.md", PDF, "it is a PDF"),
    "a PDF called a web page": ("a.html", PDF, "it is a PDF"),
    "rich text called text": ("a.txt", rb"{\rtf1\ansi Next review: May 2027\par}", "rich-text"),
    "text with other bytes among it": (
        "a.md",
        b"Lettings Policy " * 9 + bytes(range(1, 32)) + b" Next review: May 2027",
        "not text",
    ),
    "a web page called text": ("a.txt", b"\n<!DOCTYPE html><p>Next review: May 2027", "it is a web page"),
    "a picture called OpenDocument": ("a.odt", b"GIF89a\0\0\1\2", "whatever its name says"),
    "a Word file called OpenDocument": ("a.odt", WORD, "not an OpenDocument"),
    "text called .doc": ("a.doc", b"Next review: May 2027", "no Word document"),
    "a spreadsheet": ("a.xlsx", WORD, "not read"),
    "a file without an ending": ("policy", b"Next review: May 2027", "not read"),
}


@pytest.mark.parametrize("file", UNREADABLE)
def test_it_says_why_it_cannot_read(file: str) -> None:
    name, content, reason = UNREADABLE[file]
    with pytest.raises(UnreadableDocumentError) as error:
        PolicyDocumentReader().read(content, name=name)
    assert reason in error.value.reason
    assert error.value.name == name


def test_a_part_that_unpacks_to_gigabytes_is_refused_before_it_fills_the_memory() -> None:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(8):
            part.write(b" " * 1_000_000)
    reader = PolicyDocumentReader(ReadingLimits(part_bytes=2_000_000))
    with pytest.raises(UnreadableDocumentError, match="too large when unpacked"):
        reader.read(buffer.getvalue(), name="bomb.docx")


def test_too_many_parts_too_many_pages_and_too_many_bytes_are_refused() -> None:
    limits = ReadingLimits(members=20, pages=2, file_bytes=100_000)
    reader = PolicyDocumentReader(limits)
    refused = {
        "parts.docx": zipped({f"word/{number}.xml": "<a/>" for number in range(21)}),
        "pages.pdf": pdf_file(*([(72, 700, "Aims")] for _ in range(3))),
        "bytes.txt": b"a" * 100_001,
    }
    for name, content in refused.items():
        with pytest.raises(UnreadableDocumentError):
            reader.read(content, name=name)
    assert reader.read(WORD, name="a.docx").blocks


def test_a_document_that_takes_too_long_is_put_aside() -> None:
    with pytest.raises(UnreadableDocumentError, match="took more than"):
        PolicyDocumentReader(ReadingLimits(seconds=-1)).read(WORD, name="slow.docx")


def test_entities_of_a_document_are_neither_expanded_nor_fetched() -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = f"<w:document {space}><w:body><w:p><w:r><w:t>Aims &b; &c;</w:t></w:r></w:p></w:body></w:document>"
    try:
        document = PolicyDocumentReader().read(zipped({"word/document.xml": ENTITIES + body}), name="a.docx")
    except UnreadableDocumentError:
        return
    assert "review" not in "".join(block.text for block in document.blocks)


@settings(max_examples=150, deadline=None)
@given(
    name=st.sampled_from(["a.docx", "a.pdf", "a.odt", "a.html", "a.md"]),
    rng=st.randoms(use_true_random=False),
)
def test_a_spoiled_file_is_read_or_named_and_never_stops_the_others(name: str, rng: Random) -> None:
    content = bytearray(PDF if name.endswith("pdf") else WORD)
    for _ in range(rng.randint(1, 30)):
        content[rng.randrange(len(content))] = rng.randrange(256)
    # Whatever else is raised fails the test.
    with contextlib.suppress(UnreadableDocumentError):
        assert PolicyDocumentReader().read(bytes(content), name=name).name == name
