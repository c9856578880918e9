"""`casework setup`, `doctor` and `check-templates`: getting the house in order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.table import Table
from rich.text import Text

from command_line.dry_runs import SOMETHING, AsJson, office_for, refuse_folder, refuse_without
from command_line.talking import FAILED, advice, counted, err, open_office, out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from connectors.microsoft365.checks import Check
    from connectors.microsoft365.permissions import PermissionAdvice
    from connectors.settings_file import Settings


def add_to(app: typer.Typer) -> None:
    app.command(epilog="Examples: casework setup --dry-run | casework setup")(setup)
    app.command(epilog="Examples: casework doctor | casework doctor --dry-run")(doctor)
    app.command("check-templates", epilog="Example: casework check-templates")(check_templates)


def setup(
    context: typer.Context,
    permissions_only: Annotated[
        bool, typer.Option("--permissions", help="Only say which permissions to grant, and how.")
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="Show what would be made and mended, and do none of it. Exits 0 if that is nothing, 3 if not.",
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make lists, columns, libraries, folders and categories; safe to run again. Says which permissions to grant.

    With a folder of schools (--settings FOLDER) it does so for each of them, and none stops the others.
    """
    refuse_without(dry_run, json=as_json)
    if dry_run:
        _set_up_dry(Path(context.obj), as_json=as_json)
        return
    if Path(context.obj).is_dir() and not permissions_only:
        _for_each(Path(context.obj), "setting up schools", _set_up_one)
        return
    with advice():
        from offices.house import advice_for  # noqa: PLC0415
        from offices.lost_journal import refuse_lost, unknown_cases  # noqa: PLC0415
        from offices.practice_school import set_up  # noqa: PLC0415 - costly to load

        office = open_office(context)
        _print_permissions(advice_for(office))
        if permissions_only:
            return
        refuse_lost(office.settings)
        with Progress(
            SpinnerColumn(), TextColumn("{task.description}"), console=err, transient=True
        ) as progress:
            progress.add_task("setting up lists, libraries and folders")
            provisioned = set_up(office)
            office.begin()
        unknown = unknown_cases(office)
    _show_steps([(step.what, step.outcome.value, step.note) for step in provisioned.steps])
    for wrong in filter(None, (unknown, office.calendar_problem)):
        err.print(wrong, style="red", markup=False, soft_wrap=True)
    if unknown or office.calendar_problem:
        raise typer.Exit(FAILED)
    out.print("Next: casework doctor")


def _show_steps(steps: Iterable[tuple[str, str, str]]) -> None:
    table = Table("What", "Outcome", "Note")
    for step in steps:
        table.add_row(*(Text(words) for words in step))
    out.print(table)


def _set_up_dry(settings: Path, *, as_json: bool) -> None:
    """Look at one school's tenant and say what setup would do there."""
    from connectors.settings_file import read_settings  # noqa: PLC0415 - costly to load
    from offices.dry_run.setting_up import would_set_up  # noqa: PLC0415

    refuse_folder(settings)
    with advice():
        steps = would_set_up(read_settings(settings))
    to_do = sum(step.is_to_do for step in steps)
    if as_json:
        out.print_json(
            json.dumps([{"what": step.what, "would": step.words, "note": step.note} for step in steps])
        )
    else:
        _show_steps((step.what, step.words, step.note) for step in steps)
        out.print(
            f"{counted(to_do, 'thing')} would be made or mended. Nothing of it was done."
            if to_do
            else "Nothing to do."
        )
    if to_do:
        raise typer.Exit(SOMETHING)


def _print_permissions(permissions: PermissionAdvice) -> None:
    out.print("Permissions to grant", style="bold")
    for name, purpose in permissions.grant:
        out.print(f"- {name}: {purpose}", markup=False, soft_wrap=True)
    out.print(permissions.power, markup=False, soft_wrap=True)
    out.print(permissions.warning, markup=False, soft_wrap=True, style="yellow")
    for title, lines in (("Exchange Online", permissions.exchange), ("SharePoint", permissions.sharepoint)):
        out.print(f"\nPowerShell for {title}:", style="bold")
        out.print(lines, markup=False, soft_wrap=True)
    out.print()


