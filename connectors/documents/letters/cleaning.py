"""A Word file as it may leave: no author, comments, hidden text or traces of editing; always the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from lxml import etree

from connectors.documents.letters.marks import W, hidden_runs, hidden_styles, read_parts
from connectors.documents.packing import packed

_DROPPED: Final = re.compile(
    r"word/(comments\w*|people|stylesWithEffects|vbaProject|vbaData)\.(xml|bin)|docProps/(app|custom)\.xml|docProps/thumbnail\..*"
    r"|customXml/.*|word/(glossary|attachedToolbars)/.*|.*/_rels/(comments|people|vbaProject)[\w.]*\.rels"
)
_MARKS: Final = tuple(
    W + name
    for name in (
        *("commentRangeStart", "commentRangeEnd", "commentReference", "proofErr", "lastRenderedPageBreak"),
        *(
            "dataBinding",
            "rsids",
            "rsid",
            "docVars",
            "attachedTemplate",
            "trackRevisions",
            "mailMerge",
            "vanish",
        ),
    )
)
_KEPT_PROPERTIES: Final = frozenset({"title", "language"})
_RSID: Final = re.compile(r"\{.*\}(rsid\w*|paraId|textId)")
_XML_ROOTS: Final = re.compile(r"(word|docProps)/.*\.xml")
_OF_THE_LOOK: Final = re.compile(r"word/(styles|numbering|fontTable|webSettings|theme/theme\d*)\.xml")
"""What letters of one kind have in common: it says how they look, and holds no word of them."""


def clean_docx(content: bytes) -> bytes:
    """The same letter without anything that a reader does not see.

    Raises:
        UnreadableDocumentError: if it is not a Word document.
    """
    return cleaned(dict(read_parts(content)))


def cleaned(parts: Mapping[str, bytes]) -> bytes:
    """The same of a Word file whose members are in hand."""
    hidden = hidden_styles(parts)
    kept = {name: part for name, part in parts.items() if not _DROPPED.fullmatch(name)}
    for name, part in kept.items():
        if name == "[Content_Types].xml" or name.endswith(".rels"):
            kept[name] = _without_dropped(part)
        elif name == "docProps/core.xml":
            kept[name] = _clean_properties(part)
        elif _OF_THE_LOOK.fullmatch(name):
            kept[name] = _clean_once(part, hidden)
        elif _XML_ROOTS.fullmatch(name):
            kept[name] = _clean_part(part, hidden)
    return packed(sorted(kept.items(), key=lambda part: (part[0] != "[Content_Types].xml", part[0])))


def _without_dropped(part: bytes) -> bytes:
    root = etree.fromstring(part)
    for entry in list(root):
        target = (entry.get("PartName") or entry.get("Target") or "").lstrip("/").removeprefix("../")
        if (
            entry.get("TargetMode") != "External"
            and (_DROPPED.fullmatch(target) or _DROPPED.fullmatch(f"word/{target}"))
        ) or entry.get("Type", "").endswith("/attachedTemplate"):
            root.remove(entry)
    return _written(root)


def _clean_properties(part: bytes) -> bytes:
    root = etree.fromstring(part)
    for entry in list(root):
        if etree.QName(entry).localname not in _KEPT_PROPERTIES:
            root.remove(entry)
    return _written(root)


@lru_cache(maxsize=64)
def _clean_once(part: bytes, hidden: frozenset[str]) -> bytes:
    return _clean_part(part, hidden)


def _clean_part(part: bytes, hidden: frozenset[str]) -> bytes:
    root = etree.fromstring(part)
    for run in list(hidden_runs(root, hidden)):
        _remove(run)
    for node in list(root.iter(*_MARKS)):
        _remove(node)
    for node in root.iter(etree.Element):
        for name in [name for name in node.attrib if _RSID.fullmatch(str(name))]:
            del node.attrib[name]
    return _written(root)


def _remove(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
