"""The practice tenant's clock, which a visitor may move, as the school's time."""

from __future__ import annotations

from datetime import UTC, datetime

from connectors.microsoft365.account import SchoolAccount


class PracticeClock:
    """Asks the practice tenant for the time."""

    def __init__(self, account: SchoolAccount, clock_url: str) -> None:
        self._connection = account.con
        self._clock_url = clock_url

    def now(self) -> datetime:
        # /practice/ needs no sign-in, and no token of the school's belongs there
        answer = self._connection.naive_request(self._clock_url, "get").json()
        return datetime.fromisoformat(str(answer["now"])).astimezone(UTC)
