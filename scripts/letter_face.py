"""The face of the shipped letters: page, styles, letterhead, address block, sign-off and footer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from docx import Document
from docx.document import Document as Letter
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

INK: Final = RGBColor(0x1F, 0x23, 0x28)
SCHOOL_BLUE: Final = RGBColor(0x1D, 0x3A, 0x5F)
GREY: Final = RGBColor(0x55, 0x5B, 0x63)  # 7 to 1 on white, so that small print is legible
TEXT_WIDTH: Final = Mm(166)
WIDTHS: Final = {2: (Mm(56), Mm(110)), 3: (Mm(58), Mm(36), Mm(72))}
CENTRED: Final = WD_ALIGN_PARAGRAPH.CENTER


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How a style looks; fonts are those that Word has everywhere and LibreOffice has at the same width."""

    size: float = 10.5
    before: float = 0
    after: float = 0
    line: float = 1.0
    colour: RGBColor = INK
    font: str = "Arial"
    bold: bool = False
    italic: bool = False
    together: bool = False
    align: WD_ALIGN_PARAGRAPH | None = None


LOOKS: Final = {
    "Normal": Look(after=6, line=1.12),
    "Heading 1": Look(size=14, before=7, after=6, colour=SCHOOL_BLUE, bold=True, together=True),
    "Heading 2": Look(size=11, before=8, after=3, colour=SCHOOL_BLUE, bold=True, together=True),
    "List Bullet": Look(after=6, line=1.2),
    "Quote": Look(before=1, after=4, line=1.12),
    "Header": Look(size=8.5, after=12, colour=GREY),
    "Footer": Look(size=8.5, colour=GREY),
    "Logo": Look(after=3, align=CENTRED),
    "School Name": Look(size=25, align=CENTRED, colour=SCHOOL_BLUE, font="Times New Roman"),
    "Motto": Look(size=11.5, before=1, align=CENTRED, colour=GREY, font="Times New Roman", italic=True),
    "School Address": Look(size=8.5, before=6, after=16, align=CENTRED, colour=GREY),
    "Delivery": Look(after=5, bold=True),
    "Address": Look(line=1.1),
    "Date Line": Look(before=11, after=9),
    "Sign Off": Look(before=6, after=38, together=True),
    "Signatory": Look(bold=True, together=True),
    "Signatory Role": Look(),
    "Paper School": Look(size=13, colour=SCHOOL_BLUE, font="Times New Roman"),
    "Paper Motto": Look(size=9.5, colour=GREY, font="Times New Roman", italic=True),
    "Paper Reference": Look(size=9, before=5, after=8, colour=GREY),
    "Cell": Look(size=9.5, before=2, after=2, line=1.1),
    "Cell Label": Look(size=9.5, before=2, after=2, line=1.1, bold=True),
    "Cell Hash": Look(size=7, before=3, after=2, line=1.1, font="Courier New"),
}


def new_letter(title: str) -> Letter:
    """An empty A4 letter with the house styles, in British English, with its title set."""
    letter = Document()
    letter.core_properties.title = title
    letter.core_properties.language = "en-GB"
    for language in letter.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    _modernise(letter)
    section = letter.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(15), Mm(17)
    section.header_distance = section.footer_distance = Mm(9)
    section.different_first_page_header_footer = True
    _define_styles(letter)
    return letter


def add_letterhead(letter: Letter) -> None:
    """Logo and motto if the school has them, its name, and one line that says where it is."""
    _lines(letter, "Logo", "{%p if school_logo %}", "{{ school_logo }}", "{%p endif %}")
    _lines(letter, "School Name", "{{ school_name }}")
    _lines(letter, "Motto", "{%p if school_motto %}", "{{ school_motto }}", "{%p endif %}")
    where = "{{ school_address|join(', ') }}  ·  {{ school_phone }}  ·  {{ school_email }}"
    _lines(letter, "School Address", where + "{% if school_website %}  ·  {{ school_website }}{% endif %}")


def add_paper_head(letter: Letter) -> None:
    """The school's name and motto in small, the reference and the day: a paper is for few eyes."""
    _lines(letter, "Paper School", "{{ school_name }}")
    _lines(letter, "Paper Motto", "{%p if school_motto %}", "{{ school_motto }}", "{%p endif %}")
    _lines(letter, "Paper Reference", "Our reference: {{ case_reference }}\tWritten on {{ written_on }}")


def add_table(letter: Letter, rows: list[list[str]], *, headed: bool) -> list[Paragraph]:
    """A table of these texts, and the paragraphs of its cells, to be filled by the caller in that order.

    Args:
        letter: the document.
        rows: the cells of each; a row of one cell (a loop's begin or end) has the others empty.
        headed: the first row is a heading, repeated on every page; otherwise the first column is.
    """
    columns = max(len(row) for row in rows)
    table = letter.add_table(rows=0, cols=columns)
    table.autofit = False
    _frame(table, headed=headed)
    cells = []
    for number, row in enumerate(rows):
        placed = table.add_row()
        _unbreakable(placed, heading=headed and number == 0)
        for column, cell in enumerate(placed.cells):
            cell.width = WIDTHS[columns][column]
            text = row[column] if column < len(row) else ""
            labels = number == 0 if headed else column == 0
            style = "Cell Label" if labels else "Cell Hash" if "sha256" in text else "Cell"
            cell.paragraphs[0].style = letter.styles[style]
            cells.append(cell.paragraphs[0])
    for column, width in enumerate(WIDTHS[columns]):
        table.columns[column].width = width
    return cells


