"""PDFs by LibreOffice, letters as text, the source of the shipped letters, and the check as a command."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfReader
from rich.console import Console

import templates
from casework.errors import UnreadableDocumentError
from command_line.check_templates import check_templates
from connectors.documents.letters import (
    DocxLetterWriter,
    LibreOfficePdf,
    clean_docx,
    read_docx_text,
    read_marks,
)

ROOT = Path(templates.__file__).parent.parent
needs_libreoffice = pytest.mark.skipif(
    not LibreOfficePdf().installed, reason="LibreOffice is not installed on this machine"
)


@needs_libreoffice
def test_letters_become_pdfs_with_their_words_title_and_marks_for_reading_aloud(
    letters: DocxLetterWriter,
) -> None:
    kinds = letters.kinds()
    pdfs = LibreOfficePdf().convert_all([letters.write(kind, letters.sample(kind)) for kind in kinds])
    readers = {kind: PdfReader(io.BytesIO(pdf or b"")) for kind, pdf in zip(kinds, pdfs, strict=True)}

    assert "An invitation to talk with us" in readers["invitation"].pages[0].extract_text()
    assert len(readers["invitation"].pages) == 1
    assert len(readers["removal_request"].pages) <= 2
    for reader in readers.values():
        assert reader.metadata is not None
        assert reader.metadata.title
        assert "/StructTreeRoot" in reader.trailer["/Root"]


@needs_libreoffice
def test_a_conversion_that_takes_too_long_gives_no_pdf_and_holds_nothing_up(
    letters: DocxLetterWriter,
) -> None:
    letter = letters.write("invitation", letters.sample("invitation"))

    assert LibreOfficePdf(seconds=0.01).convert(letter) is None


def test_a_converter_that_fails_gives_no_pdf() -> None:
    assert LibreOfficePdf(Path(sys.executable)).convert(b"no letter") is None
    assert LibreOfficePdf(Path("no-such-program")).convert(b"no letter") is None


def test_without_libreoffice_the_word_file_is_all_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr("connectors.documents.letters.pdf._ELSEWHERE", ())

    assert not LibreOfficePdf().installed
    assert LibreOfficePdf().convert_all([b"one", b"two"]) == [None, None]


def test_the_shipped_letters_are_what_their_source_makes() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "make-letter-templates"), "--check"]

    outcome = subprocess.run(command, capture_output=True, text=True, check=False)

    assert outcome.returncode == 0, f"run scripts/make-letter-templates: {outcome.stdout}{outcome.stderr}"


def written(build: Callable[[Document], None]) -> bytes:
    document, output = docx.Document(), io.BytesIO()
    build(document)
    document.save(output)
    return output.getvalue()


def test_a_letter_as_text_has_tables_lists_breaks_text_boxes_and_inserted_words() -> None:
    def build(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "Top"
        document.add_paragraph("One\ttwo\nthree")
        document.add_paragraph("An entry", style="List Bullet")
        document.add_table(1, 2).cell(0, 1).text = "In a cell"
        document.add_paragraph("Around ")._p.append(
            parse_xml(
                f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p>"
                "</w:txbxContent></w:pict></w:r>"
            )
        )
        document.add_paragraph()._p.append(
            parse_xml(f"<w:ins {nsdecls('w')} w:id='1' w:author='x'><w:r><w:t>Put in</w:t></w:r></w:ins>")
        )
        document.add_paragraph()._p.append(
            parse_xml(f"<w:del {nsdecls('w')} w:id='2' w:author='x'><w:r><w:t>Gone</w:t></w:r></w:del>")
        )

    content = written(build)

    lines = [line for line in read_docx_text(content).splitlines() if line]
    assert lines == ["Top", "One\ttwo", "three", "- An entry", "In a cell", "Around", "In a box", "Put in"]
    assert read_marks(content).tracked_changes == 2


def test_a_letter_that_the_head_edited_in_word_can_be_cleaned_as_well() -> None:
    def build(document: Document) -> None:
        document.core_properties.author = "Pat Invented"
        document.add_paragraph("Dear Mrs Oakfield")

    cleaned = clean_docx(written(build))

    assert not read_marks(cleaned).has_author
    assert clean_docx(cleaned) == cleaned
    assert docx.Document(io.BytesIO(cleaned)).paragraphs[0].text == "Dear Mrs Oakfield"


@pytest.mark.parametrize("read", [read_docx_text, read_marks, clean_docx])
@pytest.mark.parametrize("content", [b"", b"no Word file", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_word_file_is_said_to_be_none(read: Callable[[bytes], object], content: bytes) -> None:
    with pytest.raises(UnreadableDocumentError, match="Word"):
        read(content)


def checked(folder: Path | None) -> tuple[int, str]:
    console = Console(record=True, width=200, file=io.StringIO())
    return check_templates(folder, console=console), console.export_text()


def test_the_check_is_content_with_everything_that_is_shipped() -> None:
    status, said = checked(None)

    assert status == 0
    assert "letters/invitation" in said
    assert "emails/approval_request" in said


def test_the_check_names_what_a_school_must_mend_in_its_own_letter(tmp_path: Path) -> None:
    def build(document: Document) -> None:
        document.add_paragraph("Dear {{ saluation }}")

    (tmp_path / "letters" / "invitation").mkdir(parents=True)
    (tmp_path / "letters" / "invitation" / "letter.docx").write_bytes(written(build))

    status, said = checked(tmp_path)

    assert status == 1
    assert '"Dear {{ saluation }}"' in said
    assert "salutation" in said
    assert re.search(r"letters/removal_request\s+│ ok", said)
