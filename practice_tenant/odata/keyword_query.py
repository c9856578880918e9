"""Microsoft's Keyword Query Language, as $search on mails and the search of drives take it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from practice_tenant.errors import GraphError
from practice_tenant.times import parse_moment

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<bracket>[()])
    | (?P<phrase>"[^"]*"\*?)
    | (?P<property>[A-Za-z]\w*)(?P<relation>>=|<=|<>|:|=|>|<)(?=\S)
    | (?P<word>[^\s()"]+)
    )""",
    re.VERBOSE,
)
_WORD = re.compile(r"\w+")
_BARE = re.compile(r"[\w\s.@'*+-]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Searchable:
    """What of an entity can be searched.

    Attributes:
        default: where a word without a property is looked for.
        texts: by property.
        truths: properties that are true or false.
        moments: properties that are moments.
        sizes: properties that are numbers.
    """

    default: Sequence[str]
    texts: Mapping[str, str]
    truths: Mapping[str, bool] = field(default_factory=dict)
    moments: Mapping[str, datetime] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)


Condition = Callable[[Searchable], bool]


def read_search(text: str, now: datetime) -> Condition:
    """The condition of a $search, whose value stands in quotation marks unless it is plain words.

    Raises:
        GraphError: 400 for signs outside quotation marks, or a query that does not close what it opens.
    """
    text = text.strip()
    if len(text) > 1 and text.startswith('"') and text.endswith('"'):
        return read_query(text[1:-1].replace('\\"', '"'), now)
    plain = _BARE.match(text)
    if plain is None or plain.end() < len(text):
        place = plain.end() if plain else 0
        raise GraphError(
            400,
            "BadRequest",
            f"Syntax error: character '{text[place]}' is not valid at position {place} in '{text}'.",
        )
    return read_query(text, now)


def read_query(text: str, now: datetime) -> Condition:
    """The condition of a bare query."""
    return _Parser(text, now).whole()


class _Parser:
    def __init__(self, text: str, now: datetime) -> None:
        self._tokens = [match for match in _TOKEN.finditer(text) if match.lastgroup]
        self._at = 0
        self._now = now

    def whole(self) -> Condition:
        if not self._tokens:
            return lambda _: True
        condition = self._either()
        if self._at < len(self._tokens):
            raise _malformed()
        return condition

    def _either(self) -> Condition:
        choices = [self._all()]
        while self._takes("OR"):
            choices.append(self._all())
        return lambda entity: any(each(entity) for each in choices)

    def _all(self) -> Condition:
        parts = [self._one()]
        while self._at < len(self._tokens) and self._here() not in {")", "OR"}:
            self._takes("AND")
            parts.append(self._one())
        return lambda entity: all(each(entity) for each in parts)

    def _one(self) -> Condition:
        if self._takes("NOT"):
            denied = self._one()
            return lambda entity: not denied(entity)
        token = self._next()
        if token["bracket"] == "(":
            inner = self._either()
            if self._next()["bracket"] != ")":
                raise _malformed()
            return inner
        if token["bracket"]:
            raise _malformed()
        if token["property"]:
            value = self._next()
            return self._compared(token["property"].lower(), token["relation"], _plain(value))
        word = _plain(token)
        if token["word"] and word.startswith("-") and len(word) > 1:
            return lambda entity: not _found(word[1:], entity.default)
        return lambda entity: _found(word.removeprefix("+"), entity.default)

    def _compared(self, name: str, relation: str, value: str) -> Condition:
        now = self._now

        def condition(entity: Searchable) -> bool:
            if name in entity.moments:
                return _in_time(entity.moments[name], relation, value, now)
            if name in entity.sizes:
                return _in_size(entity.sizes[name], relation, value)
            if name in entity.truths:
                return entity.truths[name] == (value.lower() in {"true", "yes", "1"})
            if name in entity.texts:
                return _found(value, [entity.texts[name]]) == (relation != "<>")
            # A property that is none is looked for as it was typed.
            return _found(f"{name} {value}", entity.default)

        return condition

    def _here(self) -> str:
        return self._tokens[self._at].group().strip()

    def _takes(self, word: str) -> bool:
        if self._at < len(self._tokens) and self._here() == word:
            self._at += 1
            return True
        return False

    def _next(self) -> re.Match[str]:
        if self._at >= len(self._tokens):
            raise _malformed()
        self._at += 1
        return self._tokens[self._at - 1]


def _plain(token: re.Match[str]) -> str:
    return (token["phrase"] or token["word"] or "").replace('"', "")


def _found(value: str, texts: Sequence[str]) -> bool:
    """Whether the words stand side by side in one of the texts; a star ends a beginning of a word."""
    wanted = _WORD.findall(value.casefold())
    if not wanted:
        return value == "*"
    open_ended = value.endswith("*")
    return any(_stands_in(wanted, _WORD.findall(text.casefold()), open_ended=open_ended) for text in texts)


def _stands_in(wanted: list[str], words: list[str], *, open_ended: bool) -> bool:
    for start in range(len(words) - len(wanted) + 1):
        here = words[start : start + len(wanted)]
        last_fits = here[-1].startswith(wanted[-1]) if open_ended else here[-1] == wanted[-1]
        if last_fits and here[:-1] == wanted[:-1]:
            return True
    return False


def _in_time(moment: datetime, relation: str, value: str, now: datetime) -> bool:
    first, last = _span(value, now)
    outcomes = {
        ">": moment >= last,
        ">=": moment >= first,
        "<": moment < first,
        "<=": moment < last,
        "<>": not first <= moment < last,
    }
    return outcomes.get(relation, first <= moment < last)


def _span(value: str, now: datetime) -> tuple[datetime, datetime]:
    """From the beginning to the end of a day, a word for one, or a range such as 2026-11-01..2026-11-07."""
    begin, dots, end = value.partition("..")
    if dots:
        return _span(begin, now)[0], _span(end, now)[1]
    today = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    days = {"today": today, "yesterday": today - timedelta(days=1)}
    try:
        first = days.get(value.lower()) or parse_moment(value)
    except ValueError as error:
        raise GraphError(400, "BadRequest", f"'{value}' is no date in the search.") from error
    return first, first + (timedelta(seconds=1) if "T" in value else timedelta(days=1))


def _in_size(size: int, relation: str, value: str) -> bool:
    begin, dots, end = value.partition("..")
    if not begin.isdecimal() or (dots and not end.isdecimal()):
        raise GraphError(400, "BadRequest", f"'{value}' is no number in the search.")
    if dots:
        return int(begin) <= size <= int(end)
    wanted = int(begin)
    outcomes = {
        ">": size > wanted,
        ">=": size >= wanted,
        "<": size < wanted,
        "<=": size <= wanted,
        "<>": size != wanted,
    }
    return outcomes.get(relation, size == wanted)


def _malformed() -> GraphError:
    return GraphError(
        400, "BadRequest", "Syntax error in the search: it ends too early or its brackets do not match."
    )
