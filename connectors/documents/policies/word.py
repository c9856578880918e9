"""Reads Word documents (.docx, .docm, .dotx, .dotm): headers, body, notes and footers as a reader sees them."""

import posixpath
from collections.abc import Iterator

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
        blocks = [
            *self._parts(self._visible(root, "headerReference"), Where.HEADER, styles),
            *WordText(where=Where.BODY, titles=styles).blocks(root),
            *self._notes(styles),
            *self._parts(self._visible(root, "footerReference"), Where.FOOTER, styles),
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
            if attribute(link, "TargetMode") == "External":
                continue
            target = attribute(link, "Target") or ""
            whole = (
                target.lstrip("/")
                if target.startswith("/")
                else posixpath.normpath(posixpath.join(folder, target))
            )
            found[attribute(link, "Id") or ""] = ((attribute(link, "Type") or "").rpartition("/")[2], whole)
        return found

    def _visible(self, root: etree._Element, reference: str) -> list[str]:
        """Gives the headers or footers that are printed: one for first or even pages only where these differ."""
        evens = self._has_even_pages()
        names: list[str] = []
        for section in root.iter("{*}sectPr"):
            first_differs = child(section, "titlePg") is not None
            for item in section:
                kind = attribute(item, "type")
                if (
                    local(item) != reference
                    or (kind == "first" and not first_differs)
                    or (kind == "even" and not evens)
                ):
                    continue
                _, target = self._links.get(attribute(item, "id") or "", ("", ""))
                if target and target not in names and self._archive.has(target):
                    names.append(target)
        return names

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


def _has_pictures(root: etree._Element) -> bool:
    return next(root.iter("{*}drawing", "{*}pict", "{*}object"), None) is not None
