"""Bytes into text, whatever the mail claims about them."""

from __future__ import annotations

import codecs
import re
from functools import cache

from charset_normalizer import from_bytes

_ALIASES = {
    "utf8": "utf-8", "utf-8mb4": "utf-8", "unicode-1-1-utf-8": "utf-8", "unicode-1-1-utf-7": "utf-7", "utf8mb4": "utf-8",
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8", "iso-8859-6-i": "iso-8859-6", "iso-8859-9": "cp1254", "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "shift_jis": "cp932", "x-sjis": "cp932",
    "sjis": "cp932", "windows-31j": "cp932", "cp-850": "cp850", "x-mac-roman": "mac-roman", "macintosh": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic", "windows-874": "cp874", "tis-620": "cp874", "ansi_x3.110-1983": "cp1252",
    "x-ansi": "cp1252", "ansi": "cp1252", "unicode": "utf-16", "big5-hkscs": "big5hkscs", "x-euc-jp": "euc-jp",
    "iso-2022-jp-ms": "iso-2022-jp-ext", "cp1250": "cp1250", "x-user-defined": "cp1252",
}  # fmt: skip
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_LATIN = frozenset({"cp1252", "ascii", "us-ascii", "iso8859-15", "cp1254", "mac-roman", "cp850"})
_NOT_TEXT = frozenset({"base64", "base64-codec", "hex", "rot13", "rot-13", "zlib", "bz2", "quopri", "uu", "zip", "idna",
                       "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"})  # fmt: skip
SAMPLE = 30_000
"""Bytes that suffice to guess an unnamed charset."""
SHORTEST_TO_GUESS = 20
_ASCII = bytes(range(128))


def decode_text(content: bytes, charset: str = "") -> tuple[str, bool]:
    """The text, and whether its charset was right; letters that no charset explains become U+FFFD.

    UTF-8 that calls itself Latin is read as UTF-8: no Latin text of any length is valid UTF-8 by chance.
    """
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return content.decode(codec, "replace").removeprefix("\ufeff"), True
    named = _codec(charset)
    if content.isascii() and named in {"", "utf-8", *_LATIN}:
        return content.decode("ascii"), True
    if named in {"", "utf-8"} or named in _LATIN:
        return _western(content, named)
    try:
        return content.decode(named), True
    except (UnicodeError, LookupError, ValueError):
        return _guess(content, named), False


def _western(content: bytes, named: str) -> tuple[str, bool]:
    try:
        return content.decode("utf-8"), True
    except UnicodeDecodeError:
        if named in _LATIN:
            return content.decode("cp1252", "replace") if named in {"ascii", "us-ascii"} else _latin(
                content, named
            ), True
    return _guess(content, named), False


def _latin(content: bytes, named: str) -> str:
    """Windows-1252 leaves five bytes free, which Latin-1 has as control characters."""
    try:
        return content.decode(named)
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _guess(content: bytes, named: str) -> str:
    """Mostly right UTF-8 stays UTF-8, a few odd letters are Western, and only a foreign text is guessed at."""
    sample = content[:SAMPLE]
    broken = content.decode("utf-8", "replace")
    high = len(sample.translate(None, _ASCII)) or 1
    if broken[:SAMPLE].count("\ufffd") * 8 < high:
        return broken
    if high * 4 < len(sample) or len(sample) < SHORTEST_TO_GUESS:
        return _latin(content, named if named in _LATIN else "cp1252")
    best = from_bytes(sample).best()
    return content.decode(best.encoding if best else "cp1252", "replace")


@cache
def _codec(charset: str) -> str:
    """Python's name for the charset; empty where it is unknown or no charset at all."""
    name = re.sub(r"[^\w.-]", "", charset.strip().lower())[:40]
    name = _ALIASES.get(name, name)
    if not name or name in _NOT_TEXT:
        return ""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    found = info.name.replace("_", "-")
    return "" if found in _NOT_TEXT else _ALIASES.get(found, found)
