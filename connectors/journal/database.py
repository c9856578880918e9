"""Opening the database itself: where it lies, and what every connection is told before it is used."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from casework.errors import JournalError
from connectors.journal.driver import begin_writing
from connectors.journal.servers import engine_of, let_go

# synchronous=FULL: a commit survives a power cut. secure_delete: what is erased leaves no trace in the file.
_PRAGMAS = (
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA temp_store=MEMORY",
)


_USUAL_PORT = 5432
_SEALED = ("require", "verify-ca", "verify-full")
"""By its own default libpq goes on in the clear where a server, or who speaks for it, says that it has no TLS."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a journal lies.

    Attributes:
        name: for messages: the file, or the server's address without its password.
        file: None for a server.
    """

    url: URL
    name: str
    file: Path | None


def place_of(url: str | Path) -> Place:
    """Read the address of a journal: a file, or an URL such as sqlite:////srv/casework/journal.sqlite.

    Raises:
        JournalError: it is no address of a database that Casework can use.
    """
    address = URL.create("sqlite", database=str(url)) if isinstance(url, Path) else _parsed(url)
    if address.get_backend_name() != "sqlite":
        return Place(url=address, name=address.render_as_string(hide_password=True), file=None)
    if address.database in (None, "", ":memory:"):
        raise JournalError(
            "The journal must be a file, because a journal in memory is lost at every stop. "
            "Write an address such as sqlite:///journal.sqlite."
        )
    file = Path(str(address.database)).absolute()
    return Place(url=address.set(database=str(file)), name=str(file), file=file)


def is_same_database(url: str, other: str) -> bool:
    """True if both addresses name one database, whoever signs in there and how."""
    return _database_of(url) == _database_of(other)


def _database_of(url: str) -> tuple[object, ...]:
    if not url:
        return ()
    place = place_of(url)
    if place.file:
        return (place.file,)
    host = place.url.host or place.url.query.get("host")
    return (host, place.url.port or _USUAL_PORT, place.url.database)


def can_be_listened_to(url: str) -> bool:
    """True if what goes to the database crosses a network in the clear, or may do so if somebody wants it to.

    A name without a dot is taken for this machine's, or one of its containers'.
    """
    if not url:
        return False
    address = _parsed(url)
    host = str(address.host or address.query.get("host") or "")
    if host.startswith("/") or ("." not in host and ":" not in host) or _is_loopback(host):
        return False
    return address.query.get("sslmode") not in _SEALED


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def engine_for(place: Place, *, patience: float) -> Engine:
    """The engine of SQLAlchemy; SQLite gets its pragmas, and a write lock as each transaction begins."""
    if place.file is None:
        return engine_of(place.url)
    _make_file(place.file)
    # Parameters hold names and texts: they must never appear in an error or a log.
    engine = create_engine(place.url, hide_parameters=True, connect_args={"timeout": patience})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's connection behind a protocol
        _prepare(connection, patience)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # At once and for writing: two readers that both want to write later would block each other.
        begin_writing(connection)

    return engine


def let_go_of(engine: Engine, place: Place) -> None:
    """Close the connections that nobody else of this process uses."""
    if place.file is None:
        let_go(place.url)
    else:
        engine.dispose()


def _parsed(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError:
        address = None
    if address is None or address.get_backend_name() not in ("sqlite", "postgresql"):
        raise JournalError(
            "The journal's address is not one that Casework knows. "
            "Write a file (sqlite:///journal.sqlite) or a PostgreSQL server (postgresql+psycopg://...)."
        )
    return address


def _make_file(file: Path) -> None:
    """Make the folder, and the file so that no other account reads it; SQLite's side files inherit that.

    A journal that was put back from a copy may be open to others: it is closed to them, where the account owns it.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
        if os.name != "nt" and file.stat().st_mode & 0o077:
            with contextlib.suppress(PermissionError):
                file.chmod(0o600)
    except OSError as error:
        raise JournalError(
            f"The journal {file} cannot be used: {error.strerror}. "
            "Check its folder, and that the account that runs Casework may write to it."
        ) from error


def _prepare(connection: sqlite3.Connection, patience: float) -> None:
    # None: the driver begins no transactions of its own; the "begin" event does.
    connection.isolation_level = None
    _use_write_ahead_log(connection, patience)
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _use_write_ahead_log(connection: sqlite3.Connection, patience: float) -> None:
    """Switch to WAL. SQLite's own waiting does not cover the switch, so two first openings would collide."""
    until = time.monotonic() + patience
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)
