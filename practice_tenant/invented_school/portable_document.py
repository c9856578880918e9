"""A plain PDF of one font, as a printer driver of long ago would write it."""

import zlib
from textwrap import wrap

_HEAD = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
_SIGNS_IN_LINE = 88
_LINES_ON_PAGE = 48
_SPECIAL = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)"})


def plain_pdf(title: str, paragraphs: tuple[str, ...]) -> bytes:
    """A PDF with a title and paragraphs, A4, as many pages as it takes."""
    lines = [line for paragraph in paragraphs for line in (*wrap(paragraph, _SIGNS_IN_LINE), "")]
    pages = [lines[start : start + _LINES_ON_PAGE] for start in range(0, len(lines), _LINES_ON_PAGE)]
    # Objects: 1 catalogue, 2 page tree, 3 and 4 fonts, 5 title, then a page and its content in turn.
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        _font("Helvetica"),
        _font("Helvetica-Bold"),
        b"<< /Title " + _text(title) + b" >>",
    ]
    for number, page in enumerate(pages):
        objects += [_page(7 + 2 * number), _content(title if number == 0 else "", page)]
    return _assembled(objects)


def _font(name: str) -> bytes:
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()


def _page(content: int) -> bytes:
    return (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
        f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {content} 0 R >>"
    ).encode()


def _content(title: str, lines: list[str]) -> bytes:
    parts = [b"BT"]
    if title:
        parts += [b"/F2 17 Tf 1 0 0 1 62 776 Tm", _text(title) + b" Tj"]
    parts += [b"/F1 10.5 Tf 14.5 TL 1 0 0 1 62 742 Tm"]
    parts += [_text(line) + b" Tj T*" for line in lines]
    stream = zlib.compress(b"\n".join([*parts, b"ET"]))
    return f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode() + stream + b"\nendstream"


def _text(text: str) -> bytes:
    return b"(" + text.translate(_SPECIAL).encode("cp1252", "replace") + b")"


def _assembled(objects: list[bytes]) -> bytes:
    file, places = bytearray(_HEAD), []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(file)
    file += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    file += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 5 0 R >>\n".encode()
    return bytes(file + f"startxref\n{start}\n%%EOF\n".encode())
