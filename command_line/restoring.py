"""`casework backup` and `casework restore`: a copy of the journal now, and a backup put back in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from command_line.dry_runs import WouldDo, refuse_folder, tell_would
from command_line.talking import FAILED, advice, err, open_office, out, say_confirmed

if TYPE_CHECKING:
    from offices.office import Office
    from offices.restoring import Backup, Restored


def add_to(app: typer.Typer) -> None:
    app.command(epilog="Examples: casework backup | casework backup --dry-run | casework backup --show-key")(
        backup
    )
    app.command(
        epilog="Examples: casework restore | casework restore latest --dry-run | casework restore latest | "
        "casework restore --confirm"
    )(restore)


def backup(
    context: typer.Context,
    show_key: Annotated[
        bool,
        typer.Option("--show-key", help="Show the journal's key, to be written down and put into the safe."),
    ] = False,
    dry_run: WouldDo = False,
) -> None:
    """Back the journal up now: beside itself, and sealed into the casework library. Each night does the same."""
    if dry_run and not show_key:
        _tell_of_backup(Path(context.obj))
        return
    with advice():
        from offices.backups import back_up, copy_away  # noqa: PLC0415 - costly to load
        from offices.journal_key import key_for_paper  # noqa: PLC0415
        from workflows.keep_house import note_backup  # noqa: PLC0415

        office = open_office(context)
        if show_key:
            _show_key(key_for_paper(office.settings))
            return
        with office.sweep():
            now = office.clock.now()
            back_up(office, now)
            note_backup(office.journal, now)
            report = copy_away(office, now)
    for problem in report.problems:
        err.print(problem, style="red", markup=False, soft_wrap=True)
    if report.problems:
        raise typer.Exit(FAILED)
    out.print("Backed up. See what there is with: casework restore", markup=False)


def _tell_of_backup(file: Path) -> None:
    from connectors.settings_file import read_settings  # noqa: PLC0415 - costly to load
    from offices.dry_run.backing_up import would_back_up  # noqa: PLC0415

    refuse_folder(file)
    with advice():
        would = would_back_up(read_settings(file))
    tell_would(would, otherwise="Nothing: the journal is on a server, and is backed up there.")


def _show_key(key: str) -> None:
    out.print(
        "The key of the journal. Write it down, put it into the safe, and keep it away from the backups:"
    )
    out.print(key, markup=False, soft_wrap=True)
    out.print(
        "It opens every backup, and with a backup it shows who reported what. On a new machine: casework restore --key"
    )


def restore(
    context: typer.Context,
    which: Annotated[
        str, typer.Argument(metavar="[FILE|latest]", help="A backup as the list names it, a file, or latest.")
    ] = "",
    confirm: Annotated[
        bool, typer.Option("--confirm", help="You have read what would be sent: let it go out.")
    ] = False,
    key: Annotated[
        bool, typer.Option("--key", help="Type the journal's key in, from the sheet in the safe.")
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="Change nothing: prove the backup sound, and show what would be found out and wait. With --confirm: "
            "show what would go out. With --key: only say whether it is typed rightly.",
        ),
    ] = False,
) -> None:
    """Put a backup of the journal back, where it is lost or damaged; without a name, show what there is.

    The old journal is kept aside. What was done since the backup is looked up in Microsoft 365, and nothing is sent until
    you have read what would be sent and confirmed it. Stop Casework first.
    """
    with advice():
        from offices.rebuilding import confirm as let_go  # noqa: PLC0415 - costly to load
        from offices.restoring import backups_of  # noqa: PLC0415

        office = open_office(context)
        if key:
            _take_key(office, dry_run=dry_run)
            return
        if dry_run and (confirm or which):
            _show_dry(office, which)
            return
        if confirm:
            say_confirmed(held=bool(let_go(office)))
            return
        if not which:
            _list(*backups_of(office))
            return
        restored = _put_back(office, which)
    _show(restored)
    if restored.rebuilt.failed:
        raise typer.Exit(FAILED)


def _take_key(office: Office, *, dry_run: bool) -> None:
    from offices.journal_key import key_as_typed, put_key_back  # noqa: PLC0415 - costly to load

    typed = typer.prompt("The key, with or without spaces", hide_input=True)
    if dry_run:
        key_as_typed(typed)
        out.print("It is typed rightly. Nothing was written.")
        return
    put_key_back(office.settings, typed)
    out.print("The key is back. Go on with: casework restore")


def _show_dry(office: Office, which: str) -> None:
    """What a backup would bring, tried on a copy; or, without one, what waits for a person's word."""
    from command_line.rebuilding import show_found, show_waiting  # noqa: PLC0415 - shared with rebuild
    from offices.dry_run.office import dry_office  # noqa: PLC0415 - costly to load
    from offices.dry_run.restoring import would_restore  # noqa: PLC0415
    from offices.rebuilding import what_waits  # noqa: PLC0415
    from schedule import TIMETABLE  # noqa: PLC0415

    if not which:
        with dry_office(office.settings) as dry:
            show_waiting(what_waits(dry))
        out.print("This was a dry run: nothing was let go.")
        return
    with _progress("trying the backup on a copy") as told:
        tried = would_restore(office.settings, TIMETABLE, which, told=told)
    out.print(f"Sound: {tried.backup.name}, {tried.backup.where}.", markup=False, soft_wrap=True)
    show_found(tried.rebuilt)
    show_waiting(tried.rebuilt.waiting)
    out.print("This was a dry run: the journal was not touched.")
    if tried.rebuilt.failed:
        raise typer.Exit(FAILED)


def _put_back(office: Office, which: str) -> Restored:
    from offices.restoring import choose  # noqa: PLC0415 - costly to load
    from offices.restoring import restore as put_back  # noqa: PLC0415
    from schedule import TIMETABLE  # noqa: PLC0415

    chosen = choose(office, which)
    with _progress(f"putting {chosen.name} back") as told:
        return put_back(office, TIMETABLE, chosen, told=told)


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Gives what hears how many sealed originals are read."""
    from rich.progress import Progress, SpinnerColumn, TextColumn  # noqa: PLC0415 - costly to load

    columns = (SpinnerColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task(what)

        def told(done: int, of: int) -> None:
            progress.update(task, description=f"reading sealed originals: {done} of {of}")

        yield told


def _list(backups: tuple[Backup, ...], problem: str) -> None:
    from rich.table import Column, Table  # noqa: PLC0415 - costly to load

    if problem:
        err.print(problem, style="red", markup=False, soft_wrap=True)
    if not backups:
        out.print("There is no backup. Where the journal is lost, run: casework rebuild")
        return
    table = Table(Column("Backup", no_wrap=True), "Made", "Size", "Where")  # the name is typed
    for one in backups:
        made = f"{one.made_at:%A} {one.made_at.day} {one.made_at:%B %Y, %H:%M}"
        table.add_row(one.name, made, f"{one.size / 1_000_000:,.1f} MB", one.where)
    out.print(table)
    out.print("To put one back, stop Casework and run: casework restore latest", markup=False)


def _show(restored: Restored) -> None:
    from command_line.rebuilding import show_found, show_waiting  # noqa: PLC0415 - shared with rebuild

    out.print(f"Put back: {restored.backup.name}, {restored.backup.where}.", markup=False, soft_wrap=True)
    if restored.aside:
        out.print(f"The journal of before lies aside: {restored.aside.name}", markup=False, soft_wrap=True)
    show_found(restored.rebuilt)
    show_waiting(restored.rebuilt.waiting)
    out.print("Nothing is sent until you say so: casework restore --confirm")
