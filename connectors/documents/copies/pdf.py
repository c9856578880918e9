"""PDF files without their properties: title, author, program, times and XMP."""

from __future__ import annotations

import io

from pypdf import PdfReader, PdfWriter

MOST_BYTES = 30_000_000
"""A larger file is left as it is: a scan of that size holds pictures, and copying it would take long."""


def without_pdf_properties(content: bytes) -> bytes:
    """The same pages without properties; a file that is locked or damaged comes back as it is."""
    if len(content) > MOST_BYTES:
        return content
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted or not _has_properties(reader):
            return content
        writer = PdfWriter(clone_from=reader)
        writer.metadata = None
        writer.root_object.pop("/Metadata", None)
        output = io.BytesIO()
        writer.write(output)
    except Exception:  # noqa: BLE001 - pypdf raises errors of many kinds for damaged files, and the original is safe
        return content
    return output.getvalue()


def _has_properties(reader: PdfReader) -> bool:
    return bool(reader.metadata) or "/Metadata" in reader.root_object
