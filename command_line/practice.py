"""`casework practice serve`: the practice tenant by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from command_line.dry_runs import WouldDo, tell_would
from command_line.talking import FAILED, advice, err, out


def add_to(app: typer.Typer) -> None:
    group = typer.Typer(
        help="A Microsoft 365 on this machine, to train on and to test with.", no_args_is_help=True
    )
    group.callback()(_group)
    group.command(
        epilog="Examples: casework practice serve --dry-run | casework practice serve --state practice --port 8443"
    )(serve)
    app.add_typer(group, name="practice")


def _group() -> None:
    """A Microsoft 365 on this machine, to train on and to test with."""


def serve(
    context: typer.Context,
    state: Annotated[Path, typer.Option(help="Folder of everything it remembers.")] = Path("practice-state"),
    port: Annotated[int, typer.Option(help="Port; any free one if 0.")] = 0,
    now: Annotated[
        str, typer.Option(help="What the practice clock shows, such as 2026-11-23T09:00:00+00:00.")
    ] = "",
    fill: Annotated[
        bool, typer.Option("--fill", help="Add the invented school: mails, policies, people.")
    ] = False,
    dry_run: WouldDo = False,
) -> None:
    """Serve a provisioned practice school until stopped (Ctrl-C); writes settings.toml and tenant.json."""
    with advice():
        from offices.practice_school import practice_school  # noqa: PLC0415 - costly to load

        _refuse_real_settings(context)
        if dry_run:
            known = (state / "tenant.sqlite").exists()
            about = "go on with the practice school" if known else "make a practice school"
            tell_would(
                (
                    f"{about} in {state.resolve()}, and write settings.toml and tenant.json there",
                    "serve it on this PC",
                )
            )
        with practice_school(state, port=port, now=now, fill=fill) as school:
            print(school.tenant["page"], flush=True)  # noqa: T201 - whole on one line, for scripts
            out.print(f"Settings: {school.settings_file}", markup=False, soft_wrap=True)
            if not fill:
                out.print("The school is empty; --fill, in a new folder, brings its mails and policies.")
            out.print(f"Next: casework --settings {school.settings_file} once", markup=False, soft_wrap=True)
            out.print("Stop it with Ctrl-C.")
            try:
                school.child.wait()
            except KeyboardInterrupt:
                out.print("Stopped.")


def _refuse_real_settings(context: typer.Context) -> None:
    """Whoever names a real school's settings here believes that practice uses them."""
    from connectors.settings_file import may_be_a_real_schools  # noqa: PLC0415 - costly to load

    root = context.find_root()
    source = root.get_parameter_source("settings")
    was_given = source is not None and source.name == "COMMANDLINE"
    if was_given and may_be_a_real_schools(Path(root.obj)):
        err.print(
            f"{root.obj} names a real tenant, and practice never touches one. Leave --settings out: the practice "
            "school writes settings of its own into the folder given with --state.",
            style="red",
            markup=False,
            soft_wrap=True,
        )
        raise typer.Exit(FAILED)
