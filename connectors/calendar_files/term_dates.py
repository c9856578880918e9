"""Reads a term calendar, and says everything that is wrong with it in one go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from casework.bank_holidays import SUBDIVISIONS, bank_holiday_name, is_weekend
from casework.errors import TermCalendarError
from casework.term_date_checks import Closure, find_calendar_problems
from casework.term_dates import TermDates
from connectors.calendar_files.comma_separated import read_csv
from connectors.calendar_files.entries import CalendarDraft, PassedOver, by_line
from connectors.calendar_files.icalendar import read_ical
from connectors.calendar_files.toml_form import read_toml
from connectors.calendar_files.words import is_about_a_bank_holiday

Reader: TypeAlias = Callable[[str], CalendarDraft]

READERS: Mapping[str, Reader] = MappingProxyType(
    {".toml": read_toml, ".ics": read_ical, ".ical": read_ical, ".csv": read_csv}
)

# A district's whole feed of ten years is below one megabyte.
_LARGEST = 5_000_000


def read_term_dates(path: Path, *, division: str = "England") -> TermDates:
    """Read a school's term calendar; nothing is written.

    Args:
        path: a .toml, .ics or .csv file.
        division: whose bank holidays count, where the file does not say so itself.

    Raises:
        TermCalendarError: if the file cannot be read or its entries cannot be right; it names every problem, each
            with its place in the file and what to write instead.
    """
    reader = READERS.get(path.suffix.casefold())
    if reader is None:
        raise TermCalendarError(str(path), [f"A term calendar is a file of the kind {', '.join(READERS)}."])
    text = _text_of(path)
    if not text.strip("\0 \t\r\n"):
        raise TermCalendarError(str(path), ["It is empty; save the calendar into it again."])
    draft = reader(text)
    draft.division = draft.division or division
    _close_on_unknown_bank_holidays(draft)
    found = find_calendar_problems(draft)
    problems = [
        *draft.problems,
        # An entry that could not be read leaves a gap, and the gap is no second mistake.
        *(draft.place(found_one) for found_one in found if not (draft.problems and found_one.may_follow)),
    ]
    if problems:
        # a .toml has entries of whole lists, which have no line
        raise TermCalendarError(str(path), problems if reader is read_toml else by_line(problems))
    return TermDates(
        terms=draft.terms,
        half_terms=draft.half_terms,
        inset_days=draft.inset_days,
        closures=draft.closures,
        open_days=draft.open_days,
        bank_holidays=tuple(
            one for one in draft.bank_holidays if bank_holiday_name(one.day, draft.division) is None
        ),
        division=draft.division,
    )


def _close_on_unknown_bank_holidays(draft: CalendarDraft) -> None:
    """A bank holiday that the file names and Casework does not know, such as a coronation's: the school is closed.

    No more is taken from it: that others rest on that day, too, the office says as a bank holiday of its own.
    """
    if draft.division not in SUBDIVISIONS:
        return
    for one in draft.passed_over:
        is_known = is_weekend(one.starts) or bank_holiday_name(one.starts, draft.division)
        if one.starts == one.ends and is_about_a_bank_holiday(one.says) and not is_known:
            draft.add(Closure(day=one.starts, reason=one.says), "")


def entries_passed_over(path: Path) -> tuple[PassedOver, ...]:
    """The entries of a feed that do not count, for a person to look over; none of another kind of file.

    Raises:
        TermCalendarError: the file cannot be read.
    """
    if READERS.get(path.suffix.casefold()) is not read_ical:
        return ()
    return tuple(read_ical(_text_of(path)).passed_over)


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise TermCalendarError(
                str(path), ["It is larger than 5 MB, which no term calendar is; check the path."]
            )
        content = path.read_bytes()
    except OSError as fault:
        reason = fault.strerror or type(fault).__name__
        raise TermCalendarError(
            str(path), [f"It cannot be read ({reason}); check the path and its permissions."]
        ) from fault
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16", errors="replace")  # what Windows calls Unicode
        # Excel on Windows saves CSV in the code page of Western Europe.
        return content.decode("cp1252", errors="replace")
