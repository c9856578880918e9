"""The statements that every message needs, made once: building one costs SQLAlchemy more than the database's answer."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Select, Table, bindparam, func, literal_column, select
from sqlalchemy.dialects import sqlite

SCHOOL = "of_school"
"""The parameter for the school in all of them; a column's own value is `to_<column>` or `is_<column>`."""


@cache
def rows_where(
    table: Table, equal: tuple[str, ...], by: tuple[str, ...] = (), most: int | None = None
) -> Select[Any]:
    """Rows of a school in which these columns have the values given as `is_<column>`, in the order of `by`."""
    query = select(table).where(table.c.school == bindparam(SCHOOL))
    for name in equal:
        query = query.where(table.c[name] == bindparam(f"is_{name}"))
    return query.order_by(*(table.c[name] for name in by)).limit(most)


@cache
def key_there(table: Table, key: str) -> Select[Any]:
    """One row if there is one of the school with this key, given as `is_key`."""
    here = (table.c.school == bindparam(SCHOOL), table.c[key] == bindparam("is_key"))
    return select(literal_column("1")).where(*here)


@cache
def numbered_insert(table: Table, dialect: str, *, key: str, replaced: tuple[str, ...]) -> Any:  # noqa: ANN401 - two kinds of Insert
    """Add a row with the next number of its school; one whose key is there has these columns replaced, or is left.

    Both databases know ON CONFLICT, but SQLAlchemy has it with each database's own insert only.
    """
    newest = func.coalesce(func.max(table.c.number), 0)
    number = select(newest + 1).where(table.c.school == bindparam(SCHOOL)).scalar_subquery()
    values: dict[str, Any] = {
        column.name: bindparam(f"to_{column.name}", type_=column.type)
        for column in table.columns
        if column.name not in ("school", "number")
    }
    row = insert_into(table, dialect).values(school=bindparam(SCHOOL), number=number, **values)
    there = ["school", key]
    if not replaced:
        return row.on_conflict_do_nothing(index_elements=there)
    return row.on_conflict_do_update(
        index_elements=there, set_={name: row.excluded[name] for name in replaced}
    )


def insert_into(table: Table, dialect: str) -> Any:  # noqa: ANN401 - two kinds of Insert
    """The database's own insert, which knows ON CONFLICT."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - costly to load, and one PC has no use for it

    return postgresql.insert(table)
