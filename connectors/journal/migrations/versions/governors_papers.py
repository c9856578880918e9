"""Version 0007: the governors' paper is a letter of no case; what an older program still meant to draft is a person's."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

PROBLEM = "A newer Casework drafts the governors' paper in another way. Run: casework governors-paper --draft"


def upgrade() -> None:
    outbox = sa.table("outbox", *(sa.column(name, sa.Text()) for name in ("kind", "key", "state", "problem")))
    unfinished = outbox.c.state.in_(("planned", "claimed"))
    op.execute(
        outbox.update()
        .where(outbox.c.kind == "draft governors' paper", unfinished)
        .values(state="needs a person", problem=PROBLEM)
    )
    # the line of a morning mail that said that one waits: the request for approval says it now
    op.execute(
        outbox.update()
        .where(outbox.c.key.like("%/governors/%/waits"), outbox.c.state == "gathered")
        .values(state="cancelled")
    )
