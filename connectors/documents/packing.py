"""Office files as archives whose bytes tell what they hold, and neither when they were made nor on which system."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:  # python-docx is slow to load, and most files are packed without it
    from docx.document import Document

_FIXED_TIME: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip archive can say


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """The parts, by name and in this order, as one file; the same parts always give the same bytes."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts:
            member = zipfile.ZipInfo(name, _FIXED_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0  # else the bytes would tell Windows from Linux
            package.writestr(member, part)
    return output.getvalue()


def saved(document: Document) -> bytes:
    """The document's file; python-docx by itself writes the moment of saving into it."""
    output = io.BytesIO()
    document.save(output)
    with zipfile.ZipFile(output) as package:
        return packed([(entry.filename, package.read(entry)) for entry in package.infolist()])
