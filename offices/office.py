"""One school, joined up: every connector and rule that its jobs are handed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import templates
from casework.custody import Shelf
from casework.errors import JournalError
from casework.folder_access import FolderAccess
from casework.intake import Platforms
from casework.ladders import Ladders
from casework.policy_ports import Calendars
from casework.ports import Clock, Inbox, Library, MailService, Register
from casework.procedures import Procedures
from casework.register_lists import CASES_LIST, POLICIES_LIST, ListDefinition
from casework.second_alarm import AlarmCalendars
from casework.tags import TokenMaker
from connectors.documents.messages import MimeMessageReader, load_platforms
from connectors.documents.policies import ApartDocumentReader
from connectors.journal import SqlJournal, chain_key_from, open_journal
from connectors.ladder_files import read_ladders
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.alarm_calendar import GraphAlarmCalendars
from connectors.microsoft365.asked_ahead import AskedAhead
from connectors.microsoft365.automatic_replies import GraphAutomaticReplies
from connectors.microsoft365.connection import AT_ONCE
from connectors.microsoft365.files import GraphLibrary
from connectors.microsoft365.folder_access import GraphFolderAccess
from connectors.microsoft365.inbox import GraphInbox
from connectors.microsoft365.lists import GraphRegister, list_address
from connectors.microsoft365.mail_service import GraphMailService
from connectors.microsoft365.practice_clock import PracticeClock
from connectors.microsoft365.practice_log import PracticeLog
from connectors.microsoft365.provisioning import GraphListShapes, Places, Wishes, find_places
from connectors.microsoft365.review_calendar import GraphCalendars
from connectors.microsoft365.shared_rounds import SharedRounds
from connectors.microsoft365.sharing import GraphDirectory, GraphSharedWith
from connectors.procedure_files import procedure_from_text, read_procedures
from connectors.settings_file import Settings
from connectors.website import PublicWebsite
from offices.accounts import account_of
from offices.calendar_file import mean_calendar, school_to_begin_with
from offices.from_settings import wishes_of
from offices.lost_journal import journal_file
from offices.machine_clock import ClockWatch, MachineClock, WatchedClock
from offices.news import News
from offices.nothing_new import NothingNew
from offices.published_bank_holidays import PublishedBankHolidays
from offices.read_once import read_once
from offices.status_notes import StatusNotes
from offices.turns import one_sweep, take_over
from offices.writing_tools import chat_exports, copies, later, letter_writer, mail_writer, papers, pdf
from workflows.carry_out import Tools
from workflows.check_evidence import Libraries
from workflows.halts.other_places import note_other_places
from workflows.last_seen import LastSeen
from workflows.open_cases import BEGUN_AT, IntakeDesk
from workflows.review_policies import PolicyDesk
from workflows.sync_register.beginning import kept_texts, kept_versions

if TYPE_CHECKING:
    from connectors.documents.emails import JinjaMailWriter
    from connectors.documents.letters import DocxLetterWriter

TEMPLATES = Path(templates.__file__).parent
LADDERS = "ladders.toml"
PLACES = "places"  # the ids of list and libraries, which the journal keeps: no sweep asks for them


class Office:
    """One school, joined up: everything that its jobs are handed. Nothing is opened before it is used."""

    def __init__(self, settings: Settings) -> None:
        self.settings = self.earnest = settings
        self.school, self.calendar_problem = school_to_begin_with(settings)
        self.calendar_stamp: str | None = None  # before the file was held against the journal's calendar
        self.calendar_told: str | None = None  # before a sweep has noted it
        self.bank_holidays = PublishedBankHolidays(settings)
        self.told_of_reading: Callable[[int, int], None] | None = None  # (done, of) policy documents
        self.may_begin = False  # a journal where there is none
        self._rounds = SharedRounds()
        self.ahead = AskedAhead()  # what the look that is under way has asked for as it began
        self.seen = LastSeen()  # which versions of Casework's own files and rows this process saw last
        self.notes = StatusNotes(settings)
        self.nothing_new = NothingNew()
        self.news = News(self)

    @cached_property
    def chain_key(self) -> bytes:
        key = self.settings.path(self.settings.journal.key)
        journal = self.settings.path(self.settings.journal.file)
        if journal.exists() and not key.exists():
            raise JournalError(
                f"The key file {key.name} is missing, but the journal {journal.name} is there. "
                "Put the key back from the backup; a new one would not fit the log."
            )
        return chain_key_from(key)

    @cached_property
    def journal(self) -> SqlJournal:
        url = self.settings.journal.url or journal_file(self.settings, may_begin=self.may_begin)
        return open_journal(url, school=self.school.code, chain_key=self.chain_key, check=True)

    def close_journal(self) -> None:
        """Open it anew at the next use."""
        if "journal" in self.__dict__:
            self.__dict__.pop("journal").close()

    @cached_property
    def tokens(self) -> TokenMaker:
        return TokenMaker(secret=self.chain_key)

    @cached_property
    def procedures(self) -> Procedures:
        """The school's procedures as the files are today, and the versions that running cases began with."""
        own = self.settings.letters.templates
        current = read_once(
            read_procedures,
            TEMPLATES / "procedures",
            self.settings.path(own) / "procedures" if own else None,
        )
        with self.journal.transaction() as transaction:
            texts = kept_texts(transaction)
        kept = {key: procedure_from_text(text, name=f"version {key[:8]}") for key, text in texts.items()}
        return Procedures(current=current, kept=kept)

    def know_versions(self) -> None:
        """Read procedures anew where another host has begun cases by a version that is not at hand here."""
        known: Procedures | None = self.__dict__.get("procedures")
        with self.journal.transaction() as transaction:
            if known and known.lack(kept_versions(transaction)):
                del self.__dict__["procedures"]

    @cached_property
    def ladders(self) -> Ladders:
        """Who is reminded when: the school's own file where it has one."""
        own = self.settings.letters.templates
        file = self.settings.path(own) / LADDERS if own else TEMPLATES / LADDERS
        return read_once(read_ladders, file if file.is_file() else TEMPLATES / LADDERS)

    @cached_property
    def account(self) -> SchoolAccount:
        return account_of(self.settings)

    @cached_property
    def clock(self) -> Clock:
        practice = self.settings.practice
        return PracticeClock(self.account, practice.clock_url) if practice else MachineClock()

    @cached_property
    def clock_watch(self) -> ClockWatch | None:
        """Judges the machine's clock; the practice clock may stand anywhere."""
        if self.settings.practice:
            return None
        return ClockWatch(lambda: str(self.account.con.answer_of_host().headers.get("Date", "")))

    @property
    def sure_clock(self) -> Clock:
        """The clock by which a sweep goes: wherever it is read, it raises rather than show a moment that is wrong."""
        return WatchedClock(self.clock, self.clock_watch) if self.clock_watch else self.clock

    @cached_property
    def practice_log(self) -> PracticeLog | None:
        """Where the practice school's page reads what was done; a real school has none."""
        practice = self.settings.practice
        return PracticeLog(self.account, practice.clock_url) if practice else None

    @property
    def wishes(self) -> Wishes:
        return wishes_of(self.settings)

    @cached_property
    def places(self) -> Places:
        with self.journal.transaction() as transaction:
            kept = json.loads(transaction.cursors.get(PLACES) or "{}")
        if kept.get("wishes") != repr(self.wishes):
            places = find_places(self.account, self.wishes)
            self.remember(places)
            return places
        self.school = replace(
            self.school, cases_url=kept.get("cases_url", ""), policies_url=kept.get("policies_url", "")
        )
        return Places(**kept["places"])

    def know_places(self) -> None:
        """Make sure that ids, and the list's address for mails, are known before a sweep begins."""
        _ = self.places

    def remember(self, places: Places) -> None:
        """Keep the ids in the journal, until the settings ask for other places."""
        cases_url = list_address(self.account, places.site_id, places.cases_list)
        policies_url = list_address(self.account, places.site_id, places.policies_list)
        self.school = replace(self.school, cases_url=cases_url, policies_url=policies_url)
        with self.journal.transaction() as transaction:
            note_other_places(transaction, PLACES, asdict(places), now=self.clock.now())
            known = {"wishes": repr(self.wishes), "places": asdict(places)}
            kept = {**known, "cases_url": cases_url, "policies_url": policies_url}
            transaction.cursors.put(PLACES, json.dumps(kept))

    @cached_property
    def mail(self) -> MailService:
        return GraphMailService(self.account, ahead=self.ahead)

    @cached_property
    def automatic_replies(self) -> GraphAutomaticReplies | None:
        if not self.settings.approvals.look_at_automatic_replies:
            return None
        return GraphAutomaticReplies(self.account, zone=self.settings.school.timezone, ahead=self.ahead)

    @cached_property
    def inbox(self) -> Inbox:
        return GraphInbox(self.account, self.school.reporting_mailbox, ahead=self.ahead)

    @cached_property
    def cases(self) -> Register:
        return self._register(self.places.cases_list, CASES_LIST)

    @cached_property
    def policies(self) -> Register:
        return self._register(self.places.policies_list, POLICIES_LIST)

    @cached_property
    def list_shapes(self) -> GraphListShapes:
        wishes = self.wishes
        return GraphListShapes(
            self.account,
            site_id=self.places.site_id,
            lists={
                wishes.cases_list: (self.places.cases_list, CASES_LIST),
                wishes.policies_list: (self.places.policies_list, POLICIES_LIST),
            },
        )

    def _register(self, list_id: str, definition: ListDefinition) -> Register:
        return GraphRegister(
            self.account,
            site_id=self.places.site_id,
            list_id=list_id,
            definition=definition,
            zone=ZoneInfo(self.settings.microsoft365.site_zone),
            ahead=self.ahead,
        )

    @cached_property
    def casework(self) -> Library:
        return self._library(self.places.casework_drive)

    @cached_property
    def sealed(self) -> Library:
        return self._library(self.places.sealed_drive)

    @property
    def evidence_libraries(self) -> Libraries:
        return {Shelf.SEALED: self.sealed, Shelf.CASE_FOLDER: self.casework}

    @cached_property
    def drop(self) -> Library | None:
        drop = self.settings.drop
        return self._library(self.places.drop_drive, drop.folder) if drop else None

    @cached_property
    def policy_library(self) -> Library:
        return self._library(self.places.policies_drive, self.settings.policies.folder)

    def _library(self, drive_id: str, folder: str = "") -> Library:
        return GraphLibrary(self.account, drive_id, folder, rounds=self._rounds, ahead=self.ahead)

    @cached_property
    def letter_writer(self) -> DocxLetterWriter:
        return later(lambda: letter_writer(self.settings))

    @cached_property
    def mail_writer(self) -> JinjaMailWriter:
        return later(lambda: mail_writer(self.settings))

    @cached_property
    def document_reader(self) -> ApartDocumentReader:
        return ApartDocumentReader()

    @cached_property
    def website(self) -> PublicWebsite:
        """The school's public pages; in practice they may lie on this machine."""
        return PublicWebsite(on_this_machine=self.settings.practice is not None)

    @cached_property
    def calendars(self) -> Calendars:
        """People's calendars, where the school wants reviews in them or had them there."""
        return GraphCalendars(self.account, zone=self.settings.school.timezone)

    @cached_property
    def alarms(self) -> AlarmCalendars:
        """The calendars in which the second alarm of the school stands."""
        return GraphAlarmCalendars(self.account)

    @cached_property
    def folders(self) -> FolderAccess:
        """Who may open the folders of cases."""
        return GraphFolderAccess(self.account, self.places.casework_drive)

    @cached_property
    def shared_with(self) -> GraphSharedWith:
        """Who may open the policies."""
        return GraphSharedWith(self.account, self.places.policies_drive)

    def policy_desk(self, now: datetime) -> PolicyDesk:
        drop = self.settings.drop
        excluded = (*self.settings.policies.exclude, *([drop.folder] if drop else []))
        return PolicyDesk(
            library=self.policy_library,
            register=self.policies,
            reader=self.document_reader,
            journal=self.journal,
            school=self.school,
            tokens=self.tokens,
            now=now,
            excluded=excluded,
            sharing=self.shared_with,
            directory=GraphDirectory(self.account) if self.settings.policies.check_directory else None,
            website=self.website if self.settings.policies.check_website else None,
            seen=self.seen,
            told=self.told_of_reading,
        )

    @cached_property
    def platforms(self) -> Platforms:
        """Where things may be posted, read once: a sweep in which nothing is new must not read it twice."""
        return read_once(load_platforms, TEMPLATES / "platforms.toml")

    def intake_desk(self, now: datetime) -> IntakeDesk:
        return IntakeDesk(
            journal=self.journal,
            sealed=self.sealed,
            reader=MimeMessageReader(),
            school=self.school,
            tokens=self.tokens,
            procedures=self.procedures,
            platforms=self.platforms,
            now=now,
            at_once=AT_ONCE + 1,  # while one message is read, the others keep the line busy
        )

    def tools(self, now: datetime) -> Tools:
        return Tools(
            journal=self.journal,
            mail=self.mail,
            inbox=self.inbox,
            casework=self.casework,
            folders=self.folders,
            sealed=self.sealed,
            drop=self.drop,
            mail_writer=self.mail_writer,
            letter_writer=self.letter_writer,
            pdf=later(pdf),
            papers=later(papers),
            copies=later(copies),
            reader=MimeMessageReader(),
            chat_exports=later(chat_exports),
            school=self.school,
            tokens=self.tokens,
            now=now,
            clock=self.sure_clock,
            attach_pdf=self.settings.letters.attach == "pdf",
            policies=self.policy_library,
            calendars=self.calendars,
            seen=self.seen,
        )

    def begin(self) -> None:
        """From now on mail is read; what lay in the mailbox before the first setup opens no cases."""
        with self.journal.transaction() as transaction:
            if transaction.cursors.get(BEGUN_AT) is None:
                transaction.cursors.put(BEGUN_AT, self.clock.now().isoformat())
        mean_calendar(self)

    @contextmanager
    def sweep(self, *, wait: float = 60) -> Iterator[None]:
        """Hold the school's turn; claims of a process that died are given back at once.

        Raises:
            JournalError: another sweep went on for longer than `wait` seconds.
            NewerJournalError: a newer Casework has changed the journal meanwhile.
        """
        with one_sweep(self.settings, self.journal, wait=wait):
            # where nobody has written, nothing is claimed, and nothing newer
            if not self.nothing_new.stands(self):
                take_over(self.settings, self.journal)
            self._rounds.forget()
            try:
                yield
            finally:
                self.ahead.forget()
