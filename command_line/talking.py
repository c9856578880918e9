"""How commands speak: on the terminal for people, with advice where something failed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from casework.errors import CaseworkError
from command_line.terminal import Terminal

if TYPE_CHECKING:
    from offices.office import Office

FAILED = 1
WRONG_USE = 2

out = Terminal(highlight=False)
err = Terminal(stderr=True, highlight=False)


@contextmanager
def advice() -> Iterator[None]:
    """Turn our own errors into their sentence and exit code 1; anything else is a fault and stays loud."""
    try:
        yield
    except CaseworkError as error:
        err.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(FAILED) from None


def open_office(context: typer.Context) -> Office:
    """The school of the settings file."""
    # Imported here because the connectors are costly to load, and `inspect` and `--help` need none of them.
    from connectors.settings_file import read_settings  # noqa: PLC0415
    from offices.office import Office  # noqa: PLC0415

    return Office(read_settings(Path(context.obj)))


def counted(number: int, what: str) -> str:
    """A number with its word as people say it: "1 case", "2 cases"."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def say_confirmed(*, held: bool) -> None:
    """What a person's confirmation after a rebuilt or restored journal has let go."""
    out.print("Confirmed. Casework sends again from its next sweep on." if held else "Nothing was held.")
