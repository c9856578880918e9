"""Every place and kind of file in which a school may write whose policy it is and when it is reviewed."""

from collections.abc import Callable, Sequence
from html import escape

from tests.unit.policies.pdf_files import Placed, pdf_file
from tests.unit.policies.test_other_kinds_of_files import open_document
from tests.unit.policies.word_files import (
    cell,
    content_control,
    field,
    paragraph,
    raw_paragraph,
    run,
    table,
    text_box,
    word_file,
)

Pairs = Sequence[tuple[str, str]]
"""Labels, each with its value."""
Place = Callable[[Pairs, Sequence[str]], tuple[str, bytes]]
"""Gives the name and content of a file with these pairs in the place, and lines of noise around them."""

TITLE = "Lost Property Policy"
_TITLE: list[Placed] = [(72, 770, TITLE)]


def _lines(pairs: Pairs, mark: str = ":") -> list[str]:
    return [f"{label}{mark} {value}" for label, value in pairs]


def _word(pairs: Callable[[Pairs], str], ending: str = "docx") -> Place:
    return lambda facts, noise: (f"lost.{ending}", word_file(_body(noise, pairs(facts))))


def _body(noise: Sequence[str], facts: str = "") -> str:
    before, after = noise[::2], noise[1::2]
    title = paragraph(TITLE, style="Title")
    return title + "".join(map(paragraph, before)) + facts + "".join(map(paragraph, after))


def _edge(edge: str, pairs: Callable[[Pairs], str], section: str = "") -> Place:
    return lambda facts, noise: (
        "lost.docx",
        word_file(_body(noise), edges={edge: pairs(facts)}, section=section),
    )


def _paragraphs(pairs: Pairs) -> str:
    return "".join(map(paragraph, _lines(pairs)))


def _fields(pairs: Pairs) -> str:
    return "".join(
        raw_paragraph(run(f"{label}: ") + field("DOCPROPERTY Fact", value)) for label, value in pairs
    )


def _simple_fields(pairs: Pairs) -> str:
    shown = (
        f'{run(f"{label}: ")}<w:fldSimple w:instr="DOCPROPERTY Fact">{run(value)}</w:fldSimple>'
        for label, value in pairs
    )
    return "".join(map(raw_paragraph, shown))


def _tracked(pairs: Pairs) -> str:
    """Changes that nobody has accepted: the old words are struck through, the new ones stand."""
    old = '<w:del w:id="1"><w:r><w:delText>Mr Q. Ash, 3 May 2031</w:delText></w:r></w:del>'
    return "".join(
        raw_paragraph(f'{run(f"{label}: ")}{old}<w:ins w:id="2">{run(value)}</w:ins>')
        for label, value in pairs
    )


def _struck_row(pairs: Pairs) -> str:
    struck = f'<w:tr><w:trPr><w:del w:id="3"/></w:trPr>{cell("Next review")}{cell("May 2039")}</w:tr>'
    return table(*pairs).replace("</w:tblGrid>", f"</w:tblGrid>{struck}")


def _letters(pairs: Pairs) -> str:
    return "".join(paragraph(*f"{label}: {value}") for label, value in pairs)


def _controlled_rows(pairs: Pairs) -> str:
    rows = (content_control(f"<w:tr>{cell(label)}{cell(value)}</w:tr>") for label, value in pairs)
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def _footnotes(pairs: Pairs, noise: Sequence[str]) -> tuple[str, bytes]:
    return "lost.docx", word_file(_body(noise), footnotes=_paragraphs(pairs))


def _odt(pairs: Callable[[Pairs], str], *, in_footer: bool = False) -> Place:
    def made(facts: Pairs, noise: Sequence[str]) -> tuple[str, bytes]:
        shown = pairs(facts)
        title = f'<text:h text:outline-level="1">{TITLE}</text:h>'
        body = f"{title}{_odt_lines(noise)}{'' if in_footer else shown}"
        return "lost.odt", open_document(body, footer=shown if in_footer else "")

    return made


