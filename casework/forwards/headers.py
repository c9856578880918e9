"""Finding the printed header of a forwarded mail: the lines that say From, Sent, To and Subject in any language."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from casework.forwards.languages_south import LANGUAGES
from casework.forwards.lines import Line, visible

LONGEST_LABEL = 30
MOST_HEADER_LINES = 400
MOST_COLUMNS = 8
NARROWEST_LINE = 70
"""Letters after which programs that break lines break a subject."""
ZONE_ENDINGS = ("CET", "EST", "EET", "WET", "GMT", "UTC", "BST", "EDT", "PST", "PDT", "CST", "CDT", "MEZ", "ESZ", "MSK",
                "AM", "PM")  # fmt: skip
_TECHNICAL = re.compile(r"(?:X-[\w-]+|[A-Z][a-z]+(?:-[A-Z][A-Za-z]*)+)$")
"""Names such as "User-Agent", which only programs print."""
_OTHERS = (("other", "en"),)
_MARKS = " \t*_|"
_BULLETS = " -\N{BULLET}\N{MIDDLE DOT}\N{EN DASH}"
"""Before a label where the printed header is a list."""
_CONTINUES = re.compile(r"[,;]\s*$")
_ADDRESS_LINE = re.compile(r"<[^<>]*@[^<>]*>|[\w.+'-]+@[\w.-]+[;,]?$")
_ENVELOPE = frozenset({"sender", "sent", "to", "subject"})


@dataclass(kw_only=True, slots=True)
class HeaderBlock:
    """A printed header: its fields by role, the languages of its labels, and the lines that it covers."""

    start: int
    end: int
    depth: int
    fields: dict[str, str] = field(default_factory=dict)
    languages: frozenset[str] = frozenset()

    @property
    def envelope(self) -> int:
        """How many of From, Sent, To and Subject it has."""
        return len(_ENVELOPE & self.fields.keys())


@dataclass(frozen=True, kw_only=True, slots=True)
class _Labelled:
    roles: tuple[tuple[str, str], ...]
    value: str


def read_header(lines: list[Line], start: int) -> HeaderBlock | None:
    """The header that begins at that line, or None where none does. It may want a sender; the caller judges."""
    first = lines[start]
    if _labelled(first.clean) is None:
        return None
    reading = _Reading(lines, start)
    while reading.step():
        pass
    block = reading.block()
    return block if block.envelope else None


def is_label(line: Line) -> bool:
    """True if the line begins with a header's label."""
    return _labelled(line.clean) is not None


def with_colons(lines: list[Line]) -> list[Line]:
    """The lines with a colon after each label, for programs that print "From Rosa Vale" in columns."""
    marked = list(lines)
    for at, line in enumerate(lines[:MOST_COLUMNS]):
        words = line.clean.split()
        for count in (2, 1):
            label = " ".join(words[:count])
            if len(words) > count and not label[:1].islower() and roles_of(label):
                text = f"{label}: {' '.join(words[count:])}"
                marked[at] = replace(line, clean=text, raw=text)
                break
    return marked


class _Reading:
    """One pass down the lines of a header."""

    def __init__(self, lines: list[Line], start: int) -> None:
        self.lines = lines
        self.start = self.at = start
        self.depth = lines[start].depth
        self.values: dict[str, list[str]] = {}
        self.votes: Counter[str] = Counter()
        self.role = ""

    def step(self) -> bool:
        """Take the line at hand; False where the header has ended."""
        if self.at >= len(self.lines) or self.at - self.start > MOST_HEADER_LINES:
            return False
        line = self.lines[self.at]
        if line.blank:
            return self._blank()
        if line.depth != self.depth:
            return False
        labelled = _labelled(line.clean)
        role = self._role_for(labelled) if labelled else ""
        if labelled and role:
            self._take(role, labelled)
        elif self._continues(line):
            self.values[self.role].append(line.clean)
        else:
            return False
        self.at += 1
        return True

    def _take(self, role: str, labelled: _Labelled) -> None:
        self.role = role
        self.values[role] = [labelled.value]
        self.votes.update(code for known, code in labelled.roles if known == role)
        run_on = _run_on_fields(labelled.value) if len(self.values) <= 2 else {}  # noqa: PLR2004 - the first lines
        if len(run_on) > 1:
            self.values[role] = [run_on.pop("")]
            for other, value in run_on.items():
                self.values.setdefault(other, [value])
                self.role = other

    def _role_for(self, labelled: _Labelled) -> str:
        """The role this label plays here; one that was taken already ends the header, so do words of a body."""
        known = [role for role, _ in labelled.roles]
        fresh = [role for role in known if role not in self.values or role == "other"]
        return fresh[0] if fresh else ""

    def _blank(self) -> bool:
        """Programs that print a header as paragraphs leave a blank line between; the body follows one as well."""
        ahead = self.at
        while ahead < len(self.lines) and self.lines[ahead].blank and ahead - self.at < 2:  # noqa: PLR2004
            ahead += 1
        if ahead >= len(self.lines) or self.lines[ahead].blank or self.lines[ahead].depth != self.depth:
            return False
        if self.role and not any(self.values[self.role]) and not _labelled(self.lines[ahead].clean):
            self.at = ahead
            return self.role != "subject"
        labelled = _labelled(self.lines[ahead].clean)
        role = self._role_for(labelled) if labelled else ""
        if not role or role == "other" or {"sender", "subject", "sent", "to"} <= self.values.keys():
            return False
        self.at = ahead
        return True

    def _continues(self, line: Line) -> bool:
        """A value goes on where it was empty or cut, or where more labels of the same header follow below."""
        if not self.role:
            return False
        value = self.values[self.role]
        if not any(value):
            return self.role != "other"
        if self.role in {"to", "cc", "sender", "other"} and _CONTINUES.search(value[-1]):
            return True
        if self.role in {"to", "cc", "sender"} and _ADDRESS_LINE.match(line.clean):
            return True
        if self.role != "subject" or line.raw[:1] in {" ", "\t"}:
            return self._label_follows(within=12)
        return self._label_follows(within=2) or (self._was_broken(line) and self._ends_after(self.at))

    def _was_broken(self, line: Line) -> bool:
        """The next word had no room on the line above, and this line is no greeting or sentence of its own."""
        first = line.clean.split(maxsplit=1)[0]
        wide = len(self.lines[self.at - 1].clean) + 1 + len(first) > NARROWEST_LINE
        return wide and not line.clean.endswith((",", ".", "!", "?", ":"))

    def _label_follows(self, *, within: int) -> bool:
        for line in self.lines[self.at + 1 : self.at + 1 + within]:
            if line.blank or line.depth != self.depth:
                return False
            labelled = _labelled(line.clean)
            if labelled and self._role_for(labelled) in _ENVELOPE | {"cc"}:
                return True
        return False

    def _ends_after(self, at: int) -> bool:
        return at + 1 < len(self.lines) and self.lines[at + 1].blank

    def block(self) -> HeaderBlock:
        most = max(self.votes.values(), default=0)
        return HeaderBlock(
            start=self.start,
            end=self.at,
            depth=self.depth,
            fields={
                role: " ".join(part for part in value if part).strip() for role, value in self.values.items()
            },
            languages=frozenset(code for code, count in self.votes.items() if count == most),
        )


