"""A letter that cannot be right stops before anybody sees it, and says where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from docx.document import Document
from docx.oxml import OxmlElement

from casework.errors import LetterTemplateError
from connectors.documents.letters import DocxLetterWriter, read_docx_text

Note = Callable[..., DocxLetterWriter]

OAKFIELD = {"parent": "Mrs Oakfield"}


def refusal(writer: DocxLetterWriter, fields: Mapping[str, object] = OAKFIELD) -> LetterTemplateError:
    with pytest.raises(LetterTemplateError) as caught:
        writer.write("note", fields)
    return caught.value


def in_body(document: Document, text: str) -> None:
    document.add_paragraph("Good morning")
    document.add_paragraph(text)


def in_table(document: Document, text: str) -> None:
    document.add_table(2, 2).cell(1, 1).text = text


def in_nested_table(document: Document, text: str) -> None:
    document.add_table(1, 1).cell(0, 0).add_table(1, 1).cell(0, 0).text = text


def in_header(document: Document, text: str) -> None:
    document.sections[0].header.paragraphs[0].text = text


def in_first_footer(document: Document, text: str) -> None:
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].first_page_footer.paragraphs[0].text = text


PLACES = [in_body, in_table, in_nested_table, in_header, in_first_footer]


@pytest.mark.parametrize("place", PLACES)
def test_a_missing_field_is_named_with_its_paragraph_and_tag_wherever_it_stands(
    note: Note, place: Callable[[Document, str], None]
) -> None:
    writer = note(lambda document: place(document, "Dear {{ parent }}, welcome"))

    error = refusal(writer, {})

    assert error.template == "note"
    assert error.paragraph == "Dear {{ parent }}, welcome"
    assert error.tag == "{{ parent }}"
    assert "parent is missing" in str(error)


@pytest.mark.parametrize("place", PLACES)
def test_a_tag_that_no_field_answers_is_named_wherever_it_stands(
    note: Note, place: Callable[[Document, str], None]
) -> None:
    def build(document: Document) -> None:
        document.add_paragraph("Dear {{ parent }}")
        place(document, "We spoke on {{ talked_on }} at noon")

    error = refusal(note(build))

    assert error.paragraph == "We spoke on {{ talked_on }} at noon"
    assert error.tag == "{{ talked_on }}"


@pytest.mark.parametrize("blank", [None, "", "  \n"])
def test_an_empty_field_is_as_missing_as_an_absent_one(note: Note, blank: object) -> None:
    writer = note(lambda document: in_body(document, "Dear {{ parent }}"))

    assert refusal(writer, {"parent": blank}).tag == "{{ parent }}"


def test_a_field_that_the_letter_does_not_have_is_refused_by_name(note: Note) -> None:
    writer = note(lambda document: in_body(document, "Dear {{ parent }}"))

    assert refusal(writer, {**OAKFIELD, "child": "Sam"}).tag == "child"


def test_an_optional_field_that_is_printed_without_asking_stops_with_its_paragraph(note: Note) -> None:
    writer = note(
        lambda document: in_body(document, "Dear {{ parent }}, our motto: {{ motto }}"),
        parent='"Mrs Oakfield"',
        motto='"Be kind"\nrequired = false',
    )

    error = refusal(writer)

    assert error.paragraph == "Dear {{ parent }}, our motto: {{ motto }}"
    assert error.tag == "{{ motto }}"


def test_a_detail_missing_from_one_entry_of_a_loop_is_found_with_its_paragraph(note: Note) -> None:
    def build(document: Document) -> None:
        for text in (
            "{%p for post in posts %}",
            "Seen on {{ post.day }} at {{ post.place }}",
            "{%p endfor %}",
        ):
            document.add_paragraph(text)

    writer = note(build, posts='[{ day = "Monday", place = "a forum" }]')

    error = refusal(writer, {"posts": [{"day": "Monday", "place": "a forum"}, {"day": "Tuesday"}]})

    assert error.paragraph == "Seen on {{ post.day }} at {{ post.place }}"
    assert error.tag == "{{ post.place }}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Dear {{ parent , welcome", "{{ parent , welcome"),
        ("Dear { parent }}, welcome", "}}"),
        ("Dear {parent}, welcome", "{parent}"),
        ("{% if parent Dear", "{% if parent Dear"),
    ],
)
def test_a_tag_that_is_not_whole_is_shown_with_its_paragraph(note: Note, text: str, shown: str) -> None:
    def build(document: Document) -> None:
        document.add_paragraph("{{ parent }}")
        document.add_paragraph(text)

    error = refusal(note(build))

    assert error.paragraph == text
    assert error.tag == shown


@pytest.mark.parametrize("tag", ["{{ parent name }}", "{{ parent| nosuchfilter }}", "{% of parent %}"])
def test_a_tag_that_cannot_be_understood_is_shown_with_its_paragraph(note: Note, tag: str) -> None:
    error = refusal(note(lambda document: in_body(document, f"Dear {tag}, welcome")))

    assert error.paragraph == f"Dear {tag}, welcome"


def test_a_condition_that_is_never_closed_is_refused(note: Note) -> None:
    writer = note(lambda document: in_body(document, "{% if parent %}Dear {{ parent }}"))

    assert "endif" in str(refusal(writer))


def test_a_loop_that_crosses_a_table_is_refused_instead_of_losing_the_rest_of_the_letter(note: Note) -> None:
    def build(document: Document) -> None:
        document.add_table(1, 1).cell(0, 0).text = "{% for post in posts %}{{ post }}"
        document.add_paragraph("{% endfor %}")
        document.add_paragraph("Yours sincerely")

    writer = note(build, posts='["One", "Two"]')

    assert "{%p" in str(refusal(writer, {"posts": ["One", "Two"]}))


def test_a_template_from_the_office_cannot_reach_program_code(note: Note) -> None:
    writer = note(lambda document: in_body(document, "{{ parent }} {{ parent.__class__.__mro__ }}"))

    assert "parent.__class__" in refusal(writer).tag


@pytest.mark.parametrize("value", [["a list"], {"a": "group"}, True, b"no picture"])
def test_a_value_that_is_no_text_is_not_printed_as_program_text(note: Note, value: object) -> None:
    writer = note(lambda document: in_body(document, "Dear {{ parent }}"))

    assert refusal(writer, {"parent": value}).paragraph == "Dear {{ parent }}"


@pytest.mark.parametrize("content", [b"", b"this is no Word file", b"PK\x03\x04 cut off"])
def test_a_file_that_is_no_word_document_is_refused_in_plain_words(note: Note, content: bytes) -> None:
    assert "not a Word document" in str(refusal(note(content)))


def test_a_letter_with_tracked_changes_is_refused(note: Note) -> None:
    def build(document: Document) -> None:
        paragraph = document.add_paragraph("Dear {{ parent }}")
        inserted = OxmlElement("w:ins")
        inserted.append(paragraph.runs[0]._r)
        paragraph._p.append(inserted)

    assert "tracked changes" in str(refusal(note(build)))


def test_an_unknown_kind_names_the_kinds_that_there_are(letters: DocxLetterWriter) -> None:
    with pytest.raises(LetterTemplateError, match="host_report, invitation, operator_notice"):
        letters.write("farewell", {})


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("parent = 3", "section"),
        ('[fields.parent]\nsample = "x"', "meaning is missing"),
        ('[fields.parent]\nmeaning = "x"', "sample is missing"),
        ('[fields.parent]\nmeaning = "x"\nsample = "x"\nneeded = true', "needed is not known"),
        ('[fields.parent]\nmeaning = "x"\nsample = "x"\nrequired = "yes"', "required must be true or false"),
        (
            '[fields.parent]\nmeaning = "x"\nsample = "none.png"\npicture = true\nalternative = "x"',
            "none.png",
        ),
        ("[fields.parent", "cannot be read"),
    ],
)
def test_a_mistake_in_the_list_of_fields_is_named(note: Note, tmp_path: Path, entry: str, said: str) -> None:
    writer = note(lambda document: in_body(document, "Dear {{ parent }}"))
    text = f"[fields]\n{entry}" if entry.startswith("parent") else entry
    (tmp_path / "note" / "fields.toml").write_text(text, encoding="utf-8")

    assert said in str(refusal(writer))
    assert writer.check("note")[0].stops


def test_a_check_lists_unknown_and_unused_fields_and_remarks_last(note: Note) -> None:
    writer = note(
        lambda document: in_body(document, "Dear {{ parent }}, {{ nickname }}"),
        parent='"Mrs Oakfield"',
        contact='"Mr Penrose"',
        motto='"Be kind"\nrequired = false',
    )

    problems = writer.check("note")

    assert [(problem.tag, problem.stops) for problem in problems] == [
        ("{{ nickname }}", True),
        ("contact", True),
        ("motto", False),
    ]


def test_a_letter_without_the_contact_fails_the_check(
    letters: DocxLetterWriter, note: Note, tmp_path: Path
) -> None:
    writer = note(
        lambda document: in_body(document, "Dear {{ parent }}"), parent='"x"', contact_name='"Mr Penrose"'
    )

    assert any(problem.tag == "contact_name" and problem.stops for problem in writer.check("note"))
    assert not any(problem.stops for kind in letters.kinds() for problem in letters.check(kind))


def test_good_letters_are_still_written_beside_a_broken_one(letters: DocxLetterWriter) -> None:
    assert "invitation and nothing more" in read_docx_text(
        letters.write("invitation", letters.sample("invitation"))
    )