def doctor(
    context: typer.Context,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="Look alone: make no draft, row or upload to try out what may be written. Exits as without it.",
        ),
    ] = False,
) -> None:
    """Check sign-in, mailboxes, lists, libraries, calendar and templates; says how to mend what is wrong.

    What it makes to try out what may be written it takes away again. With a folder of schools (--settings FOLDER) there
    is a row for each, with what to mend first.
    """
    if Path(context.obj).is_dir() and not dry_run:
        _for_each(Path(context.obj), "examining schools", _examine_one)
        return
    with advice(), office_for(context, dry_run=dry_run) as office:
        from offices.house import examine  # noqa: PLC0415 - costly to load

        failed = _show_checks(examine(office, tries_out=not dry_run))
    if failed:
        err.print(f"{counted(failed, 'thing')} to mend.")
        raise typer.Exit(FAILED)


def _show_checks(checks: Iterable[Check]) -> int:
    """Show each as it is made, and that the next is looked at; returns how many things are to mend."""
    failed, left = 0, iter(checks)
    while check := _looked_at(left):
        out.print("[green]ok[/]" if check.ok else "[red]mend[/]", end=" ")
        out.print(f"{check.name}: {check.finding}", markup=False, soft_wrap=True)
        if not check.ok:
            failed += 1
            out.print(f"     {check.next_step}", markup=False, soft_wrap=True)
    return failed


def _looked_at(checks: Iterator[Check]) -> Check | None:
    """The next; the spinner is gone before anything is printed, for the two may go to different places."""
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), console=err, transient=True) as progress:
        progress.add_task("examining")
        return next(checks, None)


def _for_each(folder: Path, what: str, do: Callable[[Settings], str]) -> None:
    from command_line.many import each_school  # noqa: PLC0415 - costly to load

    with advice():
        wrong = each_school(folder, what, do)
    if wrong:
        raise typer.Exit(FAILED)


def _set_up_one(settings: Settings) -> str:
    """What could not be set up for one school of many; empty if all could."""
    from offices.lost_journal import refuse_lost, unknown_cases  # noqa: PLC0415 - costly to load
    from offices.office import Office  # noqa: PLC0415
    from offices.practice_school import set_up  # noqa: PLC0415

    refuse_lost(settings)
    office = Office(settings)
    try:
        set_up(office)
        office.begin()
        return unknown_cases(office) or office.calendar_problem
    finally:
        office.close_journal()


def _examine_one(settings: Settings) -> str:
    """The first thing to mend at one school of many, and how many more there are."""
    from offices.house import examine  # noqa: PLC0415 - costly to load
    from offices.office import Office  # noqa: PLC0415

    office = Office(settings)
    try:
        bad = [check for check in examine(office) if not check.ok]
    finally:
        office.close_journal()
    more = f" (and {len(bad) - 1} more: casework --settings FILE doctor)" if len(bad) > 1 else ""
    return f"{bad[0].name}: {bad[0].finding} {bad[0].next_step}{more}" if bad else ""


def check_templates(
    folder: Annotated[
        Path | None,
        typer.Argument(help="A folder with the school's own templates; the shipped ones if none."),
    ] = None,
    picture: Annotated[
        Path | None,
        typer.Option("--picture", help="A folder into which each procedure is drawn as an SVG file."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --picture: only say which files would be drawn.")
    ] = False,
) -> None:
    """Check every letter, mail and procedure, each letter written with sample data; draw the procedures as text."""
    from command_line.check_templates import check_templates as check  # noqa: PLC0415 - costly to load

    with advice():
        code = check(folder, picture=picture, draws=not dry_run)
    raise typer.Exit(code)
