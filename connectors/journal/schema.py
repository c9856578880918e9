"""The journal's tables; every row belongs to a school, because a trust keeps many schools in one journal."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, MetaData, Table, text

from casework.looks import Look
from connectors.journal.columns import JsonText, Words

# One name per constraint on every database, so that a later migration can address it.
metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)


def _school() -> Column[str]:
    return Column("school", Words, ForeignKey("schools.code"), primary_key=True)


def _text(name: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, Words, nullable=nullable)


# The school's row is also what transactions on PostgreSQL queue for. head_number and head_chain repeat the
# newest event, so that removing the newest shows; key_mark tells whether a key file belongs to this journal.
schools = Table(
    "schools",
    metadata,
    Column("code", Words, primary_key=True),
    _text("key_mark"),
    Column("head_number", Integer, nullable=False),
    _text("head_chain"),
    # how often it was written to; counted on a server only, where nothing else tells it
    Column("writes", BigInteger, nullable=False, server_default="0"),
)

counters = Table(
    "counters",
    metadata,
    _school(),
    Column("name", Words, primary_key=True),
    Column("value", Integer, nullable=False),
)

cursors = Table("cursors", metadata, _school(), Column("name", Words, primary_key=True), _text("value"))

# In the record tables a column is a field that is searched for; `rest` holds all other fields,
# and `number` is the order in which the records were first saved.
sightings = Table(
    "sightings",
    metadata,
    _school(),
    Column("key", Words, primary_key=True),
    Column("number", Integer, nullable=False),
    _text("seen_at"),
    _text("received_at"),
    _text("state"),
    _text("kind"),
    _text("internet_message_id"),
    _text("fingerprint"),
    _text("case", nullable=True),
    Column("rest", JsonText, nullable=False),
    Index(None, "school", "number", unique=True),
    Index(None, "school", "internet_message_id"),
    Index(None, "school", "fingerprint"),
    Index(None, "school", "state", "kind"),
    Index(None, "school", "case"),
)

LOOKS = {look: f"look_{look.value}" for look in Look}
"""The column of each look: from which moment on the case is to be looked at."""

cases = Table(
    "cases",
    metadata,
    _school(),
    Column("reference", Words, primary_key=True),
    Column("number", Integer, nullable=False),
    _text("reported_at"),
    _text("item_id", nullable=True),
    _text("closed_at", nullable=True),
    # 1 from every saving of the case or of a letter of it, until its row is known to show it.
    Column("stale", Integer, nullable=False, server_default="1"),
    # Empty, which is before every moment, from every writing about the case until it was looked at.
    *(Column(name, Words, nullable=False, server_default=text("''")) for name in LOOKS.values()),
    Column("rest", JsonText, nullable=False),
    Index(None, "school", "number", unique=True),
    Index(None, "school", "item_id"),
    Index(None, "school", "closed_at"),
    Index(None, "school", "stale"),
    *(Index(None, "school", name) for name in LOOKS.values()),
)

# What cases are found by: the post's address, files' hashes, words, people. A value is a fingerprint.
marks = Table(
    "marks",
    metadata,
    _school(),
    Column("kind", Words, primary_key=True),
    Column("value", Words, primary_key=True),
    Column("case", Words, primary_key=True),
    Index(None, "school", "case"),
)

letters = Table(
    "letters",
    metadata,
    _school(),
    Column("key", Words, primary_key=True),
    Column("number", Integer, nullable=False),
    _text("case"),
    _text("state"),
    _text("token"),
    _text("sent_at", nullable=True),
    Column("rest", JsonText, nullable=False),
    Index(None, "school", "number", unique=True),
    Index(None, "school", "case"),
    Index(None, "school", "state"),
    Index(None, "school", "token"),
    Index(None, "school", "sent_at"),
)

policies = Table(
    "policies",
    metadata,
    _school(),
    Column("file_id", Words, primary_key=True),
    Column("number", Integer, nullable=False),
    _text("path"),
    Column("rest", JsonText, nullable=False),
    Index(None, "school", "number", unique=True),
)

# The evidence register: one row for each file that is kept.
evidence = Table(
    "evidence",
    metadata,
    _school(),
    Column("key", Words, primary_key=True),
    Column("number", Integer, nullable=False),
    _text("case", nullable=True),
    _text("sighting"),
    _text("file_id"),
    _text("checked_at"),
    _text("finding", nullable=True),
    Column("rest", JsonText, nullable=False),
    Index(None, "school", "number", unique=True),
    Index(None, "school", "case"),
    Index(None, "school", "sighting"),
    Index(None, "school", "file_id"),
    Index(None, "school", "checked_at"),
    Index(None, "school", "finding"),
)

# The custody record: rows are added, and only their page is ever set.
custody = Table(
    "custody",
    metadata,
    _school(),
    Column("key", Words, primary_key=True),
    Column("number", Integer, nullable=False),
    _text("case"),
    Column("page", Integer, nullable=False),
    Column("rest", JsonText, nullable=False),
    Index(None, "school", "number", unique=True),
    Index(None, "school", "case", "page"),
)

# `fields` is text as written and not JSON to be parsed: the chain is over these very bytes.
events = Table(
    "events",
    metadata,
    _school(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("at"),
    _text("what"),
    _text("case", nullable=True),
    _text("fields"),
    _text("chain"),
    Index(None, "school", "case"),
    Index(None, "school", "at"),
)

# `claims` counts how often an effect was taken; `ready_at` is the end of its lease or of its wait.
outbox = Table(
    "outbox",
    metadata,
    _school(),
    Column("key", Words, primary_key=True),
    Column("number", Integer, nullable=False),
    _text("kind"),
    Column("payload", JsonText, nullable=False),
    _text("case", nullable=True),
    _text("group"),
    _text("state"),
    Column("claims", Integer, nullable=False),
    Column("progress", JsonText, nullable=False),
    _text("problem"),
    _text("ready_at", nullable=True),
    Index(None, "school", "number", unique=True),
    Index(None, "school", "state", "number"),
    Index(None, "school", "group", "state"),
)

# Which host has taken which slot of a job's clock: the primary key lets one in.
ticks = Table(
    "ticks",
    metadata,
    Column("job", Words, primary_key=True),
    Column("slot", Integer, primary_key=True, autoincrement=False),
)

# Whose turn it is. It refers to no school's row, because a school whose settings are broken has none yet.
# `until` and `look_at` are seconds since 1970 by the database's clock; `ran` says when each job last was.
turns = Table(
    "turns",
    metadata,
    Column("school", Words, primary_key=True),
    _text("holder", nullable=True),
    Column("until", Float(53), nullable=True),
    Column("look_at", Float(53), nullable=False),
    Column("urgent", Integer, nullable=False),
    _text("ran"),
    Index(None, "look_at"),
)

# So many requests go to one Microsoft tenant at a time, whichever host sends them: a host holds a lane while
# it asks. `wanted` is 1 while another host waits for one.
lanes = Table(
    "lanes",
    metadata,
    Column("tenant", Words, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("holder", nullable=True),
    Column("until", Float(53), nullable=True),
    Column("wanted", Integer, nullable=False),
)

# What may still be asked of a tenant: `level` units at the moment `at`, nothing before `paused_until`, all by
# the database's clock in seconds since 1970. A row is a mailbox (a fingerprint, no address) or all files.
purses = Table(
    "purses",
    metadata,
    Column("tenant", Words, primary_key=True),
    Column("name", Words, primary_key=True),
    Column("level", Float(53), nullable=False),
    Column("at", Float(53), nullable=False),
    Column("paused_until", Float(53), nullable=False),
)
