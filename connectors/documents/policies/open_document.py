"""Reads OpenDocument texts (.odt, .ott)."""

from collections.abc import Iterator

from lxml import etree

from casework.policy_documents import Block, DocumentText, Look, Where
from connectors.documents.policies.archive import Archive
from connectors.documents.policies.limits import Watch
from connectors.documents.policies.word_text import attribute, local

_Element = etree._Element  # noqa: SLF001 - the library gives its elements no public name

_UNSEEN = frozenset(
    {
        "tracked-changes",
        "annotation",
        "date",
        "time",
        "creation-date",
        "modification-date",
        "print-date",
        "forms",
    }
)
_HEADERS = frozenset({"header", "header-left", "header-first"})
_FOOTERS = frozenset({"footer", "footer-left", "footer-first"})
_MOST_REPEATS = 64


def read_open_document(content: bytes, watch: Watch) -> DocumentText:
    """Reads an OpenDocument text.

    Raises:
        UnreadableDocumentError: It is damaged, protected, too large, or no such text.
    """
    archive = Archive(content, watch)
    if not archive.has("content.xml"):
        raise watch.refuse("it is not an OpenDocument text, whatever its name says")
    if archive.has("META-INF/manifest.xml") and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise watch.refuse("it is protected by a password; save it without one")
    body = next(archive.parse("content.xml").iter("{*}text"), None)
    if body is None:
        raise watch.refuse("it is not an OpenDocument text, whatever its name says")
    styles = archive.parse("styles.xml") if archive.has("styles.xml") else None
    blocks = [
        *_page_edges(styles, _HEADERS, Where.HEADER),
        *_OpenText(Where.BODY).blocks(body),
        *_page_edges(styles, _FOOTERS, Where.FOOTER),
    ]
    return DocumentText(name=watch.name, blocks=tuple(blocks), properties=_properties(archive))


def _page_edges(styles: _Element | None, names: frozenset[str], where: Where) -> Iterator[Block]:
    if styles is None:
        return
    for page in styles.iter("{*}master-page"):
        for part in page:
            if local(part) in names and attribute(part, "display") != "false":
                yield from _OpenText(where).blocks(part)


class _OpenText:
    def __init__(self, where: Where) -> None:
        self._where = where
        self._tables = 0

    def blocks(self, root: _Element) -> Iterator[Block]:
        yield from self._walk(root, self._where)

    def _walk(self, parent: _Element, where: Where) -> Iterator[Block]:
        for element in parent:
            name = local(element)
            if name in ("p", "h"):
                yield from self._paragraph(element, name, where)
            elif name == "table":
                yield from self._table(element, where)
            elif name == "text-box":
                yield from self._walk(element, Where.TEXT_BOX)
            elif name not in _UNSEEN:
                yield from self._walk(element, where)

    def _paragraph(self, element: _Element, name: str, where: Where) -> Iterator[Block]:
        words: list[str] = []
        apart: list[tuple[_Element, Where]] = []
        _take(element, words, apart)
        text = "".join(words)
        style = (attribute(element, "style-name") or "").lower()
        look = Look.TITLE if style == "title" else Look.HEADING if name == "h" else Look.PLAIN
        if text.strip():
            yield Block(cells=(text,), where=where, look=look)
        for part, place in apart:
            yield from self._walk(part, place)

    def _table(self, table: _Element, where: Where) -> Iterator[Block]:
        self._tables += 1
        number = self._tables
        inner = Where.TABLE if where is Where.BODY else where
        for row in table.iter("{*}table-row"):
            if next(row.iterancestors("{*}table"), None) is not table:
                continue
            cells: list[str] = []
            columns: list[int] = []
            nested: list[Block] = []
            at = 0
            for cell in row:
                if local(cell) not in ("table-cell", "covered-table-cell"):
                    continue
                blocks = list(self._walk(cell, inner))
                columns.append(at)
                cells.append("\n".join(block.text for block in blocks if block.table is None))
                nested += [block for block in blocks if block.table is not None]
                at += _repeats(cell)
            if any(cell.strip() for cell in cells):
                yield Block(cells=tuple(cells), where=inner, columns=tuple(columns), table=number)
            yield from nested


def _take(element: _Element, words: list[str], apart: list[tuple[_Element, Where]]) -> None:
    words.append(element.text or "")
    for item in element:
        name = local(item)
        if name == "tab":
            words.append("\t")
        elif name == "line-break":
            words.append("\n")
        elif name == "s":
            words.append(" " * min(int(attribute(item, "c") or "1"), _MOST_REPEATS))
        elif name == "note":
            apart.append((item, Where.FOOTNOTE))
        elif name == "text-box":
            apart.append((item, Where.TEXT_BOX))
        elif name not in _UNSEEN:
            _take(item, words, apart)
        words.append(item.tail or "")


def _repeats(cell: _Element) -> int:
    words = attribute(cell, "number-columns-repeated") or "1"
    return min(int(words), _MOST_REPEATS) if words.isdigit() else 1


def _properties(archive: Archive) -> dict[str, str]:
    if not archive.has("meta.xml"):
        return {}
    title = next(archive.parse("meta.xml").iter("{http://purl.org/dc/elements/1.1/}title"), None)
    return {"title": title.text} if title is not None and title.text else {}
