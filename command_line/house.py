"""`casework setup`, `doctor` and `check-templates`: getting the house in order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.table import Table

from command_line.talking import FAILED, advice, err, open_office, out

if TYPE_CHECKING:
    from connectors.microsoft365.permissions import PermissionAdvice


def add_to(app: typer.Typer) -> None:
    app.command(epilog="Example: casework setup")(setup)
    app.command(epilog="Example: casework doctor")(doctor)
    app.command("check-templates", epilog="Example: casework check-templates")(check_templates)


def setup(
    context: typer.Context,
    permissions_only: Annotated[
        bool, typer.Option("--permissions", help="Only say which permissions to grant, and how.")
    ] = False,
) -> None:
    """Make lists, columns, libraries, folders and categories; safe to run again. Says which permissions to grant."""
    with advice():
        from offices.house import advice_for  # noqa: PLC0415
        from offices.practice_school import set_up  # noqa: PLC0415 - costly to load

        office = open_office(context)
        _print_permissions(advice_for(office))
        if permissions_only:
            return
        with Progress(
            SpinnerColumn(), TextColumn("{task.description}"), console=err, transient=True
        ) as progress:
            progress.add_task("setting up lists, libraries and folders")
            provisioned = set_up(office)
            office.begin()
    table = Table("What", "Outcome", "Note")
    for step in provisioned.steps:
        table.add_row(step.what, step.outcome.value, step.note)
    out.print(table)
    out.print("Next: casework doctor")


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


def doctor(context: typer.Context) -> None:
    """Check sign-in, mailboxes, lists, libraries, calendar and templates; says how to mend what is wrong."""
    with advice():
        from offices.house import examine  # noqa: PLC0415 - costly to load

        failed = 0
        for check in examine(open_office(context)):
            mark = "[green]ok[/]" if check.ok else "[red]mend[/]"
            out.print(mark, end=" ")
            out.print(f"{check.name}: {check.finding}", markup=False, soft_wrap=True)
            if not check.ok:
                failed += 1
                out.print(f"     {check.next_step}", markup=False, soft_wrap=True)
    if failed:
        err.print(f"{failed} thing(s) to mend.")
        raise typer.Exit(FAILED)


def check_templates(
    folder: Annotated[
        Path | None,
        typer.Argument(help="A folder with the school's own templates; the shipped ones if none."),
    ] = None,
    picture: Annotated[
        Path | None,
        typer.Option("--picture", help="A folder into which each procedure is drawn as an SVG file."),
    ] = None,
) -> None:
    """Check every letter, mail and procedure, each letter written with sample data; draw the procedures as text."""
    from command_line.check_templates import check_templates as check  # noqa: PLC0415 - costly to load

    with advice():
        code = check(folder, picture=picture)
    raise typer.Exit(code)
