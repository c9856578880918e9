"""Letters as PDF, made by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

import structlog

_LOG = structlog.get_logger(__name__)
_ELSEWHERE: Final = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.exe"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)
# A tagged PDF with bookmarks can be read aloud.
_FILTER: Final = (
    'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"},'
    '"DisplayPDFDocumentTitle":{"type":"boolean","value":"true"}}'
)
# LibreOffice runs once per profile, and two at a time fill a small office PC.
_ONE_AT_A_TIME = threading.Lock()


class LetterPdf(Protocol):
    """Turns a Word letter into a PDF."""

    def convert(self, docx: bytes) -> bytes | None:
        """The letter as PDF, or None where none can be made; the Word file is sent then."""
        ...


class LibreOfficePdf:
    """LibreOffice without a window, with a profile of its own, so that nobody's open documents are touched.

    Args:
        program: the soffice program; looked for in the usual places if not given.
        seconds: how long one run may take before it is stopped.
    """

    def __init__(self, program: Path | None = None, *, seconds: float = 120) -> None:
        self._program = program or _find_program()
        self._seconds = seconds

    @property
    def installed(self) -> bool:
        """True where PDFs can be made."""
        return self._program is not None

    def convert(self, docx: bytes) -> bytes | None:
        """The letter as PDF; None where LibreOffice is not installed or made none."""
        return self.convert_all([docx])[0]

    def convert_all(self, letters: Sequence[bytes]) -> list[bytes | None]:
        """Several letters in one run of LibreOffice, which is far quicker than a run for each."""
        if self._program is None or not letters:
            return [None for _ in letters]
        # Windows may hold files of a process that was just stopped.
        with _ONE_AT_A_TIME, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
            folder = Path(name)
            sources = [folder / f"{number}.docx" for number in range(len(letters))]
            for source, content in zip(sources, letters, strict=True):
                source.write_bytes(content)
            self._run(self._program, folder, sources)
            return [_read(source.with_suffix(".pdf")) for source in sources]

    def _run(self, program: Path, folder: Path, sources: Sequence[Path]) -> None:
        profile = (folder / "profile").as_uri()
        options = ["--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={profile}"]
        command = [
            str(program),
            *options,
            "--convert-to",
            _FILTER,
            "--outdir",
            str(folder),
            *map(str, sources),
        ]
        try:
            _run_within(command, self._seconds)
        except subprocess.TimeoutExpired:
            _LOG.warning("pdf.timed_out", seconds=self._seconds, letters=len(sources))
        except (subprocess.CalledProcessError, OSError) as error:
            _LOG.warning("pdf.failed", error=type(error).__name__, letters=len(sources))


def _run_within(command: list[str], seconds: float) -> None:
    # soffice only starts the program that does the work, so the whole family has to be stopped with it.
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            status = process.wait(seconds)
        except BaseException:
            _stop_family(process)
            raise
    if status:
        raise subprocess.CalledProcessError(status, command[0])


def _stop_family(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        command = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(command, capture_output=True, check=False)
    else:
        os.killpg(process.pid, signal.SIGKILL)


def _find_program() -> Path | None:
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    return next((path for path in _ELSEWHERE if path.is_file()), None)


def _read(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() and file.stat().st_size else None
