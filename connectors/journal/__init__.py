"""The journal on SQLAlchemy Core: SQLite for a school, PostgreSQL for a trust."""

from connectors.journal.aside import copy_aside
from connectors.journal.chain_key import chain_key_from
from connectors.journal.database import can_be_listened_to, is_same_database
from connectors.journal.journal import PATIENCE, SqlJournal, SqlTransaction, open_journal
from connectors.journal.lanes import Answer, HeldLane, SqlLanes, Wish
from connectors.journal.turns import DueSchool, SqlTurns, Turn, open_turns
from connectors.journal.verification import Verification

__all__ = [
    "PATIENCE",
    "Answer",
    "DueSchool",
    "HeldLane",
    "SqlJournal",
    "SqlLanes",
    "SqlTransaction",
    "SqlTurns",
    "Turn",
    "Verification",
    "Wish",
    "can_be_listened_to",
    "chain_key_from",
    "copy_aside",
    "is_same_database",
    "open_journal",
    "open_turns",
]
