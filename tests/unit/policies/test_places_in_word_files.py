"""The next review is found wherever in a Word file a school has written it, as a reader sees it."""

import pytest

from casework.policy_documents import PolicyFacts, read_policy
from connectors.documents.policies import PolicyDocumentReader
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

OPENING = paragraph("Behaviour Policy", style="Title") + paragraph(
    "We want every child to feel safe at Tillbrook."
)


def read(content: bytes, name: str = "behaviour.docx") -> PolicyFacts:
    return read_policy(PolicyDocumentReader().read(content, name=name))


def next_review(content: bytes) -> tuple[str | None, str] | None:
    found = read(content).next_review
    return (found.value, found.where) if found else None


LABEL, DATE = "Date of next review:", "September 2027"
SENTENCE = f"{LABEL} {DATE}"
DELETED = f'<w:del w:id="1"><w:r><w:delText>{LABEL} May 2031</w:delText></w:r></w:del>'
PLACES = {
    "a paragraph": (word_file(OPENING + paragraph(SENTENCE)), "body"),
    "beside a tab": (word_file(OPENING + paragraph(f"{LABEL}\t{DATE}")), "body"),
    "split into many runs": (
        word_file(OPENING + paragraph("Date of ne", "xt rev", "iew: Sep", "tember 20", "27")),
        "body",
    ),
    "the paragraph below its label": (word_file(OPENING + paragraph(LABEL) + paragraph(DATE)), "body"),
    "two cells of a row": (word_file(OPENING + table((LABEL, DATE))), "table"),
    "one cell": (word_file(OPENING + table((SENTENCE, "Headteacher"))), "table"),
    "two paragraphs of a cell": (word_file(OPENING + table((cell(LABEL, DATE), "Headteacher"))), "table"),
    "cells below each other": (
        word_file(OPENING + table(("Version", "Approved", "Next review"), ("4", "May 2025", DATE))),
        "table",
    ),
    "below a heading that spans two columns": (
        word_file(
            OPENING
            + table(
                (cell("Document", span=2), "Next review", "Owner"), ("4", "Approved", DATE, "Headteacher")
            )
        ),
        "table",
    ),
    "labels in one cell and dates in the other": (
        word_file(OPENING + table((cell("Last review:", "Next review:"), cell("September 2025", DATE)))),
        "table",
    ),
    "a table within a table": (
        word_file(OPENING + table((cell("About this policy", inner=table((LABEL, DATE))), "Tillbrook"))),
        "table",
    ),
    "a cell before the label": (word_file(OPENING + table((DATE, "Next review date"))), "table"),
    "a header": (word_file(OPENING, edges={"header default": paragraph(SENTENCE)}), "header"),
    "a table in a header": (word_file(OPENING, edges={"header default": table((LABEL, DATE))}), "header"),
    "a footer": (word_file(OPENING, edges={"footer default": paragraph(SENTENCE)}), "footer"),
    "the first page's footer": (
        word_file(OPENING, edges={"footer first": paragraph(SENTENCE)}, section="<w:titlePg/>"),
        "footer",
    ),
    "a footnote": (word_file(OPENING, footnotes=paragraph(SENTENCE)), "footnote"),
    "a text box": (word_file(OPENING + text_box(SENTENCE)), "text box"),
    "a content control": (word_file(OPENING + content_control(paragraph(SENTENCE))), "content control"),
    "a content control within a line": (
        word_file(OPENING + raw_paragraph(run(f"{LABEL} ") + content_control(run(DATE)))),
        "content control",
    ),
    "a content control around a cell": (
        word_file(OPENING + f"<w:tbl><w:tr>{cell(LABEL)}{content_control(cell(DATE))}</w:tr></w:tbl>"),
        "table",
    ),
    "a content control around a row": (
        word_file(OPENING + f"<w:tbl>{content_control(f'<w:tr>{cell(LABEL)}{cell(DATE)}</w:tr>')}</w:tbl>"),
        "table",
    ),
    "a field": (
        word_file(OPENING + raw_paragraph(run(f"{LABEL} ") + field("DOCPROPERTY Review", DATE))),
        "body",
    ),
    "an insertion that was tracked": (
        word_file(OPENING + raw_paragraph(run(f"{LABEL} ") + f'<w:ins w:id="1">{run(DATE)}</w:ins>')),
        "body",
    ),
    "beside a deletion that was tracked": (
        word_file(OPENING + raw_paragraph(DELETED) + paragraph(SENTENCE)),
        "body",
    ),
    "a link": (word_file(OPENING + raw_paragraph(f"<w:hyperlink>{run(SENTENCE)}</w:hyperlink>")), "body"),
    "a smart tag": (
        word_file(OPENING + raw_paragraph(run(f"{LABEL} ") + f"<w:smartTag>{run(DATE)}</w:smartTag>")),
        "body",
    ),
    "after a line break": (
        word_file(OPENING + raw_paragraph(f"{run('Approved: May 2025')}<w:r><w:br/></w:r>{run(SENTENCE)}")),
        "body",
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_the_next_review_is_found_in(place: str) -> None:
    content, where = PLACES[place]
    assert next_review(content) == ("2027-09", where)


UNSEEN = {
    "a deletion that was tracked": raw_paragraph(DELETED),
    "hidden text": raw_paragraph(run(SENTENCE, "<w:vanish/>")),
    "a placeholder that nobody filled in": raw_paragraph(
        run(f"{LABEL} ") + content_control(run("September 2027"), placeholder=True)
    ),
    "a field of today's date": raw_paragraph(
        run(f"{LABEL} ") + field('DATE \\@ "d MMMM yyyy"', "3 May 2027")
    ),
    "a simple field of today's date": raw_paragraph(
        run(f"{LABEL} ") + f'<w:fldSimple w:instr=" DATE ">{run("3 May 2027")}</w:fldSimple>'
    ),
    "the day on which the file was saved": raw_paragraph(
        run("Last updated: ") + field("SAVEDATE", "3 May 2027")
    ),
}


@pytest.mark.parametrize("place", UNSEEN)
def test_no_date_is_taken_from(place: str) -> None:
    facts = read(word_file(OPENING + UNSEEN[place]))
    assert facts.next_review is None or facts.next_review.value is None
    assert facts.last_update is None


def test_a_header_that_no_page_shows_is_not_read() -> None:
    edges = {
        "header even": paragraph("Next review: May 2031"),
        "header first": paragraph("Next review: May 2032"),
    }
    assert next_review(word_file(OPENING + paragraph(SENTENCE), edges=edges)) == ("2027-09", "body")


def test_a_text_box_that_word_writes_twice_is_read_once() -> None:
    document = PolicyDocumentReader().read(word_file(OPENING + text_box(SENTENCE)), name="a.docx")
    assert [block.text for block in document.blocks].count(SENTENCE) == 1


def test_the_title_is_the_line_that_is_set_as_title() -> None:
    assert (
        read(word_file(paragraph("TILLBROOK INFANT SCHOOL") + OPENING, title="Model policy 2014")).title
        == "Behaviour Policy"
    )


def test_the_file_s_own_properties_give_no_date() -> None:
    facts = read(word_file(OPENING, title="Behaviour Policy, next review May 2031"))
    assert facts.next_review is None
