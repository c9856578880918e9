"""The governors' paper says how a term went, in a document that everybody can read, and gives nobody away."""

from __future__ import annotations

import io
import re
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zipfile import ZipFile

import pytest
from docx import Document

from casework.cases import Case, CaseReference, StaffColumns, TalkOutcome, Target
from casework.governors.figures import CONTACT_SPANS, figures_of
from casework.governors.paper import GovernorsPaper, paper_of, said_aloud
from casework.letters import LetterKind, LetterState
from casework.term_dates import Term
from connectors.documents.papers import DocxPapers
from tests.invented import a_letter, tillbrook

WITHOUT_LAST_YEAR = tillbrook()
SUMMER = Term(name="Summer term", starts=date(2026, 6, 22), ends=date(2026, 7, 22))
SCHOOL = replace(
    WITHOUT_LAST_YEAR,
    calendar=replace(WITHOUT_LAST_YEAR.calendar, terms=(SUMMER, *WITHOUT_LAST_YEAR.calendar.terms)),
)
TERM = Term(name="Autumn term", starts=date(2026, 9, 2), ends=date(2026, 12, 18))
FIRST = datetime(2026, 10, 19, 9, tzinfo=UTC)  # the last week before half-term


def a_case(number: int, platform: str, *, talked: date | None = None, closed: bool = False) -> Case:
    staff = StaffColumns(
        parent="Robin Ashdown",
        target=Target.SCHOOL,
        talked_on=talked,
        talk_outcome=TalkOutcome.REMOVED if talked else None,
    )
    return Case(
        reference=CaseReference(f"TIS-2026-{number:04}"),
        reported_at=FIRST,
        title="A post",
        platform=platform,
        staff=staff,
        closed_at=FIRST + timedelta(days=20) if closed else None,
    )


@pytest.fixture(scope="module")
def paper() -> GovernorsPaper:
    """Sixteen posts: eight talks the next day, six after half-term, two with nobody yet."""
    platforms = ["Facebook"] * 8 + ["WhatsApp"] * 7 + ["TikTok"]
    talks = [date(2026, 10, 20)] * 8 + [date(2026, 11, 2)] * 6 + [None] * 2
    cases = [
        a_case(number, platform, talked=talk, closed=number < 9)
        for number, (platform, talk) in enumerate(zip(platforms, talks, strict=True), start=1)
    ]
    figures = figures_of(
        cases, letters_of=lambda _: (), policies=(), term=TERM, today=TERM.ends, school=SCHOOL
    )
    assert figures.first_contact == {CONTACT_SPANS[0]: 8, CONTACT_SPANS[1]: 6, CONTACT_SPANS[3]: 2}
    assert figures.usual_contact == 1
    return paper_of(figures, school_name=SCHOOL.name, written_on=TERM.ends)


def test_time_to_contact_is_counted_in_school_days_so_half_term_is_no_delay(paper: GovernorsPaper) -> None:
    said = "\n".join(said_aloud(paper))

    assert "Half of the cases had their first talk or letter within 1 school day" in said


def test_a_single_post_on_one_platform_cannot_be_found_out(paper: GovernorsPaper) -> None:
    said = dict(next(one for one in paper.sections if one.heading == "Where the posts stood").rows)

    assert said["TikTok"] == "fewer than 5"
    assert said["WhatsApp"] == "not shown"
    assert (said["Facebook"], said["All"]) == ("8", "16")


def test_it_names_nobody_and_no_case(paper: GovernorsPaper) -> None:
    content = DocxPapers().governors_paper(paper)
    with ZipFile(io.BytesIO(content)) as parts:
        everything = " ".join(parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())

    assert "Ashdown" not in everything
    assert not re.search(r"TIS-2026-\d", everything)


def test_charts_say_in_words_what_they_show_and_tables_have_headings(paper: GovernorsPaper) -> None:
    content = DocxPapers().governors_paper(paper)
    document = Document(io.BytesIO(content))
    xml = document.element.xml

    described = re.findall(r'descr="([^"]+)"', xml)
    assert any("Facebook: 8; TikTok: fewer than 5; WhatsApp: not shown." in one for one in described)
    assert xml.count("w:tblHeader") == len(document.tables)
    assert [one.text for one in document.paragraphs if one.style and one.style.name == "Heading 1"]
    with ZipFile(io.BytesIO(content)) as parts:
        charts = [name for name in parts.namelist() if name.startswith("word/charts/")]
        languages = re.findall(
            r'<w:(?:lang|themeFontLang) w:val="([^"]+)"',
            parts.read("word/styles.xml").decode() + parts.read("word/settings.xml").decode(),
        )
    assert len(charts) == 3
    assert set(languages) == {"en-GB"}, "by it a screen reader chooses its voice"


