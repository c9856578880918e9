"""Outlook's compressed rich text: unpacked, and turned into the HTML or the plain text that it stands for."""

from __future__ import annotations

import re

from casework.forwards.blocks import words
from connectors.documents.messages.charsets import decode_text
from connectors.documents.messages.limits import MOST_TEXT
from connectors.documents.messages.rich_text_packing import decompress

_TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+"
)
_IGNORED_GROUPS = frozenset(
    words(
        """
        fonttbl colortbl stylesheet info pict object header footer listtable listoverridetable themedata datastore
        generator rsidtbl
        """
    )
)
_HIGH_HALF, _LOW_HALF, _AFTER_HALVES = 0xD800, 0xDC00, 0xE000
_AS_TEXT = {
    "par": "\n",
    "line": "\n",
    "row": "\n",
    "tab": "\t",
    "cell": "\t",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c",
    "rdblquote": "\u201d",
    "bullet": "\u2022",
    "endash": "\u2013",
    "emdash": "\u2014",
}


def rich_text(compressed: bytes) -> tuple[str, str]:
    """(plain, HTML): the second where the rich text was made from HTML, which it then still contains."""
    rtf = decompress(compressed)
    is_html = b"\\fromhtml" in rtf[:2_000]
    text = _Reading(from_html=is_html, charset=_code_page(rtf)).read(rtf)
    return ("", text) if is_html else (text.strip(), "")


def _code_page(rtf: bytes) -> str:
    match = re.search(rb"\\ansicpg(\d{3,5})", rtf[:2_000])
    number = match[1].decode() if match else "1252"
    return "utf-8" if number == "65001" else f"cp{number}"


class _Reading:
    """One pass over the tokens of rich text."""

    def __init__(self, *, from_html: bool, charset: str) -> None:
        self.from_html = from_html
        self.charset = charset
        self.out: list[str] = []
        self.held = bytearray()
        self.stack: list[tuple[bool, bool, int]] = []
        self.skipped, self.in_tag, self.unicode_skip = False, False, 1
        self.pending_skip = 0
        self.half = 0
        self.rtf_only = False
        self.starred = False

    def read(self, rtf: bytes) -> str:
        for match in _TOKEN.finditer(rtf[: MOST_TEXT * 4]):
            hexed, word, number, symbol, brace, text = match.groups()
            if hexed:
                self._bytes(bytes([int(hexed, 16)]))
            elif word:
                self._word(word.decode("ascii"), int(number) if number else None)
            elif symbol:
                self._symbol(symbol)
            elif brace:
                self._brace(brace)
            elif text:
                self._bytes(text)
        self._flush()
        return "".join(self.out)

    def _bytes(self, content: bytes) -> None:
        if self.pending_skip:
            dropped = min(self.pending_skip, len(content))
            self.pending_skip -= dropped
            content = content[dropped:]
        if not self._silent():
            self.held += content

    def _silent(self) -> bool:
        return self.skipped or (self.rtf_only and not self.in_tag)

    def _flush(self) -> None:
        if self.held:
            self.out.append(decode_text(bytes(self.held), self.charset)[0])
            self.held.clear()

    def _brace(self, brace: bytes) -> None:
        if brace == b"{":
            self.stack.append((self.skipped, self.in_tag, self.unicode_skip))
        elif self.stack:
            self.skipped, self.in_tag, self.unicode_skip = self.stack.pop()
        self.starred = False

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.starred = True
        elif symbol in b"\\{}":
            self._bytes(symbol)
        elif symbol == b"~":
            self._text("\u00a0")
        elif symbol in b"\r\n":
            self._text("\n")

    def _text(self, text: str) -> None:
        if not self._silent():
            self._flush()
            self.out.append(text)

    def _unicode(self, code: int) -> None:
        """One letter; pictures such as emoji come as two halves."""
        if _HIGH_HALF <= code < _LOW_HALF:
            self.half = code
        elif _LOW_HALF <= code < _AFTER_HALVES:
            self._text(
                chr(0x10000 + ((self.half - _HIGH_HALF) << 10) + code - _LOW_HALF) if self.half else "\ufffd"
            )
            self.half = 0
        else:
            self._text(chr(code))
        self.pending_skip = self.unicode_skip

    def _word(self, word: str, number: int | None) -> None:
        if word == "htmltag":
            self.in_tag, self.starred = True, False
        elif word == "htmlrtf":
            self.rtf_only = number != 0
        elif self.starred or word in _IGNORED_GROUPS:
            self.skipped, self.starred = True, False
        elif word == "uc":
            self.unicode_skip = number or 0
        elif word == "u" and number is not None:
            self._unicode(number % 65_536)
        elif word in _AS_TEXT and not (self.from_html and word in {"cell", "row"}):
            self._text(_AS_TEXT[word])
