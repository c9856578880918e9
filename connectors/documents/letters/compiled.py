"""A letter's Word file, prepared once: a letter is then its text with the fields in place, put among members that stay.

docxtpl's own preparation (patch_xml, resolve_listing, the numbering of pictures) makes the text, so that the document is
the one that docxtpl would have written. A file of a kind that this cannot promise is left to docxtpl itself.
"""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Mapping
from typing import Any, Final
from xml.parsers.expat import ExpatError, ParserCreate

from jinja2 import TemplateError
from jinja2.environment import Template
from lxml import etree
from markupsafe import Markup, escape

from connectors.documents.letters.cleaning import clean_docx
from connectors.documents.letters.located import TITLE_LENGTH, LocatedTemplate, W, as_escaped
from connectors.documents.letters.marks import read_parts
from connectors.documents.letters.members import archive, pack
from connectors.documents.letters.pictures import place_picture
from connectors.documents.templating.fields import Field
from connectors.documents.templating.values import VALUE_FAULTS, school_environment

_TAGGED: Final = re.compile(r"word/(document|header|footer|footnotes)\d*\.xml")
_CORE: Final = "docProps/core.xml"
_ONLY_DOCXTPL: Final = re.compile(r"\{[{%]-?\s*(?:tc|colspan|cellbg|hm|vm)\b")
_PICTURE_NUMBER: Final = re.compile(r'(<wp:docPr\b[^>]*?\bid=")[^"]*')
_RESOLVED: Final = re.compile("[\t\n\a\f]")
_ESCAPES: Final = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
_PLACE: Final = "\ue000"  # stands for the picture until the text is resolved; no font has it
_TITLE: Final = "{http://purl.org/dc/elements/1.1/}title"


class CompiledLetter:
    """One kind of letter, ready to be filled.

    Args:
        template: the opened Word file.
        content: its bytes.
        picture: the field and content of the picture that it carries, if it carries one.
    """

    def __init__(
        self, template: LocatedTemplate, content: bytes, picture: tuple[Field, bytes] | None
    ) -> None:
        self._content, self._given = clean_docx(content), picture
        self._located = LocatedTemplate(template.name, self._content, template.environment)
        self._picture = self._placed(picture) if picture else ""
        self._texts: dict[str, Template] = {}
        self._branching: list[str] = []
        if not _promises(self._located, picture[0].name if picture else ""):
            return
        parts = dict(read_parts(self._skeleton()))
        self._title = school_environment(autoescape=False).from_string(
            self._located.docx.core_properties.title
        )
        self._core = _with_title(parts.pop(_CORE), _PLACE)
        # as_escaped escapes what is printed, so that jinja2 need not look at it again
        environment = template.environment.overlay(autoescape=False, finalize=as_escaped)
        same: dict[str, Template] = {}  # the footers of the first page and of the others say the same
        for name in sorted(name for name, part in parts.items() if _TAGGED.fullmatch(name) and b"{" in part):
            source = etree.tostring(etree.fromstring(parts.pop(name)), encoding="unicode")
            text = self._located.patch_xml(source)
            self._texts[name] = same.setdefault(text, environment.from_string(text))
            if "{%" in text:
                self._branching.append(name)  # a branch may cut an element in two
        first = sorted(parts, key=lambda name: (name != "[Content_Types].xml", name))
        self._kept = [pack(name, parts[name]) for name in first]

    def fill(self, context: Mapping[str, Any]) -> bytes:
        """The letter as it may leave the school; the same bytes for the same fields.

        Raises:
            LetterTemplateError: a tag has no value or the result is no document; names paragraph and tag.
        """
        if not self._texts:
            return self._by_docxtpl(context)
        placed = dict(context)
        if self._given:
            placed[self._given[0].name] = Markup(_PLACE)  # noqa: S704 (one character of our own)
        try:
            said = {text: self._resolved(text.render(placed)) for text in set(self._texts.values())}
            texts = {name: said[text] for name, text in self._texts.items()}
            title = self._title.render(context)[:TITLE_LENGTH]
            for name in self._branching:
                ParserCreate().Parse(texts[name], True)
        except (TemplateError, ExpatError, *VALUE_FAULTS):
            return self._by_docxtpl(context)  # which says in which paragraph and tag
        texts[_CORE] = self._core.replace(_PLACE, str(escape(title))).encode()
        return archive((*self._kept, *(pack(name, text, level=1) for name, text in texts.items())))

    def _by_docxtpl(self, context: Mapping[str, Any]) -> bytes:
        located = LocatedTemplate(self._located.name, self._content, self._located.environment)
        placed = {self._given[0].name: place_picture(located, *self._given)} if self._given else {}
        return clean_docx(located.fill({**context, **placed}))

    def _resolved(self, text: str) -> bytes:
        for mark, meant in _ESCAPES:
            text = text.replace(mark, meant)
        if _RESOLVED.search(text):
            text = self._located.resolve_listing(text)
        text = text.replace(_PLACE, self._picture)
        if "<wp:docPr" in text:
            numbers = itertools.count(1001)  # docxtpl's first
            text = _PICTURE_NUMBER.sub(lambda match: f"{match[1]}{next(numbers)}", text)
        return b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n" + text.encode()

    def _placed(self, picture: tuple[Field, bytes]) -> str:
        self._located.current_rendering_part = self._located.docx.part
        return str(place_picture(self._located, *picture))

    def _skeleton(self) -> bytes:
        """The file with its tags, and with the picture among its members."""
        output = io.BytesIO()
        self._located.docx.save(output)
        return clean_docx(output.getvalue())


def _promises(template: LocatedTemplate, picture: str) -> bool:
    """True where the result is docxtpl's own: tables of one width throughout, and a picture in the body only."""
    sources = list(template.sources())
    if any(_ONLY_DOCXTPL.search(source) for source in sources):
        return False
    if picture and any(picture in source for source in sources[1:]):
        return False
    return all(_of_one_width(table) for table in template.docx.element.iter(W + "tbl"))


def _of_one_width(table: etree._Element) -> bool:
    """True if every row fills the table's columns, so that docxtpl has no columns to add or to take away."""
    columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
    rows = [row.findall(W + "tc") for row in table.iter(W + "tr")]
    spans = any(cell.find(f"{W}tcPr/{W}gridSpan") is not None for row in rows for cell in row)
    return not spans and all(len(row) == columns for row in rows)


def _with_title(core: bytes, title: str) -> str:
    root = etree.fromstring(core)
    node = root.find(_TITLE)
    if node is not None:
        node.text = title
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True).decode()
