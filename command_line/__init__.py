"""The `casework` command: thin, one module per group of commands."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; a plain `casework status` is answered without loading the rest of it."""
    if "status" in sys.argv:
        from command_line.status import at_once  # noqa: PLC0415 - each way loads what it needs

        code = at_once(sys.argv[1:])
        if code is not None:
            sys.exit(code)
    from command_line.app import app  # noqa: PLC0415 - costly to load

    app()
