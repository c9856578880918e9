"""The text of a forwarded mail: from below its header to its closing line, rid of one level of quotation."""

from __future__ import annotations

import textwrap
from dataclasses import replace

from casework.forwards.lines import Line, unquoted
from casework.forwards.separators import SeparatorKind, ends_forward, is_rule, read_separator


def body_text(below: list[Line], depth: int) -> str:
    """The text of the mail.

    Args:
        below: All lines below its header.
        depth: How deep the header is quoted.
    """
    body = _quoted(_to_closing_line(_without_closing_rule(below)), depth)
    return unquoted(body, _shared_depth(body, depth)).strip("\ufeff")


def outdented(body: str) -> str:
    """Some programs quote by indenting: the spaces that all lines share are taken off."""
    _, _, rest = body.partition("\n")
    return textwrap.dedent(f"{_indent_of(rest)}{body}") if rest else body.lstrip(" ")


def _indent_of(rest: str) -> str:
    """What trimming took off the first line."""
    indents = [len(line) - len(line.lstrip(" ")) for line in rest.split("\n") if line.strip()]
    return " " * min(indents, default=0)


def _without_closing_rule(body: list[Line]) -> list[Line]:
    """Some programs draw a last line below a forward."""
    written = [at for at, line in enumerate(body) if not line.blank]
    return body[: written[-1]] if written and is_rule(body[written[-1]]) else body


def _to_closing_line(body: list[Line]) -> list[Line]:
    """A forward inside this one has a closing line of its own."""
    nested = 0
    for at, line in enumerate(body):
        if line.blank or line.clean[0] not in "-=_*>":
            continue
        if ends_forward(line):
            if not nested:
                return body[:at]
            nested -= 1
        elif _opens_closed_forward(line):
            nested += 1
    return body


def _opens_closed_forward(line: Line) -> bool:
    separator = read_separator(line)
    return bool(
        separator
        and separator.kind is SeparatorKind.FORWARD
        and separator.decorated
        and " from " in separator.words
    )


def _quoted(body: list[Line], depth: int) -> list[Line]:
    """Where the header is quoted the mail goes to the last quoted line, lines that lost their mark included."""
    if not depth:
        return body
    quoted = [at for at, line in enumerate(body) if line.depth >= depth and not line.blank]
    kept = body[: quoted[-1] + 1] if quoted else body
    return [line if line.depth >= depth else replace(line, depth=depth) for line in kept]


def _shared_depth(body: list[Line], depth: int) -> int:
    """Some programs quote the text but not its header: the level that all lines share is taken off."""
    return min((line.depth for line in body if not line.blank), default=depth)
