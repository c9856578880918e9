"""The tree of MIME parts in a mail, found from the top down so that a broken part spoils only itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from connectors.documents.messages.encodings import undo_encoding
from connectors.documents.messages.headers import Header, parameters, split_header
from connectors.documents.messages.limits import DEEPEST_NESTING, MOST_PARTS

_LINE_FEED = ord("\n")
_TYPE = re.compile(r"^[\w!#$&^.+-]+/[\w!#$&^.+-]+")
_SOME_BOUNDARY = re.compile(
    rb"^--([^\r\n]{1,200}?)[ \t]*\r?\n(?=[Cc][Oo][Nn][Tt][Ee][Nn][Tt]-)", re.MULTILINE
)


@dataclass(kw_only=True, slots=True)
class Part:
    """One MIME part: a leaf has content, a multipart has children."""

    header: Header
    content_type: str
    type_parameters: dict[str, str]
    disposition: str
    disposition_parameters: dict[str, str]
    body: bytes = b""
    children: list[Part] = field(default_factory=list)

    @property
    def is_text(self) -> bool:
        return self.content_type.startswith("text/")

    @property
    def content(self) -> bytes:
        encoding = self.header.get("content-transfer-encoding")
        return undo_encoding(self.body, encoding, is_text=self.is_text) if encoding else self.body

    @property
    def file_name(self) -> str:
        return self.disposition_parameters.get("filename") or self.type_parameters.get("name") or ""


class PartBudget:
    """Counts the parts of one mail and collects what went wrong in its structure."""

    def __init__(self) -> None:
        self.left = MOST_PARTS
        self.problems: list[str] = []

    def note(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


def read_part(content: bytes, budget: PartBudget, *, depth: int = 0, default: str = "text/plain") -> Part:
    """Read a mail or part with all parts inside it."""
    header, body, sound = split_header(content)
    if not sound:
        budget.note("The header is broken; it was read as far as possible.")
    part = _shaped(header, body, default)
    budget.left -= 1
    if part.content_type.startswith("multipart/"):
        _read_children(part, budget, depth)
    return part


def _shaped(header: Header, body: bytes, default: str) -> Part:
    declared, type_parameters = parameters(header.raw.get("content-type", ""))
    match = _TYPE.match(declared)
    content_type = match[0] if match else {"text": "text/plain", "html": "text/html"}.get(declared, "")
    if not content_type:
        content_type = (
            default
            if not declared
            else "application/octet-stream"
            if "name" in type_parameters
            else "text/plain"
        )
    disposition, disposition_parameters = parameters(header.raw.get("content-disposition", ""))
    if disposition.startswith("filename="):
        disposition, disposition_parameters = parameters("attachment;" + header.raw["content-disposition"])
    return Part(
        header=header,
        content_type=content_type,
        type_parameters=type_parameters,
        disposition=disposition,
        disposition_parameters=disposition_parameters,
        body=body,
    )


def _read_children(part: Part, budget: PartBudget, depth: int) -> None:
    bodies = _between_boundaries(part, budget)
    if not bodies:
        part.content_type = "text/plain"
        return
    if depth >= DEEPEST_NESTING:
        budget.note(
            f"Parts lie more than {DEEPEST_NESTING} deep in each other; the deeper ones were not opened."
        )
        part.content_type = "application/octet-stream"
        return
    default = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
    for body in bodies:
        if budget.left <= 0:
            budget.note(f"The mail has more than {MOST_PARTS} parts; only the first were opened.")
            return
        part.children.append(read_part(body, budget, depth=depth + 1, default=default))
    part.body = b""


def _between_boundaries(part: Part, budget: PartBudget) -> list[bytes]:
    boundary = part.type_parameters.get("boundary", "").rstrip().encode("utf-8", "replace")
    bodies = _split(part.body, boundary) if boundary else []
    if not bodies and (guess := _SOME_BOUNDARY.search(part.body)):
        budget.note("The parts are not marked as the header says; the marks were found in the text.")
        bodies = _split(part.body, guess[1])
    if not bodies and part.body.strip():
        budget.note("No parts were found in a mail that says it has some; it was read as plain text.")
    return bodies


def _split(body: bytes, boundary: bytes) -> list[bytes]:
    """The bytes between delimiter lines; a missing last one costs nothing, one too early neither."""
    marks = list(_marks(body, b"--" + boundary))
    bodies = []
    for at, (_, after, closes) in enumerate(marks):
        end = marks[at + 1][0] if at + 1 < len(marks) else len(body)
        if not closes:
            bodies.append(_after_line_end(body, after, end))
    return bodies


def _marks(body: bytes, delimiter: bytes) -> Iterator[tuple[int, int, bool]]:
    """Delimiter lines: where the line end before each begins, where the mark ends, and whether it closes."""
    at = body.find(delimiter)
    while at >= 0:
        after = at + len(delimiter)
        closes = body[after : after + 2] == b"--"
        after += 2 * closes
        rest_of_line = body[after : after + 200].split(b"\n", 1)[0]
        if (at == 0 or body[at - 1] == _LINE_FEED) and not rest_of_line.strip():
            start = at - 2 if body[max(0, at - 2) : at] == b"\r\n" else max(0, at - 1)
            yield start, after + len(rest_of_line.rstrip(b"\r")), closes
        at = body.find(delimiter, after)


def _after_line_end(body: bytes, start: int, end: int) -> bytes:
    if body[start : start + 2] == b"\r\n":
        return body[start + 2 : end] if start + 2 <= end else b""
    return body[start + 1 : end] if body[start : start + 1] == b"\n" else body[start:end]
