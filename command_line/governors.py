"""`casework governors-paper`: a term's anonymous figures as a Word document, or as a draft for approval."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from command_line.dry_runs import WouldDo, tell_would
from command_line.talking import WRONG_USE, advice, err, open_office, out

if TYPE_CHECKING:
    from offices.governors import WouldDraft
    from offices.office import Office


def add_to(app: typer.Typer) -> None:
    app.command(
        "governors-paper",
        epilog='Examples: casework governors-paper --term "Autumn term" | casework governors-paper --draft --dry-run',
    )(governors_paper)


def governors_paper(
    context: typer.Context,
    term: Annotated[
        str, typer.Option(help="A term of the calendar by name; the current or last one if left out.")
    ] = "",
    to: Annotated[Path | None, typer.Option(help="Where to write it; beside you if left out.")] = None,
    draft: Annotated[
        bool,
        typer.Option(
            "--draft",
            help="Put the last term's before the headteacher instead, who decides on it as on any letter.",
        ),
    ] = False,
    dry_run: WouldDo = False,
) -> None:
    """Write the governors' paper of a term: figures that name nobody, with small numbers hidden.

    At the end of a term Casework drafts it by itself. Nothing is sent before the headteacher has approved it.
    """
    if to and draft:
        err.print("--to writes a file, and --draft drafts a mail; leave one of them out.")
        raise typer.Exit(WRONG_USE)
    with advice():
        office = open_office(context)
        try:
            if draft:
                _draft(office, term, dry_run=dry_run)
            else:
                _write(office, term, to, dry_run=dry_run)
        except ValueError as error:
            err.print(str(error), markup=False)
            raise typer.Exit(WRONG_USE) from None


def _draft(office: Office, term: str, *, dry_run: bool) -> None:
    from offices.governors import draft_governors_paper, would_draft  # noqa: PLC0415 - costly to load

    if dry_run:
        _tell(would_draft(office, term=term))
    else:
        draft_governors_paper(office, term=term)
        out.print("Drafted at the next sweep; the approver is asked by mail. See: casework status")


def _write(office: Office, term: str, to: Path | None, *, dry_run: bool) -> None:
    from offices.governors import governors_paper_of, write_governors_paper  # noqa: PLC0415 - costly to load

    if dry_run:
        wanted, path = governors_paper_of(office, term=term, to=to)
        tell_would((f"write the figures of {wanted.name} {wanted.ends.year} into {path}",))
    else:
        path = write_governors_paper(office, term=term, to=to)
        out.print(f"Written: {path}", markup=False, soft_wrap=True)


def _tell(would: WouldDraft) -> None:
    """The paper's own words first, then what would be done with it."""
    if would.hindrance:
        tell_would((), otherwise=f"Nothing would be drafted. {would.hindrance}")
        return
    for line in (*would.text, ""):
        out.print(line, markup=False, soft_wrap=True)
    tell_would(
        (
            f'write this into the casework library: "{would.file}"',
            f"put it into the Drafts of {would.approver}, addressed to {would.goes_to}",
            f"ask {would.approver} to approve it, to have it changed, or to reject it",
        )
    )
