"""`casework governors-paper`: a term's anonymous figures as a Word document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from command_line.dry_runs import WouldDo, tell_would
from command_line.talking import WRONG_USE, advice, err, open_office, out


def add_to(app: typer.Typer) -> None:
    app.command("governors-paper", epilog='Example: casework governors-paper --term "Autumn term"')(
        governors_paper
    )


def governors_paper(
    context: typer.Context,
    term: Annotated[
        str, typer.Option(help="A term of the calendar by name; the current or last one if left out.")
    ] = "",
    to: Annotated[Path | None, typer.Option(help="Where to write it; beside you if left out.")] = None,
    dry_run: WouldDo = False,
) -> None:
    """Write the governors' paper of a term: figures that name nobody, with small numbers hidden. Nothing is sent."""
    with advice():
        from offices.governors import governors_paper_of, write_governors_paper  # noqa: PLC0415 - costly to load

        office = open_office(context)
        try:
            if dry_run:
                wanted, path = governors_paper_of(office, term=term, to=to)
                tell_would((f"write the figures of {wanted.name} {wanted.ends.year} into {path}",))
            path = write_governors_paper(office, term=term, to=to)
        except ValueError as error:
            err.print(str(error), markup=False)
            raise typer.Exit(WRONG_USE) from None
    out.print(f"Written: {path}", markup=False, soft_wrap=True)
