"""A school joined up for a dry run: a copy of its journal, and connectors that keep in memory what they would write."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from casework.dry_run.acts import WouldWrite
from casework.folder_access import FolderAccess
from casework.policy_ports import Calendars
from casework.ports import Inbox, Library, MailService, Register
from casework.register_lists import ListDefinition
from casework.second_alarm import AlarmCalendars
from connectors.journal import SqlJournal, copy_aside, open_journal
from connectors.memory import MemoryClock
from connectors.memory.dry_run import (
    DryAlarmCalendars,
    DryCalendars,
    DryFolderAccess,
    DryInbox,
    DryLibrary,
    DryMailService,
    DryRegister,
)
from connectors.microsoft365.account import SchoolAccount
from connectors.settings_file import Settings
from offices.accounts import reading_account_of
from offices.machine_clock import machine_now
from offices.office import Office
from offices.published_bank_holidays import PublishedBankHolidays
from offices.status_notes import StatusNotes
from workflows.carry_out import Tools

COPY = "journal.sqlite"


class LookingOffice(Office):
    """One school, of whose tenant everything can be read and nothing written; its journal is its own."""

    @cached_property
    def account(self) -> SchoolAccount:
        return reading_account_of(self.settings)


class DryOffice(Office):
    """One school, whose jobs do all their work on a copy of the journal and in memory.

    Attributes:
        acts: what would have been written outside, in order.
        copy: of the journal; what lies there before the journal is first asked for is taken as it is.
    """

    def __init__(self, settings: Settings, folder: Path) -> None:
        super().__init__(settings)
        # an address and no file: then no job backs the copy up beside the journal itself
        aside = settings.journal.model_copy(update={"url": f"sqlite:///{folder / COPY}"})
        self.settings = settings.model_copy(update={"journal": aside})
        self.notes = StatusNotes(self.settings)
        self.bank_holidays = PublishedBankHolidays(settings, fetches=False)
        self.acts: list[WouldWrite] = []
        self.copy = folder / COPY
        self._began = machine_now()

    @cached_property
    def chain_key(self) -> bytes:
        """The journal's; where there is neither journal nor key yet, one that is thrown away with the copy."""
        key = self.earnest.path(self.earnest.journal.key)
        if key.exists() or self.earnest.path(self.earnest.journal.file).exists():
            return super().chain_key
        return secrets.token_bytes(32)

    @cached_property
    def journal(self) -> SqlJournal:
        if not self.copy.exists():
            source = self.earnest.journal.url or self.earnest.path(self.earnest.journal.file)
            copy_aside(source, self.copy, school=self.school.code, chain_key=self.chain_key)
        return open_journal(
            self.copy, school=self.school.code, chain_key=self.chain_key, machine_clock=self._machine_now
        )

    def _machine_now(self) -> datetime:
        """Leases and waits run on as the school's clock is moved on."""
        return self._began + (self.clock.now() - self.clock.began)

    @cached_property
    def account(self) -> SchoolAccount:
        return reading_account_of(self.earnest)

    @cached_property
    def clock(self) -> DryClock:
        return DryClock(super().clock.now())

    @property
    def sure_clock(self) -> DryClock:
        """It is moved ahead on purpose."""
        return self.clock

    @cached_property
    def practice_log(self) -> None:
        """The practice page shows what was done, and nothing is."""
        return

    @cached_property
    def mail(self) -> MailService:
        return DryMailService(super().mail, self.clock, tell=self.acts.append)

    @cached_property
    def inbox(self) -> Inbox:
        return DryInbox(super().inbox, tell=self.acts.append)

    @cached_property
    def calendars(self) -> Calendars:
        return DryCalendars(super().calendars, tell=self.acts.append)

    @cached_property
    def alarms(self) -> AlarmCalendars:
        return DryAlarmCalendars(super().alarms, tell=self.acts.append)

    @cached_property
    def folders(self) -> FolderAccess:
        return DryFolderAccess(super().folders, tell=self.acts.append)

    def _register(self, list_id: str, definition: ListDefinition) -> Register:
        real = super()._register(list_id, definition)
        return DryRegister(real, self.clock, definition, tell=self.acts.append)

    def _library(self, drive_id: str, folder: str = "") -> Library:
        real = super()._library(drive_id, folder)
        return DryLibrary(real, self.clock, name=self._name_of(drive_id, folder), tell=self.acts.append)

    def _name_of(self, drive_id: str, folder: str) -> str:
        wishes, places = self.wishes, self.places
        names = {places.casework_drive: wishes.casework_drive, places.sealed_drive: wishes.sealed_drive}
        return folder or names.get(drive_id, "the policies")

    def tools(self, now: datetime) -> Tools:
        """Letters stay Word files: nobody reads them, and each conversion takes seconds."""
        return replace(super().tools(now), attach_pdf=False)

    @contextmanager
    def sweep(self, *, wait: float = 60) -> Iterator[None]:  # noqa: ARG002 - nobody else has the copy
        """The copy is this process's own, so that a service that is at work is neither disturbed nor waited for."""
        with self.journal.transaction() as transaction:
            transaction.outbox_view.release_claims()
        self._rounds.forget()
        yield


class DryClock(MemoryClock):
    """The school's clock, which stands still at the moment at which the dry run began, until it is moved on."""

    def __init__(self, now: datetime) -> None:
        super().__init__(now)
        self.began = self.now()


@contextmanager
def dry_office(settings: Settings) -> Iterator[DryOffice]:
    """The school for one dry run; the journal's copy is deleted afterwards.

    Raises:
        JournalError: the journal cannot be read.
    """
    folder = Path(tempfile.mkdtemp(prefix="casework-dry-run-"))
    office = DryOffice(settings, folder)
    try:
        yield office
    finally:
        office.close_journal()
        shutil.rmtree(folder, ignore_errors=True)
