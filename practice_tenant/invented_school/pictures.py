"""Screenshots of posts that nobody ever wrote, as PNG files."""

import struct
import zlib
from dataclasses import dataclass

from practice_tenant.invented_school.lettering import HEIGHT, WIDTH, dots, wrapped

_PALETTE = {
    "page": (236, 239, 243),
    "card": (255, 255, 255),
    "bar": (53, 86, 122),
    "ink": (28, 33, 40),
    "faint": (112, 120, 130),
    "rule": (214, 219, 226),
    "rose": (176, 96, 108),
    "moss": (92, 132, 96),
    "plum": (122, 98, 150),
}
_COLOURS = tuple(_PALETTE)
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_ACROSS = 560
_MARGIN = 16
_SIZE = 2
_LINE = (HEIGHT + 3) * _SIZE
_SIGNS_IN_LINE = (_ACROSS - 4 * _MARGIN) // ((WIDTH + 1) * _SIZE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """What a screenshot shows.

    Attributes:
        place: the group or page, in the bar at the top.
        comments: name and words of each comment below.
        colour: of the author's picture: rose, moss or plum.
    """

    place: str
    author: str
    when: str
    words: str
    comments: tuple[tuple[str, str], ...] = ()
    colour: str = "plum"


class Canvas:
    """A picture of few colours, drawn dot by dot."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._rows = [bytearray([_COLOURS.index("page")]) * width for _ in range(height)]

    def fill(self, box: tuple[int, int, int, int], colour: str) -> None:
        """Paint from left and top to right and bottom, the latter two left out."""
        left, top, right, bottom = box
        left, right = max(left, 0), min(right, self.width)
        paint = bytes([_COLOURS.index(colour)]) * max(right - left, 0)
        for row in self._rows[max(top, 0) : bottom]:
            row[left:right] = paint

    def write(self, text: str, left: int, top: int, colour: str, size: int = _SIZE) -> None:
        """Write one line, `size` picture dots for each dot of the alphabet."""
        for column, row in dots(text):
            x, y = left + column * size, top + row * size
            self.fill((x, y, x + size, y + size), colour)

    def png(self) -> bytes:
        """The picture as a file."""
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 3, 0, 0, 0)
        palette = b"".join(bytes(colour) for colour in _PALETTE.values())
        lines = b"".join(b"\x00" + bytes(row) for row in self._rows)
        chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
        return _SIGNATURE + b"".join(_chunk(kind, content) for kind, content in chunks)


def screenshot(post: Post) -> bytes:
    """The PNG of a post with its comments."""
    words = wrapped(post.words, _SIGNS_IN_LINE)
    comments = [(name, wrapped(said, _SIGNS_IN_LINE - 3)) for name, said in post.comments]
    below = sum((len(lines) + 1) * _LINE + 14 for _, lines in comments)
    canvas = Canvas(_ACROSS, 140 + len(words) * _LINE + below + 48)
    canvas.fill((0, 0, _ACROSS, 46), "bar")
    canvas.write(post.place, _MARGIN, 14, "card")
    canvas.fill((_MARGIN, 62, _ACROSS - _MARGIN, canvas.height - _MARGIN), "card")
    canvas.fill((2 * _MARGIN, 78, 2 * _MARGIN + 44, 122), post.colour)
    canvas.write(post.author[:1], 2 * _MARGIN + 12, 86, "card", 4)
    canvas.write(post.author, 92, 80, "ink")
    canvas.write(post.when, 92, 104, "faint")
    top = _write_lines(canvas, words, 2 * _MARGIN, 140, "ink")
    canvas.fill((2 * _MARGIN, top + 6, _ACROSS - 2 * _MARGIN, top + 8), "rule")
    top += 20
    for name, lines in comments:
        canvas.write(name, 3 * _MARGIN, top, "faint")
        top = _write_lines(canvas, lines, 3 * _MARGIN, top + _LINE, "ink") + 14
    return canvas.png()


def _write_lines(canvas: Canvas, lines: list[str], left: int, top: int, colour: str) -> int:
    for line in lines:
        canvas.write(line, left, top, colour)
        top += _LINE
    return top


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)
