"""Version 0006: when each job has to look at a case again."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    for name in ("look_letters", "look_reminders", "look_evidence", "look_calendar"):
        # empty is before every moment: each case of before is looked at once
        op.add_column("cases", sa.Column(name, _words(), nullable=False, server_default=sa.text("''")))
        op.create_index(f"ix_cases_school_{name}", "cases", ["school", name])


# The type is written out here and not imported: a migration stays what it was when the tables change.
def _words() -> sa.Text:
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
