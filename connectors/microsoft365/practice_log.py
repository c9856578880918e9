"""The practice tenant's work log, where its page reads what Casework did and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from connectors.microsoft365.account import SchoolAccount


@dataclass(frozen=True, kw_only=True, slots=True)
class LogEnd:
    """Where the tenant's log ends: the newest entry's number, 0 for none, and what marks it."""

    number: int
    mark: str


class PracticeLog:
    """Adds to it. Like all of /practice/ it needs no sign-in.

    Args:
        account: the practice school's.
        clock_url: where the practice clock answers; the log is beside it.
    """

    known: LogEnd | None = None
    """Where it ended when it was last asked or told; None where that is not known for certain."""
    drawn: tuple[str, ...] | None = None
    """The versions of the procedures whose pictures were last told; None where that is not known for certain."""

    def __init__(self, account: SchoolAccount, clock_url: str) -> None:
        self._connection = account.con
        self._url = f"{clock_url.rpartition('/')[0]}/work-log"

    def end(self) -> LogEnd:
        """Ask where it ends.

        Raises:
            ConnectorError: the tenant does not answer.
        """
        return _end(self._connection.naive_request(f"{self._url}/end", "get").json())

    def add(self, told: dict[str, Any]) -> LogEnd:
        """Tell entries, standings and the sweep; entries go on where the log ends unless `replace` is set.

        Raises:
            ConnectorError: the tenant does not answer, or the entries do not fit its log.
        """
        return _end(self._connection.naive_request(self._url, "post", json=told).json())


def _end(answer: dict[str, Any]) -> LogEnd:
    return LogEnd(number=int(answer["last"]), mark=str(answer["mark"]))
