"""Uploading a big file to a drive in ranges, going on where a broken line left off."""

from __future__ import annotations

from casework.errors import NotThereError, PermanentConnectorError, TemporaryConnectorError
from connectors.microsoft365.calls import JsonObject
from connectors.microsoft365.connection import SchoolConnection

SMALL = 4 * 1024 * 1024  # bigger content needs an upload session
_STEP = 320 * 1024  # ranges must be multiples of this, and below 60 MiB
RANGE = 16 * _STEP
_BROKEN_LINES = 3
_RANGE_NOT_SATISFIABLE = 416


def upload(connection: SchoolConnection, upload_url: str, content: bytes) -> JsonObject:
    """Send content to an upload session; return the drive item that it became.

    Raises:
        TemporaryConnectorError: the line broke too often; the outcome is unknown.
        AlreadyThereError: the name was taken meanwhile, which may only show at the last range.
    """
    begin, broken = 0, 0
    while True:
        try:
            answer = _put(connection, upload_url, content, begin)
        except (TemporaryConnectorError, PermanentConnectorError) as error:
            unknown = isinstance(error, TemporaryConnectorError) and error.outcome_unknown
            if broken >= _BROKEN_LINES or not (unknown or error.status == _RANGE_NOT_SATISFIABLE):
                raise
            broken += 1
            answer = _status(connection, upload_url)
        if "id" in answer:
            return answer
        begin = _next_byte(answer)


def _put(connection: SchoolConnection, upload_url: str, content: bytes, begin: int) -> JsonObject:
    part = content[begin : begin + RANGE]
    headers = {
        "Content-type": "application/octet-stream",
        "Content-Range": f"bytes {begin}-{begin + len(part) - 1}/{len(content)}",
    }
    answer: JsonObject = connection.naive_request(upload_url, "put", data=part, headers=headers).json()
    return answer


def _status(connection: SchoolConnection, upload_url: str) -> JsonObject:
    """Return what the session still expects; a session that is gone may have been completed."""
    try:
        answer: JsonObject = connection.naive_request(upload_url, "get").json()
    except NotThereError as error:
        raise TemporaryConnectorError(
            "An upload ended without an answer. Casework looks whether the file is there and tries again.",
            outcome_unknown=True,
        ) from error
    return answer


def _next_byte(answer: JsonObject) -> int:
    # "26-" or "26-99": what comes first is where to go on
    ranges = answer.get("nextExpectedRanges") or ["0"]
    return int(str(ranges[0]).split("-", maxsplit=1)[0])
