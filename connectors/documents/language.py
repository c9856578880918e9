"""The language of a Word document, by which screen readers choose their voice and Word its spelling."""

from __future__ import annotations

from docx.document import Document
from docx.oxml.ns import qn

BRITISH = "en-GB"


def write_in_british_english(document: Document) -> None:
    """Say it in the document's properties, its styles and its settings; python-docx's own say American English."""
    document.core_properties.language = BRITISH
    for part in (document.styles.element, document.settings.element):
        for mark in part.iter(qn("w:lang"), qn("w:themeFontLang")):
            mark.set(qn("w:val"), BRITISH)
