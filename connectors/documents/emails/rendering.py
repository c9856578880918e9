"""A mail's blocks as HTML that looks right in Outlook and on a phone, and as plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Final

from casework.differences import ADDED, END, REMOVED, in_plain_text
from connectors.documents.emails.blocks import LINK, Block, unshield

_INK, _SCHOOL_BLUE, _GREY = "#1f2328", "#1d3a5f", "#555b63"
# Outlook takes fonts and margins only from the element itself, so every element carries its own.
_FONT: Final = f"font-family:Arial,Helvetica,sans-serif;color:{_INK};"
_PLAIN: Final = f"{_FONT}font-size:16px;line-height:24px;"
_SMALL: Final = f"{_FONT}font-size:15px;line-height:22px;"
_TITLE: Final = f"{_FONT}font-weight:bold;color:{_SCHOOL_BLUE};"
_BUTTON: Final = (
    f"{_FONT}font-size:16px;line-height:20px;font-weight:bold;color:#ffffff;text-decoration:none;"
)
_STYLES: Final = {
    "heading": f"{_TITLE}font-size:21px;line-height:27px;margin:0 0 14px 0;",
    "section": f"{_TITLE}font-size:16px;line-height:22px;margin:22px 0 6px 0;",
    "paragraph": f"{_PLAIN}margin:0 0 14px 0;",
    "list": f"{_PLAIN}margin:0 0 14px 0;padding:0 0 0 22px;",
    "entry": f"{_PLAIN}margin:0 0 4px 0;",
    "label": f"{_SMALL}color:{_GREY};white-space:nowrap;padding:5px 14px 5px 0;",
    "value": f"{_SMALL}font-weight:bold;padding:5px 0;overflow-wrap:anywhere;word-break:break-word;",
    "notice": f"{_PLAIN}padding:10px 14px;border-left:4px solid #b7791f;",
    "change": f"{_PLAIN}margin:0 0 10px 0;padding:0 0 0 12px;border-left:4px solid #8a94a0;",
    "quote": f"{_PLAIN}margin:0 0 10px 0;padding:0 0 0 12px;border-left:4px solid #d9dee3;",
    "button": f"{_BUTTON}display:inline-block;padding:11px 20px;",
}
_INLINE: Final = (
    f"{_SMALL}color:{_SCHOOL_BLUE};font-weight:bold;white-space:nowrap;"
    "display:inline-block;padding:4px 14px 4px 0;"
)
# Struck through and underlined, so that nobody has to tell colours apart.
_REMOVED: Final = "color:#7a2e2e;text-decoration:line-through;"
_ADDED: Final = "color:#1d5c3a;text-decoration:underline;font-weight:bold;"
_BUTTON_COLOURS: Final = ("#1d5c3a", _SCHOOL_BLUE, "#7a2e2e")
_TABLE: Final = '<table role="presentation" cellpadding="0" cellspacing="0" border="0"'


def as_html(blocks: Iterable[Block]) -> str:
    """The blocks as the inside of an HTML mail."""
    return "\n".join(_html(block) for block in blocks)


def as_text(blocks: Iterable[Block]) -> str:
    """The blocks as plain text, with a blank line between them."""
    return "\n\n".join(text for block in blocks if (text := unshield(_text(block))))


def _html(block: Block) -> str:
    makers = {"list": _list, "facts": _facts, "notice": _notice, "buttons": _buttons}
    if block.kind in makers:
        return makers[block.kind](block)
    if block.kind == "change":
        return f'<p style="{_STYLES["change"]}">{_marked(_words(block.lines[0]))}</p>'
    element = {"heading": "h1", "section": "h2"}.get(block.kind, "p")
    return f'<{element} style="{_STYLES[block.kind]}">{_words(block.lines[0])}</{element}>'


def _list(block: Block) -> str:
    entries = "".join(f'<li style="{_STYLES["entry"]}">{_words(line)}</li>' for line in block.lines)
    return f'<ul style="{_STYLES["list"]}">{entries}</ul>'


def _facts(block: Block) -> str:
    rows = "".join(
        f'<tr><td valign="top" style="{_STYLES["label"]}">{_words(label)}</td>'
        f'<td valign="top" style="{_STYLES["value"]}">{_words(value)}</td></tr>'
        for label, value in zip(block.lines, block.values, strict=True)
    )
    return f'{_TABLE} style="margin:0 0 16px 0;">{rows}</table>'


def _notice(block: Block) -> str:
    cell = f'<td bgcolor="#fdf6e7" style="{_STYLES["notice"]}">{_words(block.lines[0])}</td>'
    return f'{_TABLE} width="100%" style="margin:0 0 14px 0;"><tr>{cell}</tr></table>'


def _buttons(block: Block) -> str:
    colours = _BUTTON_COLOURS if len(block.lines) > 1 else (_SCHOOL_BLUE,)
    tables = "".join(
        _button(label, url, colours[place % len(colours)])
        for place, (label, url) in enumerate(zip(block.lines, block.values, strict=True))
    )
    return f'{_TABLE} width="100%" style="margin:4px 0 8px 0;"><tr><td>{tables}</td></tr></table>'


def _button(label: str, url: str, colour: str) -> str:
    # A coloured table cell is a button in every client; tables of their own wrap on a phone.
    address = html.escape(unshield(url).replace(" ", "%20"))
    link = f'<a href="{address}" style="{_STYLES["button"]}">{_words(label)}</a>'
    cell = f'<td bgcolor="{colour}" style="border-radius:4px;">{link}</td>'
    return f'{_TABLE} align="left" style="margin:0 10px 12px 0;"><tr>{cell}</tr></table>'


def _words(text: str) -> str:
    bold = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html.escape(text, quote=False))
    linked = LINK.sub(_anchor, bold)
    return unshield(linked).replace("\n", "<br>")


def _anchor(link: re.Match[str]) -> str:
    """A link among words, tall enough for a thumb; the words around it are escaped already."""
    address = unshield(link["url"]).replace(" ", "%20").replace('"', "%22")
    return f'<a href="{address}" style="{_INLINE}">{link["label"]}</a>'


def _plain(line: str) -> str:
    """A line without marks; a link that only opens a prepared answer leaves its label."""
    return LINK.sub(_plain_link, line.replace("**", ""))


def _plain_link(link: re.Match[str]) -> str:
    label, url = link["label"], link["url"]
    return label if url.startswith("mailto:") else f"{label}: {url}"


def _marked(words: str) -> str:
    """What went and what is new, each in an element that says so to whoever listens instead of looking."""
    words = re.sub(f"{REMOVED}([^{END}]*){END}", rf'<del style="{_REMOVED}">\1</del>', words)
    return re.sub(f"{ADDED}([^{END}]*){END}", rf'<ins style="{_ADDED}">\1</ins>', words)


def _text(block: Block) -> str:
    plain = [_plain(line) for line in block.lines]
    if block.kind == "change":
        return f"* {in_plain_text(plain[0])}"
    if block.kind == "quote":
        return f"> {plain[0]}"
    if block.kind == "list":
        return "\n".join(f"- {line}" for line in plain)
    if block.kind == "facts":
        return "\n".join(f"{label}: {value}" for label, value in zip(plain, block.values, strict=True))
    if block.kind == "buttons":  # how to answer is said in words beside every mailto button
        links = zip(plain, block.values, strict=True)
        return "\n".join(f"{label}: {url}" for label, url in links if not url.startswith("mailto:"))
    return plain[0]
