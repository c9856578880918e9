"""A procedure drawn: its stages with what leads there, its actions with their triggers, its duties with their clocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from casework.cases import Stage
from casework.procedures.conditions import ALWAYS, Condition, in_words
from casework.procedures.values import Due, Procedure, Since, StepRule
from casework.procedures.vocabulary import MEANINGS
from casework.school import Role

_ORDER = (
    Stage.NEW,
    Stage.SAFEGUARDING,
    Stage.CONVERSATION,
    Stage.WATCHING,
    Stage.FURTHER_STEPS,
    Stage.AWAITING_APPROVAL,
    Stage.AWAITING_REMOVAL,
    Stage.CLOSED,
)
"""As a case goes through them; a file's own order is that of asking, the furthest first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """One box of the picture.

    Attributes:
        lines: what stands below its heading, each a sentence or a clause.
    """

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A column of boxes under a heading; `follows` says that each leads to the next."""

    heading: str
    boxes: tuple[Box, ...]
    follows: bool = False


def parts_of(procedure: Procedure) -> tuple[Part, ...]:
    """The procedure as three columns: stages, actions, duties."""
    stages = tuple(_stage(stage, procedure) for stage in _ORDER if _steps(stage, procedure))
    actions = tuple(
        Box(
            heading=f"({rule.action.letter}) {rule.action.value}",
            lines=(
                f"Opens when {_when(rule.opens)}.",
                _trigger(rule.when, rule.by_reason),
                f"From {_numbers(rule.statements)}.",
            ),
        )
        for rule in procedure.actions
    )
    duties = tuple(
        Box(
            heading=rule.name,
            lines=(f"While {_when(rule.when)}.", f"{_due(rule.due)}. From {_numbers(rule.statements)}."),
        )
        for rule in procedure.duties
    )
    return (
        Part(heading="Stages", boxes=stages, follows=True),
        Part(heading="Actions that a person decides", boxes=actions),
        Part(heading="Duties with days of their own", boxes=duties),
    )


def as_text(procedure: Procedure, *, width: int = 96) -> str:
    """The picture for a terminal."""
    return "\n".join(_text_lines(procedure, width)).rstrip() + "\n"


def _text_lines(procedure: Procedure, width: int) -> Iterator[str]:
    yield procedure.name
    for part in parts_of(procedure):
        yield ""
        yield part.heading
        for number, box in enumerate(part.boxes):
            if number and part.follows:
                yield "      |"
                yield "      v"
            yield f"  [ {box.heading} ]"
            for line in box.lines:
                yield from wrap(line, width, initial_indent="      ", subsequent_indent="        ")


_COLUMN, _GAP, _MARGIN, _LINE, _CHARACTERS = 400, 40, 24, 18, 54


def as_svg(procedure: Procedure) -> str:
    """The picture as SVG: black on white, its text readable by a screen reader in the order of the columns."""
    columns = [
        _column(part, _MARGIN + number * (_COLUMN + _GAP)) for number, part in enumerate(parts_of(procedure))
    ]
    height = max(bottom for _, bottom in columns) + _MARGIN
    width = 2 * _MARGIN + 3 * _COLUMN + 2 * _GAP
    about = f"The stages of {procedure.name}, the actions that a person decides, and the duties with days of their own."
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="title about" font-family="Segoe UI, Arial, sans-serif" font-size="14">\n'
        f'<title id="title">{escape(procedure.name)}</title>\n<desc id="about">{escape(about)}</desc>\n'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>\n'
    )
    return head + "".join(drawn for drawn, _ in columns) + "</svg>\n"


