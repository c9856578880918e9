"""What a letter looks like when it leaves: the school's face, safe text, no traces, the same bytes each time."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.errors import LetterTemplateError
from connectors.documents.letters import DocxLetterWriter, read_docx_text, read_marks

Note = Callable[..., DocxLetterWriter]
Members = Callable[[bytes], dict[str, str]]

KINDS = ["invitation", "removal_request"]
CONTROLS = re.compile("[\x00-\x08\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def text_of(writer: DocxLetterWriter, **fields: object) -> str:
    return read_docx_text(writer.write("note", fields))


def sample_text(letters: DocxLetterWriter, kind: str, **changes: object) -> str:
    return read_docx_text(letters.write(kind, {**letters.sample(kind), **changes}))


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_wears_the_school_s_own_face(letters: DocxLetterWriter, kind: str) -> None:
    text = sample_text(
        letters, kind, school_name="St Bride's & All Saints <CofE>", school_motto="Seek & find"
    )

    assert text.count("St Bride's & All Saints <CofE>") >= 2  # the letterhead and the header of a second page
    assert "Seek & find" in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_school_without_motto_logo_and_website_gets_a_letter_without_gaps(
    letters: DocxLetterWriter, kind: str
) -> None:
    fields = letters.sample(kind)
    for name in ("school_motto", "school_logo", "school_website", "addressee_address", "delivery_note"):
        del fields[name]

    lines = read_docx_text(letters.write(kind, fields)).splitlines()

    place = lines.index(fields["school_name"], 1)
    assert lines[place + 1].startswith("Mill Lane, Tillbrook, TB4 2QX")
    assert lines[place + 2] == fields["addressee"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_offers_a_person_to_talk_to_and_a_way_to_complain(
    letters: DocxLetterWriter, kind: str
) -> None:
    text = sample_text(letters, kind)

    for said in ("Mr S Penrose", "01632 960 102", "reports@tillbrook.example", "complaint", "TIS-2026-0007"):
        assert said in text


@pytest.mark.parametrize(
    "word", ["breach", "committed", "illegal", "libel", "defam", "criminal", "police", "must"]
)
def test_the_first_letter_to_a_parent_accuses_nobody(letters: DocxLetterWriter, word: str) -> None:
    assert word not in sample_text(letters, "invitation").lower()


def test_the_invitation_offers_every_channel_of_the_school(letters: DocxLetterWriter) -> None:
    text = sample_text(letters, "invitation", channels=["the class teacher", "the governors' clerk"])

    assert "- the class teacher\n- the governors' clerk\n" in text


def test_the_removal_request_names_the_talk_and_the_day_by_which(letters: DocxLetterWriter) -> None:
    text = sample_text(letters, "removal_request", talked_on=date(2027, 1, 5), remove_by=date(2027, 2, 1))

    assert "Tuesday 5 January 2027" in text
    assert "Please remove the material by Monday 1 February 2027" in text


def test_the_policy_is_quoted_with_its_version_and_left_out_where_none_was_read(
    letters: DocxLetterWriter,
) -> None:
    without = {"policy_title": None, "policy_version": None, "policy_read_on": None, "policy_extract": []}

    quoted = sample_text(letters, "removal_request")
    left_out = sample_text(letters, "removal_request", **without)

    assert "(latest update: March 2025), as it stood on 22 November 2026, says" in quoted
    assert "We ask families to bring worries to us first" in quoted
    assert "policy" not in left_out.lower()


def test_a_complaint_that_is_open_is_not_asked_to_stop(letters: DocxLetterWriter) -> None:
    assert "asks you to withdraw it" in sample_text(letters, "removal_request", complaint_open=True)
    assert "withdraw" not in sample_text(letters, "removal_request", complaint_open=False)


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_can_be_read_aloud(letters: DocxLetterWriter, members: Members, kind: str) -> None:
    content = letters.write(kind, letters.sample(kind))
    parts = members(content)
    document = docx.Document(io.BytesIO(content))

    assert document.core_properties.title
    assert document.core_properties.language == "en-GB"
    assert 'w:lang w:val="en-GB"' in parts["word/styles.xml"]
    assert [p.style.name for p in document.paragraphs].count("Heading 1") == 1
    assert re.findall(r'<wp:docPr [^>]*descr="([^"]+)"', parts["word/document.xml"]) == ["Logo of the school"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_says_which_page_of_how_many_it_is(
    letters: DocxLetterWriter, members: Members, kind: str
) -> None:
    parts = members(letters.write(kind, letters.sample(kind)))
    footers = [xml for name, xml in parts.items() if name.startswith("word/footer")]

    assert len(footers) == 2
    assert all('w:instr="PAGE"' in xml and 'w:instr="NUMPAGES"' in xml for xml in footers)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_fields_give_the_same_bytes_and_others_do_not(letters: DocxLetterWriter, kind: str) -> None:
    sample = letters.sample(kind)

    assert letters.write(kind, sample) == letters.write(kind, dict(reversed(sample.items())))
    assert letters.write(kind, sample) != letters.write(kind, {**sample, "salutation": "Mr Oakfield"})


def test_a_wide_logo_is_no_wider_than_the_page(letters: DocxLetterWriter, members: Members) -> None:
    png = letters.sample("invitation")["school_logo"]
    wide = png[:16] + (4000).to_bytes(4, "big") + (100).to_bytes(4, "big") + png[24:]

    parts = members(letters.write("invitation", {**letters.sample("invitation"), "school_logo": wide}))

    width = int(re.search(r'<wp:extent cx="(\d+)"', parts["word/document.xml"])[1])
    assert width <= 110 * 36000


def test_the_logo_may_be_given_as_a_file(letters: DocxLetterWriter, tmp_path: Path) -> None:
    sample = letters.sample("invitation")
    (tmp_path / "logo.png").write_bytes(sample["school_logo"])

    from_file = letters.write("invitation", {**sample, "school_logo": str(tmp_path / "logo.png")})

    assert from_file == letters.write("invitation", sample)


@pytest.mark.parametrize("logo", [b"no picture", "no-such-file.png"])
def test_a_logo_that_cannot_be_shown_stops_with_its_tag(letters: DocxLetterWriter, logo: object) -> None:
    with pytest.raises(LetterTemplateError, match="PNG or JPEG") as caught:
        letters.write("invitation", {**letters.sample("invitation"), "school_logo": logo})

    assert caught.value.tag == "{{ school_logo }}"


def test_tags_that_word_has_split_over_runs_are_filled(note: Note) -> None:
    def build(document: Document) -> None:
        paragraph = document.add_paragraph("Dear ")
        for piece, bold in [("{", False), ("{ pa", True), ("re", False), ("nt }", True), ("}, hello", False)]:
            paragraph.add_run(piece).bold = bold

    assert text_of(note(build), parent="Mrs Oakfield") == "Dear Mrs Oakfield, hello\n"


def test_rows_of_a_table_and_headers_and_footers_are_filled(note: Note) -> None:
    def build(document: Document) -> None:
        table = document.add_table(3, 2)
        for row, texts in zip(
            table.rows,
            [
                ("{%tr for post in posts %}", ""),
                ("{{ post.day|with_weekday }}", "{{ post.place }}"),
                ("{%tr endfor %}", ""),
            ],
            strict=True,
        ):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.sections[0].header.paragraphs[0].text = "For {{ posts|length }} posts"
        document.sections[0].footer.paragraphs[0].text = "Last: {{ posts[-1].place }}"

    writer = note(build, posts='[{ day = 2026-11-20, place = "x" }]')
    posts = [{"day": date(2026, 11, 20), "place": "A & B"}, {"day": date(2026, 11, 23), "place": "<C>"}]

    lines = [line for line in text_of(writer, posts=posts).splitlines() if line]

    assert lines == [
        "For 2 posts",
        "Friday 20 November 2026",
        "A & B",
        "Monday 23 November 2026",
        "<C>",
        "Last: <C>",
    ]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("O\u2019Brien & <Sons> \"Ltd\" 'x'", "O\u2019Brien & <Sons> \"Ltd\" 'x'"),
        ("{{ other }} {% if %}", "{{ other }} {% if %}"),
        ("{_{ {_% %_} }_}", "{_{ {_% %_} }_}"),
        ("First\r\nsecond", "First\nsecond"),
        ("bell\x07form\x0cfeed\x00", "bellformfeed"),
        (date(2026, 12, 7), "7 December 2026"),
        (datetime(2026, 7, 1, 8, 30, tzinfo=UTC), "1 July 2026 at 09:30"),
        (0, "0"),
    ],
)
def test_whatever_a_field_holds_stands_in_the_letter_as_people_write_it(
    note: Note, value: object, said: str
) -> None:
    assert text_of(note(lambda document: document.add_paragraph("{{ parent }}")), parent=value) == f"{said}\n"


def test_the_title_may_name_a_field_and_is_escaped_once(note: Note) -> None:
    def build(document: Document) -> None:
        document.core_properties.title = "For {{ parent }}"

    content = note(build).write("note", {"parent": "Oakfield & Sons"})

    assert docx.Document(io.BytesIO(content)).core_properties.title == "For Oakfield & Sons"


def laden_letter(document: Document) -> None:
    document.core_properties.author = "Pat Invented"
    document.core_properties.last_modified_by = "Pat Invented"
    document.core_properties.comments = "made by Pat Invented"
    document.core_properties.keywords = "secret keyword"
    paragraph = document.add_paragraph("Dear {{ parent }}")
    paragraph._p.set(qn("w:rsidR"), "00AB12CD")
    document.add_comment(paragraph.runs, text="too harsh?", author="Pat Invented", initials="PI")
    document.add_paragraph().add_run("hidden by hand").font.hidden = True
    style = document.styles.add_style("Whisper", WD_STYLE_TYPE.CHARACTER)
    style.font.hidden = True
    document.styles.add_style("Aside", WD_STYLE_TYPE.PARAGRAPH).font.hidden = True
    document.add_paragraph("hidden by its paragraph", style="Aside")
    document.add_paragraph().add_run("hidden by style", style="Whisper")
    document.settings.element.append(
        parse_xml(f'<w:rsids {nsdecls("w")}><w:rsid w:val="00AB12CD"/></w:rsids>')
    )
    document.settings.element.append(OxmlElement("w:trackRevisions"))


def test_nothing_that_a_reader_does_not_see_leaves_with_a_letter(note: Note, members: Members) -> None:
    content = note(laden_letter).write("note", {"parent": "Mrs Oakfield"})
    everything = "".join(f"{name}\n{xml}\n" for name, xml in members(content).items())

    for trace in (
        "Pat Invented",
        "too harsh",
        "hidden by",
        "rsid",
        "00AB12CD",
        "comment",
        "secret",
        "python-docx",
    ):
        assert trace not in everything
    assert read_docx_text(content).strip() == "Dear Mrs Oakfield"
    assert docx.Document(io.BytesIO(content)).paragraphs[0].text == "Dear Mrs Oakfield"


def test_a_reading_finds_what_a_letter_carries_unseen() -> None:
    document = docx.Document()
    laden_letter(document)
    output = io.BytesIO()
    document.save(output)

    marks = read_marks(output.getvalue())

    assert (marks.comments, marks.hidden_text, marks.left_over_tags) == (1, 3, 2)
    assert marks.has_author
    assert marks.tracked_changes == 0


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1).filter(str.strip))
def test_no_text_in_a_field_can_damage_a_letter(letters: DocxLetterWriter, said: str) -> None:
    seen = "".join(CONTROLS.sub("", said).split())
    if not seen:
        return

    content = letters.write(
        "invitation", {**letters.sample("invitation"), "salutation": said, "channels": [said]}
    )
    text = "".join(read_docx_text(content).split())

    assert f"Dear{seen}," in text
    assert "Headteacher" in text
