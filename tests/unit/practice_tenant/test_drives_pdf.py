"""Word to PDF through LibreOffice, and Microsoft's refusal where it cannot be had."""

import shutil
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from tests.checked_graph import CheckedGraph

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed: nothing can become a PDF"
)


def _letter(words: str) -> bytes:
    document, buffer = Document(), BytesIO()
    document.add_paragraph(words)
    document.save(buffer)
    return buffer.getvalue()


@needs_office
def test_a_letter_becomes_a_pdf_with_the_same_words(graph: CheckedGraph) -> None:
    graph.put("letter.docx", _letter("We invite you to a conversation."))
    answer = graph("GET", f"{graph.at('letter.docx')}/content?format=pdf", expect=302)
    pdf = graph.transfer("GET", answer.headers["Location"])
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert "We invite you to a conversation." in PdfReader(BytesIO(pdf.content)).pages[0].extract_text()


@pytest.mark.parametrize("name", ["photo.jpg", "mail.eml"])
def test_what_cannot_become_a_pdf_is_not_acceptable(graph: CheckedGraph, name: str) -> None:
    graph.put(name)
    assert graph.error("GET", f"{graph.at(name)}/content?format=pdf") == (406, "notAcceptable")


def test_no_other_form_is_had(graph: CheckedGraph) -> None:
    graph.put("letter.docx")
    assert graph.error("GET", f"{graph.at('letter.docx')}/content?format=html") == (406, "notAcceptable")
