"""The pages of a PDF as pictures within the page itself: no viewer, no plug-in, no other program."""

import struct
import zlib
from base64 import b64encode
from functools import lru_cache
from typing import Any

_MOST_PAGES = 6
_SCALE = 1.6
_HIGHEST = 2400


@lru_cache(maxsize=16)
def page_pictures(content: bytes) -> tuple[tuple[str, ...], int]:
    """data: addresses of the first pages, and how many pages there are.

    Raises:
        Exception: whatever the reader comes across in a broken file.
    """
    import pypdfium2  # noqa: PLC0415 - slow to load, seldom needed

    document = pypdfium2.PdfDocument(content)
    try:
        shown = range(min(len(document), _MOST_PAGES))
        return tuple(_picture(document[number]) for number in shown), len(document)
    finally:
        document.close()


def _picture(page: Any) -> str:  # noqa: ANN401 - pypdfium2 has no types of its own
    scale = min(_SCALE, _HIGHEST / max(page.get_height(), 1))
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
    rows = bytes(bitmap.buffer)
    picture = _png(bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels, rows)
    return f"data:image/png;base64,{b64encode(picture).decode()}"


def _png(width: int, height: int, stride: int, channels: int, rows: bytes) -> bytes:
    kind = {1: 0, 3: 2, 4: 6}[channels]
    lines = b"".join(b"\0" + rows[y * stride : y * stride + width * channels] for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, data)
        for name, data in ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 4)), (b"IEND", b""))
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
