"""The query part of a Graph address, read once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import parse_qsl

from practice_tenant.errors import bad_request
from practice_tenant.odata.filters import Expression, parse_filter

_SYSTEM = frozenset(
    {
        "select",
        "expand",
        "filter",
        "orderby",
        "top",
        "skip",
        "count",
        "search",
        "skiptoken",
        "deltatoken",
        "format",
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ordering:
    steps: tuple[str, ...]
    descending: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Expand:
    """One expanded property with the options in its brackets."""

    name: str
    options: "QueryOptions"


@dataclass(frozen=True, kw_only=True, slots=True)
class QueryOptions:
    """Every query option, whether it came as $select or select.

    `other` holds what is no system option: token, startDateTime, @microsoft.graph.conflictBehavior, ...
    `query` is everything as it was asked, names normalised, for building the next page's link.
    """

    select: tuple[str, ...] = ()
    expand: tuple[Expand, ...] = ()
    filter: Expression | None = None
    order_by: tuple[Ordering, ...] = ()
    top: int | None = None
    skip: int = 0
    count: bool = False
    search: str = ""
    skip_token: str = ""
    delta_token: str | None = None
    other: Mapping[str, str] = field(default_factory=dict)
    query: tuple[tuple[str, str], ...] = ()

    def expansion(self, name: str) -> "QueryOptions | None":
        """The options of one expanded property, None where it was not asked for."""
        wanted = name.lower()
        return next((each.options for each in self.expand if each.name.lower() == wanted), None)

    def selects(self, name: str) -> bool:
        """Whether a property that must be asked for was named in $select."""
        return any(chosen.lower() == name.lower() for chosen in self.select)


@lru_cache(maxsize=1_024)
def parse_query(query: str) -> QueryOptions:
    """Read a raw query string.

    Raises:
        GraphError: 400 for what Graph would not read.
    """
    return options_from(parse_qsl(query, keep_blank_values=True))


def options_from(pairs: Iterable[tuple[str, str]]) -> QueryOptions:
    normal = tuple((_normal_name(name), value) for name, value in pairs)
    system = {name: value for name, value in normal if name.startswith("$")}
    return QueryOptions(
        select=_names(system.get("$select", "")),
        expand=tuple(_expand(part) for part in split_outside(system.get("$expand", ""), ",")),
        filter=parse_filter(system["$filter"]) if system.get("$filter", "").strip() else None,
        order_by=tuple(_ordering(part) for part in _names(system.get("$orderby", ""))),
        top=_number(system, "$top"),
        skip=_number(system, "$skip") or 0,
        count=system.get("$count", "").lower() == "true",
        search=system.get("$search", ""),
        skip_token=system.get("$skiptoken", ""),
        delta_token=system.get("$deltatoken"),
        other={name: value for name, value in normal if not name.startswith("$")},
        query=normal,
    )


def split_outside(text: str, separator: str) -> list[str]:
    """Split at separators that stand outside brackets and quotes; empty parts are dropped."""
    parts, depth, quoted, start = [], 0, False, 0
    for position, sign in enumerate(text):
        if sign == "'":
            quoted = not quoted
        elif quoted:
            continue
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == separator and depth == 0:
            parts.append(text[start:position])
            start = position + 1
    return [part.strip() for part in [*parts, text[start:]] if part.strip()]


def _normal_name(name: str) -> str:
    bare = name.removeprefix("$").lower()
    return f"${bare}" if bare in _SYSTEM else name


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _expand(part: str) -> Expand:
    name, bracket, inside = part.partition("(")
    if not bracket:
        return Expand(name=name.strip(), options=QueryOptions())
    if not inside.endswith(")"):
        raise bad_request(f"Parsing OData Select and Expand failed: '{part}' is not closed.")
    pairs = []
    for option in split_outside(inside[:-1], ";"):
        key, _, value = option.partition("=")
        pairs.append((key.strip(), value.strip()))
    return Expand(name=name.strip(), options=options_from(pairs))


def _ordering(part: str) -> Ordering:
    path, _, direction = part.partition(" ")
    if direction.strip().lower() not in {"", "asc", "desc"}:
        raise bad_request(f"Syntax error in $orderby: '{part}'.")
    return Ordering(steps=tuple(path.split("/")), descending=direction.strip().lower() == "desc")


def _number(system: Mapping[str, str], name: str) -> int | None:
    text = system.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit()):
        raise bad_request(
            f"Invalid value '{text}' for {name} query option found. A whole number is expected."
        )
    return int(text)
