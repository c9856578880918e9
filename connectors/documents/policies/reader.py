"""Chooses how to read a document by what it is, and refuses a file that is not what its name says."""

from collections.abc import Callable
from pathlib import PurePosixPath

from casework.policy_documents import TOO_LARGE, DocumentText
from connectors.documents.policies.limits import ReadingLimits, Watch
from connectors.documents.policies.old_word import read_old_word
from connectors.documents.policies.open_document import read_open_document
from connectors.documents.policies.plain import read_markdown, read_text, read_web_page
from connectors.documents.policies.word import read_word

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_PDF_WITHIN = 1024
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_WORD = frozenset({".docx", ".docm", ".dotx", ".dotm"})
_OLD_WORD = frozenset({".doc", ".dot", ".rtf"})
_PLAIN: dict[str, Callable[[bytes, Watch], DocumentText]] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_web_page,
    ".htm": read_web_page,
}


class PolicyDocumentReader:
    """Reads the words of one document at a time (the port DocumentReader)."""

    def __init__(self, limits: ReadingLimits | None = None) -> None:
        self._limits = limits or ReadingLimits()

    @staticmethod
    def reads(name: str) -> bool:
        """Tells by its name whether a file is of a kind that can be read."""
        suffix = _suffix(name)
        return suffix in _WORD | _OLD_WORD or suffix in _PLAIN or suffix in (".pdf", ".odt", ".ott")

    def read(self, content: bytes, *, name: str) -> DocumentText:
        """Reads a document.

        Args:
            content: The file as it is stored.
            name: The file's name; its ending says what it claims to be.

        Returns:
            The words in reading order.

        Raises:
            UnreadableDocumentError: The file is empty, damaged, encrypted, scanned, too large, or not what its name says.
        """
        watch = Watch.begin(name, self._limits)
        if not content.strip(b"\0 \r\n\t"):
            raise watch.refuse("it is empty")
        if len(content) > self._limits.file_bytes:
            raise watch.refuse(TOO_LARGE)
        return _read(content, watch, _suffix(name))


def _suffix(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def _read(content: bytes, watch: Watch, suffix: str) -> DocumentText:
    if suffix in _WORD:
        _must_be_archive(content, watch, "a Word document")
        return read_word(content, watch)
    if suffix in (".odt", ".ott"):
        _must_be_archive(content, watch, "an OpenDocument text")
        return read_open_document(content, watch)
    if suffix == ".pdf":
        if b"%PDF-" not in content[:_PDF_WITHIN]:
            raise watch.refuse("it is damaged or no PDF, whatever its name says; make the PDF anew")
        # Loaded when the first PDF is read: most processes never read one, and both libraries are large.
        from connectors.documents.policies.pdf import read_pdf  # noqa: PLC0415

        return read_pdf(content, watch)
    if suffix in _OLD_WORD:
        return _read_old(content, watch, suffix)
    if suffix in _PLAIN:
        return _PLAIN[suffix](content, watch)
    raise watch.refuse(
        f"files of the kind {suffix or 'without an ending'} are not read; save it as Word or PDF"
    )


def _must_be_archive(content: bytes, watch: Watch, kind: str) -> None:
    if content.startswith(_COMPOUND):
        if _ENCRYPTED in content:
            raise watch.refuse("it is protected by a password; save it without one")
        raise watch.refuse(
            "it is an old Word document under a new name; open it in Word and save it as .docx"
        )
    if not content.startswith(_ZIP):
        raise watch.refuse(f"it is damaged or not {kind}, whatever its name says; save it anew")


def _read_old(content: bytes, watch: Watch, suffix: str) -> DocumentText:
    if content.startswith(_ZIP):
        return read_word(content, watch)
    if not content.startswith((_COMPOUND, b"{\\rtf")):
        raise watch.refuse("it is damaged or no Word document, whatever its name says; save it as .docx")
    if _ENCRYPTED in content:
        raise watch.refuse("it is protected by a password; save it without one")
    return read_old_word(content, watch, suffix=suffix)