def _column(part: Part, left: int) -> tuple[str, int]:
    """A column's drawing and where it ends."""
    drawn = [_text(left, _MARGIN + 16, part.heading, size=18, bold=True)]
    top = _MARGIN + 36
    for number, box in enumerate(part.boxes):
        if number and part.follows:
            middle = left + _COLUMN // 2
            drawn.append(
                f'<path d="M{middle} {top - 20} V{top - 6} m-5 -6 l5 6 l5 -6" stroke="#1a1a1a" fill="none" '
                'stroke-width="2"/>\n'
            )
        lines = [row for line in box.lines for row in wrap(line, _CHARACTERS)]
        height = 34 + _LINE * len(lines)
        drawn.append(
            f'<rect x="{left}" y="{top}" width="{_COLUMN}" height="{height}" rx="6" fill="#f3f6fa" stroke="#2b4a6f"/>\n'
        )
        drawn.append(_text(left + 12, top + 21, box.heading, bold=True))
        drawn += [_text(left + 12, top + 42 + _LINE * row, line) for row, line in enumerate(lines)]
        top += height + (24 if part.follows else 12)
    return "".join(drawn), top


def _text(left: int, base: int, words: str, *, size: int = 14, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{left}" y="{base}" font-size="{size}"{weight} fill="#1a1a1a">{escape(words)}</text>\n'


def _steps(stage: Stage, procedure: Procedure) -> list[StepRule]:
    return [step for step in procedure.steps if step.stage is stage]


def _stage(stage: Stage, procedure: Procedure) -> Box:
    plainest = _plainest(stage, procedure)
    letters = [
        f"Letter: {wish.kind.value.replace('_', ' ')}."
        for wish in procedure.letters
        if stage is _stage_of_letter(wish.kind.value)
    ]
    numbers = tuple(number for step in _steps(stage, procedure) for number in step.statements)
    lines = [line for step in plainest for line in _step_lines(step)]
    return Box(heading=stage.value, lines=(*lines, *dict.fromkeys(letters), f"From {_numbers(numbers)}."))


def _plainest(stage: Stage, procedure: Procedure) -> list[StepRule]:
    """Of each run of a stage's steps in the file the last, which is the plainest."""
    following = [*procedure.steps[1:], None]
    return [
        step
        for step, after in zip(procedure.steps, following, strict=True)
        if step.stage is stage and (after is None or after.stage is not stage)
    ]


def _step_lines(step: StepRule) -> Iterator[str]:
    yield "Every case begins here." if step.when == ALWAYS else f"When {_when(step.when)}."
    yield _sentence(step.next_step)
    if step.due:
        yield f"{_due(step.due)}; the {Role(step.owner).words} acts."


def _stage_of_letter(kind: str) -> Stage:
    return Stage.FURTHER_STEPS if kind == "removal_request" else Stage.CONVERSATION


def _sentence(words: str) -> str:
    return (
        words.replace("{needs}", "what is missing")
        .replace("{skip}", "the reason")
        .replace("{post}", "as seen")
    )


def _when(condition: Condition) -> str:
    return in_words(condition, MEANINGS)


def _trigger(condition: Condition, by_reason: bool) -> str:
    if condition == ALWAYS:
        return "Needs nothing more."
    otherwise = "; otherwise a reason of one's own." if by_reason else "; otherwise it stays shut."
    return f"For a post of which this is so: {_when(condition)}{otherwise}"


def _due(due: Due | None) -> str:
    if due is None:
        return "No day of its own"
    if due.amount == 0:
        return "Due on the day that was set"
    amount = {"removal_days": "the days in the letter", "reply_days": "the days to reply"}.get(
        str(due.amount)
    )
    unit = due.clock.value.replace("days", "day").replace("years", "year").replace("months", "month")
    said = amount or f"{due.amount} {unit if due.amount == 1 else due.clock.value}"
    counting = ", INSET days counted," if due.inset_days else ""
    return f"Due {said}{counting} from {_SINCE[due.since]}"


_SINCE = {
    Since.REPORTED: "the report",
    Since.TALK: "the talk",
    Since.ASKED: "the request for approval",
    Since.INVITATION: "the invitation's service",
    Since.REMOVAL: "the written request's service",
    Since.PUBLICATION: "publication",
    Since.COMPLAINT: "taking up the complaint",
    Since.HOST: "asking the host",
    Since.OPERATOR: "the notice to the operator",
    Since.BLOCK_REVIEW: "the day of review",
}


def _numbers(statements: tuple[str, ...]) -> str:
    """In their order, each once."""
    return ", ".join(sorted(set(statements), key=lambda one: int(one[1:]))) or "no sentence"
