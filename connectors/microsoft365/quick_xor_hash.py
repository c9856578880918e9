"""QuickXorHash, by which OneDrive for Business tells what content it holds."""

from __future__ import annotations

from base64 import b64encode

_BITS = 160
_STEP = 11
_ALL = (1 << _BITS) - 1


def quick_xor_hash(content: bytes) -> str:
    """The hash as Graph writes it: https://learn.microsoft.com/onedrive/developer/code-snippets/quickxorhash.

    Each byte is XORed into a ring of 160 bits, 11 bits further on than the one before. After 160 bytes the ring has gone
    round eleven times and stands where it began, so bytes that lie 160 apart are XORed with each other first. The length
    goes into the last 64 bits.
    """
    rows = (content[start : start + _BITS] for start in range(0, len(content), _BITS))
    row = 0
    for one in rows:
        row ^= int.from_bytes(one, "little")
    ring = len(content) << (_BITS - 64)
    for place in range(_BITS):
        turned = ((row >> (8 * place)) & 0xFF) << (_STEP * place % _BITS)
        ring ^= turned & _ALL ^ turned >> _BITS
    return b64encode(ring.to_bytes(_BITS // 8, "little")).decode("ascii")
