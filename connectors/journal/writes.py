"""Whether anybody has written to a journal since it was last looked into."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from connectors.journal.driver import Bound, Driver, Prepared
from connectors.journal.schema import schools
from connectors.journal.statements import SCHOOL


class JournalVersion(NamedTuple):
    """What is another one as soon as anybody has written to a school's journal.

    Attributes:
        through: the connection through which it was asked; versions of two say nothing about each other.
        others: another one when somebody else has written.
        own: how much was written through this one.
    """

    through: int
    others: int
    own: int

    def only_we_wrote_since(self, before: JournalVersion) -> bool:
        return (self.through, self.others) == (before.through, before.others)


class ServerDriver(Driver):
    """One transaction on a server, which knows whether it may have written."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.has_written = False

    @property
    def connection(self) -> Connection:
        # what SQLAlchemy is told to do is not seen here: it may write
        self.has_written = True
        return self._connection

    def _before_writing(self, prepared: Prepared, bound: Bound) -> None:  # noqa: ARG002 - the driver's form
        self.has_written = True


class WritesOnServer:
    """How often a school's journal on a server was written to: its row counts that, and this counts our own."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._own = 0

    def queue_up(self, driver: Driver, school: str) -> JournalVersion:
        """Let the transactions of one school take turns, as SQLite's write lock does for a file.

        Returns:
            The version that this transaction begins with.
        """
        ((written,),) = driver.rows(_LOCK, {SCHOOL: school}) or ((0,),)
        return JournalVersion(through=self._number, others=written - self._own, own=self._own)

    def count(self, driver: Driver, school: str) -> None:
        """As a transaction ends: a server does not tell others by itself that somebody has written."""
        if isinstance(driver, ServerDriver) and driver.has_written:
            driver.write(_COUNT, {SCHOOL: school})
            self._own += 1


_OF_SCHOOL = schools.c.code == bindparam(SCHOOL)
_LOCK = select(schools.c.writes).where(_OF_SCHOOL).with_for_update()
_COUNT = update(schools).where(_OF_SCHOOL).values(writes=schools.c.writes + 1)
