"""All commands of `casework`, put together."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Annotated

import typer

from command_line import (
    cases,
    exporting,
    governors,
    halted,
    house,
    inspection,
    policies,
    practice,
    rebuilding,
    restoring,
    running,
    seeing,
    service,
    trying_again,
    verifying,
)

app = typer.Typer(
    name="casework",
    help="Casework does a school's paperwork about posts on social media, over email and Microsoft 365.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def settings_file(
    context: typer.Context,
    settings: Annotated[
        Path,
        typer.Option(help="The school's settings file.", envvar="CASEWORK_SETTINGS", show_default=True),
    ] = Path("settings.toml"),
) -> None:
    """Casework does a school's paperwork about posts on social media, over email and Microsoft 365."""
    context.obj = settings


running.add_to(app)
cases.add_to(app)
verifying.add_to(app)
rebuilding.add_to(app)
restoring.add_to(app)
halted.add_to(app)
trying_again.add_to(app)
seeing.add_to(app)
service.add_to(app)
house.add_to(app)
inspection.add_to(app)
policies.add_to(app)
governors.add_to(app)
exporting.add_to(app)
practice.add_to(app)


def _unfold(commands: typer.Typer) -> None:
    """Let help fill the window: where its sentences are folded in the source says nothing to who reads them."""
    for command in commands.registered_commands:
        told = inspect.getdoc(command.callback) or ""
        command.help = command.help or "\n\n".join(" ".join(part.split()) for part in told.split("\n\n"))
    for group in commands.registered_groups:
        if group.typer_instance:
            _unfold(group.typer_instance)


_unfold(app)
