"""Values as a letter or mail says them: days, moments and counts in words, text without controls."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from jinja2 import Environment, StrictUndefined, Template, TemplateRuntimeError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

# What jinja2 and docxtpl raise where a value is not of the kind that its tag expects.
VALUE_FAULTS: Final = (TypeError, ValueError, AttributeError, ArithmeticError, LookupError)
LONDON: Final = ZoneInfo("Europe/London")
# Word and lxml refuse them; docxtpl gives \a and \f a meaning of its own.
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class NotGiven(Undefined):
    """An optional field that was not given: false and empty where a template asks, a fault where printed."""

    __slots__ = ()
    __str__ = Undefined._fail_with_undefined_error  # noqa: SLF001 (how jinja2's own StrictUndefined does it)


def school_environment(*, autoescape: bool) -> ImmutableSandboxedEnvironment:
    """Where templates run: nothing undefined passes, and no template can reach program code."""
    environment = ImmutableSandboxedEnvironment(
        autoescape=autoescape,
        undefined=StrictUndefined,
        finalize=in_words,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters["with_weekday"] = with_weekday
    environment.filters["with_capital"] = with_capital
    environment.filters["counted"] = counted
    return environment


@lru_cache(maxsize=256)
def compiled(environment: Environment, text: str) -> Template:
    """The template of this text, made ready once: that takes longer than to fill it in.

    Raises:
        TemplateError: it cannot be understood.
    """
    return environment.from_string(text)


def in_words(value: object) -> object:
    """A value as it is printed; what jinja2 itself must see (pictures, undefined values) passes unchanged."""
    if isinstance(value, Undefined) or hasattr(value, "__html__"):
        return value
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return _day(value)
    if value is None or isinstance(value, bool | Mapping | list | tuple | bytes):
        raise TemplateRuntimeError(
            f"a {_kind(value)} cannot be printed; write a text or a date into this field"
        )
    return without_controls(str(value))


def with_weekday(value: object) -> object:
    """A day with its weekday, "Monday 7 December 2026"; a text stays as it is."""
    if isinstance(value, datetime):
        return f"{value.astimezone(LONDON):%A} {_moment(value)}"
    return f"{value:%A} {_day(value)}" if isinstance(value, date) else value


def with_capital(text: str) -> str:
    """The text with its first letter as at the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 school day", "3 school days"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def without_controls(text: str) -> str:
    """The text with one kind of line end and without characters that no document may hold."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n"))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _moment(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise TemplateRuntimeError("a moment without a time zone cannot be printed; give it in UTC")
    local = moment.astimezone(LONDON)
    return f"{_day(local)} at {local:%H:%M}"


def _kind(value: object) -> str:
    names = {bool: "yes or no", bytes: "picture", type(None): "missing value", list: "list", tuple: "list"}
    return names.get(type(value), "group of values")
