"""`casework rebuild`: a new journal where the old one is lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from command_line.talking import FAILED, advice, counted, err, open_office, out, say_confirmed

if TYPE_CHECKING:
    from offices.rebuilding import Rebuilt


def add_to(app: typer.Typer) -> None:
    app.command(epilog="Examples: casework rebuild | casework rebuild --confirm")(rebuild)


def rebuild(
    context: typer.Context,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="You have read what would be sent: let it go out.")
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="Change nothing: show what would be regained and wait, or what waits in the journal that is there.",
        ),
    ] = False,
    head: Annotated[str, typer.Option(help="The newest log entry, as the last weekly digest names it.")] = "",
) -> None:
    """Make a new journal from the list, the folders and the mailboxes, where the old one is lost.

    Nothing is sent until you have read what would be sent and confirmed it.
    """
    with advice():
        from offices.rebuilding import confirm as let_go  # noqa: PLC0415 - costly to load
        from offices.rebuilding import rebuild as put_together  # noqa: PLC0415
        from schedule import TIMETABLE  # noqa: PLC0415

        if dry_run:
            _show_dry(Path(context.obj), head)
            return
        office = open_office(context)
        if confirm:
            say_confirmed(held=bool(let_go(office)))
            return
        rebuilt = put_together(office, TIMETABLE, head=head)
    _show(rebuilt)
    if rebuilt.failed:
        raise typer.Exit(FAILED)


def _show_dry(settings: Path, head: str) -> None:
    """What a journal would be made of and what would wait, tried on a copy; or what waits in the one that is there."""
    from connectors.settings_file import read_settings  # noqa: PLC0415 - costly to load
    from offices.dry_run.office import dry_office  # noqa: PLC0415
    from offices.rebuilding import is_lost, rebuild, what_waits  # noqa: PLC0415
    from schedule import TIMETABLE  # noqa: PLC0415

    with dry_office(read_settings(settings)) as office:
        if not is_lost(office):
            show_waiting(what_waits(office))
            return
        rebuilt = rebuild(office, TIMETABLE, head=head)
    show_found(rebuilt)
    show_waiting(rebuilt.waiting)
    out.print("This was a dry run: no journal was made.")
    if rebuilt.failed:
        raise typer.Exit(FAILED)


def show_found(rebuilt: Rebuilt) -> None:
    """What was found in Microsoft 365, and what could not be looked at."""
    found = rebuilt.regained
    out.print(
        f"Found: {counted(found.cases, 'case')} in the list; new to the journal are "
        f"{counted(found.reports, 'report')}, {counted(found.letters, 'letter')} and "
        f"{counted(found.mails, 'mail')} sent before.",
        soft_wrap=True,
    )
    for gap in found.gaps:
        err.print(f"- {gap}", markup=False, soft_wrap=True)
    for failure in rebuilt.failed:
        err.print(f"Could not look: {failure}", style="red", markup=False, soft_wrap=True)


def _show(rebuilt: Rebuilt) -> None:
    show_found(rebuilt)
    out.print(
        "Not regained: the log of before (it begins anew; Timeline.docx of earlier cases stays as it is), the words with "
        'which a letter was refused (they stand in the mail "Please change a letter"), the questions where messages '
        "belong (move what lies in the folder Casework/Holding tray back to the Inbox, and they are asked anew), and "
        "which working copies there were (they lie in the cases' folders; casework export --originals packs what is "
        "sealed). Reminders of days past are not sent again; those of today stand in the next morning mail.",
        soft_wrap=True,
    )
    show_waiting(rebuilt.waiting)
    out.print("Nothing is sent until you say so: casework rebuild --confirm")


def show_waiting(waiting: tuple[tuple[str, int], ...]) -> None:
    """What would go out, in words and without a name."""
    out.print("Waiting to be sent or done:" if waiting else "Nothing waits to be sent.", style="bold")
    for words, how_often in waiting:
        out.print(f"- {words}" + (f" ({how_often} times)" if how_often > 1 else ""), markup=False)
