"""A folder of letters that a test can fill with Word files of its own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from docx import Document

import templates
from connectors.documents.emails import JinjaMailWriter
from connectors.documents.letters import DocxLetterWriter

SHIPPED = Path(templates.__file__).parent


@pytest.fixture
def letters() -> DocxLetterWriter:
    """The shipped letters."""
    return DocxLetterWriter(SHIPPED / "letters")


@pytest.fixture
def mails() -> JinjaMailWriter:
    """The shipped mails."""
    return JinjaMailWriter(SHIPPED / "emails")


@pytest.fixture
def note(tmp_path: Path) -> Callable[..., DocxLetterWriter]:
    """Make a kind of letter called "note" from a Word document that the given function fills."""

    def make(build: Callable[[Any], None] | bytes, **fields: str) -> DocxLetterWriter:
        folder = tmp_path / "note"
        folder.mkdir()
        if isinstance(build, bytes):
            content = build
        else:
            document = Document()
            build(document)
            output = io.BytesIO()
            document.save(output)
            content = output.getvalue()
        (folder / "letter.docx").write_bytes(content)
        listed = fields or {"parent": '"Mrs Oakfield"'}
        (folder / "fields.toml").write_text(_field_list(listed), encoding="utf-8")
        return DocxLetterWriter(tmp_path)

    return make


def _field_list(fields: Mapping[str, str]) -> str:
    return "\n".join(
        f'[fields.{name}]\nmeaning = "the {name}"\nsample = {rest}\n' for name, rest in fields.items()
    )


@pytest.fixture
def members() -> Callable[[bytes], dict[str, str]]:
    """The XML members of a Word file, as text."""

    def read(content: bytes) -> dict[str, str]:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return {
                name: package.read(name).decode()
                for name in package.namelist()
                if name.endswith((".xml", ".rels"))
            }

    return read
