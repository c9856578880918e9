"""`uv run schedule.py`: the service where there are settings, else the practice school with everything at work."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from casework.errors import CaseworkError
from connectors.settings_file import read_settings
from offices.office import Office
from offices.practice_school import PracticeSchool, practice_school
from offices.service import Service, only_one, run_service
from offices.timetable import Timetable

SETTINGS = Path("settings.toml")
STATE = Path("practice-state")
BEGINS = "2026-11-23T08:40:00+00:00"
"""A Monday morning in term: the practice school's first moment."""

out = Console(highlight=False, soft_wrap=True)


def first_run(arguments: list[str], timetable: Timetable) -> int:
    """Run the service of the settings file, or, without one, the practice school.

    Returns:
        0, or 1 where something must be mended first.
    """
    parser = argparse.ArgumentParser(prog="uv run schedule.py", description=__doc__)
    parser.add_argument("--settings", type=Path, default=SETTINGS, help="the school's settings file")
    parser.add_argument("--state", type=Path, default=STATE, help="folder of the practice school")
    parser.add_argument("--port", type=int, default=0, help="port of the practice tenant; any free one if 0")
    options = parser.parse_args(arguments)
    try:
        if options.settings.exists():
            return run_service(Office(read_settings(options.settings)), timetable, told=_tell)
        _practise(options.state, options.port, timetable)
    except CaseworkError as error:
        out.print(str(error), style="red", markup=False)
        return 1
    return 0


def _practise(state: Path, port: int, timetable: Timetable) -> None:
    fresh = not (state / "settings.toml").exists()
    with (
        practice_school(state, port=port, now=BEGINS if fresh else "", fill=fresh) as school,
        only_one(school.office.settings),
    ):
        _welcome(school)
        service = Service(school.office, timetable, _tell)
        service.listen()
        service.start()
        try:
            service.wait()
        finally:
            _tell("Stopping; a running sweep is finished first.")
            service.stop()


def _welcome(school: PracticeSchool) -> None:
    print(school.tenant["page"], flush=True)  # noqa: T201 - whole on one line, first of all
    lines = (
        f"{school.office.school.name} is a practice school: invented people on a Microsoft 365 on this machine.",
        "Open the address above in a browser. You play the teacher, the office and the headteacher:",
        "  1. As the teacher, forward a report to the reporting mailbox. A case opens within seconds.",
        "  2. As the office, name the parent in the case list. As the headteacher, approve the letter in Outlook.",
        "  3. Look at the policies list, then move the clock a week on and see who is reminded.",
        "What Casework does is told below. Stop with Ctrl-C; start again to go on where you were.",
    )
    words = Text("\n".join(lines))
    Console(highlight=False).print(Panel(words, title="Casework practice school", expand=False))


def _tell(line: str) -> None:
    out.print(line, markup=False)
