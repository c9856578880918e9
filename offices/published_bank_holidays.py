"""The government's list of bank holidays: a copy beside the settings, fetched every month where the school wants it."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from casework.bank_holidays import CHECKED_UNTIL, announced
from casework.errors import CaseworkError, SettingsError
from connectors.calendar_files.published import ADDRESS, published_in, read_published
from offices.machine_clock import machine_now
from offices.read_once import read_once

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.term_dates import TermDates
    from connectors.settings_file import Settings
    from connectors.website import PublicWebsite

COPY = "bank-holidays.json"
"""Beside the settings file; somebody may also put it there by hand."""
FETCHED_EVERY = timedelta(days=30)
STALE = timedelta(days=92)
_TRIED_EVERY = timedelta(days=1)
tried: dict[Path, datetime] = {}
"""When this process last asked for a copy: the schools of a folder have one copy, and ask for it once."""


class PublishedBankHolidays:
    """A school's copy of the list: looked at, fetched and counted in.

    Args:
        settings: of the school.
        fetches: False for a dry run, which writes nothing.
    """

    def __init__(self, settings: Settings, *, fetches: bool = True) -> None:
        self._settings = settings
        self._fetches = fetches

    @property
    def stamp(self) -> str:
        """What changes when another list counts; empty if there is no copy."""
        try:
            stat = self._copy.stat()
        except OSError:
            return ""
        return f"{stat.st_mtime_ns}/{stat.st_size}"

    def fetch_if_due(self, website: PublicWebsite) -> None:
        """Fetch the list once a month; what does not come today is asked for again tomorrow, and told once it is old."""
        address, now = self._settings.term_dates.bank_holidays, machine_now()
        if not (address and self._fetches) or (self._age(now) or FETCHED_EVERY) < FETCHED_EVERY:
            return
        tried_at = tried.get(self._copy)
        if tried_at and now - tried_at < _TRIED_EVERY:
            return
        tried[self._copy] = now
        try:
            content = website.fetch(address).content
            published_in(content, division=self._settings.school.division)
            _put(self._copy, content)
        except (CaseworkError, OSError, ValueError, KeyError, TypeError, RecursionError):
            return  # `trouble` says so once the copy is old

    def counted_in(self, calendar: TermDates) -> TermDates:
        """The calendar with the days in which the list differs from what Casework knows by itself."""
        try:
            published = (
                read_once(read_published, self._copy, division=calendar.division) if self.stamp else {}
            )
        except SettingsError:
            return calendar  # told as trouble
        return with_published(calendar, published)

    def trouble(self, calendar: TermDates) -> str:
        """What is to be mended: no list, an old one, or one that is none; empty if all is well."""
        address, age = self._settings.term_dates.bank_holidays, self._age(machine_now())
        if self.stamp:
            try:
                read_once(read_published, self._copy, division=calendar.division)
            except SettingsError as error:
                return str(error)
        if not address:
            return _not_checked(calendar)
        if age is not None and age < STALE:
            return ""
        since = "was never fetched" if age is None else f"is {age.days} days old"
        if self._copy not in tried and age is None:
            return ""  # the first sweep fetches it
        return (
            f"The government's list of bank holidays {since}, and {address} does not give it. Open that in a browser, "
            f"and save it as {COPY} beside the settings file."
        )

    @property
    def _copy(self) -> Path:
        return self._settings.file.parent / COPY

    def _age(self, now: datetime) -> timedelta | None:
        try:
            return now - datetime.fromtimestamp(self._copy.stat().st_mtime, UTC)
        except OSError:
            return None


def with_published(calendar: TermDates, published: Mapping[date, str]) -> TermDates:
    """The calendar's own bank holidays stand before those of the list."""
    own = {one.day for one in calendar.bank_holidays}
    more = tuple(one for one in announced(published, calendar.division) if one.day not in own)
    return replace(calendar, bank_holidays=(*calendar.bank_holidays, *more)) if more else calendar


def _not_checked(calendar: TermDates) -> str:
    if calendar.last_day <= CHECKED_UNTIL:
        return ""
    until = f"{CHECKED_UNTIL.day} {CHECKED_UNTIL:%B %Y}"
    return (
        f"This version of Casework knows for certain the bank holidays until {until}, and the term calendar goes "
        f'further. Update Casework, or write into [term_dates]: bank_holidays = "{ADDRESS}"'
    )


def _put(file: Path, content: bytes) -> None:
    """All of it or nothing, whoever reads meanwhile."""
    beside = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        beside.write_bytes(content)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
