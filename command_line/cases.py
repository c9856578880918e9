"""`casework explain`: one case as a story."""

from __future__ import annotations

from typing import Annotated

import typer

from command_line.talking import WRONG_USE, advice, err, open_office, out


def add_to(app: typer.Typer) -> None:
    app.command(epilog="Example: casework explain TIS-2026-0007")(explain)


def explain(context: typer.Context, case: Annotated[str, typer.Argument(help="The case's number.")]) -> None:
    """Show what happened in a case, what is next, by when, and each day that was counted or skipped."""
    with advice():
        from offices.story import story_of  # noqa: PLC0415 - costly to load

        try:
            lines = story_of(open_office(context), case)
        except ValueError as error:
            err.print(str(error), markup=False)
            raise typer.Exit(WRONG_USE) from None
    for line in lines:
        out.print(line, markup=False, soft_wrap=True)
