"""The log as the tenant holds it: entries in order, where each case stands, and how far the work has come."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from practice_tenant.database import Database
from practice_tenant.times import parse_moment

_SWEPT, _SCHOOL_DAYS = "work log swept", "work log school days"
_STAFF_COLUMNS = "work log staff columns"
_PROCEDURES = "work log procedures"


@dataclass(frozen=True, kw_only=True, slots=True)
class LogEntry:
    """One thing that was done.

    Attributes:
        number: from 1, without gaps.
        at: the practice moment, ISO 8601.
        reference: the case, "" where it concerns none.
        words, why: a sentence each; `why` may be "".
        mark: anything that another log would not have at this number.
    """

    number: int
    at: str
    words: str
    reference: str = ""
    why: str = ""
    mark: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnProcedure:
    """A procedure of the school as Casework draws it.

    Attributes:
        svg: the picture.
        text: the same in words.
    """

    name: str
    svg: str
    text: str


class WorkLog:
    """Reads and writes it; a reset of the tenant takes it back too."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self) -> LogEntry | None:
        newest = self._entries("ORDER BY number DESC LIMIT 1")
        return newest[0] if newest else None

    def entries(self, *, after: int = 0) -> list[LogEntry]:
        """Oldest first."""
        return self._entries("WHERE number > ? ORDER BY number", (after,))

    def of_case(self, reference: str) -> list[LogEntry]:
        return self._entries("WHERE reference = ? ORDER BY number", (reference,))

    def add(self, entries: Iterable[LogEntry]) -> None:
        for entry in entries:
            self._database.execute(
                "INSERT INTO work_log_entries (number, at, reference, words, why, mark) "
                "VALUES (:number, :at, :reference, :words, :why, :mark)",
                asdict(entry),
            )

    def forget(self) -> None:
        self._database.execute("DELETE FROM work_log_entries")
        self._database.execute("DELETE FROM work_log_standings")

    def set_standing(self, reference: str, lines: list[str]) -> None:
        """Where a case stands and what is next, as lines to read."""
        self._database.execute(
            "INSERT OR REPLACE INTO work_log_standings (reference, lines) VALUES (?, ?)",
            (reference, json.dumps(lines)),
        )

    def standing(self, reference: str) -> list[str]:
        row = self._database.one("SELECT lines FROM work_log_standings WHERE reference = ?", (reference,))
        return [str(line) for line in json.loads(row["lines"])] if row else []

    @property
    def swept_at(self) -> datetime | None:
        """The practice moment of the last sweep of all jobs, None where nobody has told of one."""
        fact = self._database.fact(_SWEPT)
        return parse_moment(fact) if fact else None

    def set_swept(self, moment: datetime) -> None:
        self._database.set_fact(_SWEPT, moment.isoformat())

    @property
    def school_days(self) -> list[date]:
        """The school days of this term from the last sweep on; empty where nobody has told them."""
        days = json.loads(self._database.fact(_SCHOOL_DAYS) or "[]")
        return [date.fromisoformat(day) for day in days]

    def set_school_days(self, days: Iterable[date]) -> None:
        self._database.set_fact(_SCHOOL_DAYS, json.dumps([day.isoformat() for day in days]))

    def staff_columns(self, name: str) -> frozenset[str]:
        """The columns of a list that staff fill in; empty where nobody has told them."""
        told = json.loads(self._database.fact(_STAFF_COLUMNS) or "{}")
        return frozenset(told.get(name, ()))

    def set_staff_columns(self, columns: dict[str, list[str]]) -> None:
        self._database.set_fact(_STAFF_COLUMNS, json.dumps(columns))

    @property
    def procedures(self) -> list[DrawnProcedure]:
        """The school's procedures; empty where nobody has told them."""
        return [DrawnProcedure(**told) for told in json.loads(self._database.fact(_PROCEDURES) or "[]")]

    def set_procedures(self, drawn: Iterable[DrawnProcedure]) -> None:
        self._database.set_fact(_PROCEDURES, json.dumps([asdict(one) for one in drawn]))

    def _entries(self, rest: str, parameters: tuple[object, ...] = ()) -> list[LogEntry]:
        rows = self._database.rows(
            f"SELECT number, at, reference, words, why, mark FROM work_log_entries {rest}",  # noqa: S608 - `rest` is ours
            parameters,
        )
        return [LogEntry(**dict(row)) for row in rows]
