"""`casework explain` and `verify`: one case as a story, and whether what was kept is as it was kept."""

from __future__ import annotations

from typing import Annotated

import typer

from command_line.talking import FAILED, WRONG_USE, advice, err, open_office, out


def add_to(app: typer.Typer) -> None:
    app.command(epilog="Example: casework explain TIS-2026-0007")(explain)
    app.command(epilog="Example: casework verify")(verify)


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


def verify(context: typer.Context) -> None:
    """Check the journal's chained log; names the first entry that is not as it was written."""
    with advice():
        verification = open_office(context).journal.verify()
    if not verification.holds:
        for damage in verification.damages:
            err.print(damage, style="red", markup=False, soft_wrap=True)
        broken = verification.broken_link
        if broken:
            err.print(
                f"Entry {broken.number} of the log: {broken.reason}",
                style="red",
                markup=False,
                soft_wrap=True,
            )
        err.print("Keep this journal as it is, and restore the newest backup that holds beside it.")
        raise typer.Exit(FAILED)
    entries = verification.head.number if verification.head else 0
    out.print(f"The log holds: {entries} entries, each as it was written.")
