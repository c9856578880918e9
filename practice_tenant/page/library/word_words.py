"""Changing words in a Word document without touching anything else: a stand-in for Word itself."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile


def replace_words(content: bytes, old: str, new: str) -> tuple[bytes, int]:
    """The document with `old` changed to `new` wherever it stands, and how often it stood there.

    Words that Word has split over several runs are found too; the new ones look like the first of the old.

    Raises:
        ValueError: the content is no Word document.
    """
    import docx  # noqa: PLC0415 - slow to load, seldom needed
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415

    try:
        document = docx.Document(BytesIO(content))
    except (BadZipFile, KeyError, PackageNotFoundError, ValueError) as error:
        raise ValueError("no Word document") from error
    places = sum(_replace_in(paragraph, old, new) for paragraph in _paragraphs(document))
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue(), places


def _paragraphs(document: Any) -> Iterator[Any]:  # noqa: ANN401 - python-docx has no types of its own
    """Every paragraph of the body, of tables, content controls and text boxes, of headers and footers."""
    yield from document.element.body.iter(_word("p"))
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if not part.is_linked_to_previous:
                yield from part._element.iter(_word("p"))  # noqa: SLF001 - the only way to all of its words


def _replace_in(paragraph: Any, old: str, new: str) -> int:  # noqa: ANN401 - see above
    # A text box within the paragraph has paragraphs of its own.
    texts = [text for text in paragraph.iter(_word("t")) if next(text.iterancestors(_word("p"))) is paragraph]
    places = 0
    start = _joined(texts).find(old)
    while start >= 0:
        _cut(texts, start, start + len(old), new)
        places += 1
        start = _joined(texts).find(old, start + len(new))
    return places


def _cut(texts: list[Any], start: int, end: int, new: str) -> None:
    """Take the signs from `start` to `end` out of the runs, and put the new ones where the first stood."""
    position, is_first = 0, True
    for text in texts:
        words = text.text or ""
        left, right = max(start - position, 0), min(end - position, len(words))
        if left < right:
            text.text = words[:left] + (new if is_first else "") + words[right:]
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            is_first = False
        position += len(words)


def _joined(texts: list[Any]) -> str:
    return "".join(text.text or "" for text in texts)


def _word(tag: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{tag}"
