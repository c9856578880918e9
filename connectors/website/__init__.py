"""The school's public pages: fetched as a visitor would, from public addresses only, and never too much of them."""

from __future__ import annotations

import ipaddress
import mimetypes
import socket
from urllib.parse import urljoin, urlsplit

import requests

from casework.errors import NotThereError, PermanentConnectorError, TemporaryConnectorError
from casework.policy_ports import PublishedCopy

LARGEST = 30_000_000
_TIMEOUT = (5, 30)
_REDIRECTS = 5
_GONE = frozenset({404, 410})
_TOO_BUSY = 429
_SERVER = 500


class PublicWebsite:
    """Fetches over HTTPS.

    Args:
        on_this_machine: also from a loopback address, for practice and tests; everything else there is refused.
    """

    def __init__(self, *, on_this_machine: bool = False) -> None:
        self._on_this_machine = on_this_machine

    def fetch(self, address: str) -> PublishedCopy:
        for _ in range(_REDIRECTS):
            self._check(address)
            answer = self._get(address)
            if not answer.is_redirect:
                return _copy(answer, address)
            address = urljoin(address, answer.headers["Location"])
        raise PermanentConnectorError("The published address leads from page to page. Write the last one.")

    def _get(self, address: str) -> requests.Response:
        try:
            return requests.get(
                address,
                timeout=_TIMEOUT,
                allow_redirects=False,
                stream=True,
                headers={"User-Agent": "Casework policy check"},
            )
        except requests.RequestException:
            raise TemporaryConnectorError(
                "The school's website did not answer. Casework looks again later.", retry_after=None
            ) from None

    def _check(self, address: str) -> None:
        """Refuse what is no public page: a list that staff edit must not make Casework ask machines inside the school."""
        parts = urlsplit(address)
        host = parts.hostname or ""
        if parts.scheme not in {"https", "http"} or not host or parts.username:
            raise PermanentConnectorError(
                "The published address is none. Write one that begins with https://"
            )
        try:
            found = {info[4][0] for info in socket.getaddrinfo(host, parts.port or 443)}
        except (OSError, ValueError):
            raise NotThereError("The published address leads nowhere.") from None
        addresses = [ipaddress.ip_address(str(each).partition("%")[0]) for each in found]
        if self._on_this_machine and all(each.is_loopback for each in addresses):
            return
        if parts.scheme != "https" or not all(each.is_global for each in addresses):
            raise PermanentConnectorError(
                "The published address is not a public https page. Write the one that parents open."
            )


def _copy(answer: requests.Response, address: str) -> PublishedCopy:
    if answer.status_code in _GONE:
        raise NotThereError("Nothing is at the published address.")
    if answer.status_code == _TOO_BUSY or answer.status_code >= _SERVER:
        raise TemporaryConnectorError("The school's website is busy. Casework looks again later.")
    if not answer.ok:
        raise PermanentConnectorError("The school's website does not show the published copy to visitors.")
    content = b""
    for piece in answer.iter_content(65536):
        content += piece
        if len(content) > LARGEST:
            raise PermanentConnectorError("The published copy is too large to compare. Compare it by hand.")
    return PublishedCopy(content=content, name=_name(address, answer.headers.get("Content-Type", "")))


def _name(address: str, content_type: str) -> str:
    kind = content_type.partition(";")[0].strip().lower()
    ending = (
        {"text/html": ".html", "application/pdf": ".pdf"}.get(kind) or mimetypes.guess_extension(kind) or ""
    )
    name = urlsplit(address).path.rpartition("/")[2] or "page"
    return name if not ending or name.lower().endswith(ending) else f"{name}{ending}"
