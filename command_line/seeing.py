"""`casework seen`: what needs a person, and the word that somebody has seen it and leaves it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from command_line.dry_runs import WouldDo, tell_would
from command_line.talking import WRONG_USE, advice, err, open_office, out

if TYPE_CHECKING:
    from workflows.seen import Stuck


def add_to(app: typer.Typer) -> None:
    app.command(
        epilog="Examples: casework seen | casework seen 3f9a2 --dry-run | casework seen 3f9a2 | casework seen --all"
    )(seen)


def seen(
    context: typer.Context,
    mark: Annotated[
        list[str] | None, typer.Argument(help="The five characters before each thing that you leave.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="You have seen all of it.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, for scripts.")] = False,
    dry_run: WouldDo = False,
) -> None:
    """Show what needs a person; say which of it you have seen and leave, so that Casework speaks of it no more.

    What you leave is not sent or done any more; a row or a file is still tried every night, and a message that you move
    back into the Inbox is read again. To have things tried once more instead: casework try-again
    """
    with advice():
        from offices.seeing import leave_things, stuck_things  # noqa: PLC0415 - costly to load

        office = open_office(context)
        found = stuck_things(office)
        if not mark and not everything:
            _show(found, as_json=as_json)
            return
        unknown = sorted(set(mark or ()) - {one.mark for one in found})
        if unknown:
            err.print(f"There is no {unknown[0]} among what needs a person. See: casework seen", markup=False)
            raise typer.Exit(WRONG_USE)
        if dry_run:
            meant = (one for one in found if everything or one.mark in (mark or ()))
            tell_would(
                (f"leave as it is: {_about(one)}" for one in meant), otherwise="Nothing needs a person."
            )
            return
        left = leave_things(office, None if everything else mark)
    if as_json:
        _show(left, as_json=True)
        return
    for one in left:
        out.print(f"Left as it is: {_about(one)}", markup=False, soft_wrap=True)
    if not left:
        out.print("Nothing needs a person.")


def _show(found: tuple[Stuck, ...], *, as_json: bool) -> None:
    if as_json:
        for one in found:
            out.print_json(
                json.dumps({**asdict(one), "at": one.at.isoformat() if one.at else None}), indent=None
            )
        return
    for one in found:
        out.print(f"{one.mark}  {_about(one)}", markup=False, soft_wrap=True)
        out.print(f"       {one.problem or 'No reason was noted.'}", markup=False, soft_wrap=True)
    out.print(
        "Mended? casework try-again. Seen, and to be left as it is? casework seen and the five characters, or --all."
        if found
        else "Nothing needs a person."
    )


def _about(one: Stuck) -> str:
    case = f"{one.case}: " if one.case else ""
    on = f", {one.at.day} {one.at:%B %Y}" if one.at else ""
    return f"{case}{one.what}{on}"
