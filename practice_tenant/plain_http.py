"""HTTP/1.1 as every client of Graph writes it, taken apart in one go; what is written otherwise is left to h11."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from uvicorn.protocols.http.h11_impl import STATUS_PHRASES

Headers = list[tuple[str, str]]
# Larger ones are h11's, which hands a body on in parts.
LARGEST_BODY = 1 << 20
_LONGEST_HEAD = 1 << 14
_REQUEST = re.compile(r"(GET|POST|PUT|PATCH|DELETE) ([\x21-\x7e]+) HTTP/1\.1")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_NAME = re.compile(r"[-!#$%&'*+.^_`|~0-9A-Za-z]+")
_NOT_IN_A_LINE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
# Each of these asks for something of the connection, or says that the body is no plain one.
_NOT_PLAIN = frozenset({"transfer-encoding", "expect", "upgrade", "te", "trailer"})
# What has no body, and says no length.
_EMPTY = frozenset({204, 304})


class NotPlainError(Exception):
    """A request that h11 is to read, or to refuse."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlainRequest:
    """A whole request; names of headers are in lower case, and `length` is that of head and body."""

    method: str
    raw_path: str
    query: str
    headers: Headers
    body: bytes
    length: int


def read_request(received: bytes | bytearray) -> PlainRequest | None:
    """The first request of what a connection received; None where the rest of it has yet to come.

    Raises:
        NotPlainError: it is written in a way that is not read here.
    """
    head, begin = _head_of(received)
    if head is None:
        if len(received) > _LONGEST_HEAD or received[:1] < b"!":
            raise NotPlainError
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    match = _REQUEST.fullmatch(first)
    # An address begins with a slash; a proxy's would be written out whole.
    if match is None or not match[2].startswith("/") or not _are_clean(lines):
        raise NotPlainError
    headers = [_header(line) for line in lines]
    size = _body_size(headers)
    if len(received) < begin + size:
        return None
    raw_path, _, query = match[2].partition("?")
    return PlainRequest(
        method=match[1],
        raw_path=raw_path,
        query=query,
        headers=headers,
        body=bytes(received[begin : begin + size]),
        length=begin + size,
    )


def write_head(status: int, headers: Sequence[tuple[str, str]]) -> bytes:
    """Status line and headers of an answer.

    Raises:
        ValueError: a header would be read as more than one.
    """
    lines = [f"{name}: {value}" for name, value in headers]
    if not _are_clean(lines):
        bad = next(name for name, value in headers if _NOT_IN_A_LINE.search(value))
        raise ValueError(f"The header {bad} holds what no header may hold.")
    return "\r\n".join([_first_line(status), *lines, "", ""]).encode("latin-1")


def tells_its_end(status: int, headers: Iterable[tuple[str, str]]) -> bool:
    """Whether a client knows where the answer ends without the connection's end."""
    return status in _EMPTY or any(name == "content-length" for name, _ in headers)


def _head_of(received: bytes | bytearray) -> tuple[bytes | bytearray | None, int]:
    """What stands before the first empty line, and where the body begins."""
    end = received.find(b"\r\n\r\n")
    head = received[:end]
    if end >= 0 and head.count(b"\n") == head.count(b"\r\n"):
        return head, end + 4
    blank = _BLANK_LINE.search(received)  # lines that end as on Unix
    return (received[: blank.start()], blank.end()) if blank else (None, 0)


def _are_clean(lines: Sequence[str]) -> bool:
    text = "".join(lines)
    return text.isprintable() or _NOT_IN_A_LINE.search(text) is None


@lru_cache(maxsize=64)
def _first_line(status: int) -> str:
    return f"HTTP/1.1 {status} {STATUS_PHRASES[status].decode('ascii')}"


def _header(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon:
        raise NotPlainError
    return _lower_name(name), value.strip(" \t")


@lru_cache(maxsize=256)
def _lower_name(name: str) -> str:
    if _NAME.fullmatch(name) is None:
        raise NotPlainError
    return name.lower()


def _body_size(headers: Headers) -> int:
    found = [value for name, value in headers if name == "content-length"]
    names = [name for name, _ in headers]
    keeps = all(value.lower() == "keep-alive" for name, value in headers if name == "connection")
    if not keeps or not _NOT_PLAIN.isdisjoint(names) or names.count("host") != 1 or len(found) > 1:
        raise NotPlainError
    if not found:
        return 0
    size = found[0]
    if (
        not (size.isascii() and size.isdigit())
        or len(size) > len(str(LARGEST_BODY))
        or int(size) > LARGEST_BODY
    ):
        raise NotPlainError
    return int(size)
