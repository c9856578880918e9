"""Microsoft's limits: so many requests of an application to a mailbox, so many at once, so many units of SharePoint."""

import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import Any

from practice_tenant.errors import GraphError, bad_request

_MAIL_WORDS = frozenset(
    {
        "messages",
        "mailfolders",
        "sendmail",
        "outlook",
        "mailboxsettings",
        "calendar",
        "calendars",
        "calendarview",
        "events",
    }
)
_FILE_WORDS = frozenset({"drives", "sites", "shares"})
_WARN_FROM = 0.8


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The limits in force; 0 is no limit. Only the four at once hold until others are asked for.

    Attributes:
        mailbox_requests: requests of one application to one mailbox in `mailbox_seconds`; Microsoft's are 10,000 in 600.
        mailbox_at_once: requests of one application to one mailbox that run at the same time.
        sharepoint_units: resource units of one application in `sharepoint_seconds`; Microsoft's are 1,250 in 60.
        list_view_threshold: items from which on SharePoint searches a list by its indexes only.
        tells_when: whether a refusal carries Retry-After.
    """

    mailbox_requests: int = 0
    mailbox_seconds: int = 600
    mailbox_at_once: int = 4
    sharepoint_units: int = 0
    sharepoint_seconds: int = 60
    list_view_threshold: int = 5000
    tells_when: bool = True

    def changed(self, given: dict[str, Any]) -> "Limits":
        """With what was named; the rest stays.

        Raises:
            GraphError: 400 for other names, or for what is no number.
        """
        unknown = sorted(set(given) - set(asdict(self)))
        if unknown:
            raise bad_request(f"Unknown limit: {', '.join(unknown)}. Known are: {', '.join(asdict(self))}.")
        for name, value in given.items():
            wanted = bool if name == "tells_when" else int
            if type(value) is not wanted or value < 0:
                raise bad_request(
                    f"{name} must be {'true or false' if wanted is bool else 'a whole number'}."
                )
        return replace(self, **given)


@dataclass(frozen=True, kw_only=True, slots=True)
class Toll:
    """What a request counts for: which purse it comes out of, and how much."""

    purse: tuple[str, str, str]
    units: int

    @property
    def is_mail(self) -> bool:
        return self.purse[0] == "mailbox"


class Throttle:
    """Counts by the machine's clock; a restart or a reset of the tenant forgets."""

    def __init__(self) -> None:
        self.limits = Limits()
        self._spent: dict[tuple[str, str, str], deque[tuple[float, int]]] = {}
        self._running: dict[tuple[str, str, str], int] = {}

    def forget(self) -> None:
        self.limits = Limits()
        self._spent.clear()

    @contextmanager
    def passing(self, toll: Toll | None) -> Iterator[dict[str, str]]:
        """Let a request through, and give the headers that tell how near the limit is.

        Raises:
            GraphError: 429 where a limit is reached.
        """
        if toll is None:
            yield {}
            return
        self._refuse_crowd(toll)
        headers = self._pay(toll)
        self._running[toll.purse] = self._running.get(toll.purse, 0) + 1
        try:
            yield headers
        finally:
            self._running[toll.purse] -= 1

    def _refuse_crowd(self, toll: Toll) -> None:
        most = self.limits.mailbox_at_once
        if toll.is_mail and most and self._running.get(toll.purse, 0) >= most:
            raise self._refusal(
                "ApplicationThrottled", "Application is over its MailboxConcurrency limit.", seconds=1
            )

    def _pay(self, toll: Toll) -> dict[str, str]:
        limits = self.limits
        most, span = (
            (limits.mailbox_requests, limits.mailbox_seconds)
            if toll.is_mail
            else (limits.sharepoint_units, limits.sharepoint_seconds)
        )
        if not most:
            return {}
        spent = self._spent.setdefault(toll.purse, deque())
        now = time.monotonic()
        while spent and spent[0][0] <= now - span:
            spent.popleft()
        used = sum(units for _, units in spent)
        again = int(spent[0][0] + span - now) + 1 if spent else span
        if used + toll.units > most:
            raise self._over(toll, again)
        spent.append((now, toll.units))
        if toll.is_mail or used + toll.units < most * _WARN_FROM:
            return {}
        left = str(most - used - toll.units)
        return {"RateLimit-Limit": str(most), "RateLimit-Remaining": left, "RateLimit-Reset": str(again)}

    def _over(self, toll: Toll, seconds: int) -> GraphError:
        if toll.is_mail:
            return self._refusal(
                "ApplicationThrottled", "Application is over its request limit for this mailbox.", seconds
            )
        return self._refusal("activityLimitReached", "The request has been throttled", seconds)

    def _refusal(self, code: str, sentence: str, seconds: int) -> GraphError:
        headers = {"Retry-After": str(seconds)} if self.limits.tells_when else {}
        return GraphError(429, code, sentence, headers=headers)


def toll_of(application: str, method: str, segments: Sequence[str], query: str) -> Toll | None:
    """What a request counts for; nothing where no limit of a school's services touches it."""
    words = [segment.lower() for segment in segments]
    if len(words) > 2 and words[0] == "users" and words[2] in _MAIL_WORDS:
        return Toll(purse=("mailbox", application, words[1]), units=1)
    if words and (words[0] in _FILE_WORDS or (len(words) > 2 and words[2] in {"drive", "drives"})):
        return Toll(purse=("sharepoint", application, ""), units=_units(method, words, query.lower()))
    return None


def _units(method: str, words: Sequence[str], query: str) -> int:
    """SharePoint's prices: 5 around permissions, 1 for a single item, a download or a delta with token, else 2."""
    if "permissions" in words or "invite" in words or "createlink" in words or "expand=permissions" in query:
        return 5
    if method != "GET":
        return 2
    if words[-1] == "delta":
        return 1 if "token=" in query else 2
    return 2 if words[-1] in {"children", "items", "lists", "drives", "versions", "columns", "search"} else 1
