"""A letter from a template that was prepared once is the one that docxtpl writes each time anew."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import templates
from casework.errors import LetterTemplateError
from connectors.documents.letters import DocxLetterWriter, clean_docx
from connectors.documents.letters.located import LocatedTemplate, letter_environment
from connectors.documents.letters.pictures import place_picture
from connectors.documents.templating.fields import read_fields

SHIPPED = Path(templates.__file__).parent / "letters"
WRITER = DocxLetterWriter(SHIPPED)


def by_docxtpl(kind: str, fields: Mapping[str, Any]) -> bytes:
    template = LocatedTemplate(kind, (SHIPPED / kind / "letter.docx").read_bytes(), letter_environment())
    declared = read_fields(kind, SHIPPED / kind / "fields.toml", shared=SHIPPED)
    context = declared.complete(fields)
    for name, field in declared.fields.items():
        if field.picture and context[name]:
            context[name] = place_picture(template, field, context[name])
    return clean_docx(template.fill(context))


def members(letter: bytes) -> dict[str, bytes]:
    """Every member of a Word file; XML in canonical form."""
    with zipfile.ZipFile(io.BytesIO(letter)) as package:
        assert package.testzip() is None
        read = {name: package.read(name) for name in package.namelist()}
    return {
        name: etree.tostring(etree.fromstring(part), method="c14n")
        if name.endswith((".xml", ".rels"))
        else part
        for name, part in read.items()
    }


@pytest.mark.parametrize("kind", WRITER.kinds())
def test_every_kind_is_what_docxtpl_writes_whole_and_without_what_may_be_left_out(kind: str) -> None:
    for fields in read_fields(kind, SHIPPED / kind / "fields.toml", shared=SHIPPED).variants():
        assert members(WRITER.write(kind, fields)) == members(by_docxtpl(kind, fields))


@settings(max_examples=25, deadline=None)
@given(
    words=st.text(alphabet="a<>&\"'{}%_#-\\\n\t\u2019\u00a3\ue001 ", min_size=1, max_size=40).filter(
        str.strip
    ),
    concerns=st.lists(
        st.text(alphabet="ab{%_}\n", min_size=1, max_size=9).filter(str.strip), min_size=1, max_size=3
    ),
)
def test_whatever_stands_in_a_field_comes_out_as_from_docxtpl(words: str, concerns: list[str]) -> None:
    fields = {**WRITER.sample("removal_request"), "addressee": words, "concerns": concerns}

    assert members(WRITER.write("removal_request", fields)) == members(by_docxtpl("removal_request", fields))


def test_the_same_fields_give_the_same_bytes_and_word_files_that_open() -> None:
    fields = WRITER.sample("police_summary")
    letter = WRITER.write("police_summary", fields)

    assert letter == DocxLetterWriter(SHIPPED).write("police_summary", fields)
    assert len(Document(io.BytesIO(letter)).tables) == 4


def test_an_edited_template_is_used_from_the_next_letter_on(tmp_path: Path) -> None:
    own = tmp_path / "outcome" / "letter.docx"
    own.parent.mkdir()
    writer = DocxLetterWriter(SHIPPED, tmp_path)
    fields = writer.sample("outcome")
    shipped = writer.write("outcome", fields)

    for sentence in ("With best wishes.", "With all best wishes."):
        document = Document(str(SHIPPED / "outcome" / "letter.docx"))
        document.add_paragraph(sentence)
        document.save(str(own))
        os.utime(own, ns=(0, len(sentence)))
        assert sentence in writer.text(writer.write("outcome", fields))
    own.unlink()

    assert writer.write("outcome", fields) == shipped


def test_a_logo_that_changes_is_shown_from_the_next_letter_on() -> None:
    fields = WRITER.sample("outcome")
    with_logo = members(WRITER.write("outcome", fields))
    without = members(WRITER.write("outcome", {**fields, "school_logo": b""}))

    assert any(name.startswith("word/media/") for name in with_logo)
    assert not any(name.startswith("word/media/") for name in without)
    assert members(WRITER.write("outcome", fields)) == with_logo


def test_a_tag_cut_in_two_by_a_branch_still_names_the_letter_and_the_fault(tmp_path: Path) -> None:
    own = tmp_path / "outcome" / "letter.docx"
    own.parent.mkdir()
    document = Document(str(SHIPPED / "outcome" / "letter.docx"))
    document.add_paragraph("{% if removed %}Thank you.")
    document.add_table(rows=1, cols=1).cell(0, 0).text = "Goodbye.{% endif %}"
    document.save(str(own))
    writer = DocxLetterWriter(SHIPPED, tmp_path)

    with pytest.raises(LetterTemplateError, match="begins in one paragraph or table row and ends in another"):
        writer.write("outcome", {**writer.sample("outcome"), "removed": False})
