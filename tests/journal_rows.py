"""What stands in a journal, whichever database holds it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import create_engine, inspect, text


def rows_of(url: str, *, apart_from: Collection[str] = ()) -> dict[str, list[str]]:
    """Every row of every table but these, as text."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return {
                table: sorted(str(tuple(row)) for row in connection.execute(text(f'SELECT * FROM "{table}"')))  # noqa: S608 - ours
                for table in inspect(engine).get_table_names()
                if table not in apart_from
            }
    finally:
        engine.dispose()
