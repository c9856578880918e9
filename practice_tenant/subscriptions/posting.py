"""Asking a client's own address: loopback only, so that nothing of the practice school leaves the machine."""

import asyncio
import ssl
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlencode, urlsplit

from practice_tenant.errors import GraphError

_OWN_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
_PATIENCE_IN_SECONDS = 10.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What the address answered; status 0 where it did not."""

    status: int
    content_type: str = ""
    body: bytes = b""


def check_address(url: str) -> str:
    """An address that may be notified.

    Raises:
        GraphError: 400 for any that is not on this machine.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or parts.hostname not in _OWN_HOSTS:
        raise GraphError(
            400,
            "InvalidRequest",
            "The practice tenant notifies its own machine only: give an address on localhost or 127.0.0.1. "
            "Microsoft 365 asks for a public https address.",
        )
    return url


async def post(url: str, body: bytes, content_type: str, query: dict[str, str] | None = None) -> Reply:
    """Post without holding up the tenant; a silent or broken address gives status 0."""
    return await asyncio.to_thread(_post, url, body, content_type, query or {})


def _post(url: str, body: bytes, content_type: str, query: dict[str, str]) -> Reply:
    parts = urlsplit(url)
    asked = "&".join(each for each in (parts.query, urlencode(query)) if each)
    path = (parts.path or "/") + (f"?{asked}" if asked else "")
    connection = _connection(parts.scheme, parts.hostname or "", parts.port)
    try:
        connection.request("POST", path, body=body, headers={"Content-Type": content_type})
        answer = connection.getresponse()
        return Reply(
            status=answer.status,
            content_type=answer.getheader("Content-Type", ""),
            body=answer.read(65_536),
        )
    except (OSError, HTTPException):
        return Reply(status=0)
    finally:
        connection.close()


def _connection(scheme: str, host: str, port: int | None) -> HTTPConnection:
    if scheme == "http":
        return HTTPConnection(host, port, timeout=_PATIENCE_IN_SECONDS)
    # Nobody can have a certificate for loopback that others trust.
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return HTTPSConnection(host, port, timeout=_PATIENCE_IN_SECONDS, context=context)
