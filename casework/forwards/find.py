"""Finding forwarded mails in the text of a mail, from the outermost inwards."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from casework.forwards.bodies import body_text, outdented
from casework.forwards.dates import parse_moment
from casework.forwards.headers import HeaderBlock, is_label, read_header, with_colons
from casework.forwards.lines import Line, lines_of, unquoted
from casework.forwards.notes import read_notes_header
from casework.forwards.people import parse_people, parse_person
from casework.forwards.separators import (
    Separator,
    SeparatorKind,
    attribution_of,
    introduces_answer,
    is_heading,
    is_rule,
    read_separator,
    says_wrote,
)
from casework.forwards.subjects import SubjectKind, subject_kind
from casework.messages import Address

DEEPEST_CHAIN = 20
MOST_CHARACTERS = 2_000_000
LONGEST_DATED_LINE = 60
MOST_LINES_IN_COLUMNS = 40
_END_OF_SEPARATOR = re.compile(r"^\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[AP]M)? ?-{5,}$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Forward:
    """A mail found inside another one.

    Attributes:
        above: what the forwarder wrote above it.
        body: its text with the quotation marks of this level taken off; forwards inside it are still there.
        date: as written; aware only where the header gives an offset.
        languages: codes of the languages that the header's labels belong to.
    """

    above: str = ""
    from_name: str = ""
    from_address: str = ""
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    date: datetime | None = None
    body: str = ""
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Boundary:
    """Where a quoted mail begins: the lines from `start` to `end` are separator and header."""

    start: int
    end: int
    separator: Separator | None
    header: HeaderBlock | None = None
    attribution: str = ""
    depth: int = 0


def find_forwards(text: str, *, subject: str = "", written_at: datetime | None = None) -> tuple[Forward, ...]:
    """Every mail forwarded in this text, outermost first.

    Args:
        text: Plain text, or HTML turned into text with ">" for quotations.
        subject: The subject of the mail that has this text; its prefix tells a forward from an answer where the
            text looks the same for both.
        written_at: When that mail was written; settles days that can be read two ways.

    Returns:
        The chain; empty where nothing was forwarded. A quoted answer ends the chain.
    """
    chain: list[Forward] = []
    rest = text[:MOST_CHARACTERS]
    while len(chain) < DEEPEST_CHAIN:
        found = _outermost(rest, subject, written_at)
        if found is None:
            break
        chain.append(found)
        rest, subject, written_at = found.body, found.subject, found.date or written_at
    return tuple(chain)


def _outermost(text: str, subject: str, written_at: datetime | None) -> Forward | None:
    lines = lines_of(text)
    introduced: _Boundary | None = None
    at = 0
    while at < len(lines):
        boundary = _boundary_at(lines, at)
        if boundary is None:
            at += 1
        elif boundary.attribution and not boundary.separator:
            if subject_kind(subject) is not SubjectKind.FORWARD:
                return None
            introduced = introduced or boundary
            at = boundary.end
        else:
            return _forward(lines, boundary, written_at) if _is_forward(boundary, subject) else None
    return _forward(lines, introduced, written_at) if introduced else None


def _is_forward(boundary: _Boundary, subject: str) -> bool:
    """A line that says "forwarded" settles it; otherwise the subject's prefix does."""
    if boundary.separator and boundary.separator.kind is SeparatorKind.FORWARD:
        return True
    languages = boundary.header.languages if boundary.header else frozenset[str]()
    return subject_kind(subject, languages) is not SubjectKind.REPLY


def _boundary_at(lines: list[Line], at: int) -> _Boundary | None:
    line = lines[at]
    if line.blank:
        return None
    separator = None if is_label(line) else read_separator(line)
    if separator:
        return _below_separator(lines, at, separator)
    header = _free_header(lines, at)
    if header:
        return _Boundary(
            start=_above_rule(lines, at), end=header.end, separator=None, header=header, depth=header.depth
        )
    taken = introduces_answer(lines, at)
    if not taken:
        return None
    words = " ".join(part.clean for part in lines[at : at + taken])
    return _Boundary(
        start=at, end=at + taken, separator=None, attribution=words, depth=_next_depth(lines, at + taken)
    )


def _below_separator(lines: list[Line], at: int, separator: Separator) -> _Boundary | None:
    """The header below a separator (or behind it on its line), or the line that names the writer."""
    if separator.rest:
        lines[at] = replace(lines[at], clean=separator.rest, raw=separator.rest)
        header = read_header(lines, at)
        if header and _enough(header, separator):
            return _Boundary(start=at, end=header.end, separator=separator, header=header, depth=header.depth)
    below = at + 1
    while below < len(lines) and below - at <= 4 and (lines[below].blank or _goes_on(lines[below])):  # noqa: PLR2004
        below += 1
    if below >= len(lines):
        return None
    header = read_header(lines, below) or _in_columns(lines, below, separator)
    if (header is None or not _enough(header, separator)) and separator.kind is SeparatorKind.FORWARD:
        header = read_notes_header(lines, below, below_separator=True) or header
    if header and _enough(header, separator):
        return _Boundary(start=at, end=header.end, separator=separator, header=header, depth=header.depth)
    taken = introduces_answer(lines, below) or _names_the_writer(lines[below])
    if not taken or not separator.decorated or separator.kind is SeparatorKind.UNKNOWN:
        return _named_in_separator(lines, at, separator)
    words = " ".join(part.clean for part in lines[below : below + taken])
    end = below + taken
    return _Boundary(start=at, end=end, separator=separator, attribution=words, depth=_next_depth(lines, end))


def _goes_on(line: Line) -> bool:
    """A rule, or the end of a separator that had no room on its line: "09:10 -----------"."""
    return is_rule(line) or bool(_END_OF_SEPARATOR.match(line.clean))