def _odt_lines(lines: Sequence[str]) -> str:
    return "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)


def _odt_table(pairs: Pairs) -> str:
    cells = "</table:table-cell><table:table-cell>"
    rows = (cells.join(_odt_lines([words]) for words in pair) for pair in pairs)
    shown = (f"<table:table-row><table:table-cell>{row}</table:table-cell></table:table-row>" for row in rows)
    return f"<table:table>{''.join(shown)}</table:table>"


def _pdf(pairs: Callable[[Pairs], list[Placed]], *, pages: int = 1) -> Place:
    """A PDF of some pages, each with the facts."""

    def made(facts: Pairs, noise: Sequence[str]) -> tuple[str, bytes]:
        placed = pairs(facts)
        rest = [list(placed) for _ in range(pages - 1)]
        return "lost.pdf", pdf_file([*_noise(noise), *placed], *rest, large=_TITLE)

    return made


def _noise(noise: Sequence[str]) -> list[Placed]:
    return _down(noise, top=700)


def _turned_pdf(pairs: Pairs, noise: Sequence[str]) -> tuple[str, bytes]:
    turned = [(500 + 20 * at, 100, line) for at, line in enumerate(_lines(pairs))]
    return "lost.pdf", pdf_file(_noise(noise), large=_TITLE, turned=turned)


def _spaced_pdf(pairs: Pairs, noise: Sequence[str]) -> tuple[str, bytes]:
    return "lost.pdf", pdf_file(_noise(noise), large=_TITLE, spaced=_down(_lines(pairs), left=40, step=24))


def _down(lines: Sequence[str], *, left: int = 72, top: int = 560, step: int = 18) -> list[Placed]:
    return [(left, top - step * at, line) for at, line in enumerate(lines)]


def _two_columns(pairs: Pairs) -> list[Placed]:
    return [
        *_down([label for label, _ in pairs]),
        *_down([value for _, value in pairs], left=300),
    ]


def _across(pairs: Pairs) -> list[Placed]:
    """Labels beside each other, the values below them."""
    return [
        (40 + 185 * at, 560 - 18 * down, words)
        for at, pair in enumerate(pairs)
        for down, words in enumerate(pair)
    ]


def _columned(pairs: Pairs) -> list[Placed]:
    """A page of two columns of prose, of which the right one has the facts among its lines."""
    left = [
        "What is found is kept in the office",
        "for a week and then for a term, and",
        "is given away after that.",
    ]
    return [*_down(left * 2), *_down([*left[:1], *_lines(pairs), *left[1:2]], left=320)]


def _form(pairs: Pairs, noise: Sequence[str]) -> tuple[str, bytes]:
    return "lost.pdf", pdf_file(
        _noise(noise),
        large=_TITLE,
        fields=dict(pairs),
    )


def _web(pairs: Callable[[Pairs], str], ending: str = "html") -> Place:
    def made(facts: Pairs, noise: Sequence[str]) -> tuple[str, bytes]:
        lines = "".join(f"<p>{escape(line)}</p>\n" for line in noise)
        page = f"<html><head><title>Tillbrook</title></head><body><h1>{TITLE}</h1>{lines}{pairs(facts)}</body></html>"
        return f"lost.{ending}", page.encode()

    return made


def _web_table(pairs: Pairs) -> str:
    rows = (f"<tr><th>{escape(label)}</th><td>{escape(value)}</td></tr>" for label, value in pairs)
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


def _web_terms(pairs: Pairs) -> str:
    return (
        f"<dl>{''.join(f'<dt>{escape(label)}</dt><dd>{escape(value)}</dd>' for label, value in pairs)}</dl>"
    )


def _web_lines(pairs: Pairs) -> str:
    return f"<p>{'<br>'.join(f'<b>{escape(label)}:</b> {escape(value)}' for label, value in pairs)}</p>"


