"""What the documents say of commands and files is there."""

from __future__ import annotations

import importlib
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.source_code import ROOT

PAGES = sorted(
    {ROOT / name for name in ("README.md", "GLOSSARY.md", "CHANGELOG.md")}
    | set((ROOT / "docs").rglob("*.md"))
    | set((ROOT / "templates").rglob("*.md"))
)
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
BLOCK = re.compile(r"^ *```(?:sh|powershell|ini)?\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
FENCED = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
CALLED = re.compile(r"(?:^\s*|bin/|Scripts\\|uv run )casework(?:\.exe)?\s+(.*)$")


def prose(page: Path) -> str:
    """The text without code, where brackets are no links."""
    return CODE.sub("", FENCED.sub("", page.read_text(encoding="utf-8")))


def anchors(page: Path) -> set[str]:
    """The headings of a page as addresses, in the form that GitHub gives them."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_to_a_file_and_a_heading_that_are_there(name: str) -> None:
    page = ROOT / name
    broken = []
    for link in LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)

    assert not broken


def calls_in(page: Path) -> Iterator[list[str]]:
    """Every call of casework that stands in code, as its words."""
    text = page.read_text(encoding="utf-8")
    lines = [line for block in BLOCK.findall(text) for line in block.splitlines()]
    for line in (*lines, *CODE.findall(FENCED.sub("", text))):
        called = CALLED.search(line)
        if called:
            yield shlex.split(called[1], posix=False)


@pytest.fixture(scope="module")
def application() -> Any:
    typer_main = importlib.import_module("typer.main")
    return typer_main.get_command(importlib.import_module("command_line.app").app)


def problem_of(words: list[str], application: Any) -> str:
    """What is wrong with a documented call; nothing if the command and its options exist."""
    group, path, waiting = application, "casework", list(words)
    while waiting:
        word = waiting.pop(0)
        if word.startswith("-"):
            option = word.split("=")[0].strip("[]")
            known = {name: found for found in group.params for name in found.opts}
            if option not in {*known, "-h", "--help"}:
                return f"{path} has no option {option}"
            if option in known and not known[option].is_flag:
                waiting = waiting[1:]
        elif hasattr(group, "commands"):
            if not re.fullmatch(r"[a-z][a-z-]*", word):
                return ""  # "casework ..." stands for any of them
            if word not in group.commands:
                return f"there is no command {path} {word}"
            group, path = group.commands[word], f"{path} {word}"
    return ""


@pytest.mark.parametrize("name", NAMES)
def test_every_command_and_option_that_is_named_exists(name: str, application: Any) -> None:
    problems = {problem_of(words, application) for words in calls_in(ROOT / name)}

    assert not problems - {""}


def test_the_pages_are_read_as_they_are_written() -> None:
    """A pattern that finds nothing would make every page right."""
    found = {" ".join(words) for page in PAGES for words in calls_in(page)}

    assert {
        "doctor",
        "--settings settings.toml setup --permissions",
        "check-templates our-templates",
    } <= found
    assert any(words.endswith("settings.toml run") for words in found)
    assert sum(len(LINK.findall(prose(page))) for page in PAGES) > len(PAGES)
