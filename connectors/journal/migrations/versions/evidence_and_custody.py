"""Version 0002: the evidence register and the custody record."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _table(
        "evidence",
        _words("key"),
        _number("number"),
        _words("case", nullable=True),
        _words("sighting"),
        _words("file_id"),
        _words("checked_at"),
        _words("finding", nullable=True),
        _json("rest"),
    )
    _index("evidence", "school", "number", unique=True)
    for column in ("case", "sighting", "file_id", "checked_at", "finding"):
        _index("evidence", "school", column)
    _table("custody", _words("key"), _number("number"), _words("case"), _number("page"), _json("rest"))
    _index("custody", "school", "number", unique=True)
    _index("custody", "school", "case", "page")


# The types are written out here and not imported: a migration stays what it was when the tables change.
def _words(name: str, *, nullable: bool = False) -> sa.Column[str]:
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=nullable)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _json(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _table(name: str, key: sa.Column[str], *columns: sa.Column[str] | sa.Column[int]) -> None:
    op.create_table(
        name,
        _words("school"),
        key,
        *columns,
        sa.PrimaryKeyConstraint("school", key.name, name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["school"], ["schools.code"], name=f"fk_{name}_school"),
    )


def _index(table: str, *columns: str, unique: bool = False) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns), unique=unique)
