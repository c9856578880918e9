"""What a Word file says beside its words: tracked changes, comments, hidden text, author, left-over tags."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lxml import etree

from casework.errors import UnreadableDocumentError

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHANGES: Final = tuple(
    W + name
    for name in (
        *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "numberingChange"),
        *(f"{kind}PrChange" for kind in ("r", "p", "tbl", "tr", "tc", "sect")),
    )
)
_TEXT_PARTS: Final = re.compile(r"word/(document\d*|header\d*|footer\d*|footnotes|endnotes)\.xml")
_MAIN_PART: Final = re.compile(r"word/document\d*\.xml")  # SharePoint calls it document2.xml
_LEFT_OVER: Final = re.compile(r"\{\{|\}\}|\{%|%\}")
_AUTHORS: Final = (
    "{http://purl.org/dc/elements/1.1/}creator",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy",
)
_NO_WORD_FILE: Final = "it is no Word document; save it again from Word as .docx"


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentMarks:
    """What a reading of a letter looks for before it may go.

    Attributes:
        hidden_text: how many pieces of text a reader of the page does not see.
        left_over_tags: tags of the template that nothing has filled.
        has_author: True if the file names who wrote or saved it.
    """

    tracked_changes: int
    comments: int
    hidden_text: int
    left_over_tags: int
    has_author: bool


def read_marks(content: bytes) -> DocumentMarks:
    """Count what a Word file carries beside its words.

    Raises:
        UnreadableDocumentError: if it is not a Word document.
    """
    return marks_in(dict(read_parts(content)))


def marks_in(parts: Mapping[str, bytes]) -> DocumentMarks:
    """Count what the members of a Word file carry beside its words."""
    roots = [etree.fromstring(part) for name, part in parts.items() if _TEXT_PARTS.fullmatch(name)]
    hidden = hidden_styles(parts)
    return DocumentMarks(
        tracked_changes=sum(1 for root in roots for _ in root.iter(*_CHANGES)),
        comments=parts.get("word/comments.xml", b"").count(b"<w:comment "),
        hidden_text=sum(1 for root in roots for _ in hidden_runs(root, hidden)),
        left_over_tags=sum(
            len(_LEFT_OVER.findall(text)) for root in roots for text in _paragraph_texts(root)
        ),
        has_author=_has_author(parts.get("docProps/core.xml", b"")),
    )


def read_parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The members of a Word file, in its own order.

    Raises:
        UnreadableDocumentError: if it is not a Word document.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if not any(_MAIN_PART.fullmatch(name) for name in package.namelist()):
                raise UnreadableDocumentError("The letter", _NO_WORD_FILE)
            for member in package.infolist():
                yield member.filename, package.read(member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        # A damaged, oddly packed, encrypted or cut-off archive, in zipfile's words.
        raise UnreadableDocumentError("The letter", _NO_WORD_FILE) from error


def hidden_styles(parts: Mapping[str, bytes]) -> frozenset[str]:
    """The ids of styles that hide their text."""
    styles = parts.get("word/styles.xml")
    return _hiding(styles) if styles is not None else frozenset()


@lru_cache(maxsize=16)
def _hiding(content: bytes) -> frozenset[str]:
    """Letters of one kind have the same styles, which name nobody."""
    styles = etree.fromstring(content)
    return frozenset(
        style.get(W + "styleId", "") for style in styles.iter(W + "style") if _vanishes(style.find(W + "rPr"))
    )


def hidden_runs(root: etree._Element, styles: frozenset[str]) -> Iterator[etree._Element]:
    """The runs that a reader of the page does not see."""
    for run in root.iter(W + "r"):
        properties = run.find(W + "rPr")
        if _vanishes(properties) or _style(properties, "rStyle") in styles or _paragraph_style(run) in styles:
            yield run


def _paragraph_texts(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter(W + "p"):
        yield "".join(node.text or "" for node in paragraph.iter(W + "t"))


def _vanishes(properties: etree._Element | None) -> bool:
    mark = properties.find(W + "vanish") if properties is not None else None
    return mark is not None and mark.get(W + "val", "true") not in {"false", "0", "off"}


def _style(properties: etree._Element | None, name: str) -> str:
    style = properties.find(W + name) if properties is not None else None
    return style.get(W + "val", "") if style is not None else ""


def _paragraph_style(run: etree._Element) -> str:
    paragraph = next(run.iterancestors(W + "p"), None)
    return _style(paragraph.find(W + "pPr"), "pStyle") if paragraph is not None else ""


def _has_author(core: bytes) -> bool:
    return bool(core) and any((node.text or "").strip() for node in etree.fromstring(core).iter(*_AUTHORS))
