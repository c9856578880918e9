"""Reads the words of one part of a Word document: paragraphs, tables, text boxes and content controls in order."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from casework.policy_documents import Block, Look, Where
from connectors.documents.policies.word_plain import PlainParagraphs

_Element = etree._Element  # noqa: SLF001 - the library gives its elements no public name

# What a reader does not see: deleted and moved text, field codes, phonetic guides, properties.
_UNSEEN = frozenset(
    {
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "rt",
        "pPr",
        "rPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "sectPr",
        "sdtPr",
    }
)
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
# Fields whose words the computer fills in with its own dates.
_COMPUTER_DATES = ("DATE", "TIME", "SAVEDATE", "CREATEDATE", "PRINTDATE", "EDITTIME")
_TITLE_STYLES = ("title", "subtitle")


_LOCAL: dict[str, str] = {}
_MOST_NAMES = 5000


def local(element: _Element) -> str:
    """Gives an element's name without its namespace, which differs between the two kinds of Word files."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    name = _LOCAL.get(tag)
    if name is None:
        name = tag.rpartition("}")[2]
        # A file may hold any number of invented names; only so many are remembered.
        if len(_LOCAL) < _MOST_NAMES:
            _LOCAL[tag] = name
    return name


def attribute(element: _Element, name: str) -> str | None:
    plain = element.get(name)
    if plain is not None:
        return str(plain)
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: _Element, name: str) -> _Element | None:
    for item in element:
        if local(item) == name:
            return item
    return None


@dataclass(slots=True)
class WordText:
    """Walks one part; ``where`` is the part of the document that it is."""

    where: Where
    titles: dict[str, Look] = field(default_factory=dict)
    _tables: int = 0
    _plain: PlainParagraphs | None = None

    def blocks(self, root: _Element) -> Iterator[Block]:
        """Gives the paragraphs and rows below an element in reading order."""
        self._plain = PlainParagraphs.of(root)
        yield from self._walk(root, self.where)

    def _walk(self, parent: _Element, where: Where) -> Iterator[Block]:
        plain = self._plain
        for element in parent:
            text = plain.text(element) if plain else None
            if text is not None:
                if text and not text.isspace():
                    yield Block(cells=(text,), where=where, look=self._look(element))
            else:
                yield from self._part(element, where)

    def _part(self, element: _Element, where: Where) -> Iterator[Block]:
        name = local(element)
        if name == "p":
            yield from self._runs(element, where)
        elif name == "tbl":
            yield from self._table(element, where)
        elif name == "sdt":
            yield from self._walk(element, where if where is not Where.BODY else Where.CONTENT_CONTROL)
        elif name == "AlternateContent":
            yield from self._walk(_one_choice(element), where)
        elif name not in _UNSEEN:
            yield from self._walk(element, where)

    def _runs(self, element: _Element, where: Where) -> Iterator[Block]:
        run = _Runs()
        run.take(element)
        text = "".join(run.words)
        if text.strip():
            if where is Where.BODY and run.has_control:
                where = Where.CONTENT_CONTROL
            yield Block(cells=(text,), where=where, look=self._look(element))
        for box in run.boxes:
            yield from self._walk(
                box, Where.TEXT_BOX if where in (Where.BODY, Where.CONTENT_CONTROL) else where
            )

    def _look(self, paragraph: _Element) -> Look:
        if self._plain and not self._plain.has_style(paragraph):
            return Look.PLAIN
        properties = child(paragraph, "pPr")
        style = child(properties, "pStyle") if properties is not None else None
        name = (attribute(style, "val") or "") if style is not None else ""
        known = self.titles.get(name)
        if known:
            return known
        lowered = name.lower()
        if lowered in _TITLE_STYLES:
            return Look.TITLE
        return Look.HEADING if lowered.startswith(("heading", "tocheading")) else Look.PLAIN

    def _table(self, table: _Element, where: Where) -> Iterator[Block]:
        self._tables += 1
        number = self._tables
        inner = Where.TABLE if where in (Where.BODY, Where.CONTENT_CONTROL) else where
        for row in _inside(table, "tr"):
            cells: list[str] = []
            columns: list[int] = []
            nested: list[Block] = []
            if _is_deleted(row):
                continue
            at = _grid_before(row)
            for cell in _inside(row, "tc"):
                columns.append(at)
                at += _span(cell)
                blocks = list(self._walk(cell, inner))
                cells.append(
                    "\n".join(block.text for block in blocks if block.table is None and block.where is inner)
                )
                nested += [block for block in blocks if block.table is not None or block.where is not inner]
            if any(cell.strip() for cell in cells):
                yield Block(cells=tuple(cells), where=inner, columns=tuple(columns), table=number)
            yield from nested


