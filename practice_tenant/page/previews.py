"""What of a file can be shown on a page: pictures, words, or nothing but its name."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from practice_tenant.drives.media_types import media_type_of

_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
# Served within the page; anything else is offered as a download, for it might act in the page's name.
_OPENABLE = _PICTURES | {"application/pdf", "text/plain"}
_WORD = ".docx"
_PLAIN = frozenset({".txt", ".csv", ".md", ".log", ".json", ".toml", ".ics"})
_LONGEST_TEXT = 60_000
_LARGEST_READ = 20 * 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """One of them is filled: a data: address of a picture, or words, or a sentence why there are none."""

    picture: str = ""
    words: str = ""
    sentence: str = ""


def preview_of(name: str, content: bytes) -> Preview:
    """What can be shown of a file; its name decides how it is read."""
    kind, ending = media_type_of(name), PurePosixPath(name).suffix.lower()
    if len(content) > _LARGEST_READ:
        return Preview(sentence="The file is too large to be shown here. Download it to look at it.")
    if kind in _PICTURES:
        return Preview(picture=picture_address(kind, content))
    if ending in _PLAIN:
        return _words(content.decode("utf-8", "replace"))
    if ending == _WORD:
        return _words_or_sentence(_word_text, content)
    if kind == "application/pdf":
        return _words_or_sentence(_pdf_text, content)
    return Preview(sentence="Files of this kind are not shown here. Download it to look at it.")


def picture_address(kind: str, content: bytes) -> str:
    """A picture within the page itself."""
    return f"data:{kind};base64,{b64encode(content).decode()}"


def is_picture(media_type: str) -> bool:
    return media_type.partition(";")[0].strip().lower() in _PICTURES


def opens_in_browser(name: str) -> str:
    """The media type with which a browser may show the file, "" where it must be downloaded."""
    kind = media_type_of(name)
    return kind if kind in _OPENABLE else ""


def _words(text: str) -> Preview:
    text = text.strip()
    if not text:
        return Preview(sentence="The file holds no words.")
    return Preview(words=text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}\n[and more]")


def _words_or_sentence(read: Callable[[bytes], str], content: bytes) -> Preview:
    try:
        return _words(read(content))
    except Exception:  # noqa: BLE001 - a broken file raises whatever its reader came across
        return Preview(sentence="The file cannot be read: it is damaged or no file of this kind.")


def _word_text(content: bytes) -> str:
    import docx  # noqa: PLC0415 - slow to load, seldom needed
    from docx.table import Table  # noqa: PLC0415

    document = docx.Document(BytesIO(content))
    header = [paragraph.text for paragraph in document.sections[0].header.paragraphs]
    lines = [f"{line}\n" for line in header if line.strip()]
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += ["   ".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(_paragraph_text(block))
    return "\n".join(lines)


def _paragraph_text(paragraph: Any) -> str:  # noqa: ANN401 - python-docx has no types of its own
    """The words of a paragraph with those in content controls and text boxes, which python-docx leaves out."""
    words = "".join(text.text or "" for text in paragraph._p.xpath(".//w:t"))  # noqa: SLF001 - see above
    style = str(paragraph.style.name)
    if style.startswith("Heading"):
        return f"\n{words}"
    return f"\u2022 {words}" if style.startswith("List") else f"{words}\n" if style == "Title" else words


def _pdf_text(content: bytes) -> str:
    from pypdf import PdfReader  # noqa: PLC0415 - slow to load, seldom needed

    return "\n\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
