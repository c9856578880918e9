"""`casework try-again`: what was set aside for a person is tried once more."""

from __future__ import annotations

from pathlib import Path

import typer

from command_line.dry_runs import AsJson, DryRun, ShowMails, refuse_without, show_dry_run
from command_line.talking import advice, open_office, out


def add_to(app: typer.Typer) -> None:
    app.command("try-again", epilog="Examples: casework try-again --dry-run | casework try-again")(try_again)


def try_again(
    context: typer.Context, dry_run: DryRun = False, show_mails: ShowMails = False, as_json: AsJson = False
) -> None:
    """Try everything once more that was set aside for a person: messages, rows, files, letters, mails.

    Casework does the same by itself every night, messages apart: dragging one from "Casework/Needs a person" back into
    the Inbox has it tried again, too.
    """
    refuse_without(dry_run, show_mails=show_mails, json=as_json)
    if dry_run:
        from offices.trying_again import try_again as all_again  # noqa: PLC0415 - costly to load

        show_dry_run(Path(context.obj), (), days=0, show_mails=show_mails, as_json=as_json, first=all_again)
        return
    with advice():
        from offices.trying_again import try_again as all_again  # noqa: PLC0415 - costly to load

        number = all_again(open_office(context))
    things = "1 thing is" if number == 1 else f"{number} things are"
    if number:
        out.print(f"{things} tried again at the next sweep. To have it now: casework once")
    else:
        out.print("Nothing is set aside.")
