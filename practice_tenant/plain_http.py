"""HTTP/1.1 as every client of Graph writes it, taken apart in one go; what is written otherwise is left to h11."""

import re
from dataclasses import dataclass

from uvicorn.protocols.http.h11_impl import STATUS_PHRASES

Headers = list[tuple[bytes, bytes]]
# Larger ones are h11's, which hands a body on in parts.
LARGEST_BODY = 1 << 20
_LONGEST_HEAD = 1 << 14
_REQUEST = re.compile(rb"(GET|POST|PUT|PATCH|DELETE) ([\x21-\x7e]+) HTTP/1\.1")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_NAME = re.compile(rb"[-!#$%&'*+.^_`|~0-9A-Za-z]+")
_NOT_IN_A_LINE = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
# Each of these asks for something of the connection, or says that the body is no plain one.
_NOT_PLAIN = frozenset({b"transfer-encoding", b"expect", b"upgrade", b"te", b"trailer"})
# What has no body, and says no length.
_EMPTY = frozenset({204, 304})


class NotPlainError(Exception):
    """A request that h11 is to read, or to refuse."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlainRequest:
    """A whole request; names of headers are in lower case, and `length` is that of head and body."""

    method: str
    raw_path: bytes
    query: bytes
    headers: Headers
    body: bytes
    length: int


def read_request(received: bytes | bytearray) -> PlainRequest | None:
    """The first request of what a connection received; None where the rest of it has yet to come.

    Raises:
        NotPlainError: it is written in a way that is not read here.
    """
    blank = _BLANK_LINE.search(received)
    if blank is None:
        if len(received) > _LONGEST_HEAD or received[:1] < b"!":
            raise NotPlainError
        return None
    first, *lines = bytes(received[: blank.start()]).split(b"\r\n")
    match = _REQUEST.fullmatch(first)
    if match is None:
        raise NotPlainError
    headers = [_header(line) for line in lines]
    size = _body_size(headers)
    begin = blank.end()
    if len(received) < begin + size:
        return None
    raw_path, _, query = match[2].partition(b"?")
    return PlainRequest(
        method=match[1].decode("ascii"),
        raw_path=raw_path,
        query=query,
        headers=headers,
        body=bytes(received[begin : begin + size]),
        length=begin + size,
    )


def write_head(status: int, headers: Headers) -> bytes:
    """Status line and headers of an answer.

    Raises:
        ValueError: a header would be read as more than one.
    """
    for name, value in headers:
        if _NOT_IN_A_LINE.search(value) is not None:
            raise ValueError(f"The header {name.decode('latin-1')} holds what no header may hold.")
    lines = [name + b": " + value for name, value in headers]
    return b"\r\n".join([b"HTTP/1.1 %d %s" % (status, STATUS_PHRASES[status]), *lines, b"", b""])


def tells_its_end(status: int, headers: Headers) -> bool:
    """Whether a client knows where the answer ends without the connection's end."""
    return status in _EMPTY or any(name == b"content-length" for name, _ in headers)


def _header(line: bytes) -> tuple[bytes, bytes]:
    name, colon, value = line.partition(b":")
    if not colon or _NAME.fullmatch(name) is None or _NOT_IN_A_LINE.search(value) is not None:
        raise NotPlainError
    return name.lower(), value.strip(b" \t")


def _body_size(headers: Headers) -> int:
    found = [value for name, value in headers if name == b"content-length"]
    names = [name for name, _ in headers]
    keeps = all(value.lower() == b"keep-alive" for name, value in headers if name == b"connection")
    if not keeps or not _NOT_PLAIN.isdisjoint(names) or names.count(b"host") != 1 or len(found) > 1:
        raise NotPlainError
    if not found:
        return 0
    if not found[0].isdigit() or len(found[0]) > len(str(LARGEST_BODY)) or int(found[0]) > LARGEST_BODY:
        raise NotPlainError
    return int(found[0])
