"""The parts of a procedure file, each checked as it is read; problems are collected, not raised."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from casework.actions import Action
from casework.assessment import Author
from casework.cases import Stage, Target
from casework.deadlines import Clock
from casework.letter_kinds import LetterKind
from casework.procedures import (
    ActionRule,
    Due,
    DutyRule,
    Fits,
    LetterWish,
    Procedure,
    Since,
    StepRule,
)
from casework.procedures.clocks import SETTINGS
from casework.procedures.conditions import ALWAYS, Condition, ConditionError, condition_from, names_in
from casework.procedures.vocabulary import VOCABULARY
from casework.register_lists import CATEGORIES
from casework.school import Role

_Part = TypeVar("_Part")
_Choice = TypeVar("_Choice", bound=StrEnum)

LAST_STATEMENT = 52
LONGEST_STEP = 255
_STATEMENT = re.compile(r"\bS(\d{1,3})\b")
_PLACES = frozenset({"needs", "post", "skip"})
_KEYS = {
    "steps": {"stage", "when", "next_step", "owner", "source", "due"},
    "letters": {"kind", "when", "to", "source"},
    "actions": {"action", "question", "opens", "when", "by_reason", "closed_because", "source"},
    "duties": {"name", "when", "next_step", "owner", "source", "due"},
    "due": {"amount", "clock", "since", "inset_days", "moves_on"},
    "fits": {"categories", "targets", "platforms", "posted_by"},
}
_TO = {"the parent": False, "every parent": True}


class Reading:
    """Reads one file; `problems` says everything that is wrong with it."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def procedure(self, raw: Mapping[str, Any], *, fallback: str, fingerprint: str, text: str) -> Procedure:
        """The procedure; worth nothing where there are problems."""
        known = {"name", "fits", "steps", "letters", "actions", "duties"}
        self.problems += [
            f"{key} is not known; known are: {_listed(known)}." for key in raw if key not in known
        ]
        steps = self._each(raw, "steps", self._step)
        self._check_steps(steps)
        return Procedure(
            name=str(raw.get("name", fallback)),
            fits=self._fits(raw.get("fits", {})),
            steps=steps,
            letters=self._each(raw, "letters", self._letter),
            actions=self._each(raw, "actions", self._action),
            duties=self._each(raw, "duties", self._duty),
            fingerprint=fingerprint,
            text=text,
        )

    def _each(
        self, raw: Mapping[str, Any], key: str, read: Callable[[dict[str, Any], str], _Part]
    ) -> tuple[_Part, ...]:
        found = raw.get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            self.problems.append(f"{key} must be written as [[{key}]], once for each.")
            return ()
        parts = []
        for number, entries in enumerate(found, start=1):
            where = f"[[{key}]] number {number} ({_title(entries)})"
            self._unknown_keys(entries, key, where)
            parts.append(read(entries, where))
        return tuple(parts)

    def _check_steps(self, steps: tuple[StepRule, ...]) -> None:
        if not steps:
            self.problems.append("There is no [[steps]]; a procedure needs one at least.")
        elif steps[-1].when != ALWAYS:
            self.problems.append("The last of the [[steps]] must hold always: leave out its when.")
        for needed in (Stage.CLOSED, Stage.AWAITING_APPROVAL):
            if needed not in {step.stage for step in steps}:
                self.problems.append(f'No step has stage = "{needed}"; add one.')

    def _step(self, entries: dict[str, Any], where: str) -> StepRule:
        return StepRule(
            stage=self._choice(entries, "stage", Stage, where, Stage.NEW),
            when=self._condition(entries, "when", where),
            next_step=self._sentence(entries, "next_step", where),
            owner=self._choice(entries, "owner", Role, where, Role.OFFICE).value,
            source=self._source(entries, where),
            due=self._due(entries["due"], where) if "due" in entries else None,
        )

    def _letter(self, entries: dict[str, Any], where: str) -> LetterWish:
        to = entries.get("to", "the parent")
        if not isinstance(to, str) or to not in _TO:
            to = str(to)
            self.problems.append(f"{where}: to must be one of: {_listed(_TO)}.")
        return LetterWish(
            kind=self._choice(entries, "kind", LetterKind, where, LetterKind.INVITATION),
            when=self._condition(entries, "when", where),
            source=self._source(entries, where),
            every_parent=_TO.get(to, False),
        )

    def _action(self, entries: dict[str, Any], where: str) -> ActionRule:
        when = self._condition(entries, "when", where)
        by_reason, because = entries.get("by_reason", False), str(entries.get("closed_because", "")).strip()
        if not isinstance(by_reason, bool):
            self.problems.append(f"{where}: by_reason must be true or false.")
        if when != ALWAYS and not by_reason and not because:
            self.problems.append(
                f"{where}: closed_because is missing; say why the action cannot be chosen, or set by_reason = true."
            )
        return ActionRule(
            action=self._choice(entries, "action", Action, where, Action.WRITING),
            question=self._sentence(entries, "question", where),
            opens=self._condition(entries, "opens", where),
            when=when,
            by_reason=by_reason is True,
            closed_because=because,
            source=self._source(entries, where),
        )

    def _duty(self, entries: dict[str, Any], where: str) -> DutyRule:
        if "due" not in entries:
            self.problems.append(f"{where}: due is missing; a duty has a day.")
        return DutyRule(
            name=self._sentence(entries, "name", where),
            when=self._condition(entries, "when", where),
            next_step=self._sentence(entries, "next_step", where),
            owner=self._choice(entries, "owner", Role, where, Role.OFFICE).value,
            source=self._source(entries, where),
            due=self._due(entries.get("due", {"amount": 1}), where),
        )

    def _due(self, written: object, where: str) -> Due:
        if not isinstance(written, dict):
            self.problems.append(
                f'{where}: due must be written as {{ amount = 5, clock = "school days", since = "reported" }}.'
            )
            return Due(amount=1)
        self._unknown_keys(written, "due", where)
        amount = written.get("amount")
        number = isinstance(amount, int) and not isinstance(amount, bool) and amount >= 0
        named = isinstance(amount, str) and amount in SETTINGS
        if not number and not named:
            self.problems.append(
                f"{where}: amount must be a number, or one of the settings {_listed(SETTINGS)}."
            )
        return Due(
            amount=amount if isinstance(amount, int | str) and (number or named) else 1,
            clock=self._choice(written, "clock", Clock, where, Clock.SCHOOL_DAYS, optional=True),
            since=self._choice(written, "since", Since, where, Since.REPORTED, optional=True),
            inset_days=self._yes_or_no(written, "inset_days", where) is True,
            moves_on=self._yes_or_no(written, "moves_on", where),
        )

    def _yes_or_no(self, written: Mapping[str, Any], key: str, where: str) -> bool | None:
        """What stands there; None where nothing does."""
        found = written.get(key)
        if found is not None and not isinstance(found, bool):
            self.problems.append(f"{where}: {key} must be true or false.")
            return None
        return found

    def _fits(self, written: object) -> Fits:
        if not isinstance(written, dict):
            self.problems.append("[fits] must be a table; leave it out for a procedure that fits every case.")
            return Fits()
        self._unknown_keys(written, "fits", "[fits]")
        choices = {
            "categories": CATEGORIES,
            "targets": tuple(Target),
            "posted_by": tuple(Author),
        }
        wrong = [key for key in _KEYS["fits"] if not _is_list_of_texts(written.get(key, []))]
        if wrong:
            self.problems += [f'[fits] {key}: write a list, such as ["one", "two"].' for key in sorted(wrong)]
            return Fits()
        for key, known in choices.items():
            for word in written.get(key, []):
                if word not in known:
                    self.problems.append(f"[fits] {key}: {word!r} is not known; known are: {_listed(known)}.")
        return Fits(
            categories=frozenset(written.get("categories", [])),
            targets=frozenset(written.get("targets", [])),
            platforms=frozenset(str(one).casefold() for one in written.get("platforms", [])),
            authors=frozenset(written.get("posted_by", [])),
        )

    def _condition(self, entries: Mapping[str, Any], key: str, where: str) -> Condition:
        if key not in entries:
            return ALWAYS
        try:
            condition = condition_from(entries[key])
        except ConditionError as error:
            self.problems.append(f"{where}: {key}: {error}")
            return ALWAYS
        for name in names_in(condition):
            if name not in VOCABULARY:
                self.problems.append(
                    f"{where}: {key}: {name!r} is not a word that Casework knows; known are: {_listed(VOCABULARY)}."
                )
        return condition

    def _source(self, entries: Mapping[str, Any], where: str) -> str:
        """A sentence with the numbers of the policy's sentences; those that do not exist are no source."""
        source = self._sentence(entries, "source", where)
        numbers = [int(number) for number in _STATEMENT.findall(source)]
        if source and not numbers:
            self.problems.append(
                f"{where}: source names no sentence of the policy; end it with its number, such as (S45)."
            )
        self.problems += [
            f"{where}: source: S{number} is not a sentence of the policy; they are S1 to S{LAST_STATEMENT}."
            for number in numbers
            if not 1 <= number <= LAST_STATEMENT
        ]
        return source

    def _sentence(self, entries: Mapping[str, Any], key: str, where: str) -> str:
        written = entries.get(key, "")
        if not isinstance(written, str) or not written.strip():
            self.problems.append(f"{where}: {key} is missing; write a sentence.")
            return "?"
        for place in re.findall(r"\{(\w*)\}", written):
            if place not in _PLACES:
                self.problems.append(
                    f"{where}: {key}: {{{place}}} is not known; known are: {_listed(_PLACES)}."
                )
        if key == "next_step" and len(written.strip()) > LONGEST_STEP:
            self.problems.append(
                f"{where}: {key} is too long for its column; keep it under {LONGEST_STEP} characters."
            )
        return written.strip()

    def _choice(
        self,
        entries: Mapping[str, Any],
        key: str,
        choices: type[_Choice],
        where: str,
        default: _Choice,
        optional: bool = False,
    ) -> _Choice:
        written = entries.get(key)
        if written is None and optional:
            return default
        found = next((choice for choice in choices if choice.value == written), None)
        if found is None:
            self.problems.append(f"{where}: {key}: {written!r} is not known; known are: {_listed(choices)}.")
        return found or default

    def _unknown_keys(self, entries: Mapping[str, Any], part: str, where: str) -> None:
        known = _KEYS[part]
        self.problems += [
            f"{where}: {key} is not known; known are: {_listed(known)}."
            for key in entries
            if key not in known
        ]


def _title(entries: Mapping[str, Any]) -> str:
    return str(
        next(
            (entries[key] for key in ("stage", "kind", "action", "name") if key in entries), "without a name"
        )
    )


def _listed(words: Iterable[object]) -> str:
    return ", ".join(sorted(str(word) for word in words))


def _is_list_of_texts(written: object) -> bool:
    return isinstance(written, list) and all(isinstance(one, str) for one in written)
