"""The mail inside an opaque signature (S/MIME signed-data), without checking the signature."""

from __future__ import annotations

_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_DATA = bytes.fromhex("2a864886f70d010701")
_SEQUENCE, _OID, _OCTETS, _OCTETS_IN_PIECES, _CONTEXT_0 = 0x30, 0x06, 0x04, 0x24, 0xA0
_INDEFINITE = 0x80
DEEPEST = 8


def signed_content(der: bytes) -> bytes | None:
    """The signed bytes, or None if this is encrypted or no signature at all."""
    at = der.find(bytes((_OID, len(_SIGNED_DATA))) + _SIGNED_DATA, 0, 100)
    if at < 0:
        return None
    data = der.find(bytes((_OID, len(_DATA))) + _DATA, at)
    if data < 0:
        return None
    start = data + 2 + len(_DATA)
    try:
        tag, inside, _ = _open(der, start)
        if tag != _CONTEXT_0:
            return None
        return _octets(der, inside, 0)[0]
    except (IndexError, ValueError):
        return None


def _open(der: bytes, at: int) -> tuple[int, int, int | None]:
    """The tag at that place, where its content begins, and where it ends (None: by an end mark)."""
    tag, first = der[at], der[at + 1]
    if first == _INDEFINITE:
        return tag, at + 2, None
    if first < _INDEFINITE:
        return tag, at + 2, at + 2 + first
    count = first - _INDEFINITE
    if count > 4:  # noqa: PLR2004 - four gigabytes
        raise ValueError("The length of a piece is beyond any mail.")
    return tag, at + 2 + count, at + 2 + count + int.from_bytes(der[at + 2 : at + 2 + count], "big")


def _octets(der: bytes, at: int, depth: int) -> tuple[bytes, int]:
    tag, inside, end = _open(der, at)
    if tag == _OCTETS and end is not None:
        return der[inside:end], end
    if tag != _OCTETS_IN_PIECES or depth > DEEPEST:
        raise ValueError("The signed content is not a string of bytes.")
    pieces = []
    while (end is None and der[inside : inside + 2] != b"\x00\x00") or (end is not None and inside < end):
        piece, inside = _octets(der, inside, depth + 1)
        pieces.append(piece)
    return b"".join(pieces), inside + 2 if end is None else end
