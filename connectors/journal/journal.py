"""The journal of one school over SQLAlchemy Core: the port Journal, with backup and proof of soundness."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import IntegrityError

from casework.errors import JournalError
from casework.ports import Journal
from connectors.journal.backup import copy_to
from connectors.journal.cases import SqlCases
from connectors.journal.chain import key_mark
from connectors.journal.counts import SqlCounts
from connectors.journal.cursors import SqlCursors
from connectors.journal.custody import SqlCustody
from connectors.journal.database import Place, engine_for, let_go_of, place_of
from connectors.journal.driver import Driver
from connectors.journal.events import SqlEvents
from connectors.journal.evidence import SqlEvidence
from connectors.journal.letters import SqlLetters
from connectors.journal.marks import SqlMarks
from connectors.journal.older import SqlOlderRows
from connectors.journal.opened import Opened, Transacting, Turn
from connectors.journal.outbox import ClaimsOfThread, SqlOutbox
from connectors.journal.policies import SqlPolicies
from connectors.journal.remembered import NUMBERS, FileDriver, FileLine, ServerLine
from connectors.journal.schema import schools
from connectors.journal.session import MachineClock, Session
from connectors.journal.sightings import SqlSightings
from connectors.journal.troubles import damaged, in_words
from connectors.journal.turns import SqlTurns, refuse_if_lost
from connectors.journal.verification import Verification, examine, refuse_damaged
from connectors.journal.versions import VERSION, bring_up_to_date, refuse_newer_rows
from connectors.journal.writes import JournalVersion, WritesOnServer

PATIENCE = 30.0
"""Seconds to wait for another writer before it counts as a trouble."""


def open_journal(
    url: str | Path,
    *,
    school: str,
    chain_key: bytes,
    machine_clock: MachineClock = lambda: datetime.now(UTC),
    patience: float = PATIENCE,
    check: bool = False,
) -> SqlJournal:
    """Open (and, the first time, make) the journal of one school; an older one is migrated.

    Args:
        url: a file, or an address such as sqlite:////srv/casework/journal.sqlite or postgresql+psycopg://server/name.
        school: the school's code; a journal may hold many schools and each sees its own rows only.
        chain_key: from `chain_key_from`; must be the one with which the school's event log was begun.
        machine_clock: for leases and waits.
        patience: seconds to wait for another writer.
        check: let SQLite check the whole file first (about a second for half a gigabyte); a server checks its own.

    Raises:
        JournalError: names the file, the reason and the next step.
    """
    place = place_of(url)
    engine = engine_for(place, patience=patience)
    journal = SqlJournal(
        engine, place, school=school, chain_key=chain_key, machine_clock=machine_clock, patience=patience
    )
    try:
        with in_words(place.name):
            if check:
                refuse_damaged(engine, place.name)
            bring_up_to_date(engine, place)
            _take_in_school(engine, place, school=school, mark=key_mark(chain_key))
    except UnicodeDecodeError as error:
        # SQLite quotes the damaged bytes in its complaint, and the driver stumbles over them.
        journal.close()
        raise damaged(place.name) from error
    except BaseException:
        journal.close()
        raise
    return journal


class SqlTransaction:
    """The journal inside one transaction: every role, over one connection, made when it is first asked for."""

    def __init__(self, session: Session, claims: ClaimsOfThread) -> None:
        self._session = session
        self._claims = claims

    @property
    def connection(self) -> Connection:
        """SQLAlchemy's own way to the same transaction."""
        return self._session.connection

    def write_what_waits(self) -> None:
        """Write everything that was saved, and let the cases be looked at that something was written about."""
        if self._session.written_about:
            _ = self.cases  # it knows how
        self._session.write_what_waits()

    @cached_property
    def marks(self) -> SqlMarks:
        return SqlMarks(self._session)

    @cached_property
    def sightings(self) -> SqlSightings:
        return SqlSightings(self._session)

    @cached_property
    def cases(self) -> SqlCases:
        return SqlCases(self._session, self.marks)

    @cached_property
    def letters(self) -> SqlLetters:
        return SqlLetters(self._session, self.cases)

    @cached_property
    def events(self) -> SqlEvents:
        return SqlEvents(self._session)

    @cached_property
    def outbox(self) -> SqlOutbox:
        return SqlOutbox(self._session, self._claims)

    @property
    def outbox_view(self) -> SqlOutbox:
        return self.outbox

    @cached_property
    def cursors(self) -> SqlCursors:
        return SqlCursors(self._session)

    @cached_property
    def counts(self) -> SqlCounts:
        return SqlCounts(self._session)

    @cached_property
    def policies(self) -> SqlPolicies:
        return SqlPolicies(self._session)

    @cached_property
    def evidence(self) -> SqlEvidence:
        return SqlEvidence(self._session)

    @cached_property
    def custody(self) -> SqlCustody:
        return SqlCustody(self._session)

    @cached_property
    def older_rows(self) -> SqlOlderRows:
        return SqlOlderRows(self._session)


