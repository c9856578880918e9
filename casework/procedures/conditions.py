"""Conditions of a procedure: facts of a case by name, joined by all, any and not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One name of the vocabulary (casework.procedures.vocabulary)."""

    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AllOf:
    """Holds if every part does; with no parts it always holds."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class AnyOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Not:
    part: Condition


Condition: TypeAlias = Fact | AllOf | AnyOf | Not

ALWAYS = AllOf()


def names_in(condition: Condition) -> Iterator[str]:
    """Every fact that the condition asks for."""
    if isinstance(condition, Fact):
        yield condition.name
    elif isinstance(condition, Not):
        yield from names_in(condition.part)
    else:
        for part in condition.parts:
            yield from names_in(part)


class ConditionError(ValueError):
    """What is written as a condition is none; the message says what may be written."""


def condition_from(written: object) -> Condition:
    """Read a condition as a procedure file has it.

    Args:
        written: a name; a list (all of it must hold); or a table with one key: all, any or not.

    Raises:
        ConditionError: it is something else.
    """
    if isinstance(written, str) and written.strip():
        return Fact(name=written.strip())
    if isinstance(written, list):
        return AllOf(parts=tuple(condition_from(part) for part in written))
    if isinstance(written, dict) and len(written) == 1:
        (key, inner), *_ = written.items()
        if key == "not":
            return Not(part=condition_from(inner))
        if key in {"all", "any"} and isinstance(inner, list) and inner:
            parts = tuple(condition_from(part) for part in inner)
            return AllOf(parts=parts) if key == "all" else AnyOf(parts=parts)
    raise ConditionError(
        f"{written!r} is no condition; write a name, a list of them, "
        'or { any = [...] }, { all = [...] } or { not = "..." }.'
    )


def in_words(condition: Condition, meanings: dict[str, str]) -> str:
    """The condition as a clause: "removal was refused and the posting goes on".

    Args:
        condition: any.
        meanings: each fact as a clause, and its denial under "not " and its name.
    """
    if isinstance(condition, Fact):
        return meanings[condition.name]
    if isinstance(condition, Not):
        inner = condition.part
        if isinstance(inner, Fact):
            return meanings[f"not {inner.name}"]
        return f"it is not so that {in_words(inner, meanings)}"
    word = " and " if isinstance(condition, AllOf) else " or "
    clauses = [_joined(part, condition, meanings) for part in condition.parts]
    return word.join(clauses) or "always"


def _joined(part: Condition, around: Condition, meanings: dict[str, str]) -> str:
    said = in_words(part, meanings)
    mixed = isinstance(part, AllOf | AnyOf) and type(part) is not type(around) and len(part.parts) > 1
    return f"({said})" if mixed else said
