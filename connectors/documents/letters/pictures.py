"""Pictures in a letter, such as the school's logo: fitted to the page, with a text for those who cannot see."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final
from xml.sax.saxutils import quoteattr

from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.image.image import Image
from docx.shared import Mm
from docxtpl import InlineImage

from casework.errors import LetterTemplateError
from connectors.documents.letters.located import LocatedTemplate
from connectors.documents.templating.fields import Field

_NO_PICTURE: Final = (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError)
_HEIGHT: Final = Mm(19)
_WIDEST: Final = Mm(110)


class DescribedPicture(InlineImage):  # type: ignore[misc]  # docxtpl carries no types
    """A picture whose alternative text stands in the document."""

    description = ""

    def _insert_image(self) -> str:
        xml: str = super()._insert_image()
        return xml.replace("<wp:docPr ", f"<wp:docPr descr={quoteattr(self.description)} ", 1)


def place_picture(template: LocatedTemplate, declared: Field, picture: object) -> DescribedPicture:
    """The picture at the size of a letterhead.

    Args:
        template: the letter that it goes into.
        declared: the field that it belongs to.
        picture: its bytes, or where its file is.

    Raises:
        LetterTemplateError: if there is no such file, or it is no picture that Word can show.
    """
    content = picture_content(template, declared, picture)
    try:
        image = Image.from_blob(content)
        height = min(int(_HEIGHT), int(_WIDEST * image.px_height / image.px_width))
    except (*_NO_PICTURE, ZeroDivisionError) as error:
        raise _fault(template, declared) from error
    placed = DescribedPicture(template, io.BytesIO(content), height=height)
    placed.description = declared.alternative
    return placed


def picture_content(template: LocatedTemplate, declared: Field, picture: object) -> bytes:
    """The bytes of a picture that is given as such, or by where its file is.

    Raises:
        LetterTemplateError: if there is no such file.
    """
    try:
        return picture if isinstance(picture, bytes) else Path(str(picture)).read_bytes()
    except OSError as error:
        raise _fault(template, declared) from error


def _fault(template: LocatedTemplate, declared: Field) -> LetterTemplateError:
    paragraph, tag = template.place_of(declared.name)
    reason = f"the field {declared.name} is no picture that Word can show; give a PNG or JPEG file"
    return LetterTemplateError(template=template.name, paragraph=paragraph, tag=tag, reason=reason)
