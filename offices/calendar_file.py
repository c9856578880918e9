"""The term calendar's file, read again when somebody has saved it: nobody starts the service anew for a snow day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from casework.errors import SettingsError
from connectors.calendar_files import read_term_dates
from connectors.settings_file import Settings
from workflows.calendar_changes import note_calendar

if TYPE_CHECKING:
    from offices.office import Office


def stamp_of(settings: Settings) -> str:
    """What changes when the file is saved; empty if it is not there."""
    try:
        # asked at every sweep, so that links on the way are left to the system
        stat = (settings.file.parent / settings.term_dates.file).stat()
    except OSError:
        return ""
    return f"{stat.st_mtime_ns}/{stat.st_size}"


def follow_calendar_file(office: Office) -> tuple[str, ...]:
    """Take the calendar over if it was saved since; one that cannot be right is told, and the old one stays."""
    problem = _read_again(office)
    if problem != office.calendar_problem:
        office.calendar_problem = problem
        with office.journal.transaction() as transaction:
            note_calendar(transaction, problem)
    return (problem,) if problem else ()


def _read_again(office: Office) -> str:
    """Why the file cannot be taken over; empty if it was, or need not be."""
    stamp = stamp_of(office.settings)
    if stamp == office.calendar_stamp:
        return ""
    settings = office.settings
    try:
        calendar = read_term_dates(settings.path(settings.term_dates.file), division=settings.school.division)
    except SettingsError as error:
        return f"The term calendar that was last read still counts. {error}"
    office.school = replace(office.school, calendar=calendar)
    office.calendar_stamp = stamp
    return ""
