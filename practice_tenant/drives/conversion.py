"""Word to PDF, through LibreOffice where it is installed: a stand-in for Microsoft's conversion service."""

import asyncio
import hashlib
import shutil
import tempfile
from pathlib import Path, PurePosixPath

from practice_tenant.errors import GraphError

# learn.microsoft.com, "Download a file in another format": what can become a PDF.
CONVERTIBLE = frozenset(
    f".{ending}"
    for ending in (
        *("csv", "doc", "docx", "rtf", "xls", "xlsx"),
        *("odp", "ods", "odt"),
        *("pot", "potm", "potx", "pps", "ppsx", "ppsxm", "ppt", "pptm", "pptx"),
    )
)
PATIENCE_IN_SECONDS = 90
# LibreOffice puts itself on the PATH of neither Windows nor a Mac.
_USUAL_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
# LibreOffice refuses a second run on the same profile.
_ONE_AT_A_TIME = asyncio.Lock()


def can_convert(name: str, form: str) -> bool:
    """Whether a file can be had in that form on this machine."""
    known = PurePosixPath(name).suffix.lower() in CONVERTIBLE
    return form.lower() == "pdf" and known and _office() is not None


async def convert_to_pdf(state: Path, name: str, content: bytes) -> bytes:
    """The PDF of a document; the same content is converted once.

    Raises:
        GraphError: 406 where LibreOffice is absent or cannot read the file.
    """
    ending = PurePosixPath(name).suffix.lower()
    kept = state / "pdf" / f"{hashlib.sha256(content).hexdigest()}{ending}.pdf"
    async with _ONE_AT_A_TIME:
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            await _run_office(state, ending, content, kept)
    return kept.read_bytes()


def _office() -> str | None:
    usual = (path for path in _USUAL_PLACES if Path(path).exists())
    return shutil.which("soffice") or shutil.which("libreoffice") or next(usual, None)


async def _run_office(state: Path, ending: str, content: bytes, kept: Path) -> None:
    office = _office()
    if office is None:
        raise _unable()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"document{ending}"
        source.write_bytes(content)
        profile = (state / "libreoffice").absolute().as_uri()
        process = await asyncio.create_subprocess_exec(
            office,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(source),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        await _wait(process)
        made = source.with_suffix(".pdf")
        if not made.exists():
            raise _unable()
        shutil.move(made, kept)


async def _wait(process: asyncio.subprocess.Process) -> None:
    try:
        await asyncio.wait_for(process.wait(), PATIENCE_IN_SECONDS)
    except TimeoutError as error:
        process.kill()
        await process.wait()
        raise _unable() from error


def _unable() -> GraphError:
    return GraphError(406, "notAcceptable", "The file cannot be converted to 'pdf'.")
