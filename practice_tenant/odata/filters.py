"""$filter: a small parser for the expressions that Graph accepts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from practice_tenant.errors import GraphError
from practice_tenant.times import parse_moment

Value = str | int | float | bool | None | datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Literal:
    value: Value


@dataclass(frozen=True, kw_only=True, slots=True)
class Path:
    """A property, through steps: from/emailAddress/address, or ep/value inside a lambda."""

    steps: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """startswith(subject,'x') and its like, and the operators and, or, not, eq, in, ..."""

    name: str
    arguments: tuple["Expression", ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Lambda:
    """collection/any(x: condition) or collection/all(...)."""

    collection: Path
    quantifier: str
    variable: str
    condition: "Expression | None"


Expression = Literal | Path | Call | Lambda

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<string>'(?:[^']|'')*')
    | (?P<moment>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?)(?![\w-])
    | (?P<number>-?\d+(?:\.\d+)?)(?![\w-])
    | (?P<word>[A-Za-z_@][\w.@-]*)
    | (?P<sign>[(),/:])
    )""",
    re.VERBOSE,
)
_COMPARISONS = ("eq", "ne", "gt", "ge", "lt", "le", "in")
_RESERVED = frozenset({*_COMPARISONS, "and", "or", "not"})
_CONSTANTS: dict[str, Value] = {"true": True, "false": False, "null": None}
FUNCTIONS = frozenset({"startswith", "endswith", "contains", "tolower", "toupper", "length", "trim"})


def invalid_filter(text: str) -> GraphError:
    return GraphError(400, "BadRequest", f"Invalid filter clause: {text}")


def parse_filter(text: str) -> Expression:
    """Read a whole $filter.

    Raises:
        GraphError: 400 with Microsoft's "Invalid filter clause".
    """
    parser = _Parser(_tokens(text))
    expression = parser.disjunction()
    parser.expect_end()
    return expression


@dataclass(frozen=True, kw_only=True, slots=True)
class _Token:
    kind: str
    text: str


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            raise invalid_filter(f"there is a syntax error at position {position} in '{text}'.")
        tokens.append(_Token(kind=match.lastgroup, text=match.group(match.lastgroup)))
        position = match.end()
    return tokens


class _Parser:
    def __init__(self, tokens: Sequence[_Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def disjunction(self) -> Expression:
        left = self._conjunction()
        while self._take_word("or"):
            left = Call(name="or", arguments=(left, self._conjunction()))
        return left

    def expect_end(self) -> None:
        if self._at < len(self._tokens):
            raise invalid_filter(f"unexpected '{self._tokens[self._at].text}'.")

    def _conjunction(self) -> Expression:
        left = self._negation()
        while self._take_word("and"):
            left = Call(name="and", arguments=(left, self._negation()))
        return left

    def _negation(self) -> Expression:
        if self._take_word("not"):
            return Call(name="not", arguments=(self._negation(),))
        return self._comparison()

    def _comparison(self) -> Expression:
        left = self._operand()
        for operator in _COMPARISONS:
            if self._take_word(operator):
                right = self._list() if operator == "in" else (self._operand(),)
                return Call(name=operator, arguments=(left, *right))
        return left

    def _list(self) -> tuple[Expression, ...]:
        self._expect("(")
        return self._arguments()

    def _arguments(self) -> tuple[Expression, ...]:
        found = [self.disjunction()]
        while self._take(","):
            found.append(self.disjunction())
        self._expect(")")
        return tuple(found)

    def _operand(self) -> Expression:
        if self._take("("):
            inner = self.disjunction()
            self._expect(")")
            return inner
        token = self._next()
        if token.kind == "word":
            return self._named(token.text)
        return _literal(token)

    def _named(self, word: str) -> Expression:
        if word in _RESERVED:
            raise invalid_filter(f"unexpected '{word}'.")
        if word in _CONSTANTS:
            return Literal(value=_CONSTANTS[word])
        if word.lower() in FUNCTIONS and self._take("("):
            return Call(name=word.lower(), arguments=self._arguments())
        steps = [word]
        while self._take("/"):
            step = self._next().text
            # Microsoft's own examples write Any(ep: ...)
            if step.lower() in {"any", "all"} and self._take("("):
                return self._lambda(Path(steps=tuple(steps)), step.lower())
            steps.append(step)
        return Path(steps=tuple(steps))

    def _lambda(self, collection: Path, quantifier: str) -> Lambda:
        if self._take(")"):
            return Lambda(collection=collection, quantifier=quantifier, variable="", condition=None)
        variable = self._next().text
        self._expect(":")
        condition = self.disjunction()
        self._expect(")")
        return Lambda(collection=collection, quantifier=quantifier, variable=variable, condition=condition)

    def _next(self) -> _Token:
        if self._at >= len(self._tokens):
            raise invalid_filter("the expression ends too early.")
        self._at += 1
        return self._tokens[self._at - 1]

    def _take(self, sign: str) -> bool:
        return self._take_token("sign", sign)

    def _take_word(self, word: str) -> bool:
        return self._take_token("word", word)

    def _take_token(self, kind: str, text: str) -> bool:
        token = self._tokens[self._at] if self._at < len(self._tokens) else None
        if token is None or token.kind != kind or token.text != text:
            return False
        self._at += 1
        return True

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise invalid_filter(f"'{sign}' is expected.")


def _literal(token: _Token) -> Literal:
    if token.kind == "string":
        return Literal(value=token.text[1:-1].replace("''", "'"))
    if token.kind == "number":
        return Literal(value=float(token.text) if "." in token.text else int(token.text))
    if token.kind == "moment":
        try:
            return Literal(value=parse_moment(token.text))
        except ValueError as error:
            raise invalid_filter(f"'{token.text}' is no date.") from error
    raise invalid_filter(f"unexpected '{token.text}'.")
