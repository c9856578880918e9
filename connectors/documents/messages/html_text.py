"""HTML mail as a person reads it: plain lines, ">" for quotations, nothing that is hidden."""

from __future__ import annotations

import re

from lxml import etree, html

from connectors.documents.messages.limits import MOST_HTML

_SKIPPED = frozenset(
    {"head", "style", "script", "title", "template", "noscript", "object", "svg", "select", "xml"}
)
_BLOCKS = frozenset({
    "address", "article", "aside", "body", "center", "dd", "details", "dir", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "legend", "li", "main", "menu",
    "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul", "blockquote", "caption",
})  # fmt: skip
_SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "dl", "blockquote"})
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden", re.IGNORECASE)
_CLOSE_SET = re.compile(
    r"MsoNormal|MsoPlainText|MsoListParagraph|margin\s*:\s*0|margin-(?:top|bottom)\s*:\s*0", re.IGNORECASE
)
_WHITE = re.compile(r"[ \t\r\n\f]+")
RULE = "_" * 32


def html_to_text(markup: str) -> str:
    """The text of an HTML mail. Broken markup is read as browsers do; nothing raises."""
    source = markup[:MOST_HTML].replace("\x00", "")
    if not source.strip():
        return ""
    source = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", source)
    try:
        root = html.document_fromstring(source.encode("utf-8", "replace"), parser=_parser())
    except (etree.LxmlError, ValueError, AssertionError):
        return _WHITE.sub(" ", re.sub(r"<[^>]{0,2000}>", " ", source)).strip()
    return _Page().read(root)


def _parser() -> html.HTMLParser:
    return html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)


class _Page:
    """Collects lines while walking the elements in order."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.depth = 0
        self.pre = 0
        self.wants_blank = False

    def read(self, root: etree._Element) -> str:
        skipping: etree._Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if skipping is not None:
                if event == "end" and element is skipping:
                    skipping = None
                    self._words(element.tail)
                continue
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start" and (tag in _SKIPPED or _is_hidden(element)):
                skipping = element
            elif event == "start":
                self._open(tag, element)
                self._words(element.text)
            else:
                self._close(tag, element)
                self._words(element.tail)
        self._end_line()
        return _tidy(self.lines)

    def _open(self, tag: str, element: etree._Element) -> None:
        if tag == "br":
            self._end_line(even_if_empty=True)
        elif tag == "hr":
            self._block(spaced=False)
            self.line.append(RULE)
            self._end_line()
        elif tag in _BLOCKS:
            self._block(spaced=tag in _SPACED and not _is_close_set(element))
            self.depth += tag == "blockquote"
            self.pre += tag == "pre"
            if tag == "li":
                self.line.append("- ")
        elif tag in {"td", "th"} and self.line:
            self.line.append("\t")

    def _close(self, tag: str, element: etree._Element) -> None:
        if tag == "a":
            self._hidden_address(element)
        if tag == "dt" and self.line and not self.line[-1].rstrip().endswith(":"):
            self.line.append(":")  # a browser sets the term apart from its description; so does a colon
        if tag not in _BLOCKS:
            return
        spaced = tag in _SPACED and not _is_close_set(element)
        if tag in {"p", "div"} and not self.line and _is_empty_line(element):
            self._end_line(even_if_empty=True)
        self._block(spaced=spaced)
        self.depth -= tag == "blockquote"
        self.pre -= tag == "pre"

    def _words(self, text: str | None) -> None:
        if not text:
            return
        if self.pre:
            *whole, last = text.split("\n")
            for line in whole:
                self.line.append(line.rstrip("\r"))
                self._end_line(even_if_empty=True)
            self.line.append(last)
            return
        flowing = _WHITE.sub(" ", text)
        if not self.line or self.line[-1].endswith((" ", "\t", "\n")):
            flowing = flowing.lstrip(" ")
        if flowing:
            self.line.append(flowing)

    def _block(self, *, spaced: bool) -> None:
        self._end_line()
        self.wants_blank = self.wants_blank or spaced

    def _end_line(self, *, even_if_empty: bool = False) -> None:
        text = "".join(self.line).rstrip(" ")
        self.line = []
        if not text.strip() and not even_if_empty:
            return
        prefix = "> " * self.depth
        if self.wants_blank and self.lines and self.lines[-1].strip("> "):
            self.lines.append(prefix.rstrip())
        self.wants_blank = False
        self.lines.append((prefix + text).rstrip())

    def _hidden_address(self, link: etree._Element) -> None:
        """A name that links to a mail address would lose it: the printed headers of some programs are such links."""
        target = str(link.get("href") or "")
        address = target[7:].partition("?")[0].strip() if target[:7].lower() == "mailto:" else ""
        recent = "".join(self.line)
        if "@" in address and len(address) < 255 and address.lower() not in recent.lower():  # noqa: PLR2004 - RFC 5321
            self.line.append(f" <{address}>")


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style")
    return bool(style and _HIDDEN.search(style)) or element.get("hidden") is not None


def _is_close_set(element: etree._Element) -> bool:
    marks = (element.get("class") or "") + " " + (element.get("style") or "")
    return bool(_CLOSE_SET.search(marks))


def _is_empty_line(element: etree._Element) -> bool:
    """A paragraph that holds only a space that does not break stands for an empty line."""
    return len(element) == 0 and not (element.text or "").strip() and "\u00a0" in (element.text or "")


def _tidy(lines: list[str]) -> str:
    """At most two empty lines together, none at the edges."""
    text = "\n".join(lines)
    return re.sub(r"\n(?:[ \t]*\n){3,}", "\n\n\n", text).strip("\n")
