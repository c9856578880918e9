"""Reads Word documents (.docx, .docm, .dotx, .dotm): headers, body, notes and footers as a reader sees them."""

import posixpath
from collections.abc import Iterator
from functools import cached_property

from lxml import etree

from casework.policy_documents import Block, DocumentText, Look, Where
from connectors.documents.policies.archive import Archive
from connectors.documents.policies.limits import Watch
from connectors.documents.policies.word_text import WordText, attribute, child, local

_NOTES = ("footnotes", "endnotes")
_NO_WORDS = "it holds no words; upload the document that was meant"
_PICTURES = "it holds pictures and no words, as a scan does; upload the document itself"


def read_word(content: bytes, watch: Watch) -> DocumentText:
    """Reads a Word document.

    Raises:
        UnreadableDocumentError: It is damaged, too large, or no Word document.
    """
    archive = Archive(content, watch)
    return _Word(archive, watch).read()


class _Word:
    def __init__(self, archive: Archive, watch: Watch) -> None:
        self._archive = archive
        self._watch = watch
        self._main = self._main_part()
        self._links = self._relations(self._main)

    def read(self) -> DocumentText:
        root = self._archive.parse(self._main)
        styles = self._styles()
        edges = self._visible(root)
        blocks = [
            *self._parts(edges["headerReference"], Where.HEADER, styles),
            *WordText(where=Where.BODY, titles=styles).blocks(root),
            *self._notes(styles),
            *self._parts(edges["footerReference"], Where.FOOTER, styles),
        ]
        self._watch.check()
        if not blocks:
            raise self._watch.refuse(_PICTURES if _has_pictures(root) else _NO_WORDS)
        return DocumentText(name=self._watch.name, blocks=tuple(blocks), properties=self._properties())

    def _main_part(self) -> str:
        for kind, target in self._relations("").values():
            if kind == "officeDocument":
                return target
        if self._archive.has("word/document.xml"):
            return "word/document.xml"
        raise self._watch.refuse("it is not a Word document, whatever its name says")

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Gives the parts that a part refers to, by id: the kind and the name of each."""
        folder, name = posixpath.split(part)
        source = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self._archive.has(source):
            return {}
        found: dict[str, tuple[str, str]] = {}
        for link in self._archive.parse(source):
            # The attributes of a link are in no namespace, in either kind of Word files.
            target = link.get("Target")
            if not target or link.get("TargetMode") == "External":
                continue
            found[link.get("Id", "")] = (link.get("Type", "").rpartition("/")[2], _within(folder, target))
        return found

    def _visible(self, root: etree._Element) -> dict[str, list[str]]:
        """Gives the headers and footers that are printed: one for first or even pages only where these differ."""
        names: dict[str, list[str]] = {"headerReference": [], "footerReference": []}
        for section in root.iter("{*}sectPr"):
            first_differs = child(section, "titlePg") is not None
            for item in section:
                among = names.get(local(item))
                if among is None or not self._is_printed(attribute(item, "type"), first_differs):
                    continue
                _, target = self._links.get(attribute(item, "id") or "", ("", ""))
                if target and target not in among and self._archive.has(target):
                    among.append(target)
        return names

    def _is_printed(self, kind: str | None, first_differs: bool) -> bool:
        return first_differs if kind == "first" else kind != "even" or self._has_even_pages

    @cached_property
    def _has_even_pages(self) -> bool:
        settings = next((target for kind, target in self._links.values() if kind == "settings"), "")
        return self._archive.has(settings) and b"evenAndOddHeaders" in self._archive.read(settings)

    def _parts(self, names: list[str], where: Where, styles: dict[str, Look]) -> Iterator[Block]:
        for name in names:
            yield from WordText(where=where, titles=styles).blocks(self._archive.parse(name))

    def _notes(self, styles: dict[str, Look]) -> Iterator[Block]:
        for kind, target in self._links.values():
            if kind in _NOTES and self._archive.has(target):
                yield from WordText(where=Where.FOOTNOTE, titles=styles).blocks(self._archive.parse(target))

    def _styles(self) -> dict[str, Look]:
        """Styles are known by the names that Word gives them, so the styles' own part need not be read."""
        return {"Title": Look.TITLE, "Subtitle": Look.HEADING}

    def _properties(self) -> dict[str, str]:
        name = "docProps/core.xml"
        if not self._archive.has(name):
            return {}
        title = next((item for item in self._archive.parse(name) if local(item) == "title"), None)
        return {"title": title.text} if title is not None and title.text else {}


def _within(folder: str, target: str) -> str:
    """Gives the name of a part that another part in a folder refers to."""
    if target.startswith("/"):
        return target.lstrip("/")
    whole = f"{folder}/{target}" if folder else target
    return posixpath.normpath(whole) if "./" in whole or "//" in whole else whole


def _has_pictures(root: etree._Element) -> bool:
    return next(root.iter("{*}drawing", "{*}pict", "{*}object"), None) is not None
