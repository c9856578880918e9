"""The tags of a template's text: which there are, on which line each stands, and where a fault arose."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from jinja2 import Environment, TemplateSyntaxError, meta

_BEGINS: Final = frozenset({"variable_begin", "block_begin"})
_ENDS: Final = frozenset({"variable_end", "block_end"})
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_COMPLETE: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_BROKEN: Final = re.compile(r"\{\{[^{}]*|\{%[^{}]*|\{#[^{}]*|\}\}|%\}|#\}|\{\w+\}")
_QUOTED: Final = re.compile(r"'([^']+)' is undefined|attribute '([^']+)'")


@dataclass(frozen=True, kw_only=True, slots=True)
class Tag:
    """One tag: its text, the line it begins on (from 1), and the field names in it."""

    line: int
    text: str
    names: frozenset[str]


def lines_of(source: str) -> list[str]:
    """The lines as jinja2 counts them."""
    return _LINE_END.split(source)


def find_tags(environment: Environment, source: str) -> Iterator[Tag]:
    """Every tag of the source, in order.

    Raises:
        TemplateSyntaxError: if the source cannot be split into tags.
    """
    line, text, names, before = 0, "", set[str](), ""
    for number, kind, value in environment.lex(source):
        if kind in _BEGINS:
            line, text, names = number, "", set()
        if kind == "name" and before != ".":
            names.add(value)
        if kind != "data":
            text += value
        if kind in _ENDS:
            yield Tag(line=line, text=text.strip(), names=frozenset(names))
        if kind != "whitespace":
            before = value


def first_use(environment: Environment, source: str, name: str) -> Tag | None:
    """The first tag that prints a field, or else the first that asks for it."""
    uses = [tag for tag in find_tags(environment, source) if name in tag.names]
    return min(uses, key=lambda tag: tag.text.startswith("{%"), default=None)


def used_names(environment: Environment, source: str) -> set[str]:
    """The fields that the source asks for.

    Raises:
        TemplateSyntaxError: if the source cannot be understood.
    """
    return set(meta.find_undeclared_variables(environment.parse(source)))


def broken_tag(text: str) -> str:
    """The first thing in a text that looks like a tag and is none; empty if all is well."""
    found = _BROKEN.search(_COMPLETE.sub("", text))
    return found.group().strip() if found else ""


def line_of_fault(error: Exception) -> int | None:
    """The line of the template at which a rendering failed."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    # jinja2 rewrites the traceback so that frames of a template carry the template's own line numbers.
    frames = [
        frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"
    ]
    return frames[-1] if frames else None


def name_of_fault(error: Exception) -> str:
    """The field that jinja2's message names; empty if none."""
    found = _QUOTED.search(str(error))
    return (found.group(1) or found.group(2)) if found else ""
