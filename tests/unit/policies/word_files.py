"""Word files of our own making, written part by part, with a sentence in whatever place a test asks for."""

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(text: str, properties: str = "") -> str:
    pieces = escape(text).split("\t")
    words = "<w:tab/>".join(f'<w:t xml:space="preserve">{piece}</w:t>' for piece in pieces)
    return f"<w:r><w:rPr>{properties}</w:rPr>{words}</w:r>"


def paragraph(*texts: str, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}{''.join(run(text) for text in texts)}</w:p>"


def raw_paragraph(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def cell(*lines: str, span: int = 1, inner: str = "") -> str:
    width = f'<w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>' if span > 1 else ""
    return f"<w:tc>{width}{''.join(paragraph(line) for line in lines)}{inner}</w:tc>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of plain cells, or of cells that were made with ``cell``."""
    made = (
        "<w:tr>" + "".join(words if words.startswith("<w:tc>") else cell(words) for words in row) + "</w:tr>"
        for row in rows
    )
    grid = '<w:gridCol w:w="2000"/>' * max(len(row) for row in rows)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(made)}</w:tbl>"


def content_control(inner: str, *, placeholder: bool = False) -> str:
    properties = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>" if placeholder else "<w:sdtPr/>"
    return f"<w:sdt>{properties}<w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def text_box(text: str) -> str:
    """A text box as Word writes it: twice, once for itself and once for older programs."""
    content = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return raw_paragraph(
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def field(code: str, shown: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText> {code} </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def word_file(
    body: str, *, edges: dict[str, str] | None = None, footnotes: str = "", title: str = "", section: str = ""
) -> bytes:
    """A whole Word file.

    Args:
        body: The paragraphs and tables.
        edges: Headers and footers by kind and page, such as ``{"header default": paragraph("...")}``.
        footnotes: The paragraphs of one footnote.
        title: The title among the file's properties.
        section: More properties of the section, such as ``<w:titlePg/>``.
    """
    parts: dict[str, str] = {}
    links: list[str] = []
    references = ""
    for number, (edge, inner) in enumerate((edges or {}).items()):
        kind, page = edge.split()
        name = f"{kind}{number}.xml"
        tag = "hdr" if kind == "header" else "ftr"
        parts[f"word/{name}"] = f"<w:{tag} {SPACES}>{inner}</w:{tag}>"
        links.append(f'<Relationship Id="e{number}" Type="{_LINK}/{kind}" Target="{name}"/>')
        references += f'<w:{kind}Reference w:type="{page}" r:id="e{number}"/>'
    if footnotes:
        parts["word/footnotes.xml"] = (
            f'<w:footnotes {SPACES}><w:footnote w:id="2">{footnotes}</w:footnote></w:footnotes>'
        )
        links.append(f'<Relationship Id="f" Type="{_LINK}/footnotes" Target="footnotes.xml"/>')
    ending = f"<w:sectPr>{references}{section}</w:sectPr>"
    parts["word/document.xml"] = f"<w:document {SPACES}><w:body>{body}{ending}</w:body></w:document>"
    parts["word/_rels/document.xml.rels"] = _relationships(links)
    parts["_rels/.rels"] = _relationships(
        [f'<Relationship Id="m" Type="{_LINK}/officeDocument" Target="word/document.xml"/>']
    )
    parts["[Content_Types].xml"] = _content_types(parts)
    dc = "http://purl.org/dc/elements/1.1/"
    parts["docProps/core.xml"] = (
        f'<c:coreProperties xmlns:c="urn:core" xmlns:dc="{dc}"><dc:title>{escape(title)}</dc:title></c:coreProperties>'
    )
    return zipped(parts)


def _content_types(parts: dict[str, str]) -> str:
    kinds = {"document": "document.main", "footnotes": "footnotes", "header": "header", "footer": "footer"}
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.'
        f'{kinds[name[5:-4].rstrip("0123456789")]}+xml"/>'
        for name in parts
        if name.startswith("word/") and name.endswith(".xml")
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def zipped(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _relationships(links: list[str]) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{"".join(links)}</Relationships>'
