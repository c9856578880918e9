"""Columns that allow each value once, in any letter case."""

from collections.abc import Sequence

from practice_tenant.database import Database
from practice_tenant.errors import GraphError
from practice_tenant.odata.narrowing import searchable
from practice_tenant.sites.columns import Column
from practice_tenant.sites.field_values import field_key
from practice_tenant.sites.values import Fields


def check_unique(
    database: Database, list_id: str, columns: Sequence[Column], fields: Fields, number: int = 0
) -> None:
    """Raise Microsoft's 400 where another item than `number` has one of the values; empty ones do not count."""
    for column in columns:
        key = field_key(column)
        if not column.is_unique or key not in fields:
            continue
        wanted = str(fields[key]).casefold()
        others = _values(database, list_id, key, apart_from=number, holding=searchable(wanted))
        if wanted in (other.casefold() for other in others):
            raise _taken()


def check_no_duplicates(database: Database, list_id: str, column: Column) -> None:
    """Raise 400 where a column that is to become unique holds a value twice."""
    values = [value.casefold() for value in _values(database, list_id, field_key(column), apart_from=0)]
    if len(set(values)) < len(values):
        raise GraphError(400, "invalidRequest", f"The column '{column.name}' already holds duplicate values.")


def _values(database: Database, list_id: str, key: str, *, apart_from: int, holding: str = "") -> list[str]:
    rows = database.rows(
        "SELECT json_extract(fields, ?) AS value FROM list_items "
        "WHERE list_id = ? AND deleted = 0 AND number <> ? AND (? = '' OR instr(lower(fields), ?))",
        (f'$."{key}"', list_id, apart_from, holding, holding),
    )
    return [str(row["value"]) for row in rows if row["value"] is not None]


def _taken() -> GraphError:
    return GraphError(
        400, "invalidRequest", "One or more fields with unique constraints already has the provided value."
    )
