"""`casework run --engine`: one host of a trust."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import typer

from command_line.talking import WRONG_USE, err, out
from offices.asked_to_stop import set_when_asked


def refuse_password(engine: str) -> None:
    """What is typed can be read by every account of the machine for as long as the host is at work."""
    if urlsplit(engine).password is not None:
        err.print(
            "The address after --engine holds a password, which every account of this machine could read in its list of "
            "processes. Leave it out there, and put it into the server's password file (.pgpass) or the environment "
            "(PGPASSWORD).",
            soft_wrap=True,
        )
        raise typer.Exit(WRONG_USE)


def run_host(folder: Path, *, engine: str, at_once: int) -> None:
    """Work for every school of the folder until stopped."""
    from offices.trust import run_trust  # noqa: PLC0415 - costly to load
    from schedule import TIMETABLE  # noqa: PLC0415

    _open_many_lines()
    stop = threading.Event()
    set_when_asked(stop)
    out.print(f"At work for the schools in {folder}. Stop with Ctrl-C.", markup=False, soft_wrap=True)
    run_trust(
        folder,
        TIMETABLE,
        engine=engine,
        at_once=at_once,
        told=lambda line: out.print(line, markup=False, soft_wrap=True),
        stop=stop,
    )
    out.print("Stopped; every sweep that had begun was finished.")


def _open_many_lines() -> None:
    """Take as many open files as the system allows: each tenant's connection is one, and 1,024 are soon used up."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
