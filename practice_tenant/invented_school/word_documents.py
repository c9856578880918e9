"""Word documents as a school's office makes them, with dates in all the places where offices put them."""

from datetime import datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.shared import Cm, Pt

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_DRAWING = 'xmlns:v="urn:schemas-microsoft-com:vml"'


def new_document(title: str, *, author: str) -> Document:
    """An empty A4 document with the school's plain look and the title as its first line."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(11)
    document.core_properties.title = title
    document.core_properties.author = author
    document.core_properties.comments = ""
    document.core_properties.language = "en-GB"
    document.add_heading(title, level=0)
    return document


def add_table(document: Document, rows: tuple[tuple[str, str], ...]) -> None:
    """Labels on the left, values on the right."""
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for label, value in rows:
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(label).bold = True
        cells[1].text = value
    document.add_paragraph()


def add_header(document: Document, text: str) -> None:
    """A line at the head of every page."""
    document.sections[0].header.paragraphs[0].text = text


def add_dated_control(document: Document, label: str, day: datetime, words: str) -> None:
    """A label with a date picker: what Word calls a content control."""
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{label}: ").bold = True
    control = (
        f'<w:sdt {_WORD}><w:sdtPr><w:alias w:val="{label}"/><w:date w:fullDate="{day:%Y-%m-%dT00:00:00Z}">'
        f'<w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="en-GB"/></w:date></w:sdtPr>'
        f"<w:sdtContent><w:r><w:t>{words}</w:t></w:r></w:sdtContent></w:sdt>"
    )
    paragraph._p.append(parse_xml(control))  # noqa: SLF001 - python-docx has no content controls of its own


def add_text_box(document: Document, lines: tuple[str, ...]) -> None:
    """A framed box beside the text."""
    inside = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    box = (
        f'<w:r {_WORD} {_DRAWING}><w:pict><v:shape id="box" style="width:230pt;height:{20 * len(lines) + 14}pt" '
        f'fillcolor="#f2f2f2" stroked="t"><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox>'
        "</v:shape></w:pict></w:r>"
    )
    document.add_paragraph()._p.append(parse_xml(box))  # noqa: SLF001 - nor text boxes


def add_sections(document: Document, sections: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    """Headings with their paragraphs; a paragraph that begins with a dash becomes a bullet."""
    for heading, paragraphs in sections:
        document.add_heading(heading, level=1)
        for paragraph in paragraphs:
            bullet = paragraph.startswith("- ")
            document.add_paragraph(paragraph.removeprefix("- "), style="List Bullet" if bullet else "Normal")


def saved(document: Document) -> bytes:
    """The document as a .docx file."""
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()
