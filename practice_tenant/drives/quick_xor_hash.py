"""QuickXorHash: the checksum by which OneDrive for Business describes a file's content."""

from base64 import b64encode

WIDTH_IN_BITS = 160
WIDTH_IN_BYTES = WIDTH_IN_BITS // 8
SHIFT = 11
LENGTH_AT = WIDTH_IN_BYTES - 8
_PLACES = tuple((index * SHIFT) % WIDTH_IN_BITS for index in range(WIDTH_IN_BITS))


def quick_xor_hash(content: bytes) -> str:
    """Base64 of the hash as Microsoft describes it in "Code snippets: QuickXorHash algorithm".

    Byte i is XORed in at bit 11*i of a ring of 160 bits. As 160 steps of 11 bits come round to the start,
    bytes that lie 160 apart share their place: the content is folded into 160 bytes first.
    """
    line = 0
    for byte, place in zip(_fold(content), _PLACES, strict=True):
        line ^= byte << place
    # what reached beyond the ring's end comes in again at its beginning
    ring = (line & ((1 << WIDTH_IN_BITS) - 1)) ^ (line >> WIDTH_IN_BITS)
    digest = bytearray(ring.to_bytes(WIDTH_IN_BYTES, "little"))
    for index, byte in enumerate(len(content).to_bytes(8, "little")):
        digest[LENGTH_AT + index] ^= byte
    return b64encode(digest).decode()


def _fold(content: bytes) -> bytes:
    """The content's blocks of 160 bytes, XORed: by halves, so that Python does few steps of many bytes each."""
    folded = int.from_bytes(content, "little")
    blocks = -(-len(content) // WIDTH_IN_BITS)
    while blocks > 1:
        blocks = -(-blocks // 2)
        bits = blocks * WIDTH_IN_BITS * 8
        folded = (folded >> bits) ^ (folded & ((1 << bits) - 1))
    return folded.to_bytes(WIDTH_IN_BITS, "little")
