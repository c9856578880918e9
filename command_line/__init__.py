"""The `casework` command: thin, one module per group of commands."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from command_line.app import app  # noqa: PLC0415 - costly to load

    app()
