"""The pages of a PDF as pictures within the page itself: no viewer, no plug-in, no other program.

They are drawn in a process of their own, for a file from a stranger may let its reader crash or hang.
"""

import json
import struct
import subprocess
import sys
import zlib
from base64 import b64encode
from functools import lru_cache
from pathlib import Path
from typing import Any

_MOST_PAGES = 6
_SCALE = 1.6
_HIGHEST = 2400
_PATIENCE_IN_SECONDS = 30
_ROOT = Path(__file__).parents[2]


@lru_cache(maxsize=16)
def page_pictures(content: bytes) -> tuple[tuple[str, ...], int]:
    """data: addresses of the first pages, and how many pages there are.

    Raises:
        ValueError: the file cannot be drawn.
    """
    command = [sys.executable, "-m", "practice_tenant.page.pdf_pages"]
    try:
        drawn = subprocess.run(
            command, input=content, capture_output=True, timeout=_PATIENCE_IN_SECONDS, check=True, cwd=_ROOT
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise ValueError("the PDF cannot be drawn") from error
    found = json.loads(drawn.stdout)
    return tuple(found["pages"]), int(found["count"])


def _draw(content: bytes) -> dict[str, Any]:
    import pypdfium2  # noqa: PLC0415 - only in the process of its own

    document = pypdfium2.PdfDocument(content)
    shown = range(min(len(document), _MOST_PAGES))
    return {"pages": [_picture(document[number]) for number in shown], "count": len(document)}


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


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_draw(sys.stdin.buffer.read())))
