"""A school edits its procedure without code, and what is wrong in the file is said with what may be written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import templates
from casework.errors import SettingsError
from casework.procedures import Procedures
from casework.procedures.clocks import deadline_of
from casework.procedures.picture import as_text
from casework.procedures.vocabulary import MEANINGS, VOCABULARY
from connectors.procedure_files import procedure_from_text, read_procedures
from tests.invented import tillbrook
from tests.journals import case

SHIPPED = Path(templates.__file__).parent / "procedures"
TEXT = (SHIPPED / "posts-by-parents.toml").read_text(encoding="utf-8")


def problems_of(text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        procedure_from_text(text, name="ours.toml")
    return str(caught.value)


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ('when = "closed"', 'when = "finished"', ["[[steps]] number 1 (closed)", "'finished'", "talk_logged"]),
        ('stage = "closed"', 'stage = "done"', ["'done' is not known", "awaiting approval"]),
        ('owner = "safeguarding_lead"', 'owner = "teacher"', ["'teacher'", "headteacher", "safeguarding_lead"]),
        ('since = "talk"', 'since = "yesterday"', ["'yesterday'", "written request served"]),
        ("recorded the outcome (S12)", "recorded the outcome", ["names no sentence of the policy", "(S45)"]),
        ("recorded the outcome (S12)", "recorded the outcome (S60)", ["S60 is not a sentence of the policy"]),
        ("Set {needs}, so", "Set {wants}, so", ["{wants} is not known", "needs"]),
        ('amount = "reply_days"', 'amount = "some_days"', ["amount must be a number", "removal_days"]),
        ("\nclosed_because", "\nclosed_why", ["closed_why", "closed_because"]),
        ("{ amount = 1, since", '{ amount = 1, inset_days = "yes", since', ["inset_days must be true or false"]),
        ('kind = "invitation"', 'kind = "summons"', ["'summons'", "invitation"]),
    ],
)  # fmt: skip
def test_a_mistake_in_the_file_names_its_place_the_word_and_the_words_there_are(
    written: str, instead: str, said: list[str]
) -> None:
    problem = problems_of(TEXT.replace(written, instead))

    assert "ours.toml" in problem
    for words in said:
        assert words in problem


def test_all_mistakes_are_told_at_once() -> None:
    broken = TEXT.replace('when = "closed"', 'when = "finished"').replace(
        'owner = "office"', 'owner = "nobody"'
    )

    problem = problems_of(broken)

    assert "'finished'" in problem
    assert problem.count("'nobody'") > 1


def test_a_sentence_of_the_next_step_fits_into_its_column() -> None:
    procedure = procedure_from_text(TEXT, name="ours.toml")

    assert max(len(step.next_step) for step in procedure.steps) <= 255
    long = "Look at it. " * 30
    assert "255" in problems_of(TEXT.replace("Nothing more to do.", long))


def test_every_word_of_the_vocabulary_can_be_said_and_denied() -> None:
    assert set(MEANINGS) == set(VOCABULARY) | {f"not {name}" for name in VOCABULARY}
    assert all(MEANINGS.values())


def test_the_most_specific_procedure_that_fits_is_the_cases() -> None:
    general = procedure_from_text(TEXT, name="ours.toml")
    videos = procedure_from_text(f'{TEXT}\n[fits]\nplatforms = ["TikTok"]\n', name="videos.toml")
    pupils = procedure_from_text(
        f'{TEXT}\n[fits]\nplatforms = ["TikTok"]\ncategories = ["cyber-bullying"]\n', name="pupils.toml"
    )
    shelf = Procedures(current=(general, videos, pupils))

    assert shelf.best_for(case(platform="Facebook")) is general
    assert shelf.best_for(case(platform="TikTok")) is videos


def test_a_running_case_keeps_the_version_that_it_began_with() -> None:
    old = procedure_from_text(TEXT, name="ours.toml")
    new = procedure_from_text(TEXT.replace("amount = 10", "amount = 12"), name="ours.toml")
    shelf = Procedures(current=(new,), kept={old.fingerprint: old})

    assert old.fingerprint != new.fingerprint
    assert shelf.of(case(procedure=old.fingerprint)) is old
    assert shelf.of(case()) is new


def test_the_schools_own_file_counts_instead_of_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "posts-by-parents.toml").write_text(
        TEXT.replace('name = "Posts by parents"', 'name = "Ours"'), encoding="utf-8"
    )
    (tmp_path / "videos.toml").write_text(f'{TEXT}\n[fits]\nplatforms = ["TikTok"]\n', encoding="utf-8")

    assert [one.name for one in read_procedures(SHIPPED, tmp_path)] == ["Ours", "Posts by parents"]


FRIDAY_BEFORE_CHRISTMAS = date(2026, 12, 18)
FIRST_LOOK = 'due = { amount = 1, since = "reported" }'


def due_day(line: str) -> date:
    """Of what is looked at first in a case that was reported on the last school day of the year."""
    assert FIRST_LOOK in TEXT
    procedure = procedure_from_text(TEXT.replace(FIRST_LOOK, line), name="ours.toml")
    due = procedure.steps[-1].due
    assert due is not None
    return deadline_of(due, FRIDAY_BEFORE_CHRISTMAS, name="new", source="the office", school=tillbrook()).due


def test_a_school_says_of_each_clock_whether_inset_days_count() -> None:
    """Monday 4 January 2027 is one: its pupils are back on the Tuesday."""
    assert due_day(FIRST_LOOK) == date(2027, 1, 5)
    assert due_day(FIRST_LOOK.replace("1,", "1, inset_days = true,")) == date(2027, 1, 4)


def test_a_school_says_whether_a_last_day_at_a_weekend_moves_on() -> None:
    eight_days = 'due = { amount = 8, clock = "calendar days", since = "reported", moves_on = MOVES }'

    assert due_day(eight_days.replace("MOVES", "false")) == date(2026, 12, 26)
    assert due_day(eight_days.replace("MOVES", "true")) == date(2026, 12, 29)


def test_the_picture_says_that_inset_days_count() -> None:
    procedure = procedure_from_text(
        TEXT.replace(FIRST_LOOK, FIRST_LOOK.replace("1,", "1, inset_days = true,")), name="ours.toml"
    )

    assert "Due 1 school day, INSET days counted, from the report" in as_text(procedure, width=400)
