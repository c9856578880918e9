"""Where a practice school's journal lies, a file or a server, so that a test can keep it and come back to it."""

from __future__ import annotations

import re
import shutil
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, Connection, create_engine, make_url

import connectors.journal.servers
import offices.tenants

JOURNAL = ("journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm")
ON_A_SERVER = "settings-on-a-server.toml"


class JournalStore(Protocol):
    """The journal of one school. Nobody may have it open meanwhile."""

    def keep(self, name: str) -> None:
        """Remember it as it is now."""

    def bring_back(self, name: str) -> None:
        """Let it be as it was when it was kept under that name."""

    def time_passes(self) -> None:
        """Let every lease of a host that died run out, as a minute would."""


@dataclass(frozen=True, kw_only=True, slots=True)
class JournalFile:
    """A journal of SQLite beside the settings."""

    state: Path

    def keep(self, name: str) -> None:
        folder = self.state / f"kept-{name}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for file in JOURNAL:
            if (self.state / file).exists():
                shutil.copy(self.state / file, folder / file)

    def bring_back(self, name: str) -> None:
        for file in JOURNAL:
            (self.state / file).unlink(missing_ok=True)
            if (self.state / f"kept-{name}" / file).exists():
                shutil.copy(self.state / f"kept-{name}" / file, self.state / file)

    def time_passes(self) -> None:
        """A file is locked by the operating system, which lets go of it at once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class JournalOnServer:
    """A journal in a database of PostgreSQL.

    Attributes:
        url: of the database.
    """

    url: str

    def keep(self, name: str) -> None:
        close_tenants()
        copy = self._copy(name)
        self._run(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        self._let_nobody_in()
        self._run(f'CREATE DATABASE "{copy}" TEMPLATE "{self._database}"')

    def bring_back(self, name: str) -> None:
        close_tenants()
        self._run(f'DROP DATABASE "{self._database}" WITH (FORCE)')
        self._run(f'CREATE DATABASE "{self._database}" TEMPLATE "{self._copy(name)}"')

    def begin_anew(self) -> None:
        """Let it be empty."""
        close_tenants()
        self._run(f'DROP DATABASE "{self._database}" WITH (FORCE)')
        self._run(f'CREATE DATABASE "{self._database}" TEMPLATE template0')

    def time_passes(self) -> None:
        engine = create_engine(self.url)
        try:
            with engine.begin() as connection:
                for table in ("turns", "lanes"):
                    connection.exec_driver_sql(f"UPDATE {table} SET until = 0 WHERE until IS NOT NULL")  # noqa: S608 - ours
        finally:
            engine.dispose()

    @property
    def _database(self) -> str:
        return str(make_url(self.url).database)

    def _copy(self, name: str) -> str:
        return f"{self._database}_{name}"

    def _let_nobody_in(self) -> None:
        """End what is still connected: a pool that was just closed may be seen there for a moment more."""
        self._run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"  # noqa: S608 - ours
            f" WHERE datname = '{self._database}' AND pid <> pg_backend_pid()"
        )

    def _run(self, statement: str) -> None:
        with _administration(make_url(self.url)) as connection:
            connection.exec_driver_sql(statement)


def close_tenants() -> None:
    """Let this process hold nothing of any server: its gates before Microsoft's tenants ask the journal's database."""
    for gates in list(offices.tenants._opened.values()):
        gates.close()
    offices.tenants._opened.clear()


def inherit_nothing() -> None:
    """For a forked child: what its parent has open with a server is the parent's alone."""
    offices.tenants._lock = threading.Lock()
    offices.tenants._opened.clear()
    connectors.journal.servers._turn = threading.Lock()
    for engine in connectors.journal.servers._engines.values():
        engine.dispose(close=False)
    connectors.journal.servers._engines.clear()
    connectors.journal.servers._users.clear()


def _administration(url: URL) -> Connection:
    engine = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    connection = engine.connect()
    connection.detach()
    engine.dispose()
    return connection


def settings_on_a_server(settings: Path, url: str) -> Path:
    """Write the same settings once more, with the journal in that database; returns the new file."""
    text = settings.read_text(encoding="utf-8")
    journal = f'[journal]\nurl = "{url}"\nkey = "journal.key"\n'
    text, found = re.subn(r"^\[journal\]\n(?:.+\n)*", journal, text, flags=re.MULTILINE)
    if found != 1:
        raise ValueError("The settings have no section [journal].")
    target = settings.with_name(ON_A_SERVER)
    target.write_text(text, encoding="utf-8")
    return target
