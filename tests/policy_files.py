"""Policy documents for tests, as a school's office writes them."""

from __future__ import annotations

from io import BytesIO

from docx import Document

SENTENCE = "This policy says how we do things at our school, and why we do them so."


def policy(title: str, *rows: tuple[str, str], text: str = SENTENCE) -> bytes:
    """A Word document with its dates in a table."""
    document = Document()
    document.add_heading(title, level=0)
    table = document.add_table(rows=0, cols=2)
    for label, value in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    document.add_paragraph(text)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def dated(
    title: str, *, last: str = "", following: str = "", owner: str = "Headteacher", text: str = SENTENCE
) -> bytes:
    """A policy with these dates; an empty one is left out."""
    rows = [("Policy owner", owner), ("Last reviewed", last), ("Next review", following)]
    return policy(title, *(row for row in rows if row[1]), text=text)
