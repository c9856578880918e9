"""Reads plain text, Markdown and web pages."""

import re
from collections.abc import Iterable, Iterator

from lxml import etree, html

from casework.policy_documents import Block, DocumentText, Look, Where
from connectors.documents.policies.limits import Watch

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*$")
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3}|`)(?=\S)(.+?)(?<=\S)\1")
_RULE = re.compile(r"\s*[-=*_|:\s]{3,}$")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
# Text whose lines are hardly ever longer was broken to fit a page.
_WIDE = 110
_UNSEEN = frozenset({"script", "style", "head", "noscript", "template", "svg", "del", "nav"})
_LINES = frozenset(
    {
        "p",
        "div",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "header",
        "footer",
        "dt",
        "dd",
        "blockquote",
    }
    | {
        "address",
        "figcaption",
        "caption",
        "main",
        "aside",
        "ul",
        "ol",
        "dl",
        "body",
        "html",
        "form",
        "fieldset",
        "pre",
        "center",
    }
)


# Control characters; tabs, ends of lines and of pages, and the mark that ended old files are of text.
_NO_TEXT = bytes({*range(1, 9), *range(14, 26), *range(28, 32), 127})
# What begins so is another kind of file, though all of it may be letters.
_KINDS = ((b"%pdf-", "a PDF"), (b"{\\rtf", "a rich-text document"))
_WEB_PAGES = ((b"<!doctype html", "a web page"), (b"<html", "a web page"))


def decode(content: bytes, watch: Watch) -> str:
    """Decodes text as Windows and the web write it.

    Raises:
        UnreadableDocumentError: It is no text.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    _refuse_kinds(content, watch, _KINDS)
    if b"\0" in content or _has_controls(content):
        raise watch.refuse("it is not text, whatever its name says")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _has_controls(content: bytes) -> bool:
    """Tells whether a two-hundredth of the bytes or more are such as no text has."""
    return (len(content) - len(content.translate(None, _NO_TEXT))) * 200 >= len(content) > 0


def _refuse_kinds(content: bytes, watch: Watch, kinds: Iterable[tuple[bytes, str]]) -> None:
    start = content[:100].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, kind in kinds:
        if start.startswith(mark):
            raise watch.refuse(
                f"it is {kind}, whatever its name says; give it the ending that it should have"
            )


def read_text(content: bytes, watch: Watch) -> DocumentText:
    """Reads plain text, one block a line.

    Raises:
        UnreadableDocumentError: It is no text.
    """
    _refuse_kinds(content, watch, _WEB_PAGES)
    lines = decode(content, watch).splitlines()
    wrapped = sum(len(line) > _WIDE for line in lines) * 10 < len(lines)
    blocks = tuple(Block(cells=(line,)) for line in lines if line.strip())
    return DocumentText(name=watch.name, blocks=blocks, wrapped=wrapped)


def read_markdown(content: bytes, watch: Watch) -> DocumentText:
    """Reads Markdown; rows of a table between lines of pipes keep their cells.

    Raises:
        UnreadableDocumentError: It is no text.
    """
    _refuse_kinds(content, watch, _WEB_PAGES)
    return DocumentText(name=watch.name, blocks=tuple(_markdown_blocks(decode(content, watch))))


def _markdown_blocks(text: str) -> Iterator[Block]:
    table = 0
    inside = False
    for line in text.splitlines():
        is_row = line.count("|") > 1
        table += is_row and not inside
        inside = is_row
        if not line.strip() or _RULE.match(line):
            continue
        if is_row:
            cells = tuple(_plain(cell) for cell in line.strip().strip("|").split("|"))
            yield Block(cells=cells, where=Where.TABLE, table=table)
            continue
        heading = _HEADING.match(line)
        yield Block(
            cells=(_plain(heading[2] if heading else line),), look=Look.HEADING if heading else Look.PLAIN
        )


def _plain(line: str) -> str:
    return _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", line))).strip()


def read_web_page(content: bytes, watch: Watch) -> DocumentText:
    """Reads a web page.

    Raises:
        UnreadableDocumentError: It is no web page, or empty.
    """
    try:
        root = html.document_fromstring(decode(content, watch))
    except (etree.ParserError, ValueError) as error:
        raise watch.refuse("it is not a web page, whatever its name says") from error
    title = root.findtext(".//title") or ""
    return DocumentText(
        name=watch.name, blocks=tuple(_WebPage().read(root)), properties={"title": title.strip()}
    )


_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_BLANKS = re.compile(r"[ \t\r\n\f]+")


class _WebPage:
    def __init__(self) -> None:
        self._line: list[str] = []
        self._blocks: list[Block] = []
        self._tables = 0

    def read(self, root: etree._Element) -> list[Block]:
        self._walk(root, Look.PLAIN)
        self._end(Look.PLAIN)
        return self._blocks

    def _walk(self, element: etree._Element, look: Look) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag and tag not in _UNSEEN:
            self._open(element, tag, look)
        self._say(element.tail)

    def _say(self, text: str | None) -> None:
        """Takes words in; the lines of the source mean nothing on a web page."""
        if text:
            self._line.append(_BLANKS.sub(" ", text))

    def _open(self, element: etree._Element, tag: str, look: Look) -> None:
        if tag == "br":
            self._line.append("\n")
        elif tag == "table" and element.find(".//table") is None:
            self._end(look)
            self._table(element)
        else:
            self._group(
                element, tag, Look.TITLE if tag == "h1" else Look.HEADING if tag in _HEADINGS else look
            )

    def _group(self, element: etree._Element, tag: str, look: Look) -> None:
        if tag in _LINES:
            self._end(look)
        self._say(element.text)
        for item in element:
            self._walk(item, look)
        if tag in _LINES or tag == "tr":
            self._end(look)
        elif tag in ("td", "th"):
            self._line.append("\t")

    def _table(self, table: etree._Element) -> None:
        self._tables += 1
        for row in table.iter("tr"):
            cells: list[str] = []
            columns: list[int] = []
            at = 0
            for cell in row.iterchildren("td", "th"):
                columns.append(at)
                at += int(cell.get("colspan", "1")) if cell.get("colspan", "1").isdigit() else 1
                cells.append(_cell_text(cell))
            if any(cells):
                self._blocks.append(
                    Block(cells=tuple(cells), where=Where.TABLE, columns=tuple(columns), table=self._tables)
                )

    def _end(self, look: Look) -> None:
        lines = "".join(self._line).split("\n")
        self._line = []
        for line in lines:
            words = line.strip(" ")
            if words.strip():
                self._blocks.append(Block(cells=(words,), look=look))


def _cell_text(cell: etree._Element) -> str:
    lines = _WebPage().read(cell)
    return "\n".join(block.text for block in lines)
