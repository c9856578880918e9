"""`casework verify`: whether what was kept is as it was kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from command_line.dry_runs import office_for
from command_line.talking import FAILED, WRONG_USE, advice, counted, err, out

if TYPE_CHECKING:
    from offices.verification import Verified


def add_to(app: typer.Typer) -> None:
    app.command(
        epilog="Examples: casework verify | casework verify TIS-2026-0007 --json | casework verify --dry-run"
    )(verify)


def verify(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help="A case's or paper's number; everything if none.")] = "",
    head: Annotated[
        str,
        typer.Option(
            help="A log entry as the weekly digest names it (number, colon, link): says if it is gone."
        ),
    ] = "",
    log_only: Annotated[
        bool, typer.Option("--log-only", help="Check the journal alone and read no file: needs no network.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for scripts.")] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="Check a copy of the journal, and note nowhere that anything was checked. Exits as without it.",
        ),
    ] = False,
) -> None:
    """Hash every sealed original, copy, sent letter and governors' paper again, and recompute the chained log.

    Names the first thing that is not as it was kept, and what to do. Exits 0 if all holds, 1 if something is wrong.
    """
    with advice(), office_for(context, dry_run=dry_run) as office, _progress() as progress:
        from offices.verification import verify as check  # noqa: PLC0415 - costly to load

        task = progress.add_task("", total=None)
        try:
            verified = check(
                office,
                case=case,
                head=head,
                log_only=log_only,
                told=lambda done, total: progress.update(task, completed=done, total=total),
            )
        except ValueError as error:
            err.print(str(error), markup=False)
            raise typer.Exit(WRONG_USE) from None
    if as_json:
        out.print_json(json.dumps(verified.as_json()))
    else:
        _tell(verified)
    if dry_run and not as_json:
        out.print("This was a dry run: nothing was noted.")
    if verified.wrong:
        raise typer.Exit(FAILED)


def _progress() -> Progress:
    columns = (TextColumn("reading and hashing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=err, transient=True)


def _tell(verified: Verified) -> None:
    for one in verified.wrong:
        err.print(f"{one.where}: {one.what}", style="red", markup=False, soft_wrap=True)
        err.print(f"  {one.next_step}.", markup=False, soft_wrap=True)
    if verified.wrong:
        first = verified.wrong[0]
        err.print(
            f"{counted(len(verified.wrong), 'thing')} wrong. Begin with the first: {first.where}.",
            soft_wrap=True,
        )
        return
    out.print(
        f"The log holds: {verified.entries} entries, each as it was written. Its newest is {verified.head}"
    )
    if verified.files is not None:
        out.print(f"The evidence holds: {counted(verified.files, 'file')}, each as it was kept.")
