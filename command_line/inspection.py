"""`casework inspect`: what the readers find in files, without any tenant."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Files = Annotated[list[Path], typer.Argument(help="Files to read.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, for scripts.")]


def add_to(app: typer.Typer) -> None:
    group = typer.Typer(help="Show what Casework reads in a mail or a policy document.", no_args_is_help=True)
    group.command(epilog="Example: casework inspect message report.eml --json")(message)
    group.command(epilog="Example: casework inspect policy behaviour.docx")(policy)
    app.add_typer(group, name="inspect")


def message(files: Files, as_json: Json = False) -> None:
    """Show what intake reads in mails (.eml, .msg, .txt): who forwarded, who wrote, when, and what."""
    from command_line.inspect_message import inspect_message  # noqa: PLC0415 - costly to load

    raise typer.Exit(inspect_message(files, as_json))


def policy(files: Files, as_json: Json = False) -> None:
    """Show what the policy reader finds (.docx, .pdf, .txt and more): owner, last update, next review."""
    from command_line.inspect_policy import inspect_policy  # noqa: PLC0415 - costly to load

    raise typer.Exit(inspect_policy(files, as_json))