def _web_items(pairs: Pairs) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in _lines(pairs))}</ul>"


def _markdown(pairs: Callable[[Pairs], str]) -> Place:
    return lambda facts, noise: (
        "lost.md",
        "\n\n".join([f"# {TITLE}", *noise[:2], pairs(facts), *noise[2:]]).encode(),
    )


def _markdown_table(pairs: Pairs) -> str:
    (label, value), *rows = pairs
    return "\n".join(
        [f"| {label} | {value} |", "|---|---|", *(f"| {one} | **{other}** |" for one, other in rows)]
    )


def _text(encoding: str, *, ends: str = "\r\n", mark: str = ":") -> Place:
    def made(facts: Pairs, noise: Sequence[str]) -> tuple[str, bytes]:
        lines = [TITLE, "", *noise[:3], "Fines: £2 \u2013 never more", *_lines(facts, mark), *noise[3:]]
        return "lost.txt", ends.join(lines).encode(encoding)

    return made


PLACES: dict[str, Place] = {
    "a table within a table": _word(
        lambda pairs: table((cell("About this policy", inner=table(*pairs)), "Tillbrook"))
    ),
    "a header": _edge("header default", _paragraphs),
    "a table in a header": _edge("header default", lambda pairs: table(*pairs)),
    "a footer": _edge("footer default", _paragraphs),
    "a table in a footer": _edge("footer default", lambda pairs: table(*pairs)),
    "the first page's header": _edge("header first", _paragraphs, "<w:titlePg/>"),
    "a footnote": _footnotes,
    "text boxes": _word(lambda pairs: "".join(map(text_box, _lines(pairs)))),
    "a content control around it all": _word(lambda pairs: content_control(_paragraphs(pairs))),
    "a content control around a table": _word(lambda pairs: content_control(table(*pairs))),
    "content controls around rows": _word(_controlled_rows),
    "fields": _word(_fields),
    "simple fields": _word(_simple_fields),
    "runs of one letter each": _word(_letters),
    "tracked changes": _word(_tracked),
    "a table with a row that was struck out": _word(_struck_row),
    "a document with macros": _word(lambda pairs: table(*pairs), "docm"),
    "a template": _word(_paragraphs, "dotx"),
    "an OpenDocument text": _odt(lambda pairs: _odt_lines(_lines(pairs))),
    "a table of an OpenDocument text": _odt(_odt_table),
    "the footer of an OpenDocument text": _odt(lambda pairs: _odt_lines(_lines(pairs)), in_footer=True),
    "a PDF": _pdf(lambda pairs: _down(_lines(pairs))),
    "a table of a PDF": _pdf(_two_columns),
    "a table across a PDF": _pdf(_across),
    "a form of a PDF": _form,
    "a PDF set letter by letter": _spaced_pdf,
    "a PDF of two columns": _pdf(_columned),
    "the footer of each page of a PDF": _pdf(lambda pairs: _down(_lines(pairs), top=60, step=14), pages=3),
    "words that run up a PDF": _turned_pdf,
    "a web page": _web(_web_lines),
    "a table of a web page": _web(_web_table, "htm"),
    "terms of a web page": _web(_web_terms),
    "a list of a web page": _web(_web_items),
    "Markdown": _markdown(lambda pairs: "  \n".join(f"**{label}:** {value}" for label, value in pairs)),
    "a table of Markdown": _markdown(_markdown_table),
    "a list of Markdown": _markdown(lambda pairs: "\n".join(f"- {line}" for line in _lines(pairs))),
    "a text in UTF-8": _text("utf-8", ends="\n"),
    "a text in UTF-8 with a mark": _text("utf-8-sig"),
    "a text as Windows writes it": _text("cp1252"),
    "a text in UTF-16": _text("utf-16"),
    "a text with dashes": _text("utf-8", mark=" -"),
}
