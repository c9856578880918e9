"""`casework explain`: one case as a story."""

from __future__ import annotations

from typing import Annotated

import typer

from command_line.dry_runs import WouldDo, tell_would
from command_line.talking import WRONG_USE, advice, err, open_office, out


def add_to(app: typer.Typer) -> None:
    app.command(epilog="Examples: casework explain | casework explain TIS-2026-0007 | casework explain 7")(
        explain
    )
    app.command(epilog='Example: casework reporter TIS-2026-0007 --why "the police asked"')(reporter)


def explain(
    context: typer.Context,
    case: Annotated[
        str, typer.Argument(help="The case's number, or a governors' paper's; the open cases if none.")
    ] = "",
) -> None:
    """Show what happened in a case, what is next, by when, and each day that was counted or skipped."""
    with advice():
        from offices.short_stories import story_of_open_cases  # noqa: PLC0415 - costly to load
        from offices.story import story_of  # noqa: PLC0415

        try:
            office = open_office(context)
            lines = story_of(office, case) if case.strip() else story_of_open_cases(office)
        except ValueError as error:
            err.print(str(error), markup=False)
            raise typer.Exit(WRONG_USE) from None
    for line in lines:
        out.print(line, markup=False, soft_wrap=True)


def reporter(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help="The case's number.")],
    why: Annotated[str, typer.Option(help="Why the vault is opened; the log keeps that it was.")] = "",
    dry_run: WouldDo = False,
) -> None:
    """Open the vault: show who reported a case whose reporter is not to be named. That it was opened is logged."""
    with advice():
        from offices.reporters import find_in_vault, open_vault  # noqa: PLC0415 - costly to load

        office = open_office(context)
        try:
            if dry_run:
                wanted, _ = find_in_vault(office, case, why=why)
                tell_would(
                    (f"show who reported {wanted}", "note in the log of the case that the vault was opened")
                )
            shown = open_vault(office, case, why=why)
        except ValueError as error:
            err.print(str(error), markup=False)
            raise typer.Exit(WRONG_USE) from None
    out.print(shown, markup=False, soft_wrap=True)
