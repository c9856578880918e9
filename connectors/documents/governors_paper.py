"""The governors' paper as a Word document: real headings, headed tables, charts with words beside them."""

from __future__ import annotations

from datetime import UTC, datetime

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table

from casework.governors.paper import GovernorsPaper, PaperSection
from connectors.documents.language import write_in_british_english
from connectors.documents.native_charts import add_chart
from connectors.documents.packing import saved

_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
_BLUE = RGBColor(0x1D, 0x3A, 0x5F)
_SIZES = {"Title": 20, "Heading 1": 14, "Normal": 11}
_WIDTHS = (Cm(11), Cm(5))


def governors_document(paper: GovernorsPaper) -> bytes:
    """The paper as .docx; the same figures give the same bytes but for the date that it names."""
    document = Document()
    _set_up(document, paper)
    document.add_heading(paper.title, level=0)
    document.add_paragraph(paper.school_name).runs[0].bold = True
    document.add_paragraph(paper.introduction)
    charts = 0
    for section in paper.sections:
        document.add_heading(section.heading, level=1)
        for sentence in section.sentences:
            # a page ends after the table, not before it
            document.add_paragraph(sentence).paragraph_format.keep_with_next = bool(section.rows)
        if section.rows:
            _add_table(document, section)
        if section.chart:
            charts += 1
            add_chart(document, section.chart, number=charts)
    if any(bar.is_hidden for section in paper.sections if section.chart for bar in section.chart.bars):
        document.add_paragraph(
            "A bar whose number is not shown always has the same length, which tells nothing."
        )
    return saved(document)


def _set_up(document: DocumentType, paper: GovernorsPaper) -> None:
    properties = document.core_properties
    properties.author = properties.last_modified_by = "Casework"
    properties.title, properties.comments = paper.title, ""
    write_in_british_english(document)
    properties.created = properties.modified = _ALWAYS
    for name, size in _SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(kind), None)
        if name != "Normal":
            style.font.color.rgb = _BLUE
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    page.top_margin = page.bottom_margin = Cm(2)


def _add_table(document: DocumentType, section: PaperSection) -> None:
    table = document.add_table(rows=0, cols=len(section.rows[0]))
    table.style = "Table Grid"
    table.autofit = False
    for number, row in enumerate(section.rows):
        cells = table.add_row().cells
        for place, (cell, text) in enumerate(zip(cells, row, strict=True)):
            cell.text = text
            cell.width = _WIDTHS[min(place, 1)]
            if number == 0:
                cell.paragraphs[0].runs[0].bold = True
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
    for column, width in zip(table.columns, _WIDTHS, strict=False):
        column.width = width
    _repeat_heading(table)
    _describe(table, section.heading)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _repeat_heading(table: Table) -> None:
    """Mark the first row as the table's heading: screen readers say it, and Word repeats it on a new page."""
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no name for it
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    properties.append(mark)


def _describe(table: Table, words: str) -> None:
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), words)
    table._tbl.tblPr.append(caption)  # noqa: SLF001 - python-docx has no name for it
