"""Version 0008: on a server, how often a school's journal was written to."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("schools", sa.Column("writes", sa.BigInteger, nullable=False, server_default="0"))
