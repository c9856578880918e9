"""What the threat model says is stopped is stopped by tests that exist."""

from __future__ import annotations

import re

import pytest

from tests.architecture.source_code import ROOT

PAGE = (ROOT / "docs" / "explanation" / "threat-model.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py(?:::\w+)?)`", PAGE)))


def test_it_is_two_pages_and_names_its_tests() -> None:
    assert len(PAGE.split()) < 1_600
    assert len(NAMED) > 20


@pytest.mark.parametrize("named", NAMED)
def test_a_test_that_it_names_is_there(named: str) -> None:
    file, _, name = named.partition("::")
    path = ROOT / file
    assert path.is_file()
    assert f"def {name or 'test_'}" in path.read_text(encoding="utf-8")


def test_every_threat_has_a_test_or_says_why_it_has_none() -> None:
    threats = [part for part in PAGE.split("\n\n") if part.startswith("**") and "to be protected" not in part]
    bare = [threat.split("**")[1] for threat in threats if "tests/" not in threat and "No test" not in threat]
    assert not bare
