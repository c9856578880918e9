"""Version 0004: slots of the clock, and whose turn it is among the schools of a trust."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "ticks",
        _words("job"),
        sa.Column("slot", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("job", "slot", name="pk_ticks"),
    )
    op.create_table(
        "turns",
        _words("school"),
        _words("holder", nullable=True),
        sa.Column("until", sa.Float(53), nullable=True),
        sa.Column("look_at", sa.Float(53), nullable=False),
        sa.Column("urgent", sa.Integer, nullable=False),
        _words("ran"),
        sa.PrimaryKeyConstraint("school", name="pk_turns"),
    )
    op.create_index("ix_turns_look_at", "turns", ["look_at"])


# The types are written out here and not imported: a migration stays what it was when the tables change.
def _words(name: str, *, nullable: bool = False) -> sa.Column[str]:
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=nullable)
