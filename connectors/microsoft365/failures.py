"""What a refusal or a broken line means, as an error named after its remedy and free of personal data."""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping
from math import isfinite
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from casework.errors import (
    AlreadyThereError,
    ConnectorError,
    PermanentConnectorError,
    SignInError,
    TemporaryConnectorError,
)
from connectors.microsoft365.refusal_words import BY_CODE, BY_STATUS, Refusal

UNAUTHORIZED, TIMED_OUT, LOCKED, TOO_MANY = 401, 408, 423, 429
SERVER_ERROR, NOT_IMPLEMENTED, UNAVAILABLE, NO_ROOM = 500, 501, 503, 507

LONGEST_WAIT = 3600.0
"""Seconds for which a service is left alone because it said so; then it is asked again."""

# Graph has no code of its own for these two: https://learn.microsoft.com/graph/errors
_DUPLICATE_WORDS = re.compile(
    r"duplicate value|unique constraint|enforce unique|already exists", re.IGNORECASE
)
_UNKNOWN_COLUMN = re.compile(
    r"(?:field|column) '(?P<name>\w{1,64})' (?:is )?(?:not |un)recogni[sz]ed", re.IGNORECASE
)
_THINGS = (
    ("/messages", "a mail"),
    ("/mailfolders", "a mail folder"),
    ("/columns", "a list's columns"),
    ("/items/", "an item"),
    ("/lists", "a list"),
    ("/drive", "a document library or OneDrive"),
    ("/sites", "the SharePoint site"),
    ("/users", "a mailbox"),
)


def failure_of_response(response: requests.Response, *, repeatable: bool) -> ConnectorError:
    """Return the error that an answer of 400 or more stands for.

    Args:
        response: what the service answered.
        repeatable: carrying out this request twice does no harm.
    """
    details = _error_details(response)
    code = str(details.get("code") or "")
    what = _thing(response.request.url or "")
    status = response.status_code
    if _is_passing(status):
        return _temporary(response, code=code, what=what, repeatable=repeatable)
    # the inner code is the finer one where there are two
    codes = (_inner_code(details).lower(), code.lower())
    kind, sentence = _refusal(status, codes, message=str(details.get("message") or ""))
    shown = f" ({status} {code})" if code else f" ({status})"
    return kind(sentence.format(what=what, shown=shown), status=status, code=code)


def failure_of_line(error: requests.RequestException, *, url: str, repeatable: bool) -> ConnectorError:
    """Return the error for a request that got no answer at all, or half of one."""
    host = urlsplit(url).netloc
    if _is_distrust(error):
        return TemporaryConnectorError(
            f"{host} shows a certificate that is not trusted. Check the address in the settings, and ca_file "
            "where a proxy or the practice tenant signs with its own certificate."
        )
    if was_never_sent(error):
        otherwise = "Check the network, the proxy and the address in the settings."
        return TemporaryConnectorError(f"{host} cannot be reached. {where_to_look(url, otherwise)}")
    return TemporaryConnectorError(
        f"The connection to {host} broke or took too long ({type(error).__name__}). "
        "Casework looks what became of the request and tries again by itself.",
        outcome_unknown=not repeatable,
    )


def where_to_look(url: str, otherwise: str) -> str:
    """What to do where nobody answers; on this machine that can be the practice school alone, as the settings ensure."""
    if urlsplit(url).hostname != "localhost":
        return otherwise
    return (
        "The practice school is not at work. Start it (uv run schedule.py, or casework practice serve), "
        "and leave it running while you try other commands."
    )


def was_never_sent(error: requests.RequestException) -> bool:
    """True if the request cannot have reached the service, so that repeating it is safe for every method."""
    if isinstance(error, requests.exceptions.ConnectTimeout | requests.exceptions.ProxyError):
        return True
    return isinstance(_reason(error), NewConnectionError | ConnectTimeoutError)


def _is_distrust(error: requests.RequestException) -> bool:
    # other TLS trouble may strike in the middle of an answer, after the request was carried out
    causes = getattr(_reason(error), "args", ())
    return any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes)


def _reason(error: requests.RequestException) -> object:
    return getattr(error.args[0], "reason", None) if error.args else None


def _error_details(response: requests.Response) -> Mapping[str, Any]:
    """Return the "error" object of Graph's answer; empty if the answer is none of Graph's."""
    try:
        details = response.json().get("error")
    except (ValueError, AttributeError):
        return {}
    return details if isinstance(details, dict) else {}


def _inner_code(details: Mapping[str, Any]) -> str:
    inner = details.get("innerError") or details.get("innererror") or {}
    return str(inner.get("code") or "") if isinstance(inner, dict) else ""


def _thing(url: str) -> str:
    """Name what a request was about, in words that hold no address and no file name."""
    path = urlsplit(url).path.lower()
    return next((words for part, words in _THINGS if part in path), "Microsoft 365")


def _is_passing(status: int) -> bool:
    if status in (NOT_IMPLEMENTED, NO_ROOM):
        return False
    return status in (TOO_MANY, LOCKED, TIMED_OUT) or status >= SERVER_ERROR


def _temporary(
    response: requests.Response, *, code: str, what: str, repeatable: bool
) -> TemporaryConnectorError:
    status, wait = response.status_code, _retry_after(response)
    # these were turned away at the door: nothing was carried out
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


def _retry_after(response: requests.Response) -> float | None:
    """Return the seconds that the service asks us to wait; None if it says nothing we understand.

    What would be longer than an hour is asked again after an hour: a mistaken header must not silence a tenant for good.
    """
    try:
        seconds = float(response.headers.get("Retry-After", ""))
    except ValueError:
        return None
    return min(max(0.0, seconds), LONGEST_WAIT) if isfinite(seconds) else None


def _refusal(status: int, codes: tuple[str, ...], *, message: str) -> Refusal:
    for code in codes:
        if code in BY_CODE:
            return BY_CODE[code]
    if status == UNAUTHORIZED:
        return SignInError, "Microsoft 365 refused our token{shown}. Run casework doctor."
    if status in BY_STATUS:
        return BY_STATUS[status]
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
