"""What is laid down for each kind of letter: who gets it, who approves it, and what a school may not change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import templates
from casework.approvals import letter_facts
from casework.cases import StaffColumns
from casework.errors import SettingsError
from casework.letter_columns import ON_REQUEST, LetterColumns
from casework.letter_kinds import FROM_TEMPLATES, LetterKind
from casework.letter_rules import Approval, Receiver, Way
from casework.register_columns import staff_columns, staff_fields
from connectors.documents.letter_rules import read_letter_rules
from connectors.documents.letters import DocxLetterWriter
from tests import journals
from tests.invented import tillbrook

SHIPPED = Path(templates.__file__).parent / "letters"


def test_every_kind_of_letter_says_who_gets_it_and_how_it_travels() -> None:
    rules = read_letter_rules(SHIPPED)

    assert set(rules) == set(FROM_TEMPLATES)
    assert all(rule.name.startswith("the ") for rule in rules.values()), "mails put it into a sentence"
    assert all(rule.statements for rule in rules.values())


def test_whatever_goes_to_a_parent_is_approved_and_a_paper_for_others_is_sent_by_a_person() -> None:
    for rule in read_letter_rules(SHIPPED).values():
        if rule.receiver is Receiver.PARENT:
            assert rule.approval is Approval.APPROVER
            assert rule.is_delivered
        else:
            assert not rule.is_delivered
            assert set(rule.ways) <= {Way.OFFICE, Way.FILE}


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ('approval = "nobody"', "without a named person's decision"),
        ('receiver = "police"', "only letters to a parent go out by Casework"),
        ('ways = ["mail", "file"]', "one of"),
        ('ways = ["pigeon"]', "known are: mail, post, hand, office, file"),
        ('needs = ["Parnet"]', "needs cannot be 'Parnet'"),
        ("colour = 3", "colour is not known"),
    ],
)
def test_a_school_that_lays_down_what_must_not_be_is_told_file_and_entry(
    tmp_path: Path, entry: str, told: str
) -> None:
    own = tmp_path / "removal_request" / "fields.toml"
    own.parent.mkdir()
    own.write_text(f"[letter]\n{entry}\n", encoding="utf-8")

    with pytest.raises(SettingsError) as error:
        read_letter_rules(SHIPPED, tmp_path)

    assert "letters/removal_request/fields.toml" in str(error.value)
    assert told in str(error.value)


def test_a_school_may_call_a_letter_by_its_own_name(tmp_path: Path) -> None:
    own = tmp_path / "invitation" / "fields.toml"
    own.parent.mkdir()
    own.write_text('[letter]\nname = "the friendly word"\n', encoding="utf-8")

    rules = read_letter_rules(SHIPPED, tmp_path)

    assert rules[LetterKind.INVITATION].name == "the friendly word"
    assert rules[LetterKind.INVITATION].ways[0] is Way.MAIL


def test_a_change_of_what_a_letter_says_makes_another_version_and_of_anything_else_does_not() -> None:
    school, case = tillbrook(), journals.case()
    before = letter_facts(case, LetterKind.BLOCK_NOTICE, school)

    noted = replace(case, staff=replace(case.staff, notes="rang twice"))
    blocked = replace(case, staff=StaffColumns(papers=LetterColumns(block_site="the class forum")))

    assert letter_facts(noted, LetterKind.BLOCK_NOTICE, school) == before
    assert letter_facts(blocked, LetterKind.BLOCK_NOTICE, school) != before


def test_letters_that_staff_ask_for_come_back_from_a_row_as_the_kinds_that_they_mean() -> None:
    read = staff_columns({"LettersWanted": ("summary for the police", "outcome letter", "a poem")})

    assert read.papers.wanted_kinds == (LetterKind.OUTCOME, LetterKind.POLICE_SUMMARY)
    assert staff_columns(staff_fields(read)) == read
    assert set(ON_REQUEST.values()) | {
        LetterKind.INVITATION,
        LetterKind.REMOVAL_REQUEST,
        LetterKind.YEARLY_REMINDER,
    } == set(FROM_TEMPLATES)


def test_a_template_that_shares_a_list_which_is_not_there_is_told_its_name(tmp_path: Path) -> None:
    own = tmp_path / "outcome" / "fields.toml"
    own.parent.mkdir()
    own.write_text('shares = "papers.toml"\n', encoding="utf-8")

    (problem,) = DocxLetterWriter(SHIPPED, tmp_path).check("outcome")

    assert problem.stops
    assert "papers.toml, which is not there" in problem.reason
