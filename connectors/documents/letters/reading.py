"""A Word letter as plain text, for showing it on a page and for reading it before it goes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from connectors.documents.letters.marks import W, read_parts

_ORDER: Final = ("header", "document", "footnotes", "endnotes", "footer")
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS: Final = {W + "br": "\n", W + "cr": "\n", W + "tab": "\t", W + "noBreakHyphen": "-"}
_UNSEEN: Final = frozenset({W + "del", W + "moveFrom", W + "instrText", _FALLBACK, W + "pPr", W + "rPr"})


def read_docx_text(content: bytes) -> str:
    """The words of a letter, a paragraph a line: header, body with tables and text boxes, notes, footer.

    Raises:
        UnreadableDocumentError: if it is not a Word document.
    """
    parts = dict(read_parts(content))
    lines: list[str] = []
    for kind in _ORDER:
        for name in sorted(name for name in parts if re.fullmatch(rf"word/{kind}\d*\.xml", name)):
            lines += _lines(etree.fromstring(parts[name]))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _lines(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter(W + "p"):
        if not any(ancestor.tag in _UNSEEN for ancestor in paragraph.iterancestors()):
            text = "".join(_text(paragraph)).rstrip()
            yield f"- {text.strip()}" if text and _is_listed(paragraph) else text


def _text(node: etree._Element) -> Iterator[str]:
    for child in node:
        if child.tag in _UNSEEN or child.tag == W + "p":
            continue  # a paragraph in a text box has a line of its own
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[str(child.tag)]
        else:
            yield from _text(child)


def _is_listed(paragraph: etree._Element) -> bool:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return paragraph.find(f"{W}pPr/{W}numPr") is not None or (
        style is not None and style.get(W + "val", "").startswith("List")
    )
