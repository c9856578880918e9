"""The journal's version: checked by one plain query, raised by Alembic only when it must be."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, Engine, column, inspect, select, table, text

from casework.errors import JournalError, NewerJournalError
from connectors.journal.backup import copy_to
from connectors.journal.database import Place
from connectors.journal.statistics import tell_of_the_rows

MIGRATIONS = Path(__file__).parent / "migrations"

# Every version that this Casework can open, oldest first; each is a file in migrations/versions.
VERSIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")


VERSION = select(table("alembic_version", column("version_num")).c.version_num)
"""Asks an open journal for its version."""


def bring_up_to_date(
    engine: Engine, place: Place, *, migrations: Path = MIGRATIONS, versions: Sequence[str] = VERSIONS
) -> None:
    """Migrate an older (or empty) journal to the newest version, all or nothing, with a backup before.

    Either way the database knows afterwards what there is to know of the rows.

    Raises:
        JournalError: the journal is of a newer version, or is another program's database.
    """
    with engine.begin() as connection:
        current = _version(connection, place)
    if current != versions[-1]:
        _refuse_newer(current, place, versions)
        if current is not None and place.file is not None:
            copy_to(engine, place.file.with_name(f"{place.file.name}.before-{versions[-1]}"))
        with engine.begin() as connection:
            _queue_up(connection)
            if _version(connection, place) != versions[-1]:
                _migrate(connection, migrations)
    tell_of_the_rows(engine)


def _version(connection: Connection, place: Place) -> str | None:
    """The version that the journal says of itself; None for an empty database."""
    if inspect(connection).has_table("alembic_version"):
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")))
    if inspect(connection).get_table_names():
        raise JournalError(
            f"{place.name} is a database of another program and not a journal of Casework. "
            "Name another file under [journal] in the settings."
        )
    return None


def _refuse_newer(current: str | None, place: Place, versions: Sequence[str]) -> None:
    if current is not None and current not in versions:
        back = f": casework restore {place.file}.before-{current}" if place.file else "."
        raise JournalError(
            f"The journal {place.name} has version {current}, which is newer than this Casework "
            f"(it knows versions up to {versions[-1]}). Install the newer Casework again, "
            f"or put back the backup that was made before the update{back}"
        )


def refuse_newer_rows(current: str, place: str) -> None:
    """What this Casework does not know it would drop from rows that a newer one has written: so it ends instead.

    Raises:
        NewerJournalError: the journal was brought up to another version since it was opened.
    """
    if current != VERSIONS[-1]:
        raise NewerJournalError(
            f"A newer Casework has brought the journal {place} up to version {current} while this one, which knows "
            f"version {VERSIONS[-1]}, was at work. It does nothing more here. Update the program on this machine and "
            "start it again; nothing was lost."
        )


def _queue_up(connection: Connection) -> None:
    """On PostgreSQL let one host migrate and the others wait; on SQLite the transaction itself does that."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('casework journal migration'))"))


def _migrate(connection: Connection, migrations: Path) -> None:
    # Imported here because Alembic takes most of a second to load and is needed once a year.
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
