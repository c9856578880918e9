"""`casework halted`: what waits because a list, a mailbox or a library is suddenly empty, and a person's word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from command_line.dry_runs import AsJson, DryRun, ShowMails, refuse_without, show_dry_run
from command_line.talking import FAILED, advice, err, open_office, out

if TYPE_CHECKING:
    from casework.halts import Halt


def add_to(app: typer.Typer) -> None:
    app.command(epilog="Examples: casework halted | casework halted --put-back | casework halted --go-on")(
        halted
    )


def halted(
    context: typer.Context,
    put_back: Annotated[
        bool, typer.Option("--put-back", help="It was a mistake: write all rows of the case list again.")
    ] = False,
    go_on: Annotated[
        bool, typer.Option("--go-on", help="It was meant: go on with things as they are.")
    ] = False,
    dry_run: DryRun = False,
    show_mails: ShowMails = False,
    as_json: AsJson = False,
) -> None:
    """Show what is suddenly empty, so that Casework changes nothing more, and say what was meant. Exits 1 if it waits."""
    refuse_without(dry_run, show_mails=show_mails, json=as_json)
    with advice():
        from casework.halts import Word  # noqa: PLC0415 - costly to load
        from offices.halted import give_word  # noqa: PLC0415
        from offices.halted import halted as all_halted  # noqa: PLC0415

        if put_back and go_on:
            err.print("Say either --put-back or --go-on.", style="red")
            raise typer.Exit(2)
        word = Word.PUT_BACK if put_back else Word.GO_ON
        if dry_run and (put_back or go_on):
            show_dry_run(
                Path(context.obj),
                (),
                days=0,
                show_mails=show_mails,
                as_json=as_json,
                first=lambda office: give_word(office, word),
            )
            return
        office = open_office(context)
        if put_back or go_on:
            said = give_word(office, word)
            for sentence in said or ("Nothing is halted.",):
                out.print(sentence, markup=False, soft_wrap=True)
            return
        found = all_halted(office)
    _show(found)
    if found:
        raise typer.Exit(FAILED)


def _show(found: tuple[Halt, ...]) -> None:
    if not found:
        out.print("Nothing is halted.")
    for one in found:
        out.print(one.sentence, style="bold", markup=False, soft_wrap=True)
        for line in (one.first_step, one.if_meant):
            out.print(f"- {line}", markup=False, soft_wrap=True)
        if one.can_put_back:
            out.print("- PUT BACK is said by: casework halted --put-back", markup=False, soft_wrap=True)
        if one.can_go_on:
            out.print("- GO ON is said by: casework halted --go-on", markup=False, soft_wrap=True)