def _in_columns(lines: list[Line], at: int, separator: Separator) -> HeaderBlock | None:
    """A header without colons proves something only below a line that says "forwarded"."""
    if separator.kind is not SeparatorKind.FORWARD:
        return None
    header = read_header(with_colons(lines[at : at + MOST_LINES_IN_COLUMNS]), 0)
    if header is None or header.envelope < 3:  # noqa: PLR2004 - nearly whole
        return None
    return replace(header, start=at + header.start, end=at + header.end)


def _named_in_separator(lines: list[Line], at: int, separator: Separator) -> _Boundary | None:
    """The separator "----- Forwarded message from A <a@b.example> -----" names the writer itself.

    So does "---- On Friday at 8:05 A <a@b.example> wrote ----", with the day.
    """
    named = separator.decorated and "@" in separator.words
    if named and separator.kind is SeparatorKind.UNKNOWN and says_wrote(separator.words):
        words = separator.words
        return _Boundary(start=at, end=at + 1, separator=separator, attribution=words, depth=lines[at].depth)
    if named and separator.kind is SeparatorKind.FORWARD:
        person = separator.words.partition(" from ")[2] or separator.words
        return _Boundary(start=at, end=at + 1, separator=separator, attribution=person, depth=lines[at].depth)
    return None


def _names_the_writer(line: Line) -> int:
    """Some programs print only a line such as `25.10.2021, 11:17, "A" <a@b.example>:` below the separator."""
    return int(
        line.clean.endswith((":", "\uff1a")) and "@" in line.clean and bool(re.search(r"\d", line.clean))
    )


def _enough(header: HeaderBlock, separator: Separator) -> bool:
    if separator.kind is SeparatorKind.UNKNOWN:
        return "sender" in header.fields and header.envelope >= 3  # noqa: PLR2004 - a rule with words proves little
    return header.envelope >= 2 or "sender" in header.fields  # noqa: PLR2004 - one line may be chance


def _free_header(lines: list[Line], at: int) -> HeaderBlock | None:
    """A header without any separator must be nearly whole to count: a sender, and two of day, recipient, subject."""
    header = read_header(lines, at)
    if header is None:
        return read_notes_header(lines, at, below_separator=False)
    whole = "sender" in header.fields and header.envelope >= 3  # noqa: PLR2004
    return header if whole and _looks_real(header) else None


def _looks_real(header: HeaderBlock) -> bool:
    """An address or a day stands in it: "From: the desk of" in a signature has neither."""
    values = " ".join(header.fields.get(role, "") for role in ("sender", "to", "sent"))
    return "@" in values or bool(re.search(r"\d", header.fields.get("sent", "")))


def _above_rule(lines: list[Line], at: int) -> int:
    above = at
    while above > 0 and at - above <= 3 and lines[above - 1].blank:  # noqa: PLR2004 - a few blank lines at most
        above -= 1
    headed = above > 0 and (is_rule(lines[above - 1]) or is_heading(lines[above - 1]))
    return above - 1 if headed else at


def _next_depth(lines: list[Line], at: int) -> int:
    return next((line.depth for line in lines[at : at + 5] if not line.blank), 0)


def _forward(lines: list[Line], boundary: _Boundary, written_at: datetime | None) -> Forward:
    above = unquoted(_lines_above(lines, boundary), 0)
    body = body_text(_below_second_separator(lines[boundary.end :]), boundary.depth)
    if boundary.header is None:
        return _attributed(boundary, above=above, body=body, written_at=written_at)
    fields, languages = boundary.header.fields, boundary.header.languages
    written = fields.get("sent") or _line_with_day(lines, boundary)
    person = parse_person(fields.get("sender", ""))
    return Forward(
        above=above,
        from_name=person.name,
        from_address=person.address,
        to=parse_people(fields.get("to", "")),
        cc=parse_people(fields.get("cc", "")),
        subject=_plain(fields.get("subject", "")),
        date=parse_moment(written, languages=languages, not_after=written_at),
        body=body,
        languages=languages,
    )


def _line_with_day(lines: list[Line], boundary: _Boundary) -> str:
    """A header without a day may have it in the quoted line right above: "> Message du 25/10/21 11:17"."""
    above = lines[boundary.start - 1] if boundary.start else None
    quoted = above is not None and above.depth == boundary.depth > 0
    return above.clean if above and quoted and len(above.clean) <= LONGEST_DATED_LINE else ""


def _attributed(boundary: _Boundary, *, above: str, body: str, written_at: datetime | None) -> Forward:
    who, when = attribution_of(boundary.attribution)
    person = parse_person(who)
    moment = parse_moment(when, not_after=written_at)
    return Forward(
        above=above, from_name=person.name, from_address=person.address, date=moment, body=outdented(body)
    )


def _plain(value: str) -> str:
    return value[:-2].strip() if value.endswith("**") else value.removesuffix("*").strip()


def _lines_above(lines: list[Line], boundary: _Boundary) -> list[Line]:
    """What stands above, without a rule or a quoted heading that belongs to the forward itself."""
    end = boundary.start
    if boundary.depth and end and lines[end - 1].depth == boundary.depth > lines[max(0, end - 2)].depth:
        end -= 1
    while end and (lines[end - 1].blank or is_rule(lines[end - 1])):
        end -= 1
    return lines[:end]


def _below_second_separator(body: list[Line]) -> list[Line]:
    """Some programs print the header between two separators."""
    first = next((at for at, line in enumerate(body) if not line.blank), 0)
    if (
        not body
        or not (read_separator(body[first]) or is_rule(body[first]))
        or _boundary_at(list(body), first)
    ):
        return body
    return body[first + 1 :]
