"""Names that are safe on every computer, made from names that a stranger wrote."""

from __future__ import annotations

import mimetypes
import re
import unicodedata

_FORBIDDEN = re.compile(
    r"[\x00-\x1f\x7f<>:\"|?*/\\\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc]"
)
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
_USUAL = {"image/jpeg": ".jpg", "image/heic": ".heic", "image/heif": ".heif", "text/plain": ".txt", "text/html": ".html",
          "message/rfc822": ".eml", "text/calendar": ".ics", "application/ms-tnef": ".dat",
          "message/delivery-status": ".txt", "text/rfc822-headers": ".txt", "text/x-vcard": ".vcf"}  # fmt: skip
LONGEST_NAME = 120


def safe_name(original: str, *, content_type: str, number: int) -> str:
    """The last part of the name without what could harm: paths, control marks, direction overrides, reserved names."""
    name = unicodedata.normalize("NFC", original).replace("\\", "/").rstrip("/").rpartition("/")[2]
    name = _FORBIDDEN.sub("", " ".join(name.split())).strip(" .")
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, dot + ending) if stem and len(ending) <= 10 else (name, "")  # noqa: PLR2004 - a usual ending
    if not stem:
        return f"attachment-{number}{ending or usual_ending(content_type)}"
    if stem.split(".")[0].strip().casefold() in _RESERVED:
        stem = f"_{stem}"
    return _shortened(stem, LONGEST_NAME - len(ending)) + ending


def usual_ending(content_type: str) -> str:
    return _USUAL.get(content_type) or mimetypes.guess_extension(content_type) or ".bin"


def _shortened(stem: str, most: int) -> str:
    """At most that many characters and, for file systems that count bytes, 200 bytes."""
    short = stem[:most]
    while len(short.encode("utf-8", "replace")) > 200:  # noqa: PLR2004 - of 255 that Linux allows
        short = short[:-1]
    return short.rstrip(" .")
