"""What SQLite is told of the rows, so that it finds its way to them: by itself it takes a school for ten rows.

Left to guess, it walks through all rows of the school in the order of their numbers where an index would lead to the
three that are wanted; a school of five thousand cases would wait for each answer. So its table of statistics is written
here, as https://www.sqlite.org/optoverview.html ("manual control of query plans using SQLITE_STAT tables") describes. It
is not measured: plans must be the same on every machine, on the first day and in the tenth year. PostgreSQL measures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Engine, Index, Table, text

from connectors.journal.schema import metadata

ROWS = 1_000_000
MANY = 1_000
"""Rows of one kind or in one state: a kind is shared by many."""
FEW = 10
"""Rows that share anything else, such as a case."""
_SHARED_BY_MANY = frozenset({"kind", "state"})


def tell_of_the_rows(engine: Engine) -> None:
    """Write the statistics where they are not as they should be; nothing where the database keeps its own."""
    if engine.dialect.name != "sqlite":
        return
    wanted = {(table.name, index): stat for table in metadata.sorted_tables for index, stat in _of(table)}
    with engine.begin() as connection:
        if _told(connection) == wanted:
            return
        connection.execute(text("ANALYZE sqlite_schema"))  # makes the table, where there is none
        connection.execute(text("DELETE FROM sqlite_stat1"))
        rows = [{"tbl": table, "idx": index, "stat": stat} for (table, index), stat in wanted.items()]
        connection.execute(text("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (:tbl, :idx, :stat)"), rows)
        connection.execute(text("ANALYZE sqlite_schema"))  # lets this connection read it


def _told(connection: Connection) -> dict[tuple[str, str], str]:
    if not connection.scalar(text("SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'")):
        return {}
    rows = connection.execute(text("SELECT tbl, idx, stat FROM sqlite_stat1"))
    return {(table, index): stat for table, index, stat in rows}


def _of(table: Table) -> Iterator[tuple[str, str]]:
    """Each index of the table by its name in the database, with its statistics."""
    if table.c[0].name != "school":
        return
    yield (
        f"sqlite_autoindex_{table.name}_1",
        _stat([column.name for column in table.primary_key], unique=True),
    )
    for index in sorted(table.indexes, key=_name):
        yield _name(index), _stat([column.name for column in index.columns], unique=bool(index.unique))


def _name(index: Index) -> str:
    return str(index.name)


def _stat(columns: Sequence[str], *, unique: bool) -> str:
    """All rows, then how many share the first column, the first two, and so on."""
    shared = [ROWS]
    for name in columns:
        shared.append(min(shared[-1], ROWS if name == "school" else MANY if name in _SHARED_BY_MANY else FEW))
    if unique:
        shared[-1] = 1
    return " ".join(map(str, shared))
