"""Every sentence of the school's policy is proved by a test that exists."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.procedure_rows import PROCEDURE

ROOT = Path(__file__).resolve().parents[2]
STATEMENTS = tomllib.loads((ROOT / "tests" / "statements.toml").read_text(encoding="utf-8"))
ALL = [f"S{number}" for number in range(1, 53)]


def test_every_sentence_of_the_policy_has_its_tests_and_no_other_is_named() -> None:
    assert list(STATEMENTS) == ALL


@pytest.mark.parametrize("statement", ALL)
def test_the_tests_that_prove_a_sentence_exist(statement: str) -> None:
    proved_by = STATEMENTS[statement]["proved_by"]
    assert proved_by, f"{statement} ({STATEMENTS[statement]['says']}) is proved by nothing"
    for one in proved_by:
        file, _, name = one.partition("::")
        path = ROOT / file
        assert path.is_file(), f"{statement}: there is no {file}"
        assert f"def {name}(" in path.read_text(encoding="utf-8"), f"{statement}: {file} has no {name}"


def test_the_procedure_cites_only_sentences_that_are_proved() -> None:
    parts = (*PROCEDURE.steps, *PROCEDURE.letters, *PROCEDURE.actions, *PROCEDURE.duties)

    for part in parts:
        assert part.statements
        assert set(part.statements) <= set(STATEMENTS)
