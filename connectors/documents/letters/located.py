"""A letter's Word file as a docxtpl template that knows in which paragraph each tag and each fault stands."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, Final

from docxtpl import DocxTemplate
from jinja2 import Environment, TemplateError, TemplateSyntaxError
from lxml import etree
from markupsafe import Markup

from casework.errors import LetterTemplateError
from connectors.documents.templating.tags import (
    Tag,
    broken_tag,
    find_tags,
    first_use,
    line_of_fault,
    lines_of,
    name_of_fault,
    used_names,
)
from connectors.documents.templating.values import VALUE_FAULTS, in_words, school_environment

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TITLE_LENGTH: Final = 255  # Word's own limit for a property


class LocatedTemplate(DocxTemplate):  # type: ignore[misc]  # docxtpl carries no types
    """One letter.docx, opened; every fault names the letter, the paragraph and the tag."""

    def __init__(self, name: str, content: bytes, environment: Environment) -> None:
        """Open the Word file.

        Raises:
            LetterTemplateError: if it is not a Word document.
        """
        super().__init__(io.BytesIO(content))
        self.name = name
        self.environment = environment
        try:
            self.init_docx()
        except (KeyError, ValueError, OSError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
            # zipfile, python-docx and lxml each have their own word for "this is no Word file".
            raise LetterTemplateError(
                template=name, reason="letter.docx is not a Word document; save it again from Word as .docx"
            ) from error

    def sources(self) -> Iterator[str]:
        """Body, headers, footers and footnotes as the text that jinja2 sees, a paragraph a line."""
        yield _paragraph_a_line(self.patch_xml(self.get_xml()))
        for part in self._marginal_parts():
            yield _paragraph_a_line(self.patch_xml(self.get_part_xml(part)))

    def used_names(self) -> set[str]:
        """The fields that the letter asks for.

        Raises:
            LetterTemplateError: at the first tag that cannot be understood.
        """
        names = set[str]()
        for source in self.sources():
            try:
                names |= used_names(self.environment, source)
            except TemplateSyntaxError as error:
                raise self._fault(source, error) from error
        try:
            return names | used_names(self.environment, self._title())
        except TemplateSyntaxError as error:
            raise self._fault(self._title(), error) from error

    def place_of(self, name: str) -> tuple[str, str]:
        """The paragraph and the tag in which a field is first used; empty texts if nowhere."""
        for source in self.sources():
            if tag := first_use(self.environment, source, name):
                return _paragraph_of(source, tag), _readable(tag.text)
        return "", ""

    def broken_tags(self) -> Iterator[tuple[str, str]]:
        """Paragraphs in which a tag is not closed, or has one brace only, each with what stands there."""
        for root in [self.docx.element, *(etree.fromstring(part.blob) for part in self._marginal_parts())]:
            for paragraph in root.iter(W + "p"):
                text = "".join(node.text or "" for node in paragraph.iter(W + "t"))
                if found := broken_tag(text):
                    yield text.strip(), found

    def fill(self, context: Mapping[str, Any]) -> bytes:
        """The letter with the fields in place, as a Word file.

        Raises:
            LetterTemplateError: if a tag has no value or the result is no document.
        """
        self.render(dict(context), self.environment, autoescape=True)
        output = io.BytesIO()
        self.save(output)
        return output.getvalue()

    def render_xml_part(self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Any = None) -> str:  # noqa: ANN401 (docxtpl's own signature)
        try:
            rendered: str = super().render_xml_part(src_xml, part, context, jinja_env)
        except (TemplateError, *VALUE_FAULTS) as error:
            raise self._fault(_paragraph_a_line(src_xml), error) from error
        try:
            etree.fromstring(rendered.encode())
        except etree.XMLSyntaxError as error:
            # docxtpl would repair this silently and lose what stands behind it.
            raise LetterTemplateError(
                template=self.name,
                reason="a tag begins in one paragraph or table row and ends in another; "
                "begin such tags with {%p or {%tr, each in a paragraph or row of its own",
            ) from error
        return rendered

    def render_properties(self, context: dict[str, Any], _jinja_env: object = None) -> None:
        """Only the title is kept; the XML writer escapes it, so jinja2 must not do it too."""
        plain = school_environment(autoescape=False)
        try:
            title = plain.from_string(self._title()).render(context)
        except (TemplateError, *VALUE_FAULTS) as error:
            raise self._fault(self._title(), error) from error
        self.docx.core_properties.title = title[:TITLE_LENGTH]

    def _title(self) -> str:
        return str(self.docx.core_properties.title)

    def _marginal_parts(self) -> Iterator[Any]:
        for uri in (self.HEADER_URI, self.FOOTER_URI):
            yield from (part for _, part in self.get_headers_footers(uri))
        yield from (
            part for part in self.docx.part.package.parts if part.content_type.endswith(".footnotes+xml")
        )

    def _fault(self, source: str, error: Exception) -> LetterTemplateError:
        line = line_of_fault(error)
        tag = _tag_at(self.environment, source, line, name_of_fault(error))
        reason = f"cannot be understood ({error}); correct it in Word"
        if not isinstance(error, TemplateSyntaxError):
            reason = (
                f"has no value that can be printed ({error}); give the field, or correct its name in Word"
            )
        return LetterTemplateError(
            template=self.name,
            paragraph=_paragraph_of(source, tag) if tag else _text_of_line(source, line),
            tag=_readable(tag.text) if tag else "",
            reason=f"the tag {reason}" if tag else f"a tag {reason}",
        )


def letter_environment() -> Environment:
    """Where letters are filled in: whatever a field holds, it stays text."""
    environment = school_environment(autoescape=True)
    environment.finalize = _as_xml
    return environment


def as_escaped(value: object) -> object:
    """A value as it is printed, escaped for XML; what jinja2 itself must see passes unchanged."""
    # in_words takes controls out, of which a text that can be printed has none
    words = value if type(value) is str and value.isprintable() else in_words(value)
    if not isinstance(words, str) or isinstance(words, Markup):
        return words
    # docxtpl would take {_{ and the like for marks of its own, but not where the line is an entity.
    return html.escape(words).replace("&#x27;", "&#39;").replace("&quot;", "&#34;").replace("_", "&#95;")


def _as_xml(value: object) -> object:
    words = as_escaped(value)
    return Markup(words) if isinstance(words, str) else words  # noqa: S704 (escaped in the line before)


def _paragraph_a_line(xml: str) -> str:
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", xml)


def _tag_at(environment: Environment, source: str, line: int | None, name: str) -> Tag | None:
    try:
        tags = [tag for tag in find_tags(environment, source) if tag.line == line]
    except TemplateSyntaxError:
        return None
    return next((tag for tag in tags if name and name in tag.text), tags[0] if tags else None)


def _paragraph_of(source: str, tag: Tag) -> str:
    # A {%p tag has lost its own paragraph and stands behind the one before it.
    pieces = re.split("</w:p>", lines_of(source)[tag.line - 1])
    return next((_readable(piece) for piece in pieces if tag.text in piece), _readable(pieces[0]))


def _text_of_line(source: str, line: int | None) -> str:
    lines = lines_of(source)
    return _readable(lines[line - 1]) if line and line <= len(lines) else ""


def _readable(xml: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^<>]+>", " " if "w:tab" in xml else "", xml)).split())
