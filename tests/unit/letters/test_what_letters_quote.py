"""The policy's own sentences on each category, found in its document and quoted word for word."""

from __future__ import annotations

from datetime import date

import pytest

from casework.letter_fields import PolicyExtract
from casework.policy_documents import Block, DocumentText, Where
from casework.policy_extract import sentences_on_categories
from connectors.documents.policies import ApartDocumentReader
from practice_tenant.invented_school.social_media_policy import social_media_policy

INTRODUCTION = "We find these uses of social media unacceptable. They are examples only:"
LISTED = (
    "Accusing pupils or staff, for instance by allegations, or cyber-bullying them.",
    "Complaining in public about a named person.",
    "- Libelling anybody at the school.",
    "Offensive remarks about one pupil or one teacher.",
    "Remarks that put somebody down for their race, faith or disability (i.e. a protected characteristic).",
    "Threats of any kind.",
)


def document(*paragraphs: str, where: Where = Where.BODY) -> DocumentText:
    return DocumentText(
        name="policy.docx", blocks=tuple(Block(cells=(text,), where=where) for text in paragraphs)
    )


def test_each_category_has_the_policys_own_sentence_with_the_words_that_introduce_the_list() -> None:
    said = dict(
        sentences_on_categories(
            document("Our aims", INTRODUCTION, *LISTED, "Parents also watch over children.")
        )
    )

    assert said[""] == INTRODUCTION
    assert said["allegation or cyber-bullying"] == said["cyber-bullying"] == LISTED[0]
    assert said["complaint in public"] == LISTED[1]
    assert said["defamatory statement"] == "Libelling anybody at the school."
    assert said["inaccurate or offensive comment"] == LISTED[3]
    assert said["protected characteristic"] == LISTED[4]
    assert said["threat of violence"] == LISTED[5]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("Our aims", *LISTED),
        ("It is unacceptable to be late.", *LISTED),
        (INTRODUCTION, "A paragraph of two sentences. It is no list of threats."),
        (),
    ],
)
def test_a_document_without_such_a_list_is_quoted_on_no_category(paragraphs: tuple[str, ...]) -> None:
    assert sentences_on_categories(document(*paragraphs)) == ()


def test_a_list_ends_where_the_policy_goes_on_with_something_else() -> None:
    said = dict(
        sentences_on_categories(
            document(INTRODUCTION, "insults,", "threats of any kind.", "Complaints go to the office.")
        )
    )

    assert said["threat of violence"] == "threats of any kind."
    assert "complaint in public" not in said


def test_the_practice_schools_own_document_is_quoted_word_for_word() -> None:
    read = ApartDocumentReader().read(social_media_policy(), name="policy.docx")
    said = dict(sentences_on_categories(read))

    assert said["allegation about staff"] == "accusations against named staff or families,"
    assert said["threat of violence"] == "insults, ridicule or threats,"
    assert "complaint in public" not in said


def test_a_letter_quotes_at_most_three_categories_and_falls_back_to_what_the_school_does() -> None:
    sentences = (("", INTRODUCTION), *((f"category {number}", f"sentence {number}") for number in range(5)))
    extract = PolicyExtract(
        title="Policy",
        version="",
        read_on=date(2026, 11, 22),
        passages=("First.", "Then."),
        sentences=sentences,
    )

    assert extract.quoted_for(("category 1", "category 4")) == (
        INTRODUCTION,
        "sentence 1",
        "sentence 4",
        "Then.",
    )
    assert len(extract.quoted_for(tuple(f"category {number}" for number in range(5)))) == 5
    assert extract.quoted_for(("other",)) == ("First.", "Then.")
