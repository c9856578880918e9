"""Reads old Word documents (.doc) and rich text (.rtf) by having LibreOffice save them as .docx."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from casework.policy_documents import DocumentText
from connectors.documents.policies.limits import Watch
from connectors.documents.policies.memory import unlimited_memory
from connectors.documents.policies.word import read_word

_PROGRAMS = ("soffice", "libreoffice", "soffice.com")
_WINDOWS_PLACES = (Path(r"C:\Program Files\LibreOffice\program\soffice.com"),)


def find_libre_office() -> str | None:
    """Gives the path of LibreOffice, or None where it is not installed."""
    for name in _PROGRAMS:
        found = shutil.which(name)
        if found:
            return found
    return next((str(place) for place in _WINDOWS_PLACES if place.exists()), None)


def read_old_word(content: bytes, watch: Watch, *, suffix: str) -> DocumentText:
    """Reads an old Word document.

    Raises:
        UnreadableDocumentError: LibreOffice is not installed or could not convert it.
    """
    program = find_libre_office()
    if program is None:
        raise watch.refuse(
            "it is an old Word document; save it as .docx (or install LibreOffice on the office PC)"
        )
    with tempfile.TemporaryDirectory() as folder:
        return read_word(_converted(program, content, Path(folder), watch, suffix), watch)


def _converted(program: str, content: bytes, folder: Path, watch: Watch, suffix: str) -> bytes:
    source = folder / f"document{suffix}"
    source.write_bytes(content)
    # A profile of its own lets the conversion run beside an open LibreOffice.
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "docx", "--outdir", str(folder / "out"), str(source)]
    try:
        with unlimited_memory():
            subprocess.run(command, capture_output=True, timeout=watch.limits.seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise watch.refuse("converting it took too long; save it as .docx") from error
    target = folder / "out" / "document.docx"
    if not target.exists():
        raise watch.refuse("it is damaged or no Word document; save it as .docx")
    return target.read_bytes()
