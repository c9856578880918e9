"""HTML to text and back, as Exchange does it well enough for a preview and a plain view."""

import re
from functools import lru_cache
from html import escape
from html.parser import HTMLParser

_BLOCKS = frozenset(
    {
        "p",
        "div",
        "br",
        "tr",
        "table",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "hr",
        "section",
        "article",
        "header",
    }
)
_SILENT = frozenset({"script", "style", "head", "title", "template"})
_ROOM = re.compile(r"[ \t\r\n\f\v\u00a0]+")
_MANY_LINES = re.compile(r"\n{3,}")
_ACTIVE = re.compile(r"<(script|iframe|object)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_META = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'


@lru_cache(maxsize=128)
def html_to_text(html: str) -> str:
    """The readable words of an HTML body, one line per block; a body is written once and shown often."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (line.strip() for line in "".join(reader.parts).split("\n"))
    return _MANY_LINES.sub("\n\n", "\n".join(lines)).strip()


def text_to_html(text: str) -> str:
    """A plain body as Exchange shows it when HTML is asked for."""
    lines = "<br>\r\n".join(escape(line, quote=False) for line in text.splitlines())
    return f'<html><head>\r\n{_META}</head><body><div class="PlainText">{lines}</div></body></html>'


def stored_html(html: str) -> str:
    """HTML as Exchange keeps it: a whole document with its meta line, nothing active."""
    safe = _ACTIVE.sub("", html)
    if re.search(r"<html[\s>]", safe, re.IGNORECASE):
        return safe
    return f"<html><head>\r\n{_META}</head><body>{safe}</body></html>"


def preview(body_type: str, body: str) -> str:
    """The first 255 characters of the words, on one line."""
    text = html_to_text(body) if body_type == "html" else body
    return _ROOM.sub(" ", text).strip()[:255]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the base class's form
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in {"td", "th"}:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS and tag != "br":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if self._silent == 0:
            self.parts.append(_ROOM.sub(" ", data))
