"""What of a file can be shown on a page: pictures, words, or nothing but its name."""

from base64 import b64encode
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from markupsafe import Markup

from practice_tenant.drives.media_types import media_type_of
from practice_tenant.page.pdf_pages import page_pictures
from practice_tenant.page.word_preview import word_as_html

_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
# Served within the page; anything else is offered as a download, for it might act in the page's name.
_OPENABLE = _PICTURES | {"application/pdf", "text/plain"}
_PLAIN = frozenset({".txt", ".csv", ".md", ".log", ".json", ".toml", ".ics"})
_LONGEST_TEXT = 60_000
_LARGEST_READ = 20 * 1024 * 1024
_NOTHING = Markup()


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """What can be shown of a file; a sentence says why where nothing can.

    Attributes:
        picture: a data: address.
        pages: data: addresses of the pages of a document, as many as are shown of `page_count`.
        document: HTML of our own making.
        words: plain words.
    """

    picture: str = ""
    pages: tuple[str, ...] = ()
    page_count: int = 0
    document: Markup = _NOTHING
    words: str = ""
    sentence: str = ""

    @property
    def shows_something(self) -> bool:
        return bool(self.picture or self.pages or self.document or self.words)


def preview_of(name: str, content: bytes) -> Preview:
    """What can be shown of a file; its name decides how it is read."""
    kind, ending = media_type_of(name), PurePosixPath(name).suffix.lower()
    if len(content) > _LARGEST_READ:
        return Preview(sentence="The file is too large to be shown here. Download it to look at it.")
    if kind in _PICTURES:
        return Preview(picture=picture_address(kind, content))
    if ending in _PLAIN:
        return _words(content.decode("utf-8", "replace"))
    read = {".docx": _word, ".pdf": _pdf}.get(ending)
    if read is None:
        return Preview(sentence="Files of this kind are not shown here. Download it to look at it.")
    try:
        return read(content)
    except Exception:  # noqa: BLE001 - a broken file raises whatever its reader came across
        return Preview(sentence="The file cannot be read: it is damaged or no file of this kind.")


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


def _word(content: bytes) -> Preview:
    html = word_as_html(content)
    if not html:
        return Preview(sentence="The document holds no words.")
    return Preview(document=Markup(html))  # noqa: S704 - word_as_html escapes every word of the document


def _pdf(content: bytes) -> Preview:
    pages, count = page_pictures(content)
    return Preview(pages=pages, page_count=count, words=_pdf_text(content))


def _pdf_text(content: bytes) -> str:
    from pypdf import PdfReader  # noqa: PLC0415 - slow to load, seldom needed

    return "\n\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)[:_LONGEST_TEXT]