class _Runs:
    """Joins the runs of a paragraph as a reader sees them."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.boxes: list[_Element] = []
        self.has_control = False
        self._fields: list[str] = []
        self._in_result: list[bool] = []

    def take(self, parent: _Element) -> None:
        for element in parent:
            self._take_one(element, local(element))

    def _take_one(self, element: _Element, name: str) -> None:
        if name == "t":
            self._say(element.text or "")
        elif name in _MARKS:
            self._say(_MARKS[name])
        elif name in ("fldChar", "instrText"):
            self._field(attribute(element, "fldCharType"), element.text or "")
        elif name == "txbxContent":
            self.boxes.append(element)
        elif name == "AlternateContent":
            self.take(_one_choice(element))
        elif name not in _UNSEEN:
            self._take_group(element, name)

    def _take_group(self, element: _Element, name: str) -> None:
        if (name == "r" and _is_hidden(element)) or (
            name == "fldSimple" and _is_computer_date(attribute(element, "instr"))
        ):
            return
        if name == "sdt":
            if _shows_placeholder(element):
                return
            self.has_control = True
        self.take(element)

    def _say(self, words: str) -> None:
        if not any(
            _is_computer_date(code)
            for code, shown in zip(self._fields, self._in_result, strict=True)
            if shown
        ):
            self.words.append(words)

    def _field(self, kind: str | None, code: str) -> None:
        if kind == "begin":
            self._fields.append("")
            self._in_result.append(False)
        elif kind is None and self._fields:
            self._fields[-1] += code
        elif kind == "separate" and self._in_result:
            self._in_result[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()
            self._in_result.pop()


def _one_choice(element: _Element) -> _Element:
    """Gives one of the renderings of the same content: they would be read twice otherwise."""
    choice = child(element, "Choice")
    if choice is not None:
        return choice
    fallback = child(element, "Fallback")
    return fallback if fallback is not None else element


def _inside(parent: _Element, name: str) -> Iterator[_Element]:
    """Finds the rows of a table or cells of a row, also within content controls."""
    for element in parent:
        found = local(element)
        if found == name:
            yield element
        elif found in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
            yield from _inside(element, name)


def _span(cell: _Element) -> int:
    properties = child(cell, "tcPr")
    span = child(properties, "gridSpan") if properties is not None else None
    return _whole(attribute(span, "val")) or 1 if span is not None else 1


def _grid_before(row: _Element) -> int:
    properties = child(row, "trPr")
    before = child(properties, "gridBefore") if properties is not None else None
    return _whole(attribute(before, "val")) if before is not None else 0


def _whole(words: str | None) -> int:
    return int(words) if words and words.isascii() and words.isdigit() else 0


def _is_deleted(row: _Element) -> bool:
    properties = child(row, "trPr")
    return properties is not None and child(properties, "del") is not None


def _is_hidden(run: _Element) -> bool:
    properties = child(run, "rPr")
    hidden = child(properties, "vanish") if properties is not None else None
    return hidden is not None and attribute(hidden, "val") not in ("0", "false", "off")


def _shows_placeholder(control: _Element) -> bool:
    properties = child(control, "sdtPr")
    return properties is not None and child(properties, "showingPlcHdr") is not None


def _is_computer_date(code: str | None) -> bool:
    words = (code or "").split()
    return bool(words) and words[0].upper() in _COMPUTER_DATES
