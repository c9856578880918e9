"""What a request counts for at Microsoft 365, so that Casework stays below the limits by itself."""

from __future__ import annotations

from hashlib import sha256
from urllib.parse import unquote, urlsplit

from casework.budgets import Budget, Toll

# https://learn.microsoft.com/graph/throttling-limits: of one application, for each mailbox
MAILBOX = Budget(units=10_000, seconds=600)
# https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked:
# of one application in a tenant with up to 1,000 licences, in resource units; bigger tenants may spend more
FILES_A_MINUTE = 1_250
DAYS_WORTH = 960
"""A day's limit is so many minutes' limits, whatever the tenant's size."""

_MAIL_WORDS = frozenset(
    {
        "messages",
        "mailfolders",
        "sendmail",
        "mailboxsettings",
        "calendar",
        "calendars",
        "calendarview",
        "events",
    }
)
_FILE_WORDS = frozenset({"drives", "sites", "shares"})
_DRIVE_WORDS = frozenset({"drive", "drives"})
_ABOUT_RIGHTS = frozenset({"permissions", "invite", "createlink", "grant"})
_MANY = frozenset({"children", "items", "lists", "drives", "versions", "columns"})
FILES = "files"
OTHER = "other"


def file_budgets(units_a_minute: int) -> tuple[Budget, ...]:
    return (
        Budget(units=units_a_minute, seconds=60),
        Budget(units=units_a_minute * DAYS_WORTH, seconds=86_400),
    )


def toll_of(url: str, method: str, *, graph_root: str, files: tuple[Budget, ...]) -> Toll:
    """What a request counts for: a mailbox's purse, the purse of all files, or nothing that is counted.

    Args:
        url: an address of Graph's, or one for up- or downloading content, which lies in SharePoint.
        method: of HTTP.
        graph_root: where Graph answers.
        files: the budgets of the purse for files.
    """
    parts = urlsplit(url)
    if parts.netloc.lower() != urlsplit(graph_root).netloc.lower():
        return Toll(purse=FILES, units=1 if method.upper() == "GET" else 2, budgets=files)
    # the first word is the version
    words = [unquote(word).lower() for word in parts.path.strip("/").split("/")][1:]
    if len(words) > 2 and words[0] == "users" and words[2] in _MAIL_WORDS:  # noqa: PLR2004 - users/whose/what
        return Toll(purse=f"mail {_fingerprint(words[1])}", units=1, budgets=(MAILBOX,))
    if words and (words[0] in _FILE_WORDS or (words[0] == "users" and _DRIVE_WORDS & set(words[2:3]))):
        return Toll(purse=FILES, units=_units(method.upper(), words, parts.query.lower()), budgets=files)
    return Toll(purse=OTHER)


def _fingerprint(mailbox: str) -> str:
    """A mailbox without its address: what is kept of it must not tell whose it is."""
    return sha256(mailbox.encode()).hexdigest()[:16]


def _units(method: str, words: list[str], query: str) -> int:
    """Microsoft's prices; where a page leaves room the dearer one."""
    if _ABOUT_RIGHTS & set(words) or "permissions" in query:
        return 5
    if method != "GET":
        return 2
    if words[-1].startswith("delta"):
        return 1 if "token=" in query or "token=" in words[-1] else 2
    return 2 if words[-1] in _MANY or words[-1].startswith("search") else 1