def test_which_step_ended_a_case_is_told_by_what_was_sent() -> None:
    closed = replace(a_case(1, "Facebook", closed=True), closed_at=FIRST + timedelta(days=9))
    request = a_letter(LetterKind.REMOVAL_REQUEST, state=LetterState.SENT, sent_at=FIRST)
    figures = figures_of(
        [closed], letters_of=lambda _: (request,), policies=(), term=TERM, today=TERM.ends, school=SCHOOL
    )

    assert figures.resolved == {"after the written request": 1}


def test_the_same_figures_give_the_same_file_whenever_it_is_written(
    paper: GovernorsPaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A paper that is written a second time after a power cut is the one whose copy may lie in Drafts already."""
    at_once = DocxPapers().governors_paper(paper)
    monkeypatch.setattr("time.localtime", lambda *_: time.struct_time((2031, 5, 4, 3, 2, 2, 0, 0, 0)))

    assert DocxPapers().governors_paper(paper) == at_once


def _term_of(cases: list[Case]) -> GovernorsPaper:
    figures = figures_of(
        cases, letters_of=lambda _: (), policies=(), term=TERM, today=TERM.ends, school=SCHOOL
    )
    return paper_of(figures, school_name=SCHOOL.name, written_on=TERM.ends)


@pytest.mark.parametrize("how_many", [1, 4])
def test_a_term_with_a_few_cases_does_not_say_where_or_about_whom_they_were(how_many: int) -> None:
    """A row "TikTok: fewer than 5" would say of the only case that it was there."""
    paper = _term_of([a_case(number, "TikTok", closed=True) for number in range(1, how_many + 1)])

    said = "\n".join(said_aloud(paper))
    assert "Opened in the term: fewer than 5" in said
    assert "a table would point at one of them" in said
    assert not [name for name in ("TikTok", "school:", "School:", "conversation:") if name in said]
    assert not any(section.chart for section in paper.sections)


def test_no_picture_is_drawn_where_all_its_bars_would_be_the_same() -> None:
    platforms = ["Facebook", "Facebook", "Instagram", "Instagram", "TikTok"]
    paper = _term_of([a_case(number, name) for number, name in enumerate(platforms, start=1)])
    where = next(one for one in paper.sections if one.heading == "Where the posts stood")

    assert where.rows
    assert where.chart is None
    drawn = {section.heading for section in paper.sections if section.chart}
    assert drawn <= {"How soon the school was in contact"}


def test_a_term_without_cases_is_a_paper_all_the_same() -> None:
    said = "\n".join(said_aloud(_term_of([])))

    assert "There were no cases in this term." in said
    assert "Opened in the term: none" in said
    assert "Closed in the term: none" in said
    assert "fewer than 5 cases" not in said


def test_a_term_in_which_no_case_was_closed_says_no_more_of_it_than_of_a_few() -> None:
    """Two from before, six opened, none closed: that eight are carried over, in the next paper, would tell of the two."""
    before = [
        replace(a_case(number, "Facebook"), reported_at=FIRST - timedelta(days=90)) for number in (1, 2)
    ]
    opened = [a_case(number, "TikTok") for number in range(3, 9)]

    said = "\n".join(said_aloud(_term_of([*before, *opened])))

    assert "Opened in the term: 6" in said
    assert "Closed in the term: fewer than 5" in said
    assert "No case" not in said
    assert "none" not in said.casefold()


def test_what_a_table_hides_is_not_the_sum_of_what_the_summary_says() -> None:
    """Four on each of two platforms: ten from before, twelve closed and six open would tell that eight were opened."""
    before = [
        replace(a_case(number, "Facebook", closed=True), reported_at=FIRST - timedelta(days=90))
        for number in range(1, 11)
    ]
    opened = [
        a_case(number, platform, closed=number < 13)
        for number, platform in enumerate(["TikTok"] * 4 + ["WhatsApp"] * 4, start=11)
    ]
    summary = dict(_term_of([*before, *opened]).sections[0].rows)

    assert summary["Opened in the term"] == "5 or more"
    assert summary["Closed in the term"] == "12"
    assert {summary["Open from before the term"], summary["Still open at its end"]} == {"not shown"}


def test_last_terms_paper_and_this_one_do_not_tell_together_how_few_are_open() -> None:
    """Ten from before stood in last term's paper: with five opened and thirteen closed two would be open."""
    before = [
        replace(a_case(number, "Facebook", closed=number > 2), reported_at=FIRST - timedelta(days=90))
        for number in range(1, 11)
    ]
    opened = [a_case(number, "Facebook", closed=True) for number in range(11, 16)]
    paper = _term_of([*before, *opened])

    summary = dict(paper.sections[0].rows)
    assert (summary["Opened in the term"], summary["Closed in the term"]) == ("5", "5 or more")