def _labelled(clean: str) -> _Labelled | None:
    start = clean[: LONGEST_LABEL + 1]
    colon = min((at for at in (start.find(":"), start.find("\uff1a")) if at >= 0), default=-1)
    if colon < 0:
        return None
    head, value = clean[:colon], clean[colon + 1 :]
    roles = roles_of(head) or (_OTHERS if _TECHNICAL.match(head) else None)
    return (
        _Labelled(
            roles=roles, value=value.strip().strip("|").strip().removeprefix("**").removeprefix("*").strip()
        )
        if roles
        else None
    )


@lru_cache(maxsize=4_096)
def roles_of(label: str) -> tuple[tuple[str, str], ...] | None:
    """The roles that a label plays, each with its language; None for any other word."""
    return _labels().get(visible(label.lstrip(_BULLETS).strip(_MARKS)).casefold())


def _run_on_fields(value: str) -> dict[str, str]:
    """Fields that follow each other on one line, as some programs' plain text has them: "" is the first one's rest."""
    found = []
    for match in _inline_labels().finditer(value):
        roles = _labels()[match[1].casefold()]
        found.append((match.start(), match.end(), roles[0][0]))
    distinct: dict[str, tuple[int, int]] = {}
    for start, end, role in found:
        distinct.setdefault(role, (start, end))
    if len(distinct) < 2:  # noqa: PLR2004 - one label may be a word of the text
        return {}
    spots = sorted((start, end, role) for role, (start, end) in distinct.items())
    ends = [start for start, _, _ in spots[1:]] + [len(value)]
    fields = {"": value[: spots[0][0]].strip()}
    fields.update({role: value[begin:end].strip() for (_, begin, role), end in zip(spots, ends, strict=True)})
    return fields


@cache
def _labels() -> dict[str, tuple[tuple[str, str], ...]]:
    """Every label in lower case with its roles and languages; a role named first by more languages comes first."""
    table: dict[str, list[tuple[str, str]]] = {}
    for language in LANGUAGES:
        for role in ("sender", "sent", "to", "subject", "cc", "other"):
            for label in getattr(language, role).split("|"):
                if label:
                    table.setdefault(label.casefold(), []).append((role, language.code))
    table.setdefault("cc", []).append(("cc", "en"))
    return {label: tuple(roles) for label, roles in table.items()}


@cache
def _inline_labels() -> re.Pattern[str]:
    """Labels inside a line: with a capital, and not in the middle of a capitalised word; a time zone ends before."""
    words = {
        label
        for language in LANGUAGES
        for role in ("sent", "to", "subject", "cc", "sender")
        for label in getattr(language, role).split("|")
        if label and (label[0].isupper() or (not label[0].islower() and len(label) > 1))
    }
    alternatives = "|".join(sorted((re.escape(word) for word in words | {"Cc", "CC"}), key=len, reverse=True))
    zones = "|".join(f"(?<={zone})" for zone in ZONE_ENDINGS)
    label = rf"(?:(?<![A-Z\-])|{zones})(?:{alternatives})(?=\s?[:\uff1a](?!//))"
    without_colon = r"(?<=>)D[Ww](?=\s)"  # Yahoo in Polish
    return re.compile(rf"({label}|{without_colon})\s?[:\uff1a]?")
