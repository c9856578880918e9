"""Version 0003: what cases are found by, and which rows of the register are stale."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "marks",
        _words("school"),
        _words("kind"),
        _words("value"),
        _words("case"),
        sa.PrimaryKeyConstraint("school", "kind", "value", "case", name="pk_marks"),
        sa.ForeignKeyConstraint(["school"], ["schools.code"], name="fk_marks_school"),
    )
    op.create_index("ix_marks_school_case", "marks", ["school", "case"])
    # every case of before is looked at once more
    op.add_column("cases", sa.Column("stale", sa.Integer, nullable=False, server_default="1"))
    op.create_index("ix_cases_school_stale", "cases", ["school", "stale"])


# The types are written out here and not imported: a migration stays what it was when the tables change.
def _words(name: str) -> sa.Column[str]:
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=False)
