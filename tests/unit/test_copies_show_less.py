"""Copies show less than the original: no author, place or device, and no name that staff have listed."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from casework.hiding import names_in, with_names_withheld
from connectors.documents.copies import DocumentCopies

COPIES = DocumentCopies()
PEOPLE = names_in(["Rosa Vale; robin@parents.example", "Bo Li"])


def withhold(text: str) -> tuple[str, int]:
    return with_names_withheld(text, PEOPLE)


def word(*paragraphs: str, author: str = "Rosa Vale") -> bytes:
    document = Document()
    document.core_properties.author = author
    for text in paragraphs:
        document.add_paragraph(text)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def paragraphs(content: bytes) -> list[str]:
    return [one.text for one in Document(io.BytesIO(content)).paragraphs]


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*words: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\x00\x00"))
    return (
        b"\x89PNG\r\n\x1a\n"
        + header
        + b"".join(chunk(b"tEXt", text) for text in words)
        + body
        + chunk(b"IEND", b"")
    )


def jpeg(orientation: int) -> bytes:
    entries = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0) + struct.pack("<HHII", 0x010F, 2, 12, 38)
    tiff = b"II*\x00" + struct.pack("<IH", 8, 2) + entries + b"\x00\x00\x00\x00" + b"Owner Rosa V"
    exif = b"Exif\x00\x00" + tiff
    segments = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    segments += b"\xff\xfe" + struct.pack(">H", 11) + b"by Rosa V"
    return b"\xff\xd8" + segments + b"\xff\xdb\x00\x04qq" + b"\xff\xda\x00\x04ss" + b"pixels\xff\xd9"


def test_a_word_file_keeps_its_text_and_loses_its_author() -> None:
    original = word("Rosa wrote this.")

    copy = COPIES.without_metadata(original)

    assert paragraphs(copy) == ["Rosa wrote this."]
    assert Document(io.BytesIO(copy)).core_properties.author == ""
    assert b"Vale" in b"".join(zipfile.ZipFile(io.BytesIO(original)).read("docProps/core.xml").splitlines())


def test_a_pdf_keeps_its_pages_and_loses_its_author() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": "Rosa Vale", "/Creator": "a phone"})
    saved = io.BytesIO()
    writer.write(saved)

    copy = COPIES.without_metadata(saved.getvalue())

    assert b"Vale" not in copy
    assert len(PdfReader(io.BytesIO(copy)).pages) == 1


def test_a_picture_loses_its_words_and_keeps_every_pixel() -> None:
    assert COPIES.without_metadata(png(b"Author\x00Rosa Vale")) == png()


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_photograph_loses_place_and_owner_and_stays_upright(orientation: int) -> None:
    copy = COPIES.without_metadata(jpeg(orientation))

    assert b"Rosa" not in copy
    assert copy.endswith(b"\xff\xdb\x00\x04qq\xff\xda\x00\x04sspixels\xff\xd9")
    assert (b"\x01\x12\x00\x03\x00\x00\x00\x01" + struct.pack(">H", orientation) in copy) is (
        orientation != 1
    )


def test_names_are_withheld_in_text_even_where_word_has_cut_them_into_runs() -> None:
    document = Document()
    line = document.add_paragraph("Then Ro")
    line.add_run("sa ").bold = True
    line.add_run("VALE and Bo Li answered.")
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "robin@parents.example"
    saved = io.BytesIO()
    document.save(saved)

    redaction = COPIES.redacted(saved.getvalue(), name="post.docx", withhold=withhold)

    assert redaction
    assert paragraphs(redaction.content) == ["Then [name withheld] and [name withheld] answered."]
    assert Document(io.BytesIO(redaction.content)).tables[0].cell(0, 0).text == "[name withheld]"
    assert redaction.places == 3


def test_a_word_that_only_begins_like_a_name_stays() -> None:
    redaction = COPIES.redacted(b"The valet saw Vale.", name="report.txt", withhold=withhold)

    assert redaction
    assert redaction.content == b"The valet saw [name withheld]."


@pytest.mark.parametrize("name", ["screenshot.png", "page.pdf", "film.mp4"])
def test_what_only_a_person_can_redact_is_left_to_one(name: str) -> None:
    assert COPIES.redacted(png(), name=name, withhold=withhold) is None


WHOLE = (
    word("x"),
    png(b"a\x00b"),
    jpeg(6),
    b"%PDF-1.7\n1 0 obj\n<< /Author (x) >>\nendobj\ntrailer << /Info 1 0 R >>",
)


@settings(max_examples=60, deadline=None)
@given(whole=st.sampled_from(WHOLE), at=st.integers(0, 4000), put=st.binary(max_size=6), cut=st.booleans())
def test_a_damaged_file_raises_nothing(whole: bytes, at: int, put: bytes, cut: bool) -> None:
    damaged = whole[:at] + put + (b"" if cut else whole[at + len(put) :])

    assert isinstance(COPIES.without_metadata(damaged), bytes)
    COPIES.redacted(damaged, name="x.docx", withhold=withhold)


def test_every_file_of_the_templates_survives(tmp_path: Path) -> None:
    letter = next(Path("templates/letters").rglob("letter.docx")).read_bytes()

    assert paragraphs(COPIES.without_metadata(letter)) == paragraphs(letter)
