"""What each letter and paper says of a case, in the words of the shipped templates."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from docx import Document

import templates
from casework.assessment import Assessment, Audience, Author, Opinion
from casework.cases import Case, Relation, StaffColumns, TalkOutcome, Target
from casework.custody import EvidenceItem, ItemKind, Shelf
from casework.letter_columns import LetterColumns
from casework.letter_fields import (
    Moment,
    PaperFacts,
    PolicyExtract,
    letter_fields,
    limitation_of,
    paper_fields,
    yearly_fields,
)
from casework.letter_kinds import LetterKind
from casework.letters import Letter, LetterState
from casework.records import Event
from casework.still_up import PostState
from connectors.documents.letters import DocxLetterWriter
from tests.invented import tillbrook
from tests.journals import CASE, MONDAY, letter
from workflows.yearly_reminder import school_year_begun

SCHOOL = replace(
    tillbrook(), address_lines=("Mill Lane", "Tillbrook", "TB4 2QX"), motto="Curious, kind and brave"
)
WRITER = DocxLetterWriter(Path(templates.__file__).parent / "letters")
STAFF = StaffColumns(
    parent="Mrs R Oakfield",
    parent_email="r.oakfield@parents.example",
    relation=Relation.CARER,
    target=Target.STAFF,
    categories=("defamatory statement", "threat of violence"),
    talked_on=date(2026, 11, 12),
    talk_outcome=TalkOutcome.REFUSED,
    continues=True,
    handler="s.penrose@tillbrook.example",
    papers=LetterColumns(
        block_site="the parents' forum",
        block_from=date(2026, 12, 1),
        block_review=date(2027, 2, 26),
        block_reasons="Comments named staff.\n\nTwo requests were not answered.",
    ),
)
POST = Case(
    reference=CASE,
    reported_at=MONDAY,
    title="TikTok post, reported 23 November 2026",
    platform="TikTok",
    link="https://www.tiktok.com/@a/video/1",
    handle="riverside.mum",
    staff=STAFF,
)
EXTRACT = PolicyExtract(
    title="Parental use of social media",
    version="September 2025",
    read_on=date(2026, 11, 22),
    passages=("A conversation comes first.", "Then we ask for removal in writing."),
    sentences=(
        ("", "We ask families not to post:"),
        ("defamatory statement", "statements that harm somebody's good name;"),
        ("complaint in public", "complaints about named staff."),
    ),
)
LETTERS_TO_PARENTS = [kind for kind, rule in SCHOOL.letters.items() if rule.goes_to_parent]


def words(kind: LetterKind, case: Case = POST, *, letters: tuple[Letter, ...] = ()) -> str:
    fields = letter_fields(
        letter(kind=kind), case, school=SCHOOL, extract=EXTRACT, now=MONDAY, letters=letters
    )
    return " ".join(WRITER.text(WRITER.write(kind.value, fields)).split())


def paper(kind: LetterKind, case: Case = POST, facts: PaperFacts | None = None) -> str:
    at = Moment(case=case, school=SCHOOL, today=SCHOOL.today(MONDAY))
    return " ".join(
        WRITER.text(WRITER.write(kind.value, paper_fields(kind, at, facts or PaperFacts()))).split()
    )


def with_answers(**answers: object) -> Case:
    return replace(POST, staff=replace(STAFF, assessment=Assessment(**answers)))  # type: ignore[arg-type]  # any answers


def first_request() -> Letter:
    return letter(
        key="TIS/case/TIS-2026-0007/letter/removal_request/1",
        kind=LetterKind.REMOVAL_REQUEST,
        state=LetterState.SENT,
        sent_at=MONDAY - timedelta(days=14),
    )


@pytest.mark.parametrize("kind", LETTERS_TO_PARENTS)
def test_every_letter_to_a_parent_offers_a_talk_and_a_way_to_complain_and_accuses_nobody(
    kind: LetterKind,
) -> None:
    said = words(kind, letters=(first_request(),))

    assert "01632 960 101" in said
    assert "how to make a complaint on our website" in said
    assert "Dear Mrs Oakfield" in said
    assert not any(word in said for word in ("you have breached", "you have committed", "libel", "criminal"))


@pytest.mark.parametrize("kind", LETTERS_TO_PARENTS)
def test_every_letter_carries_the_schools_own_face(kind: LetterKind) -> None:
    said = words(kind, letters=(first_request(),))

    assert "Tillbrook Infant School Curious, kind and brave Mill Lane, Tillbrook, TB4 2QX" in said
    assert "Mrs A Hartwell Headteacher" in said


def test_the_request_quotes_the_policys_own_sentence_on_the_category_with_version_and_day() -> None:
    said = words(LetterKind.REMOVAL_REQUEST)

    assert (
        "Our Parental use of social media (latest update: September 2025), as it stood on 22 November 2026"
        in said
    )
    assert "We ask families not to post: statements that harm somebody's good name;" in said
    assert "complaints about named staff" not in said
    assert "Then we ask for removal in writing." in said


def test_the_second_request_names_the_day_of_the_first_and_the_day_that_it_gave() -> None:
    said = words(LetterKind.SECOND_REQUEST, letters=(first_request(),))

    assert "I wrote to you on Monday 9 November 2026" in said
    assert "by 23 November 2026" in said
    assert "Monday 7 December 2026" in said


def test_the_letter_about_a_childs_post_goes_to_the_parent_and_names_the_way_for_a_younger_childs_account() -> (
    None
):
    said = words(LetterKind.CHILD_POST)

    assert "I write to you and not to your child" in said
    assert "explain what is fine to post" in said
    assert "If your child is younger than 13" in said
    assert "User could be under 13 years old" in said


def test_the_letter_about_a_complaint_in_the_post_threatens_nothing_and_makes_no_condition() -> None:
    said = words(LetterKind.COMPLAINT_INSIDE)

    assert "Nothing in this letter asks you to withdraw what you have to say" in said
    assert "a request and not a condition" in said
    assert "further steps" not in said


def test_the_notice_of_a_block_names_one_site_one_person_a_review_and_how_to_answer() -> None:
    said = words(LetterKind.BLOCK_NOTICE)

    assert "From Tuesday 1 December 2026 the school restricts your access to the parents' forum" in said
    assert "It concerns you alone, and the parents' forum alone" in said
    assert "- Comments named staff. - Two requests were not answered." in said
    assert "again on Friday 26 February 2027" in said
    assert "If you do so by Monday 30 November 2026" in said


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (PostState.GONE, "Thank you for taking down the post on TikTok"),
        (PostState.STILL_UP, "has looked into the matter and has closed it"),
    ],
)
def test_the_closing_letter_thanks_only_for_what_was_done(seen: PostState, told: str) -> None:
    case = replace(POST, post_state=seen, staff=replace(STAFF, outcome="resolved"))

    assert told in words(LetterKind.OUTCOME, case)


def test_the_note_of_the_talk_carries_the_policys_four_questions_and_is_confidential() -> None:
    said = paper(
        LetterKind.CONVERSATION_NOTE, with_answers(right_place=Opinion.NO, harms_learning=Opinion.YES)
    )

    assert "Confidential: for the file of TIS-2026-0007 and for nobody else" in said
    assert "Is this the right place to raise it? no" in said
    assert "learning: yes" in said
    assert "Removal was asked for and refused" in said


@pytest.mark.parametrize(("target", "whom"), [(Target.PUPIL, "your child"), (Target.STAFF, "you")])
def test_the_support_note_speaks_to_the_person_and_names_neither_reporter_nor_parent(
    target: Target, whom: str
) -> None:
    said = paper(LetterKind.SUPPORT_NOTE, replace(POST, staff=replace(STAFF, target=target)))

    assert f"A post on TikTok that may be about {whom} was reported to us" in said
    assert "0344 381 4772" in said
    assert "Oakfield" not in said


def test_the_brief_for_a_solicitor_reckons_the_year_and_says_what_is_assumed() -> None:
    said = paper(LetterKind.SOLICITOR_BRIEF)

    assert "Reckoned from 23 November 2026, which is assumed because the day of the post is not known" in said
    assert "the last day is Monday 22 November 2027" in said
    assert "Mrs R Oakfield (carer)" in said


def test_a_year_for_a_claim_ends_the_day_before_it_is_a_year() -> None:
    case = with_answers(posted_on=date(2026, 10, 14))

    assert limitation_of(case, date(2026, 11, 23)) == (date(2026, 10, 14), date(2027, 10, 13), False)


def test_the_summary_for_the_police_gives_reasons_steps_and_evidence_by_role_and_hash() -> None:
    events = [
        Event(number=1, at=MONDAY, what="case.opened", case=CASE, fields={"source": "mail"}, chain=""),
        Event(number=2, at=MONDAY, what="vault.kept", case=CASE, fields={}, chain=""),
    ]
    copy = EvidenceItem(
        key="a",
        shelf=Shelf.CASE_FOLDER,
        path="TIS-2026-0007/Evidence/screenshot.png",
        kind=ItemKind.COPY,
        size=9,
        sha256="ab" * 32,
        kept_at=MONDAY,
        checked_at=MONDAY,
    )
    said = paper(LetterKind.POLICE_SUMMARY, facts=PaperFacts.of(events, [copy], SCHOOL.zone))

    assert "ring 999" in said
    assert "- The post appears to threaten violence." in said
    assert "23 November 2026 Case opened from a mail." in said
    assert "vault" not in said
    assert f"screenshot.png 23 November 2026 {'ab' * 32}" in said


def test_the_pack_for_a_closed_group_says_that_only_a_member_can_report() -> None:
    case = replace(
        with_answers(audience=Audience.GROUP, group_name="Year 2 parents", author=Author.ADULT),
        platform="WhatsApp",
    )
    said = paper(LetterKind.HOST_REPORT, case)

    assert "Who may report it Only a member of the group, in the app" in said
    assert "Year 2 parents" in said
    assert "After 48 hours without an answer" in said
    assert "reportharmfulcontent.com" in said
    assert "looked at on 28 November 2026" in said


def test_the_pack_for_a_childs_account_names_the_under_age_route_and_an_adults_does_not() -> None:
    child = paper(LetterKind.HOST_REPORT, with_answers(author=Author.CHILD))
    adult = paper(LetterKind.HOST_REPORT, with_answers(author=Author.ADULT))

    assert "The account appears to be a child\u2019s" in child
    assert "The account appears to be a child\u2019s" not in adult


def test_a_platform_that_nobody_has_described_has_a_pack_all_the_same() -> None:
    said = paper(LetterKind.HOST_REPORT, replace(POST, platform="Bluesky"))

    assert "Complaint to Bluesky about a post" in said
    assert "the report button, or the three dots" in said


@pytest.mark.parametrize(
    ("sent_on", "by"),
    [
        (datetime(2026, 11, 23, 9, tzinfo=UTC), "Wednesday 25 November 2026"),
        (datetime(2026, 12, 24, 9, tzinfo=UTC), "Wednesday 30 December 2026"),
    ],
)
def test_the_operators_48_hours_leave_out_weekends_and_bank_holidays(sent_on: datetime, by: str) -> None:
    at = Moment(case=POST, school=SCHOOL, today=SCHOOL.today(sent_on))
    fields = paper_fields(LetterKind.OPERATOR_NOTICE, at, PaperFacts())
    said = WRITER.text(WRITER.write("operator_notice", fields))

    assert f"up to the end of {by}" in said
    assert "I do not have enough information about the person who posted" in said


def test_the_record_of_a_block_holds_person_site_reasons_review_and_room_for_its_end() -> None:
    said = paper(LetterKind.BLOCK_RECORD)

    assert "Person whose access is restricted Mrs R Oakfield" in said
    assert "Decided by Mrs A Hartwell, Headteacher" in said
    assert "Access restored on" in said


def test_the_yearly_word_quotes_the_policy_and_says_where_to_read_it() -> None:
    fields = yearly_fields("2026/27", school=SCHOOL, extract=EXTRACT, today=date(2026, 9, 3))
    said = " ".join(WRITER.text(WRITER.write("yearly_reminder", fields)).split())

    assert "Our reference: Social media 2026/27" in said
    assert "says: A conversation comes first." in said
    assert "You can read the whole policy on our website" in said


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2026, 9, 2), "2026/27"),
        (date(2026, 10, 2), "2026/27"),
        (date(2026, 11, 23), ""),
        (date(2027, 4, 12), ""),
    ],
)
def test_a_school_year_has_begun_in_its_first_month_only(today: date, year: str) -> None:
    assert school_year_begun(SCHOOL, today) == year


@pytest.mark.parametrize("kind", WRITER.kinds())
def test_the_schools_own_copy_wins_over_the_shipped_one_for_every_kind(kind: str, tmp_path: Path) -> None:
    own = tmp_path / kind / "letter.docx"
    own.parent.mkdir()
    document = Document(str(Path(templates.__file__).parent / "letters" / kind / "letter.docx"))
    document.add_paragraph("With the compliments of the school.")
    document.save(str(own))
    writer = DocxLetterWriter(Path(templates.__file__).parent / "letters", tmp_path)

    assert "With the compliments of the school." in writer.text(writer.write(kind, writer.sample(kind)))
