"""What the policy says to parents stands in the letters that they get."""

from __future__ import annotations

from pathlib import Path

import templates
from casework.letter_kinds import LetterKind
from casework.letter_rules import Approval, Way
from connectors.documents.letters import DocxLetterWriter, read_docx_text
from tests.procedure_rows import SCHOOL

LETTERS = DocxLetterWriter(Path(templates.__file__).parent / "letters")


def text_of(kind: LetterKind) -> str:
    return " ".join(read_docx_text(LETTERS.write(kind.value, LETTERS.sample(kind.value))).split())


def test_the_invitation_says_that_a_quick_post_rarely_brings_an_answer() -> None:
    text = text_of(LetterKind.INVITATION)

    assert "the fastest way to be heard" in text
    assert "it rarely brings an answer" in text


def test_the_yearly_word_to_all_parents_encourages_and_leaves_by_a_persons_hand_alone() -> None:
    rule = SCHOOL.letters[LetterKind.YEARLY_REMINDER]

    assert "a good way to share school news" in text_of(LetterKind.YEARLY_REMINDER)
    assert rule.approval is Approval.APPROVER
    assert rule.ways == (Way.OFFICE,)
    assert not rule.is_delivered
