"""Pictures without the properties that cameras, phones and programs write: place, owner, device, time."""

from __future__ import annotations

import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_WORDS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})
_JPEG = b"\xff\xd8"
_MARKER = 0xFF
_SCAN = 0xDA
_DROPPED = frozenset({0xE1, 0xED, 0xFE})
"""APP1 (Exif, XMP), APP13 (Photoshop, IPTC) and comments."""
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
_ORIENTATION = 0x0112
_UPRIGHT = 1
_HIGHEST_ORIENTATION = 8
_ENTRY = 12


def without_picture_properties(content: bytes) -> bytes:
    """The same picture, bit for bit in what is seen; another kind of file, or a damaged one, comes back as it is."""
    try:
        if content.startswith(_PNG):
            return _clean_png(content)
        if content.startswith(_JPEG):
            return _clean_jpeg(content)
    except (struct.error, IndexError, ValueError):
        return content
    return content


def _clean_png(content: bytes) -> bytes:
    kept, at = [_PNG], len(_PNG)
    while at < len(content):
        (length,) = struct.unpack_from(">I", content, at)
        end = at + length + 12
        if end > len(content):
            raise ValueError("A part of the picture is cut off.")
        if content[at + 4 : at + 8] not in _PNG_WORDS:
            kept.append(content[at:end])
        at = end
    return b"".join(kept)


def _clean_jpeg(content: bytes) -> bytes:
    kept, at, orientation = [_JPEG], len(_JPEG), _UPRIGHT
    while content[at + 1] != _SCAN:
        if content[at] != _MARKER:
            raise ValueError("The picture is damaged.")
        marker = content[at + 1]
        if marker in _WITHOUT_LENGTH or marker == _MARKER:
            end = at + (1 if marker == _MARKER else 2)
        else:
            end = at + 2 + struct.unpack_from(">H", content, at + 2)[0]
        if end <= at or end > len(content):
            raise ValueError("A part of the picture is cut off.")
        if marker not in _DROPPED:
            kept.append(content[at:end])
        elif content[at + 4 : at + 10] == b"Exif\x00\x00":
            orientation = _orientation_in(content[at + 10 : end]) or orientation
        at = end
    if orientation != _UPRIGHT:
        kept.insert(1, _only_orientation(orientation))
    return b"".join((*kept, content[at:]))


def _orientation_in(exif: bytes) -> int:
    """How the picture is turned; without this a photograph would lie on its side."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return 0
    (first,) = struct.unpack_from(f"{order}I", exif, 4)
    (entries,) = struct.unpack_from(f"{order}H", exif, first)
    for number in range(min(entries, 200)):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", exif, first + 2 + number * _ENTRY)
        if tag == _ORIENTATION:
            return int(value) if _UPRIGHT <= value <= _HIGHEST_ORIENTATION else 0
    return 0


def _only_orientation(orientation: int) -> bytes:
    tiff = b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    body = b"Exif\x00\x00" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
