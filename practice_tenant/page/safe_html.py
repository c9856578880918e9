"""The HTML of a mail with everything taken out that could act, fetch or pretend."""

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape

import lxml.etree
import lxml.html

_KEPT = frozenset(
    [
        "a",
        "abbr",
        "b",
        "big",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "div",
        "dl",
        "dt",
        "em",
        "font",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "li",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "tt",
        "u",
        "ul",
    ]
)
# Gone with all that is in them.
_DROPPED = frozenset(
    [
        "script",
        "style",
        "head",
        "title",
        "template",
        "iframe",
        "frame",
        "frameset",
        "object",
        "embed",
        "applet",
        "form",
        "input",
        "button",
        "select",
        "textarea",
        "svg",
        "math",
        "video",
        "audio",
        "source",
        "track",
        "noscript",
        "noembed",
        "xml",
        "meta",
        "link",
        "base",
        "canvas",
        "dialog",
    ]
)
_VOID = frozenset({"br", "col", "hr", "img"})
_ATTRIBUTES = frozenset(
    [
        "align",
        "alt",
        "bgcolor",
        "border",
        "cellpadding",
        "cellspacing",
        "colspan",
        "color",
        "dir",
        "face",
        "height",
        "lang",
        "rowspan",
        "size",
        "span",
        "start",
        "title",
        "valign",
        "width",
    ]
)
_STYLES = frozenset(
    [
        "background-color",
        "border",
        "border-bottom",
        "border-collapse",
        "border-color",
        "border-left",
        "border-radius",
        "border-right",
        "border-spacing",
        "border-style",
        "border-top",
        "border-width",
        "color",
        "display",
        "font",
        "font-family",
        "font-size",
        "font-style",
        "font-weight",
        "height",
        "letter-spacing",
        "line-height",
        "list-style",
        "list-style-type",
        "margin",
        "margin-bottom",
        "margin-left",
        "margin-right",
        "margin-top",
        "max-width",
        "min-width",
        "padding",
        "padding-bottom",
        "padding-left",
        "padding-right",
        "padding-top",
        "text-align",
        "text-decoration",
        "text-indent",
        "text-transform",
        "vertical-align",
        "white-space",
        "width",
        "word-break",
    ]
)
_BAD_VALUE = re.compile(r"url|expression|import|\\|[<>{}@]|/\*", re.IGNORECASE)
# A second rule inside the frame: should the cleaning ever miss something, it still fetches nothing.
_RULE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_FRAME = (
    '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Mail</title>'
    f'<meta http-equiv="Content-Security-Policy" content="{_RULE}"><base target="_top"><style>'
    "body{{font:16px/1.5 system-ui,sans-serif;margin:16px;color:#1c2128;background:#fff;overflow-wrap:anywhere}}"
    "img{{max-width:100%;height:auto}}table{{max-width:100%}}a{{color:#174751}}"
    ".out{{text-decoration:underline dotted;cursor:not-allowed}}"
    "</style></head><body>{body}</body></html>"
)

Link = Callable[[str], str]


def safe_document(html: str, pictures: Mapping[str, str], link: Link) -> str:
    """A whole document for a sandboxed frame.

    Args:
        html: the mail's.
        pictures: data: addresses of the inline pictures, by content id.
        link: the page's address for a link, "" for one that leads out; such a link is shown and goes nowhere.
    """
    return _FRAME.format(body="".join(_Cleaner(pictures, link).clean(html)))


class _Cleaner:
    def __init__(self, pictures: Mapping[str, str], link: Link) -> None:
        self._pictures = {name.lower(): address for name, address in pictures.items()}
        self._link = link

    def clean(self, html: str) -> Iterator[str]:
        try:
            # Bytes, since lxml refuses text that declares an encoding of its own.
            parser = lxml.html.HTMLParser(encoding="utf-8")
            root = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
        except (lxml.etree.ParserError, ValueError):
            return
        body = root.find("body")
        if body is not None:
            yield from self._inside(body)

    def _inside(self, element: lxml.html.HtmlElement) -> Iterator[str]:
        yield escape(element.text or "")
        for child in element:
            yield from self._element(child)
            yield escape(child.tail or "")

    def _element(self, element: lxml.html.HtmlElement) -> Iterator[str]:
        # A comment's or instruction's tag is a function.
        tag = element.tag.lower() if isinstance(element.tag, str) else "xml"
        if tag in _DROPPED:
            return
        if tag not in _KEPT or tag == "body":
            yield from self._inside(element)
            return
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in self._attributes(tag, element))
        yield f"<{tag}{attributes}>"
        if tag not in _VOID:
            yield from self._inside(element)
            yield f"</{tag}>"

    def _attributes(self, tag: str, element: lxml.html.HtmlElement) -> Iterator[tuple[str, str]]:
        for name, value in element.attrib.items():
            if name in _ATTRIBUTES:
                yield str(name), str(value)
        style = _safe_style(str(element.get("style") or ""))
        if style:
            yield "style", style
        if tag == "img":
            yield "src", self._picture(str(element.get("src") or ""))
        if tag == "a":
            yield from self._target(str(element.get("href") or ""))

    def _picture(self, source: str) -> str:
        """An inline picture of the mail; one from elsewhere stays away, its alternative text shows."""
        scheme, _, name = source.strip().partition(":")
        return self._pictures.get(name.lower(), "data:,") if scheme.lower() == "cid" else "data:,"

    def _target(self, url: str) -> Iterator[tuple[str, str]]:
        address = self._link(url) if url else ""
        if address:
            yield "href", address
        elif url:
            yield "class", "out"
            yield "title", f"Leads out of the practice school: {url}"


def _safe_style(style: str) -> str:
    kept = []
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        if colon and name.strip().lower() in _STYLES and not _BAD_VALUE.search(value):
            kept.append(f"{name.strip().lower()}:{value.strip()}")
    return ";".join(kept)
