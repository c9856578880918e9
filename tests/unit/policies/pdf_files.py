"""PDF files of our own making, with words at chosen places of the page."""

import io
from collections.abc import Sequence

from pypdf import PdfReader, PdfWriter

Placed = tuple[int, int, str]
"""Points from the left and from the bottom of the page, and the words."""


def pdf_file(
    *pages: Sequence[Placed],
    large: Sequence[Placed] = (),
    headings: Sequence[Placed] = (),
    turned: Sequence[Placed] = (),
    spaced: Sequence[Placed] = (),
    fields: dict[str, str] | None = None,
) -> bytes:
    """A PDF of A4 pages; on the first ``large`` is set large, and ``headings`` less so.

    There ``turned`` runs up the page, and ``spaced`` has wide letters; ``fields`` are entries of a form by name.
    """
    streams = [_words(page, 11) for page in pages]
    streams[0] = "\n".join(
        [_words(large, 24), _words(headings, 14), streams[0], *map(_up, turned), *map(_wide, spaced)]
    )
    return _assembled(streams, fields or {})


def lines_pdf(*lines: str) -> bytes:
    """A PDF of one page with lines below each other."""
    return pdf_file([(72, 780 - 20 * number, line) for number, line in enumerate(lines)])


def turned_pdf(words: str) -> bytes:
    """A PDF whose words run up the page, as a table set across it does."""
    return _assembled([_up((300, 200, words))], {})


def scanned_pdf(stamp: str = "") -> bytes:
    """A PDF that is nothing but a picture, with a stamp as scanners put it on."""
    words = _words([(72, 20, stamp)], 8) if stamp else ""
    return _assembled([f"q 595 0 0 842 0 0 cm /Im1 Do Q\n{words}"], {})


def locked_pdf(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(lines_pdf("Next review: May 2027"))))
    writer.encrypt(password, algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _up(placed: Placed) -> str:
    x, y, words = placed
    return f"BT /F1 11 Tf 0 1 -1 0 {x} {y} Tm ({_escaped(words)}) Tj ET"


def _wide(placed: Placed) -> str:
    """Words with six points more between the letters."""
    x, y, words = placed
    return f"BT /F1 11 Tf 6 Tc 1 0 0 1 {x} {y} Tm ({_escaped(words)}) Tj ET"


def _words(page: Sequence[Placed], size: int) -> str:
    return "\n".join(f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({_escaped(words)}) Tj ET" for x, y, words in page)


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _assembled(streams: list[str], fields: dict[str, str]) -> bytes:
    objects: list[str] = [
        "",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    picture = (
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        "/BitsPerComponent 8 /Length 1 >>"
    )
    objects.append(f"{picture}\nstream\n0\nendstream")
    pages: list[int] = []
    for stream in streams:
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
        content = len(objects)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R "
            "/Resources << /Font << /F1 3 0 R >> /XObject << /Im1 4 0 R >> >> >>"
        )
        pages.append(len(objects))
    entries: list[int] = []
    for name, value in fields.items():
        objects.append(f"<< /FT /Tx /T ({_escaped(name)}) /V ({_escaped(value)}) >>")
        entries.append(len(objects))
    form = f"/AcroForm << /Fields [{_references(entries)}] >>" if entries else ""
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {form} >>"
    objects[1] = f"<< /Type /Pages /Count {len(pages)} /Kids [{_references(pages)}] >>"
    return _file(objects)


def _references(numbers: list[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)


def _file(objects: list[str]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places: list[int] = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
