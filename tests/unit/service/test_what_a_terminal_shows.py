"""What a stranger wrote is shown on a terminal and steers nothing."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.table import Table
from rich.text import Text
from typer.testing import CliRunner

from command_line.app import app
from command_line.terminal import Terminal, json_line

CLEARS_THE_SCREEN = "\x1b[2J\x1b]0;another title\x07\x9b31m"
TURNED = "\N{RIGHT-TO-LEFT OVERRIDE}"


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    file = tmp_path / "hostile.eml"
    file.write_text(
        f"From: Robin {CLEARS_THE_SCREEN} <robin@parents.example>\nSubject: look {TURNED} at this\n\n"
        f"Hello {CLEARS_THE_SCREEN}\n",
        encoding="utf-8",
    )
    return file


def test_a_mail_that_is_looked_at_cannot_steer_the_terminal(mail: Path) -> None:
    shown = CliRunner().invoke(app, ["inspect", "message", str(mail)]).output

    assert "Robin" in shown
    assert not set(shown) & {"\x1b", "\x07", "\x9b", TURNED}


def test_as_json_it_is_the_same_text_for_a_program_and_harmless_on_a_screen(mail: Path) -> None:
    shown = CliRunner().invoke(app, ["inspect", "message", "--json", str(mail)]).output

    assert not set(shown) & {"\x1b", "\x07", "\x9b", TURNED}
    assert json.loads(shown)["message"].strip() == f"Hello {CLEARS_THE_SCREEN}"


@given(words=st.text(), colour=st.sampled_from(["", "red"]))
def test_whatever_the_words_only_the_program_itself_steers(words: str, colour: str) -> None:
    terminal = Terminal(record=True, width=80, force_terminal=False, file=io.StringIO())
    table = Table("one")
    table.add_row(Text(words, style=colour))

    terminal.print(table)
    terminal.print(words, markup=False, highlight=False)

    shown = terminal.export_text(styles=False)
    assert not [mark for mark in shown if mark < " " and mark not in "\n\t"]
    assert not set(shown) & {"\x7f", "\x9b", TURNED}


@given(st.text())
def test_a_line_of_json_says_the_same_to_a_program(words: str) -> None:
    line = json_line({"said": words})

    assert json.loads(line) == {"said": words}
    assert not [mark for mark in line if mark < " " or mark in {"\x7f", "\x9b", TURNED}]