def _frame(table: Table, *, headed: bool) -> None:
    """Thin lines between rows, and what tells a screen reader where the headings are."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        edge = OxmlElement(f"w:{side}")
        for name, value in {"val": "single", "sz": "4", "space": "0", "color": str(GREY)}.items():
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    properties = table._tbl.tblPr  # noqa: SLF001 (python-docx has no public way to draw a table's lines)
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(borders)
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        for name in list(look.attrib):
            del look.attrib[name]
        look.set(qn("w:firstRow"), str(int(headed)))
        look.set(qn("w:firstColumn"), str(int(not headed)))
        look.set(qn("w:noVBand"), "1")


def _unbreakable(row: _Row, *, heading: bool) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 (nor to keep a row on one page)
    properties.append(OxmlElement("w:cantSplit"))
    if heading:
        properties.append(OxmlElement("w:tblHeader"))


def add_address_block(letter: Letter) -> None:
    """How the letter travels, to whom, on which day, and the reference to quote."""
    _lines(letter, "Delivery", "{%p if delivery_note %}", "{{ delivery_note }}", "{%p endif %}")
    _lines(letter, "Address", "{{ addressee }}")
    _lines(letter, "Address", "{%p for line in addressee_address %}", "{{ line }}", "{%p endfor %}")
    _lines(letter, "Date Line", "{{ letter_date }}\tOur reference: {{ case_reference }}")


def add_sign_off(letter: Letter) -> None:
    """Room for a signature, then name and role, kept together on one page."""
    _lines(letter, "Sign Off", "Yours sincerely,")
    _lines(letter, "Signatory", "{{ signatory_name }}")
    _lines(letter, "Signatory Role", "{{ signatory_role }}")


def add_margins(letter: Letter) -> None:
    """Page numbers on every page, and the school's name and the reference on those after the first."""
    section = letter.sections[0]
    section.header.paragraphs[0].text = "{{ school_name }}\tOur reference: {{ case_reference }}"
    for footer in (section.first_page_footer, section.footer):
        line = footer.paragraphs[0]
        line.text = "{{ case_reference }}\tPage "
        _field(line, "PAGE")
        line.add_run(" of ")
        _field(line, "NUMPAGES")


def _modernise(letter: Letter) -> None:
    # python-docx begins with a file of Word 2010, which Word would open in its compatibility mode.
    for setting in letter.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    # Its table styles are half a megabyte that no letter uses.
    for style in list(letter.styles.element.iter(qn("w:style"))):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:default")) != "1":
            letter.styles.element.remove(style)
    for zoom in letter.settings.element.iter(qn("w:zoom")):
        zoom.set(qn("w:percent"), "100")


def _define_styles(letter: Letter) -> None:
    for name, look in LOOKS.items():
        if name not in letter.styles:
            letter.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = letter.styles["Normal"]
        style = letter.styles[name]
        style.quick_style = True
        _shape(style, look)
    for name in ("Date Line", "Paper Reference", "Header", "Footer"):
        stops = letter.styles[name].paragraph_format.tab_stops
        stops.clear_all()  # the default ones suit another page
        stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    bullet, quote = letter.styles["List Bullet"], letter.styles["Quote"]
    # where the list's own tab stands, so that every line begins below the first
    bullet.paragraph_format.left_indent, bullet.paragraph_format.first_line_indent = Pt(18), Pt(-10)
    quote.paragraph_format.left_indent = Mm(6)
    _rule(quote, "left", weight="18")
    _rule(letter.styles["School Address"], "top")
    _rule(letter.styles["Header"], "bottom")
    _rule(letter.styles["Paper Reference"], "top")


def _shape(style: ParagraphStyle, look: Look) -> None:
    style.font.name, style.font.size = look.font, Pt(look.size)
    style.font.bold, style.font.italic, style.font.color.rgb = look.bold, look.italic, look.colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()  # python-docx's own styles take the theme's font, which would win
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), look.font)
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(look.before), Pt(look.after), look.line
    layout.keep_with_next, layout.widow_control, layout.alignment = look.together, True, look.align


def _lines(letter: Letter, style: str, *texts: str) -> None:
    for text in texts:
        letter.add_paragraph(text, style=style)


def _rule(style: ParagraphStyle, side: str, *, weight: str = "8") -> None:
    borders, edge = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for name, value in {"val": "single", "sz": weight, "space": "6", "color": str(SCHOOL_BLUE)}.items():
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
    _insert(style, borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _insert(style: ParagraphStyle, element: BaseOxmlElement, *before: str) -> None:
    # Word refuses a file in which these stand in another order than its own.
    style.element.get_or_add_pPr().insert_element_before(element, *before)


def _field(paragraph: Paragraph, instruction: str) -> None:
    field, run, shown = OxmlElement("w:fldSimple"), OxmlElement("w:r"), OxmlElement("w:t")
    field.set(qn("w:instr"), instruction)
    shown.text = "1"
    run.append(shown)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 (python-docx has no public way to add a field)
