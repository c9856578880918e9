"""The headers that Lotus Notes prints: sender and day on the left, "To" and "Subject" above their values."""

from __future__ import annotations

import re
from itertools import takewhile

from casework.forwards.headers import HeaderBlock, read_header, roles_of
from casework.forwards.lines import Line

MOST_LINES = 40
RIGHT_COLUMN = 25
"""Letters from the margin at which the right of the two columns begins, or further."""
_EDGES = re.compile(r"^[\s>|]+|[\s|]+$")
_BOX_RULE = re.compile(r"^[\s>|]*[-=+>|]{8,}\s*$")
_CELLS = re.compile(r"[^\s|]+(?: [^\s|]+)*")
_DAY = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\b\d{1,2}\b.{1,12}\b(?:19|20)\d\d\b|\b(?:19|20)\d\d\b.{1,12}\b\d{1,2}\b"
)
_SENDER_ON = re.compile(
    r"^(?P<who>[^:]{3,120}?) (?:on|am|le|il|el|op|em) (?P<when>\d[^:]{5,20}\d(?::\d\d){0,2}(?: ?[AP]M)?)$"
)
_LABEL = re.compile(r"^(?P<label>[^\W\d_][^:<>@]{0,14}?)\s?:?$")
_LABELLED = re.compile(r"^(?P<label>[^\W\d_][^:]{0,14}?)\s?:\s*(?P<value>.*)$")


def read_notes_header(lines: list[Line], at: int, *, below_separator: bool) -> HeaderBlock | None:
    """The header that begins at that line in one of the forms of Notes; None where none does.

    Args:
        lines: of the text.
        at: of the first line that is not blank.
        below_separator: True below a line that says "forwarded"; without one, sender, day and "To" must follow
            each other line by line.
    """
    if _with_day_behind(lines, at):
        return _sender_on_day(lines, at)
    if not below_separator and not _is_stacked(lines, at):
        return None
    reading = _Columns(lines, at)
    reading.read()
    return reading.block()


def _with_day_behind(lines: list[Line], at: int) -> bool:
    return _SENDER_ON.match(lines[at].clean) is not None


def _sender_on_day(lines: list[Line], at: int) -> HeaderBlock | None:
    """Reads "Rosa Vale <rosa@vale.example> on 21/11/2026 19:42:00", and below it a header without a sender."""
    named = _SENDER_ON.match(lines[at].clean)
    below = _next_filled(lines, at + 1)
    header = read_header(lines, below) if below < len(lines) and below - at <= 4 else None  # noqa: PLR2004
    if (
        named is None
        or header is None
        or "sender" in header.fields
        or not {"to", "subject"} <= header.fields.keys()
    ):
        return None
    header.fields |= {"sender": named["who"], "sent": named["when"]}
    header.start = at
    return header


def _is_stacked(lines: list[Line], at: int) -> bool:
    """A person, a day, "To" alone on its line: no text of a person's looks so."""
    few = [line.clean for line in lines[at : at + 4]]
    place = next((place for place, clean in enumerate(few) if place and _role_alone(clean) == "to"), 0)
    return (
        place > 1 and "@" in " ".join(few[:place]) + few[0] and any(_DAY.search(one) for one in few[1:place])
    )


def _role_alone(text: str) -> str:
    """The role of a label that stands alone: recipients, copies or subject."""
    match = _LABEL.match(text)
    return (
        next((role for role in _roles(match["label"]) if role in {"to", "cc", "subject", "other"}), "")
        if match
        else ""
    )


def _roles(label: str) -> tuple[str, ...]:
    return tuple(role for role, _ in roles_of(label) or ())


def _next_filled(lines: list[Line], at: int) -> int:
    return at + len(list(takewhile(lambda line: line.blank, lines[at:])))


class _Columns:
    """One pass down the lines; what stands left belongs to the sender, what stands right to the label above it."""

    def __init__(self, lines: list[Line], start: int) -> None:
        self.lines = lines
        self.start = self.end = start
        self.left: list[str] = []
        self.values: dict[str, list[str]] = {}
        self.role = ""

    def read(self) -> None:
        for at in range(self.start, min(len(self.lines), self.start + MOST_LINES)):
            if self._is_over(at):
                break
            for place, text in self._cells(self.lines[at]):
                self._take(place, text)
            self.end = at + 1

    def _is_over(self, at: int) -> bool:
        """The subject has its value, and nothing of the left column follows in the next lines."""
        if not self.values.get("subject"):
            return False
        box = _BOX_RULE.match(_whole(self.lines[at]))
        cells = self._cells(self.lines[at])
        return not box and not any(place >= RIGHT_COLUMN and _role_alone(text) for place, text in cells)

    def _cells(self, line: Line) -> list[tuple[int, str]]:
        whole = _whole(line)
        if _BOX_RULE.match(whole):
            return []
        return [(match.start(), match[0]) for match in _CELLS.finditer(whole.expandtabs())]

    def _take(self, place: int, text: str) -> None:
        labelled = _LABELLED.match(text)
        if labelled and (
            role := next((one for one in _roles(labelled["label"]) if one in {"to", "cc", "subject"}), "")
        ):
            self.role = role
            self.values.setdefault(role, []).extend([labelled["value"]] if labelled["value"] else [])
        elif role := _role_alone(text):
            self.role = role
            self.values.setdefault(role, [])
        elif self.role and (place >= RIGHT_COLUMN or not self._in_columns()):
            self.values[self.role].append(text)
        else:
            self.left.append(text)

    def _in_columns(self) -> bool:
        """Whether the left column still lacks its day: then what stands left is not the value of a label."""
        return not any(_DAY.search(text) for text in self.left)

    def block(self) -> HeaderBlock | None:
        sent = " ".join(text for text in self.left if _DAY.search(text) and "@" not in text)
        sender = _joined([text for text in self.left if text not in sent])
        fields = {role: " ".join(value) for role, value in self.values.items()}
        if not sender or not sent or not {"to", "subject"} <= fields.keys():
            return None
        return HeaderBlock(
            start=self.start,
            end=self.end,
            depth=0,
            fields={"sender": sender, "sent": sent, **fields},
            languages=frozenset({"en"}),
        )


def _whole(line: Line) -> str:
    return ">" * line.depth + line.raw


def _joined(parts: list[str]) -> str:
    """The parts of the sender; an address that a narrow column broke is put together again."""
    text = ""
    for part in parts:
        broken = text.rfind("<") > text.rfind(">")
        text += part if broken or not text else f" {part}"
    return text.strip()
