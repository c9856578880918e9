"""A Word document as HTML: headings, paragraphs, lists, tables, boxes and pictures, and nothing that could act."""

from base64 import b64encode
from collections.abc import Iterator
from html import escape
from io import BytesIO
from typing import Any

_NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif"})
_LARGEST_PICTURE = 2 * 1024 * 1024
_OFF = frozenset({"0", "false", "none", "off"})
# The page has an h1 and h2 of its own.
_FIRST_LEVEL, _LAST_LEVEL = 3, 6


def word_as_html(content: bytes) -> str:
    """The document's header, then its body.

    Raises:
        Exception: whatever python-docx comes across in a broken file.
    """
    import docx  # noqa: PLC0415 - slow to load, seldom needed

    document = docx.Document(BytesIO(content))
    header = document.sections[0].header
    shown = _Shown(document.part)
    above = "".join(_Shown(header.part).blocks(header._element))  # noqa: SLF001 - the only way to its boxes
    body = "".join(shown.blocks(document.element.body))
    return (f'<div class="doc-header">{above}</div>' if above.strip() else "") + body


class _Shown:
    """Shows what stands in one part of the document; pictures are looked up in its relations."""

    def __init__(self, part: Any) -> None:  # noqa: ANN401 - python-docx has no types of its own
        self._part = part

    def blocks(self, parent: Any) -> Iterator[str]:  # noqa: ANN401 - see above
        is_in_list = False
        for element in _flattened(parent):
            is_item = element.tag == _name("w:p") and self._style(element).startswith("List")
            if is_item != is_in_list:
                yield "<ul>" if is_item else "</ul>"
                is_in_list = is_item
            yield self._table(element) if element.tag == _name("w:tbl") else self._paragraph(element, is_item)
        if is_in_list:
            yield "</ul>"

    def _paragraph(self, paragraph: Any, is_item: bool) -> str:  # noqa: ANN401 - see above
        words = "".join(self._inline(paragraph))
        boxes = "".join(
            f'<div class="doc-box">{"".join(self.blocks(box))}</div>'
            for box in paragraph.iter(_name("w:txbxContent"))
            if not _is_fallback(box, paragraph)
        )
        if is_item:
            return f"<li>{words}</li>{boxes}"
        tag = _tag_of(self._style(paragraph))
        return (f"<{tag}>{words}</{tag}>" if words.strip() else "") + boxes

    def _inline(self, paragraph: Any) -> Iterator[str]:  # noqa: ANN401 - see above
        for run in paragraph.iter(_name("w:r")):
            if next(run.iterancestors(_name("w:p"))) is not paragraph:
                continue  # the words of a box stand in the box
            words = "".join(_signs(run)) + "".join(self._pictures(run))
            for mark, tag in (("w:b", "strong"), ("w:i", "em")):
                found = run.find(f"w:rPr/{mark}", _NAMES)
                if words.strip() and found is not None and found.get(_name("w:val")) not in _OFF:
                    words = f"<{tag}>{words}</{tag}>"
            yield words

    def _pictures(self, run: Any) -> Iterator[str]:  # noqa: ANN401 - see above
        for blip in run.iter(_name("a:blip")):
            part = self._part.related_parts.get(blip.get(_name("r:embed")))
            kind = getattr(part, "content_type", "")
            if part is not None and kind in _PICTURES and len(part.blob) <= _LARGEST_PICTURE:
                yield f'<img alt="" src="data:{kind};base64,{b64encode(part.blob).decode()}">'

    def _table(self, table: Any) -> str:  # noqa: ANN401 - see above
        rows = (
            "".join(f"<td>{''.join(self.blocks(cell))}</td>" for cell in row.iterchildren(_name("w:tc")))
            for row in table.iterchildren(_name("w:tr"))
        )
        return f'<table role="presentation">{"".join(f"<tr>{row}</tr>" for row in rows)}</table>'

    def _style(self, paragraph: Any) -> str:  # noqa: ANN401 - see above
        found = paragraph.find("w:pPr/w:pStyle", _NAMES)
        return str(found.get(_name("w:val"))) if found is not None else ""


def _flattened(parent: Any) -> Iterator[Any]:  # noqa: ANN401 - see above
    """Paragraphs and tables in order, those inside content controls too."""
    for child in parent:
        if child.tag in {_name("w:p"), _name("w:tbl")}:
            yield child
        elif child.tag == _name("w:sdt"):
            inside = child.find("w:sdtContent", _NAMES)
            yield from _flattened(inside) if inside is not None else ()


def _signs(run: Any) -> Iterator[str]:  # noqa: ANN401 - see above
    for child in run:
        if child.tag == _name("w:t"):
            yield escape(child.text or "")
        elif child.tag in {_name("w:br"), _name("w:cr")}:
            yield "<br>"
        elif child.tag == _name("w:tab"):
            yield " &emsp; "


def _is_fallback(box: Any, paragraph: Any) -> bool:  # noqa: ANN401 - see above
    """Whether a box is the old form of one that is there already, or lies in another box."""
    above = [each.tag for each in box.iterancestors() if paragraph in each.iterancestors()]
    return _name("mc:Fallback") in above or _name("w:txbxContent") in above


def _tag_of(style: str) -> str:
    if style == "Title":
        return f"h{_FIRST_LEVEL}"
    if style.startswith("Heading"):
        level = style.removeprefix("Heading").strip()
        return f"h{min(_FIRST_LEVEL + int(level or 1), _LAST_LEVEL)}" if level.isdigit() or not level else "p"
    return "p"


def _name(short: str) -> str:
    prefix, _, tag = short.partition(":")
    return f"{{{_NAMES[prefix]}}}{tag}"
