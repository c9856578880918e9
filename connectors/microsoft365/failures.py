"""What a refusal or a broken line means, as an error named after its remedy and free of personal data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError, SSLError

from casework.errors import (
    AlreadyThereError,
    ChangedMeanwhileError,
    ConnectorError,
    CursorExpiredError,
    NotPermittedError,
    NotThereError,
    PermanentConnectorError,
    SignInError,
    TemporaryConnectorError,
)

BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_FOUND = 400, 401, 403, 404
CONFLICT, GONE, PRECONDITION_FAILED, LOCKED = 409, 410, 412, 423
TOO_MANY, UNAVAILABLE, SERVER_ERROR, NOT_IMPLEMENTED, TIMED_OUT = 429, 503, 500, 501, 408

# Codes come in several spellings (ErrorItemNotFound, itemNotFound): compared in lower case.
_CURSOR_CODES = frozenset(
    {
        "syncstatenotfound",
        "syncstateinvalid",
        "resyncrequired",
        "resyncchangesapplydifferences",
        "resyncchangesuploaddifferences",
    }
)
_NOT_THERE_CODES = frozenset({"erroritemnotfound", "itemnotfound", "errorinvalididmalformed"})
_ALREADY_CODES = frozenset({"namealreadyexists", "errorfolderexists", "spduplicatevaluesfoundexception"})
_CONFLICT_CODES = frozenset({"errorirresolvableconflict", "resourcemodified"})

# Graph has no code of its own for these two: https://learn.microsoft.com/graph/errors
_DUPLICATE_WORDS = re.compile(
    r"duplicate value|unique constraint|enforce unique|already exists", re.IGNORECASE
)
_UNKNOWN_COLUMN = re.compile(
    r"(?:field|column) '(?P<name>\w{1,64})' (?:is )?(?:not|un)\s?recogni[sz]ed", re.IGNORECASE
)


def failure_of_response(response: requests.Response, *, repeatable: bool) -> ConnectorError:
    """Return the error that an answer of 400 or more stands for.

    Args:
        response: what the service answered.
        repeatable: carrying out this request twice does no harm.
    """
    details = error_details(response)
    code = str(details.get("code") or "")
    what = thing(response.request.url or "")
    kinds = {code.lower(), _inner_code(details).lower()}
    status = response.status_code
    if _is_passing(status):
        return _temporary(response, code=code, what=what, repeatable=repeatable)
    kind, sentence = _permanent_kind(status, kinds, message=str(details.get("message") or ""))
    shown = f" ({status} {code})" if code else f" ({status})"
    return kind(sentence.format(what=what, shown=shown), status=status, code=code)


def failure_of_line(error: requests.RequestException, *, url: str, repeatable: bool) -> ConnectorError:
    """Return the error for a request that got no answer at all, or half of one."""
    host = urlsplit(url).netloc
    if never_sent(error):
        reason = (
            "its certificate is not trusted"
            if isinstance(error, requests.exceptions.SSLError)
            else "no connection"
        )
        return TemporaryConnectorError(
            f"{host} cannot be reached ({reason}). Check the network, the proxy and the address in the "
            "settings, and ca_file where a proxy or the practice tenant signs with its own certificate."
        )
    return TemporaryConnectorError(
        f"The connection to {host} broke or took too long ({type(error).__name__}). "
        "Casework looks what became of the request and tries again by itself.",
        outcome_unknown=not repeatable,
    )


def never_sent(error: requests.RequestException) -> bool:
    """True if the request cannot have reached the service, so that repeating it is safe for every method."""
    if isinstance(error, requests.exceptions.ConnectTimeout | requests.exceptions.SSLError):
        return True
    if isinstance(error, requests.exceptions.ProxyError):
        return True
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(reason, NewConnectionError | ConnectTimeoutError | SSLError)


def error_details(response: requests.Response) -> Mapping[str, Any]:
    """Return the "error" object of Graph's answer; empty if the answer is none of Graph's."""
    try:
        details = response.json().get("error")
    except (ValueError, AttributeError):
        return {}
    return details if isinstance(details, dict) else {}


def thing(url: str) -> str:
    """Name what a request was about, in words that hold no address and no file name."""
    path = urlsplit(url).path.lower()
    for part, words in (
        ("/messages", "a mail"),
        ("/mailfolders", "a mail folder"),
        ("/columns", "a list's columns"),
        ("/items/", "an item"),
        ("/lists", "a list"),
        ("/drive", "a document library or OneDrive"),
        ("/sites", "the SharePoint site"),
        ("/users", "a mailbox"),
    ):
        if part in path:
            return words
    return "Microsoft 365"


def retry_after(response: requests.Response) -> float | None:
    """Return the seconds that the service asks us to wait; None if it says nothing we understand."""
    try:
        return max(0.0, float(response.headers.get("Retry-After", "")))
    except ValueError:
        return None


def _is_passing(status: int) -> bool:
    return status in (TOO_MANY, LOCKED, TIMED_OUT) or (status >= SERVER_ERROR and status != NOT_IMPLEMENTED)


def _temporary(
    response: requests.Response, *, code: str, what: str, repeatable: bool
) -> TemporaryConnectorError:
    status, wait = response.status_code, retry_after(response)
    refused = status in (TOO_MANY, LOCKED) or (status == UNAVAILABLE and wait is not None)
    reason = {TOO_MANY: "is busy with too many requests", LOCKED: "says that somebody has it open"}.get(
        status, "has trouble of its own"
    )
    return TemporaryConnectorError(
        f"Microsoft 365 {reason} ({status}, {what}). Casework tries again by itself.",
        status=status,
        code=code,
        retry_after=wait,
        outcome_unknown=not repeatable and not refused,
    )


def _permanent_kind(
    status: int, kinds: set[str], *, message: str
) -> tuple[type[PermanentConnectorError], str]:
    by_code = _kind_by_code(status, kinds)
    if by_code is not None:
        return by_code
    if status == UNAUTHORIZED:
        return SignInError, "Microsoft 365 refused our token{shown}. Run casework doctor."
    if status == FORBIDDEN:
        return NotPermittedError, (
            "Casework may not use {what}{shown}. Grant the permission that casework setup names, "
            "then run casework doctor."
        )
    column = _UNKNOWN_COLUMN.search(message)
    if column is not None:
        return PermanentConnectorError, (
            f"The list has no column {column['name']}{{shown}}. Run casework setup, which puts it back."
        )
    if _DUPLICATE_WORDS.search(message):
        return AlreadyThereError, "Another row or file holds this value already{shown}."
    return (
        PermanentConnectorError,
        "Microsoft 365 refused a request about {what}{shown}. Run casework doctor.",
    )


def _kind_by_code(status: int, kinds: set[str]) -> tuple[type[PermanentConnectorError], str] | None:
    if status == GONE or kinds & _CURSOR_CODES:
        return CursorExpiredError, "The change token is no longer valid{shown}. Everything is read once more."
    if status == PRECONDITION_FAILED or kinds & _CONFLICT_CODES:
        return ChangedMeanwhileError, "Somebody changed {what} meanwhile{shown}. Read it again and merge."
    if status == CONFLICT or kinds & _ALREADY_CODES:
        return AlreadyThereError, "There is such a thing already, in {what}{shown}."
    if status == NOT_FOUND or kinds & _NOT_THERE_CODES:
        return NotThereError, "Microsoft 365 has no such thing (any more), in {what}{shown}."
    return None


def _inner_code(details: Mapping[str, Any]) -> str:
    inner = details.get("innerError") or details.get("innererror") or {}
    return str(inner.get("code") or "") if isinstance(inner, dict) else ""
