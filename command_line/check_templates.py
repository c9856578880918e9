"""`casework check-templates`: tries every letter and mail with sample data and says what must be mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

import templates
from casework.errors import SettingsError
from casework.procedures import Procedure
from casework.procedures.picture import as_svg, as_text
from command_line.terminal import Terminal
from connectors.documents.emails import JinjaMailWriter
from connectors.documents.letters import DocxLetterWriter, TemplateProblem
from connectors.ladder_files import read_ladders
from connectors.procedure_files import read_procedures


def check_templates(
    folder: Path | None = None,
    *,
    picture: Path | None = None,
    draws: bool = True,
    console: Console | None = None,
) -> int:
    """Check letters, mails and procedures, with those of a school in place of the shipped where it has its own.

    The procedures are drawn as text below the table.

    Args:
        folder: the school's own templates, with letters/ and emails/ in it, if it has any.
        picture: a folder into which each procedure is drawn as an SVG file.
        draws: False to say only which files would be drawn.
        console: where the table is printed.

    Returns:
        0 if every template can be used, 1 if one cannot; remarks do not count.
    """
    console = console or Terminal()
    procedures, found = _procedures(folder)
    results = [*_check_all(folder), *found]
    table = Table(title="Templates", title_justify="left")
    for heading in ("template", "result", "where", "what to do"):
        table.add_column(heading, overflow="fold")
    for name, problems in results:
        for row in _rows(name, problems):
            table.add_row(*(escape(cell) for cell in row))
    console.print(table)
    broken = sum(any(problem.stops for problem in problems) for _, problems in results)
    console.print(_summary(len(results), broken))
    for procedure in procedures:
        console.print()
        console.print(escape(as_text(procedure)), highlight=False)
    if picture:
        _draw(procedures, picture, console, draws=draws)
    return 1 if broken else 0


def _check_all(folder: Path | None) -> Iterator[tuple[str, tuple[TemplateProblem, ...]]]:
    shipped = Path(templates.__file__).parent
    letters = DocxLetterWriter(shipped / "letters", folder / "letters" if folder else None)
    mails = JinjaMailWriter(shipped / "emails", folder / "emails" if folder else None)
    yield from _check_each("letters", letters.kinds(), letters.check)
    yield from _check_each("emails", mails.names(), mails.check)
    own = folder / "ladders.toml" if folder else None
    yield "ladders", tuple(_check_ladders(own if own and own.is_file() else shipped / "ladders.toml"))


def _check_ladders(file: Path) -> Iterator[TemplateProblem]:
    try:
        read_ladders(file)
    except SettingsError as error:
        for problem in error.problems:
            yield TemplateProblem(template="ladders", paragraph=file.name, reason=problem)


def _procedures(
    folder: Path | None,
) -> tuple[tuple[Procedure, ...], list[tuple[str, tuple[TemplateProblem, ...]]]]:
    """Those that can be read, and what is wrong with the others."""
    shipped = Path(templates.__file__).parent / "procedures"
    try:
        found = read_procedures(shipped, folder / "procedures" if folder else None)
    except SettingsError as error:
        problems = tuple(TemplateProblem(template=error.file, reason=one) for one in error.problems)
        return (), [(f"procedures/{error.file}", problems)]
    return found, [(f"procedures/{one.name}", ()) for one in found]


def _draw(procedures: tuple[Procedure, ...], folder: Path, console: Console, *, draws: bool) -> None:
    for procedure in procedures:
        file = folder / f"{procedure.name.casefold().replace(' ', '-')}.svg"
        if draws:
            folder.mkdir(parents=True, exist_ok=True)
            file.write_text(as_svg(procedure), encoding="utf-8")
        console.print(escape(f"{'Drawn' if draws else 'Would be drawn'}: {file}"))


def _check_each(
    sort: str, names: tuple[str, ...], check: Callable[[str], tuple[TemplateProblem, ...]]
) -> Iterator[tuple[str, tuple[TemplateProblem, ...]]]:
    for name in names:
        yield f"{sort}/{name}", check(name)


def _rows(name: str, problems: tuple[TemplateProblem, ...]) -> Iterator[tuple[str, str, str, str]]:
    if not problems:
        yield name, "ok", "", ""
    for problem in problems:
        where = " ".join(
            part for part in (problem.paragraph and f'"{problem.paragraph}"', problem.tag) if part
        )
        yield name, "mend" if problem.stops else "remark", where, problem.reason


def _summary(checked: int, broken: int) -> str:
    if broken:
        return f"{broken} of {checked} templates must be mended before they can be used."
    return f"All {checked} templates can be used."
