"""`status`, `setup` and `doctor` over a folder of schools: one row a school, and no school stops the others."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from casework.errors import CaseworkError, JournalError, NoJournalYetError
from casework.status import DEAD, DEGRADED, OK, in_words, overdue_line
from command_line.talking import err, out
from connectors.settings_file import SchoolFile, SchoolFolder, Settings

HOW = {OK: "well", DEGRADED: "look", DEAD: "not at work"}


def status_of_all(folder: Path, *, as_json: bool) -> int:
    """Show how each school is, the worst first; returns the exit code, which is that of the worst.

    Raises:
        SettingsError: the folder cannot be read, holds no school, or what all schools share is wrong.
    """
    found = [_status_of(file) for file in _with_progress(folder, "looking at schools")]
    found.sort(key=lambda one: (-one["verdict"], one["school"]))
    counts = {words: sum(one["verdict"] == verdict for one in found) for verdict, words in HOW.items()}
    worst = max((one["verdict"] for one in found), default=OK)
    if as_json:
        out.print_json(json.dumps({"verdict": worst, "counts": counts, "schools": found}))
        return int(worst)
    table = Table()
    for title in ("School", "How it is", "Open cases", "For a person", "Last sweep", "What to do"):
        table.add_column(title, no_wrap=title in {"School", "How it is"})
    for one in found:
        table.add_row(*(Text(words) for words in _cells(one)))
    out.print(table)
    out.print(
        f"{len(found):,} schools: {counts['well']:,} well, {counts['look']:,} to look at, "
        f"{counts['not at work']:,} not at work. One alone: casework --settings FILE status"
    )
    return int(worst)


def _status_of(file: SchoolFile) -> dict[str, Any]:
    from offices.status import status_of  # noqa: PLC0415 - costly to load

    if file.settings is None:
        return {"school": file.name, "verdict": DEGRADED, "troubles": [file.problem]}
    try:
        return {**status_of(file.settings), "zone": file.settings.school.timezone}
    except CaseworkError as error:
        return {"school": file.settings.school.code, "verdict": _verdict_of(error), "troubles": [str(error)]}


def _verdict_of(error: CaseworkError) -> int:
    """Without its journal no school can be at work; one that was never set up needs a person."""
    is_known = isinstance(error, JournalError) and not isinstance(error, NoJournalYetError)
    return DEAD if is_known else DEGRADED


def _cells(one: dict[str, Any]) -> tuple[str, ...]:
    late = overdue_line(one) if "zone" in one else ""  # type: ignore[arg-type]  # a status and its zone
    troubles = [*one["troubles"], *([late] if late else [])]
    more = f" (and {len(troubles) - 1} more)" if len(troubles) > 1 else ""
    return (
        one["school"],
        HOW[one["verdict"]],
        str(one.get("open_cases", "")),
        str(one.get("needs_a_person", "")),
        in_words(one["last_sweep"], one["zone"]) if "zone" in one else "",
        f"{troubles[0]}{more}" if troubles else "",
    )


def each_school(folder: Path, what: str, do: Callable[[Settings], str]) -> int:
    """Do something for each school in turn, and show what came of it; returns how many need mending.

    Args:
        folder: of the schools' settings.
        what: is being done, for the progress.
        do: returns what is to be mended; empty if nothing is. A CaseworkError is one school's own.

    Raises:
        SettingsError: the folder cannot be read, holds no school, or what all schools share is wrong.
    """
    table, wrong, count = Table("School", "Outcome", "What to do"), 0, 0
    for file in _with_progress(folder, what):
        try:
            problem = do(file.settings) if file.settings else file.problem
        except CaseworkError as error:
            problem = str(error)
        count, wrong = count + 1, wrong + bool(problem)
        table.add_row(Text(file.name), "[red]mend[/]" if problem else "[green]ok[/]", Text(problem))
    out.print(table)
    out.print(f"{count:,} schools, {wrong:,} to mend.")
    return wrong


def _with_progress(folder: Path, what: str) -> Iterator[SchoolFile]:
    """The schools one after another, counted on the terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        yield from progress.track(SchoolFolder(folder).look_for_some(), description=what)
