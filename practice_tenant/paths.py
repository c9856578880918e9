"""Every spelling of a Graph path brought to one form, colon addressing included."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote

_FUNCTION = re.compile(r"(?:microsoft\.graph\.)?(?P<name>[A-Za-z]\w*)\((?P<inside>.*)\)", re.DOTALL)
_ARGUMENT = re.compile(r"(?P<name>@?\w+)\s*=\s*(?:'(?P<quoted>(?:[^']|'')*)'|(?P<bare>[^,]*))")
# After these words a segment that ends with a colon opens a path: items/{id}:/a/b:, sites/{host}:/a:.
_BEFORE_COLON = frozenset({"items", "sites", "special"})


@dataclass(frozen=True, kw_only=True, slots=True)
class GraphPath:
    """The decoded segments; a colon path is one segment that begins with a colon."""

    segments: tuple[str, ...]
    arguments: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=2_048)
def read_path(raw: str) -> GraphPath:
    """Take a raw (still percent-encoded) path without its version apart.

    Doubled slashes vanish, `delta()` and `microsoft.graph.delta()` become `delta`, `messages('id')` becomes
    two segments, and `root:/a/b.docx:/content` becomes `root`, `:a/b.docx`, `content`.
    """
    segments: list[str] = []
    arguments: dict[str, str] = {}
    waiting = [step for part in raw.split("/") for step in _steps(part) if step]
    while waiting:
        segment = waiting.pop(0)
        if _opens_colon_path(segment, segments):
            segments += [segment[:-1], ":" + _colon_path(waiting)]
        else:
            segments += _plain_segment(segment, arguments)
    return GraphPath(segments=tuple(segments), arguments=arguments)


def _steps(part: str) -> list[str]:
    """One part, decoded; Microsoft's own libraries hand a whole colon path over as one encoded segment."""
    text = unquote(part)
    return text.split("/") if ":/" in text else [text]


def _opens_colon_path(segment: str, before: Sequence[str]) -> bool:
    if not segment.endswith(":") or len(segment) == 1:
        return False
    return segment.lower() == "root:" or (bool(before) and before[-1].lower() in _BEFORE_COLON)


def _colon_path(waiting: list[str]) -> str:
    steps: list[str] = []
    while waiting:
        step = waiting.pop(0)
        if step.endswith(":"):
            steps.append(step[:-1])
            break
        steps.append(step)
    return "/".join(step for step in steps if step)


def _plain_segment(segment: str, arguments: dict[str, str]) -> list[str]:
    match = _FUNCTION.fullmatch(segment)
    if match is None:
        return [segment.removeprefix("microsoft.graph.")]
    name, inside = match["name"], match["inside"].strip()
    if inside.startswith("'") and inside.endswith("'") and len(inside) > 1:
        return [name, inside[1:-1].replace("''", "'")]
    if inside and "=" not in inside:
        return [segment]
    for argument in _ARGUMENT.finditer(inside):
        quoted = argument["quoted"]
        value = argument["bare"].strip() if quoted is None else quoted.replace("''", "'")
        arguments[argument["name"]] = value
    return [name]
