"""`casework run`, `once` and `status`: the jobs themselves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casework.errors import JournalError, NoJournalYetError
from command_line.dry_runs import AsJson, Days, DryRun, ShowMails, refuse_without, show_dry_run
from command_line.talking import FAILED, WRONG_USE, advice, counted, err, open_office, out

if TYPE_CHECKING:
    from rich.progress import Progress


def add_to(app: typer.Typer) -> None:
    app.command(epilog="Examples: casework run | casework run --dry-run --days 5")(run)
    app.command(
        epilog="Examples: casework once open_cases collect_approvals | casework once --dry-run --show-mails"
    )(once)
    app.command(epilog="Example: casework status --json")(status)


def run(
    context: typer.Context,
    engine: Annotated[
        str,
        typer.Option(
            help="For a trust: the PostgreSQL server that its hosts share; --settings then names the folder of "
            "the schools' settings files. Run the same command on every host."
        ),
    ] = "",
    at_once: Annotated[
        int, typer.Option(min=1, max=32, help="For a trust: schools that this host sweeps at the same time.")
    ] = 4,
    dry_run: DryRun = False,
    show_mails: ShowMails = False,
    as_json: AsJson = False,
    days: Days = 1,
) -> None:
    """Run all jobs until stopped (Ctrl-C): the service.

    With --dry-run it does nothing, and ends: it shows what the first sweep would do, and what would come next if nobody
    did anything meanwhile. It may be asked while the service is at work.
    """
    refuse_without(dry_run, show_mails=show_mails, json=as_json)
    if dry_run:
        if engine:
            err.print(
                "A dry run is of one school: name its own file with --settings, and leave --engine out."
            )
            raise typer.Exit(WRONG_USE)
        show_dry_run(Path(context.obj), (), days=days, show_mails=show_mails, as_json=as_json)
        return
    with advice():
        if engine:
            from command_line.trust import refuse_password, run_host  # noqa: PLC0415 - of the extra `trust`

            refuse_password(engine)

            run_host(Path(context.obj), engine=engine, at_once=at_once)
            return
        from offices.service import run_service  # noqa: PLC0415 - costly to load
        from schedule import TIMETABLE  # noqa: PLC0415

        office = open_office(context)
        if office.settings.practice:
            out.print("This is the practice school: nothing that Casework sends reaches anybody real.")
        code = run_service(office, TIMETABLE, told=lambda line: out.print(line, markup=False))
    if code:
        raise typer.Exit(code)


def once(
    context: typer.Context,
    job: Annotated[
        list[str] | None,
        typer.Argument(
            help="Jobs by name: open_cases, sync_register, draft_letters, collect_approvals, chase_follow_ups, "
            "review_policies, report_day, keep_house. All of them if none is named."
        ),
    ] = None,
    dry_run: DryRun = False,
    show_mails: ShowMails = False,
    as_json: AsJson = False,
) -> None:
    """Run the jobs once, until nothing due is left. Exits 0 unless a job could not do its work."""
    refuse_without(dry_run, show_mails=show_mails, json=as_json)
    if dry_run:
        show_dry_run(Path(context.obj), job or (), days=0, show_mails=show_mails, as_json=as_json)
        return
    with advice():
        from schedule import jobs_named, run_once  # noqa: PLC0415 - costly to load

        try:
            jobs = jobs_named(job or ())
        except ValueError as error:
            err.print(str(error), markup=False)
            raise typer.Exit(WRONG_USE) from None
        office = open_office(context)
        with _progress() as progress:
            task = progress.add_task("starting", total=None)
            office.told_of_reading = lambda done, of: progress.update(
                task, description=f"reading policy documents: {done:,} of {of:,}", completed=done, total=of
            )
            report = run_once(
                office,
                jobs,
                told=lambda name: progress.update(task, description=name.replace("_", " "), total=None),
            )
    for problem in report.problems:
        err.print(f"- {problem}", markup=False, soft_wrap=True)
    for failure in report.failed:
        err.print(f"Could not do its work: {failure}", style="red", markup=False, soft_wrap=True)
    out.print(f"Done: {counted(report.changes, 'change')}, {counted(len(report.problems), 'problem')}.")
    if report.failed:
        raise typer.Exit(FAILED)


def _progress() -> Progress:
    """Which job is at work, on the terminal alone and gone when it is done."""
    from rich.progress import (  # noqa: PLC0415 - costly to load, and `status` shows none
        BarColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=err, transient=True)


def status(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for scripts.")] = False,
) -> None:
    """Show on one screen whether all is well: what is open, overdue or waits, the last sweep, and what to mend.

    Deadlines that are overdue or due today are counted and told, and are the school's work: they change no exit code.

    Exits 0 if Casework is well, 1 if a person should look, 2 if nothing is at work (no sweep for an hour, or a journal
    that cannot be used).
    With a folder of schools (--settings FOLDER) there is a row for each, the worst first.
    """
    if Path(context.obj).is_dir():
        with advice():
            from command_line.many import status_of_all  # noqa: PLC0415 - costly to load

            raise typer.Exit(status_of_all(Path(context.obj), as_json=as_json))
    with advice():
        from command_line.status import show, show_without_journal  # noqa: PLC0415 - costly to load
        from connectors.settings_file import read_settings  # noqa: PLC0415
        from offices.status import status_of  # noqa: PLC0415

        settings = read_settings(Path(context.obj))
        try:
            found = status_of(settings)
        except NoJournalYetError:
            raise
        except JournalError as error:
            raise typer.Exit(show_without_journal(error, as_json=as_json)) from None
    show(found, zone=settings.school.timezone, as_json=as_json)
    if found["verdict"]:
        raise typer.Exit(found["verdict"])
