"""Which mails a $filter can find at all, told to SQLite, so that a full mailbox is searched as fast as an empty one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from practice_tenant.odata.filters import Call, Expression, Lambda, Literal, Path, Value
from practice_tenant.times import stamp

_PROPERTIES = ("singlevalueextendedproperties",)
# Letter case does not count in a $filter. SQLite folds that of ASCII alone, so whatever holds more is looked at too.
_CARRYING = (
    "key IN (SELECT message_key FROM message_property WHERE value = ? COLLATE NOCASE "
    "UNION SELECT message_key FROM message_property WHERE value GLOB '*[^ -~]*')"
)
_NAMED = (
    "key IN (SELECT key FROM message WHERE mailbox = ? AND {column} = ? COLLATE NOCASE "
    "UNION SELECT key FROM message INDEXED BY message_{column}_beyond_ascii "
    "WHERE mailbox = ? AND {column} GLOB '*[^ -~]*')"
)
_COLUMNS: Mapping[tuple[str, ...], str] = {
    ("conversationid",): "conversation_id",
    ("internetmessageid",): "internet_message_id",
}
# A mailbox holds few drafts, and of all that a filter may lead by they are looked at first.
_DRAFTS = "key IN (SELECT key FROM message INDEXED BY message_drafts WHERE mailbox = ? AND is_draft = 1)"
_IS_DRAFT = ("isdraft",)
_RECEIVED = ("receiveddatetime",)


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrowed:
    """Conditions on the table `message` that all mails fulfil which the filter finds; others may fulfil them too.

    Attributes:
        by_key: one of them leads to a few mails by their keys.
    """

    conditions: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    by_key: bool = False


def narrowed(expression: Expression | None, mailbox: str) -> Narrowed:
    """What can be said to SQLite of a filter over this mailbox; the filter itself decides about what is left."""
    found = [*_conditions(expression, mailbox)]
    leads_by_drafts = any(condition == _DRAFTS for condition, *_ in found)
    return Narrowed(
        # by the plus sign SQLite does not begin with what it stands before
        conditions=tuple(
            f"+{condition}" if leads_by_drafts and condition != _DRAFTS else condition
            for condition, *_ in found
        ),
        values=tuple(value for _, *values in found for value in values),
        by_key=any(condition.startswith("key IN") for condition, *_ in found),
    )


def _conditions(expression: Expression | None, mailbox: str) -> Iterator[tuple[str, ...]]:
    match expression:
        case Call(name="and", arguments=arguments):
            for argument in arguments:
                yield from _conditions(argument, mailbox)
        case Call(name=name, arguments=(Path(steps=steps), Literal(value=value))):
            yield from _compared(name, _lower(steps), value, mailbox)
        case Lambda(quantifier="any", condition=condition):
            if _lower(expression.collection.steps) == _PROPERTIES:
                yield from _carried(expression.variable, condition)


def _compared(name: str, steps: tuple[str, ...], value: Value, mailbox: str) -> Iterator[tuple[str, ...]]:
    if name == "eq" and steps in _COLUMNS and _is_plain(value):
        yield _NAMED.format(column=_COLUMNS[steps]), mailbox, str(value), mailbox
    elif name == "eq" and steps == _IS_DRAFT and value is True:
        yield _DRAFTS, mailbox
    elif name in {"ge", "gt"} and steps == _RECEIVED and isinstance(value, datetime):
        yield "received_at >= ?", stamp(value)  # the column holds whole seconds, all written alike


def _carried(variable: str, condition: Expression | None) -> Iterator[tuple[str, ...]]:
    match condition:
        case Call(name="and", arguments=arguments):
            for argument in arguments:
                yield from _carried(variable, argument)
        case Call(name="eq", arguments=(Path(steps=steps), Literal(value=value))):
            if steps == (variable, "value") and _is_plain(value):
                yield _CARRYING, str(value)


def _is_plain(value: Value) -> bool:
    return isinstance(value, str) and value.isascii() and value.isprintable()


def _lower(steps: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(step.lower() for step in steps)
