"""`casework governors-paper`: a term's anonymous figures as a Word document, or as a draft for approval."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from command_line.talking import WRONG_USE, advice, err, open_office, out

if TYPE_CHECKING:
    from offices.governors import WouldDraft


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
            "--draft", help="Put it before the headteacher instead, who decides on it as on any letter."
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be drafted and for whom, and do nothing.")
    ] = False,
) -> None:
    """Write the governors' paper of a term: figures that name nobody, with small numbers hidden.

    At the end of a term Casework drafts it by itself. Nothing is sent before the headteacher has approved it.
    """
    if to and (draft or dry_run):
        err.print("--to writes a file and drafts nothing; leave it out, or leave out --draft and --dry-run.")
        raise typer.Exit(WRONG_USE)
    from offices import governors as papers  # noqa: PLC0415 - costly to load

    with advice():
        office = open_office(context)
        try:
            if dry_run:
                _show(papers.would_draft(office, term=term))
            elif draft:
                papers.draft_governors_paper(office, term=term)
                out.print("Drafted at the next sweep; the approver is asked by mail. See: casework status")
            else:
                path = papers.write_governors_paper(office, term=term, to=to)
                out.print(f"Written: {path}", markup=False, soft_wrap=True)
        except ValueError as error:
            err.print(str(error), markup=False)
            raise typer.Exit(WRONG_USE) from None


def _show(would: WouldDraft) -> None:
    lines = [f"Dry run for {would.term}; nothing is written, drafted or sent."]
    if would.hindrance:
        lines += [f"Nothing would be drafted: {would.hindrance}"]
    else:
        lines += [
            f'Would write "{would.file}" into the casework library.',
            f"Would put it into the Drafts of {would.approver}, addressed to {would.goes_to}.",
            f"Would ask {would.approver} to approve it, change it or reject it.",
        ]
    for line in (*lines, "", "It would say:", "", *would.text):
        out.print(line, markup=False, soft_wrap=True)
