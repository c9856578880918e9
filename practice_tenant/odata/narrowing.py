"""Tells what text stands in whatever a $filter finds, so that a store need not show all that it has to search it."""

import re
from collections.abc import Callable

from practice_tenant.odata.filters import Call, Expression, Lambda, Literal, Path

_PLAIN = re.compile(r"[A-Za-z0-9 _.,:;/@#{}()+-]{3,}")
IsStored = Callable[[tuple[str, ...]], bool]
"""Whether a property is kept, word for word, in the JSON that the store searches."""


def needed_text(expression: Expression | None, is_stored: IsStored) -> str:
    """Gives, in lower case, a text that stands in the stored JSON of all that a filter finds; "" if none is known.

    What holds it need not match: the filter decides.
    """
    match expression:
        case Call(name="and", arguments=arguments):
            return next((text for one in arguments if (text := needed_text(one, is_stored))), "")
        case Call(name="eq", arguments=(Path(steps=steps), Literal(value=str(value)))):
            return searchable(value) if is_stored(steps) else ""
        case Lambda(quantifier="any", condition=condition) if condition is not None:
            return needed_text(condition, _within(expression, is_stored))
    return ""


def searchable(value: str) -> str:
    """Gives a text as SQLite finds it in JSON in any letter case; "" if JSON may write it otherwise."""
    return value.lower() if _PLAIN.fullmatch(value) else ""


def _within(expression: Lambda, is_stored: IsStored) -> IsStored:
    def is_member_stored(steps: tuple[str, ...]) -> bool:
        if steps[0] == expression.variable:
            return is_stored((*expression.collection.steps, *steps[1:]))
        return is_stored(steps)

    return is_member_stored
