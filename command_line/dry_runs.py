"""How a dry run is shown: case by case in the office's words, or as one JSON object."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from command_line.talking import FAILED, WRONG_USE, advice, counted, err, open_office, out

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from casework.dry_run.would import Would
    from offices.dry_run.office import DryOffice
    from offices.dry_run.sweeping import DrySweep
    from offices.office import Office
    from offices.timetable import TimetableJob

SOMETHING = 3
"""The exit code of a dry run that found something to do."""
SCHOOL = "The school as a whole"
_COUNTED = {
    "mail": ("mail", "mails"),
    "draft": ("draft", "drafts"),
    "row": ("row of a list", "rows of lists"),
    "file": ("piece of filing", "pieces of filing"),
    "other": ("other thing", "other things"),
}

DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        help="Show what would be sent, filed, made and changed, and do none of it. Exits 0 if that is nothing, 3 if it "
        "is something, 1 if a job could not do its work.",
    ),
]
WouldDo = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        help="Show what would be done, and do none of it. Exits 0 if that is nothing, 3 if it is something.",
    ),
]
ShowMails = Annotated[
    bool,
    typer.Option("--show-mails", help="With --dry-run: show each mail and draft in full, names included."),
]
AsJson = Annotated[bool, typer.Option("--json", help="With --dry-run: one JSON object, for scripts.")]
Days = Annotated[
    int,
    typer.Option(
        min=0,
        max=60,
        help="With --dry-run: show what would come next through so many school days after today.",
    ),
]


def refuse_without(dry_run: bool, **given: bool) -> None:
    """Stop where an option was typed that only a dry run knows."""
    for name, is_given in given.items():
        if is_given and not dry_run:
            err.print(f"--{name.replace('_', '-')} needs --dry-run beside it.", markup=False)
            raise typer.Exit(WRONG_USE)


@contextmanager
def office_for(context: typer.Context, *, dry_run: bool) -> Iterator[Office]:
    """The school as it is; or, for a dry run, one whose journal is a copy and whose tenant is only read."""
    if not dry_run:
        yield open_office(context)
        return
    from connectors.settings_file import read_settings  # noqa: PLC0415 - costly to load
    from offices.dry_run.office import dry_office  # noqa: PLC0415

    refuse_folder(Path(context.obj))
    with dry_office(read_settings(Path(context.obj))) as office:
        yield office


def tell_would(would: Iterable[str], *, otherwise: str = "Nothing would be done.") -> None:
    """Show what a command that makes no sweep would do.

    Args:
        would: each thing in words that stand behind "would".
        otherwise: said where it is nothing.

    Raises:
        typer.Exit: 3 if something would be done.
    """
    lines = tuple(would)
    for words in lines:
        out.print(f"- would {words}", markup=False, soft_wrap=True)
    out.print("Nothing of it was done." if lines else otherwise, markup=False, soft_wrap=True)
    if lines:
        raise typer.Exit(SOMETHING)


def refuse_folder(settings: Path) -> None:
    """A dry run is of one school."""
    if settings.is_dir():
        err.print("A dry run is of one school: name its own settings file with --settings.", markup=False)
        raise typer.Exit(WRONG_USE)


def show_dry_run(
    settings: Path,
    jobs: Iterable[str],
    *,
    days: int,
    show_mails: bool,
    as_json: bool,
    first: Callable[[DryOffice], object] = lambda _: None,
) -> None:
    """Sweep once without doing anything, look ahead through so many school days, and show it.

    Args:
        settings: the file.
        jobs: by name; all of them for none.
        days: school days after today; 0 to look no further than now.
        show_mails: in full.
        as_json: one object in place of the words.
        first: what a person would have said before the sweep.

    Raises:
        typer.Exit: 3 if something would be done, 1 if a job could not do its work.
    """
    from connectors.settings_file import read_settings  # noqa: PLC0415 - costly to load
    from offices.dry_run.office import dry_office  # noqa: PLC0415

    refuse_folder(settings)
    with advice(), dry_office(read_settings(settings)) as office:
        first(office)
        swept = _swept(office, _jobs(jobs), days)
        school, zone = office.school.code, office.school.zone
    if as_json:
        out.print_json(json.dumps(_as_json(school, swept, show_mails=show_mails)))
    else:
        for line in _lines(swept, zone=zone, days=days, show_mails=show_mails):
            out.print(line, markup=False, soft_wrap=True)
    _end(swept)


def _jobs(names: Iterable[str]) -> tuple[TimetableJob, ...]:
    from schedule import jobs_named  # noqa: PLC0415 - costly to load

    try:
        return jobs_named(names)
    except ValueError as error:
        err.print(str(error), markup=False)
        raise typer.Exit(WRONG_USE) from None


def _end(swept: list[DrySweep]) -> None:
    """Say what went wrong, and exit by what was found."""
    for problem in dict.fromkeys(problem for one in swept for problem in one.problems):
        err.print(f"- {problem}", markup=False, soft_wrap=True)
    failed = dict.fromkeys(failure for one in swept for failure in one.failed)
    for failure in failed:
        err.print(f"Could not do its work: {failure}", style="red", markup=False, soft_wrap=True)
    if failed:
        raise typer.Exit(FAILED)
    if any(one.would for one in swept):
        raise typer.Exit(SOMETHING)


def _swept(office: DryOffice, jobs: tuple[TimetableJob, ...], days: int) -> list[DrySweep]:
    from rich.progress import Progress, SpinnerColumn, TextColumn  # noqa: PLC0415 - costly to load

    from offices.dry_run.sweeping import look_ahead, sweep_dry  # noqa: PLC0415
    from schedule import run_once  # noqa: PLC0415

    with Progress(
        SpinnerColumn(), TextColumn("dry run: {task.description}"), console=err, transient=True
    ) as progress:
        task = progress.add_task("starting", total=None)

        def told(name: str) -> None:
            progress.update(task, description=name.replace("_", " "))

        swept = [sweep_dry(office, run_once, jobs, told=told)]
        if days:
            swept += look_ahead(office, run_once, jobs, days=days, told=told)
        return swept


def _lines(
    swept: list[DrySweep],
    *,
    zone: ZoneInfo,
    days: int,
    show_mails: bool,
) -> Iterator[str]:
    now, *later = swept
    yield f"Dry run for {_moment(now.at, zone)}: nothing of this is done."
    yield from _of_sweep(now, show_mails=show_mails)
    if not now.would:
        yield "Nothing would be done now."
    if days:
        yield ""
        yield (
            "What would come next, if nobody does anything meanwhile:"
            if later
            else f"Nothing would come next through {counted(days, 'school day')}, if nobody does anything meanwhile."
        )
    for one in later:
        yield ""
        yield _moment(one.at, zone)
        yield from _of_sweep(one, show_mails=show_mails)
    yield ""
    yield _counted(one for sweep in swept for one in sweep.would)


def _of_sweep(swept: DrySweep, *, show_mails: bool) -> Iterator[str]:
    by_case: dict[str, list[Would]] = {}
    for one in swept.would:
        by_case.setdefault(one.case or SCHOOL, []).append(one)
    for name in sorted(by_case, key=lambda name: (name == SCHOOL, name)):
        yield ""
        yield name
        yield from _of_case(by_case[name], show_mails=show_mails)
    if swept.waits:
        yield ""
        yield "Not in this sweep"
    for waits in swept.waits:
        about = f"{waits.case}: " if waits.case else ""
        yield f"  - {about}{waits.words} ({waits.why.rstrip('.')})"


def _of_case(would: list[Would], *, show_mails: bool) -> Iterator[str]:
    """What would be done more than once is said once, unless mails are shown in full."""
    how_often = Counter(one.words for one in would)
    said: set[str] = set()
    for one in would:
        if one.words in said and not (show_mails and one.mail):
            continue
        said.add(one.words)
        times = (
            f" ({how_often[one.words]} times)"
            if how_often[one.words] > 1 and not (show_mails and one.mail)
            else ""
        )
        yield f"  - {'then would' if one.follows else 'would'} {one.words}{times}"
        if show_mails:
            yield from _in_full(one)


def _in_full(one: Would) -> Iterator[str]:
    if one.mail is None:
        return
    yield f"      To: {', '.join(one.mail.to) or '(nobody yet)'}"
    yield f"      Subject: {one.mail.subject}"
    if one.mail.attachments:
        yield f"      Attached: {', '.join(one.mail.attachments)}"
    yield from (f"      | {line}".rstrip() for line in one.mail.text.splitlines())


def _counted(would: Iterable[Would]) -> str:
    counts = Counter(one.kind.value for one in would)
    parts = [
        f"{counts[kind]:,} {words[counts[kind] != 1]}" for kind, words in _COUNTED.items() if counts[kind]
    ]
    if not parts:
        return "Nothing was done."
    *most, last = parts
    together = f"{', '.join(most)} and {last}" if most else last
    return f"In all: {together}. Nothing of it was done."


def _moment(at: datetime, zone: ZoneInfo) -> str:
    there = at.astimezone(zone)
    return f"{there:%A} {there.day} {there:%B %Y, %H:%M}"


def _as_json(school: str, swept: list[DrySweep], *, show_mails: bool) -> dict[str, Any]:
    return {
        "school": school,
        "counts": Counter(one.kind.value for sweep in swept for one in sweep.would),
        "sweeps": [
            {
                "at": sweep.at.isoformat(),
                "would": [_one_as_json(one, show_mails=show_mails) for one in sweep.would],
                "waits": [asdict(one) for one in sweep.waits],
                "problems": list(sweep.problems),
                "failed": list(sweep.failed),
            }
            for sweep in swept
        ],
    }


def _one_as_json(one: Would, *, show_mails: bool) -> dict[str, Any]:
    told = {
        "kind": one.kind.value,
        "case": one.case,
        "words": one.words,
        "follows": one.follows,
        "key": one.key,
    }
    return {**told, "mail": asdict(one.mail) if one.mail else None} if show_mails else told