class SqlJournal(Journal):
    """What the machine remembers of one school. Threads may share it: their transactions take turns."""

    def __init__(
        self,
        engine: Engine,
        place: Place,
        *,
        school: str,
        chain_key: bytes,
        machine_clock: MachineClock,
        patience: float,
    ) -> None:
        self.school = school
        self._engine = engine
        self._line = ServerLine(engine) if place.file is None else FileLine(engine)
        self._place = place
        self._chain_key = chain_key
        self._machine_clock = machine_clock
        self._turn = Turn(place.name, patience=patience)
        self._claims = ClaimsOfThread()
        self._writes = WritesOnServer(next(NUMBERS))
        self._open = True
        self.holder = ""
        """Who holds the school's turn; set, no transaction goes on once another host has taken the school over."""

    @property
    def turns(self) -> SqlTurns:
        """The turns of all schools of this journal."""
        return SqlTurns(self._engine, self._place.name)

    def transaction(self) -> Transacting[SqlTransaction]:
        """All or nothing; serialised against other threads, processes and (on a server) hosts.

        Raises:
            JournalError: disk full, locked for too long, damaged: says what to do.
            TurnLostError: another host has taken the school over meanwhile.
            NewerJournalError: a newer Casework has changed the journal meanwhile.
            RuntimeError: this thread is in a transaction already; hand that one on instead.
        """
        return Transacting(self._session(), self._begin, self._end)

    def _begin(self, session: Session) -> SqlTransaction:
        if self._place.file is None:
            self._writes.queue_up(session.driver, self.school)
        if self.holder:
            refuse_if_lost(session.driver, self.school, self.holder, place=self._place.name)
        return SqlTransaction(session, self._claims)

    def _end(self, session: Session, transaction: SqlTransaction) -> None:
        transaction.write_what_waits()
        self._writes.count(session.driver, self.school)

    def refuse_newer(self) -> None:
        """Ask it before each sweep of a file, whose turn nobody asks for.

        Raises:
            NewerJournalError: a newer Casework has changed the journal since it was opened.
        """
        with self._session() as session:
            ((version,),) = session.driver.rows(VERSION, {})
            refuse_newer_rows(version, self._place.name)

    def version(self) -> JournalVersion:
        """Another one as soon as anybody has written to the school's journal."""
        with self._session() as session:
            driver = session.driver
            if isinstance(driver, FileDriver):
                return driver.version
            return self._writes.queue_up(driver, self.school)

    @contextmanager
    def glimpse(self) -> Iterator[SqlTransaction]:
        """What is so now, whoever has the school's turn; what is written in it is undone."""
        with suppress(_UndoneError), self._session() as session:
            yield SqlTransaction(session, self._claims)
            raise _UndoneError

    def _session(self) -> Opened:
        return Opened(self._turn, self._line.transaction, self._session_over)

    def _session_over(self, driver: Driver) -> Session:
        return Session(
            driver=driver,
            school=self.school,
            chain_key=self._chain_key,
            machine_clock=self._machine_clock,
        )

    def backup(self, target: Path) -> None:
        """Copy the journal to a file while it is in use.

        Raises:
            JournalError: the copy could not be written, or the journal is on a server, which backs up itself.
        """
        if self._place.file is None:
            raise JournalError(
                f"The journal {self._place.name} is on a server: back it up there, with pg_dump."
            )
        with in_words(self._place.name):
            copy_to(self._engine, target)

    def verify(self) -> Verification:
        """Check the database and recompute the chain of the event log."""
        with self.transaction() as journal:
            return examine(journal.connection, journal.events)

    def close(self) -> None:
        """Close its connections; a second time does no harm."""
        if self._open or self._place.file is not None:
            self._open = False
            self._line.close()
            let_go_of(self._engine, self._place)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class _UndoneError(Exception):
    """Ends a transaction that was only to be read in."""


def _take_in_school(engine: Engine, place: Place, *, school: str, mark: str) -> None:
    """Make the school's row at the first opening; later, see that the key is the one of its event log."""
    kept = _key_mark_of(engine, school)
    if kept is None:
        # Another host that opens the journal at this moment may be first: then its mark counts.
        with suppress(IntegrityError), engine.begin() as connection:
            row = insert(schools).values(code=school, key_mark=mark, head_number=0, head_chain="")
            connection.execute(row)
        kept = _key_mark_of(engine, school)
    if kept != mark:
        raise JournalError(
            f"The key file does not belong to the journal {place.name}. "
            "Put back the one from the backup that the journal belongs to."
        )


def _key_mark_of(engine: Engine, school: str) -> str | None:
    with engine.begin() as connection:
        return connection.scalar(select(schools.c.key_mark).where(schools.c.code == school))
