"""Version 0001: schools, counters, cursors, sightings, cases, letters, policies, events and outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _schools()
    _counters_and_cursors()
    _sightings()
    _cases()
    _letters()
    _policies()
    _events()
    _outbox()


# The types are written out here and not imported: a migration stays what it was when the tables change.
def _words(name: str, *, nullable: bool = False, primary_key: bool = False) -> sa.Column[str]:
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=nullable, primary_key=primary_key)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _json(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _table(
    name: str, key: sa.Column[str] | sa.Column[int], *columns: sa.Column[str] | sa.Column[int]
) -> None:
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


def _schools() -> None:
    op.create_table(
        "schools",
        _words("code"),
        _words("key_mark"),
        _number("head_number"),
        _words("head_chain"),
        sa.PrimaryKeyConstraint("code", name="pk_schools"),
    )


def _counters_and_cursors() -> None:
    _table("counters", _words("name"), _number("value"))
    _table("cursors", _words("name"), _words("value"))


def _sightings() -> None:
    _table(
        "sightings",
        _words("key"),
        _number("number"),
        _words("seen_at"),
        _words("received_at"),
        _words("state"),
        _words("kind"),
        _words("internet_message_id"),
        _words("fingerprint"),
        _words("case", nullable=True),
        _json("rest"),
    )
    _index("sightings", "school", "number", unique=True)
    _index("sightings", "school", "internet_message_id")
    _index("sightings", "school", "fingerprint")
    _index("sightings", "school", "state", "kind")
    _index("sightings", "school", "case")


def _cases() -> None:
    _table(
        "cases",
        _words("reference"),
        _number("number"),
        _words("reported_at"),
        _words("item_id", nullable=True),
        _words("closed_at", nullable=True),
        _json("rest"),
    )
    _index("cases", "school", "number", unique=True)
    _index("cases", "school", "item_id")
    _index("cases", "school", "closed_at")


def _letters() -> None:
    _table(
        "letters",
        _words("key"),
        _number("number"),
        _words("case"),
        _words("state"),
        _words("token"),
        _words("sent_at", nullable=True),
        _json("rest"),
    )
    _index("letters", "school", "number", unique=True)
    _index("letters", "school", "case")
    _index("letters", "school", "state")
    _index("letters", "school", "token")
    _index("letters", "school", "sent_at")


def _policies() -> None:
    _table("policies", _words("file_id"), _number("number"), _words("path"), _json("rest"))
    _index("policies", "school", "number", unique=True)


def _events() -> None:
    _table(
        "events",
        _number("number"),
        _words("at"),
        _words("what"),
        _words("case", nullable=True),
        _words("fields"),
        _words("chain"),
    )
    _index("events", "school", "case")
    _index("events", "school", "at")


def _outbox() -> None:
    _table(
        "outbox",
        _words("key"),
        _number("number"),
        _words("kind"),
        _json("payload"),
        _words("case", nullable=True),
        _words("group"),
        _words("state"),
        _number("claims"),
        _json("progress"),
        _words("problem"),
        _words("ready_at", nullable=True),
    )
    _index("outbox", "school", "number", unique=True)
    _index("outbox", "school", "state", "number")
    _index("outbox", "school", "group", "state")
