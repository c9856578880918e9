"""Whether an entity, as Graph would show it, satisfies a $filter; and its place under $orderby."""

import operator
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from practice_tenant.json_values import Json
from practice_tenant.odata.filters import Call, Expression, Lambda, Literal, Path, invalid_filter
from practice_tenant.times import parse_moment

Entity = Mapping[str, Any]
_ORDERINGS: dict[str, Callable[[Any, Any], bool]] = {
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}
# Exchange and SharePoint both compare text without regard to letter case.
_TEXT_TESTS: dict[str, Callable[[str, str], bool]] = {
    "startswith": str.startswith,
    "endswith": str.endswith,
    "contains": str.__contains__,
}
_TEXT_CHANGES: dict[str, Callable[[str], Any]] = {
    "tolower": str.lower,
    "toupper": str.upper,
    "trim": str.strip,
    "length": len,
}


def matches(expression: Expression, entity: Entity) -> bool:
    """Evaluate a condition on one entity; a property that is not there counts as null."""
    return bool(_value(expression, entity))


def _value(expression: Expression, scope: Entity) -> Json:
    match expression:
        case Literal(value=value):
            return value
        case Path(steps=steps):
            return walk(scope, steps)
        case Lambda():
            return _quantified(expression, scope)
        case Call(name=name, arguments=arguments):
            return _called(name, arguments, scope)


def walk(entity: Json, steps: tuple[str, ...]) -> Json:
    """Follow a property path; a step that leads nowhere gives None."""
    for step in steps:
        if not isinstance(entity, Mapping):
            return None
        entity = entity[step] if step in entity else _in_any_case(entity, step)
    return entity


def _in_any_case(entity: Entity, step: str) -> Json:
    """Graph takes property names in any letter case."""
    wanted = step.casefold()
    return next((value for name, value in entity.items() if name.casefold() == wanted), None)


def _quantified(expression: Lambda, scope: Entity) -> bool:
    members = walk(scope, expression.collection.steps) or []
    condition = expression.condition
    if condition is None:
        return bool(members)
    answers = (matches(condition, {**scope, expression.variable: member}) for member in members)
    return any(answers) if expression.quantifier == "any" else all(answers)


def _called(name: str, arguments: tuple[Expression, ...], scope: Entity) -> Json:
    if name == "and":
        return all(matches(argument, scope) for argument in arguments)
    if name == "or":
        return any(matches(argument, scope) for argument in arguments)
    if name == "not":
        return not matches(arguments[0], scope)
    values = [_value(argument, scope) for argument in arguments]
    if name in _TEXT_CHANGES:
        return _TEXT_CHANGES[name](str(values[0] or ""))
    if name in _TEXT_TESTS:
        return _text_test(name, values)
    return _compared(name, values)


def _text_test(name: str, values: list[Any]) -> bool:
    if len(values) != 2:
        raise invalid_filter(f"{name} takes two arguments.")
    if values[0] is None or values[1] is None:
        return False
    return _TEXT_TESTS[name](str(values[0]).casefold(), str(values[1]).casefold())


def _compared(name: str, values: list[Any]) -> bool:
    if name == "in":
        return any(_equal(values[0], other) for other in values[1:])
    left, right = values
    if name in {"eq", "ne"}:
        return _equal(left, right) == (name == "eq")
    if left is None or right is None:
        return False
    left, right = _comparable(left, right)
    try:
        return _ORDERINGS[name](left, right)
    except TypeError:
        return False


def _equal(left: Json, right: Json) -> bool:
    left, right = _comparable(left, right)
    if isinstance(left, list):
        # A multi-choice column equals each of its choices.
        return any(_equal(member, right) for member in left)
    return bool(left == right)


def _comparable(left: Json, right: Json) -> tuple[Any, Any]:
    """Bring both sides to one kind: moments where one is a moment, text in one letter case."""
    if isinstance(left, datetime) or isinstance(right, datetime):
        return _moment(left), _moment(right)
    return _folded(left), _folded(right)


def _moment(value: Json) -> Json:
    if isinstance(value, str):
        try:
            return parse_moment(value)
        except ValueError:
            return value
    return value


def _folded(value: Json) -> Json:
    return value.casefold() if isinstance(value, str) else value


def order_key(entity: Entity, steps: tuple[str, ...]) -> tuple[int, Any]:
    """A sort key for $orderby: nothing first, text without letter case."""
    value = walk(entity, steps)
    if value is None:
        return (0, 0)
    if isinstance(value, int | float):
        return (1, value)
    return (2, str(value).casefold())
