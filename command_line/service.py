"""`casework service`: start with the machine, by one command."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from command_line.dry_runs import WouldDo, tell_would
from command_line.talking import FAILED, advice, out

if TYPE_CHECKING:
    from offices.standing_service import StandingService

Own = Annotated[
    bool, typer.Option("--user", help="Your own service, without administrator's rights (Linux).")
]


def add_to(app: typer.Typer) -> None:
    group = typer.Typer(help="Let Casework start with this machine.", no_args_is_help=True)
    group.callback()(_group)
    group.command(
        epilog="Examples (as administrator): casework service install --dry-run | casework service install"
    )(install)
    group.command(
        epilog="Examples: casework service uninstall --user --dry-run | casework service uninstall --user"
    )(uninstall)
    group.command(epilog="Example: casework service status")(status)
    app.add_typer(group, name="service")


def _group() -> None:
    """Let Casework start with this machine."""


def install(
    context: typer.Context,
    user: Own = False,
    only_print: Annotated[
        bool, typer.Option("--print", help="Only print the unit (Linux) or the task (Windows).")
    ] = False,
    windows: Annotated[bool, typer.Option("--windows", help="With --print: the task for Windows.")] = False,
    account: Annotated[
        str, typer.Option(help="Windows: run as this account, whose password you are asked for.")
    ] = "",
    dry_run: WouldDo = False,
) -> None:
    """Install Casework as a service and start it: a systemd unit on Linux, a scheduled task on Windows."""
    with advice():
        from offices.standing_service import run_asking, run_program  # noqa: PLC0415 - costly to load

        service = _service(context, user=user, windows=windows and only_print, account=account)
        if only_print:
            print(service.text())  # noqa: T201 - as it stands in the file, without colours and folding
            return
        if dry_run:
            tell_would(service.would_install())
        out.print(service.install(run_program, run_asking), markup=False, soft_wrap=True)


def uninstall(context: typer.Context, user: Own = False, dry_run: WouldDo = False) -> None:
    """Stop the service and take it away; settings, journal and backups stay."""
    with advice():
        from offices.standing_service import run_program  # noqa: PLC0415 - costly to load

        service = _service(context, user=user)
        if dry_run:
            tell_would(
                service.would_uninstall(), otherwise="Nothing: Casework is not installed as a service here."
            )
            return
        out.print(service.uninstall(run_program), markup=False, soft_wrap=True)


def status(context: typer.Context, user: Own = False) -> None:
    """Say whether the service is at work. Exits 1 if it is not."""
    with advice():
        from offices.standing_service import run_program  # noqa: PLC0415 - costly to load

        at_work, sentence = _service(context, user=user).status(run_program)
        out.print(sentence, markup=False, soft_wrap=True)
    if not at_work:
        raise typer.Exit(FAILED)


def _service(
    context: typer.Context, *, user: bool, windows: bool = False, account: str = ""
) -> StandingService:
    from connectors.settings_file import read_settings  # noqa: PLC0415 - costly to load
    from offices.standing_service import StandingService  # noqa: PLC0415

    return StandingService(
        settings=read_settings(Path(context.obj)),
        system=not user,
        windows=windows or sys.platform == "win32",
        account=account,
    )
