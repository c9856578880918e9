"""Version 0005: how many requests go to a Microsoft tenant at a time, and how many in a while."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "lanes",
        _words("tenant"),
        sa.Column("number", sa.Integer, nullable=False),
        _words("holder", nullable=True),
        sa.Column("until", sa.Float(53), nullable=True),
        sa.Column("wanted", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "number", name="pk_lanes"),
    )
    op.create_table(
        "purses",
        _words("tenant"),
        _words("name"),
        sa.Column("level", sa.Float(53), nullable=False),
        sa.Column("at", sa.Float(53), nullable=False),
        sa.Column("paused_until", sa.Float(53), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "name", name="pk_purses"),
    )


# The types are written out here and not imported: a migration stays what it was when the tables change.
def _words(name: str, *, nullable: bool = False) -> sa.Column[str]:
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=nullable)
