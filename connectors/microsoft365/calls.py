"""The calls that O365 has no class for, over the same connection: delta, MIME, If-Match, columns, content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import quote

import requests

from casework.errors import (
    ConnectorError,
    CursorExpiredError,
    PermanentConnectorError,
    SignInError,
    TemporaryConnectorError,
)
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.asked_ahead import FEWEST, AskedAhead
from connectors.microsoft365.batches import Part
from connectors.microsoft365.light_session import address_of

JsonObject: TypeAlias = dict[str, Any]
BYTES = "application/octet-stream"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, kw_only=True, slots=True)
class DeltaRound:
    """All pages of one delta query: the items in the order given, and the link for the next round."""

    items: tuple[JsonObject, ...]
    cursor: str


def segment(text: str) -> str:
    """Return text as one segment of a path."""
    return quote(text, safe="")


def path_segments(path: str) -> str:
    """Return a path of names with each name quoted."""
    return "/".join(segment(part) for part in path.split("/"))


def literal(text: str) -> str:
    """Return text as a string of an OData filter."""
    return "'" + text.replace("'", "''") + "'"


class GraphCalls:
    """Typed requests below Graph's version root; a path begins without "/", the caller quotes names in it.

    Args:
        account: the school's.
        ahead: answers that the look has in hand already.
    """

    def __init__(self, account: SchoolAccount, *, ahead: AskedAhead | None = None) -> None:
        self._connection = account.con
        self._root = str(account.protocol.service_url)
        self._ahead = ahead

    def get(self, path: str, *, params: Mapping[str, str] | None = None, prefer: str = "") -> JsonObject:
        known = self._ahead.take(self._connection, self.part(path, params, prefer)) if self._ahead else None
        if isinstance(known, dict):
            return known
        headers = {"Prefer": prefer} if prefer else {}
        more = {"refused": known} if known else {}
        answer = self._connection.get(self._url(path), params=dict(params or {}), headers=headers, **more)
        return self._json(answer)

    def part(self, path: str, params: Mapping[str, str] | None = None, prefer: str = "") -> Part:
        """What `get` would ask, to be asked together with others."""
        if not params:
            return Part(self._url(path), prefer)
        # a plus is a blank in an address of its own; who reads one out of a batch may see a plus
        return Part(address_of(self._url(path), tuple(params.items())).replace("+", "%20"), prefer)

    def pages(
        self, path: str, *, params: Mapping[str, str] | None = None, prefer: str = ""
    ) -> Iterator[JsonObject]:
        """Yield the items of all pages."""
        page = self.get(path, params=params, prefer=prefer)
        while True:
            yield from page.get("value", [])
            link = page.get("@odata.nextLink")
            if not link:
                return
            page = self.get(link, prefer=prefer)

    def delta(
        self, path: str, cursor: str | None, *, params: Mapping[str, str] | None = None, prefer: str = ""
    ) -> DeltaRound:
        """Follow a delta query to its end: from the cursor, or from the beginning.

        Raises:
            CursorExpiredError: the cursor is no longer valid, or is another service's.
        """
        if cursor is not None and not self._connection.is_ours(cursor):
            raise CursorExpiredError(
                "The change token belongs to another address. Everything is read once more."
            )
        # the options of the first request are part of the links: they must not be repeated
        page = (
            self.get(path, params=params, prefer=prefer)
            if cursor is None
            else self.get(cursor, prefer=prefer)
        )
        items: list[JsonObject] = []
        while True:
            items += page.get("value", [])
            if "@odata.deltaLink" in page:
                return DeltaRound(items=tuple(items), cursor=page["@odata.deltaLink"])
            if "@odata.nextLink" not in page:
                raise TemporaryConnectorError(
                    "A list of changes ended without a link. It is read again later."
                )
            page = self.get(page["@odata.nextLink"], prefer=prefer)

    def content(self, path: str, *, params: Mapping[str, str] | None = None) -> bytes:
        """Return content, following a redirect to the download host without our token."""
        answer = self._connection.get(self._url(path), params=dict(params or {}))
        if answer.status_code in _REDIRECTS:
            answer = self._connection.naive_request(answer.headers["Location"], "get")
        return bytes(answer.content)

    def together(self, paths: Sequence[str]) -> list[JsonObject | None]:
        """What lies at each of these paths, asked for in one request; None where that told nothing."""
        nothing: list[JsonObject | None] = [None] * len(paths)
        parts = [self.part(path) for path in paths]
        if len(parts) < FEWEST or self._connection.only_reading:
            return nothing
        try:
            answers = self._connection.ask_together(parts)
        except SignInError:
            raise
        except ConnectorError:
            return nothing  # whoever wants it asks for each by itself
        found = [answers.get(part) for part in parts]
        return [answer if isinstance(answer, dict) else None for answer in found]

    def downloaded(self, item: JsonObject) -> bytes | None:
        """A file's content from the address that came with the file; None if that is none, or serves no more."""
        address = item.get("@microsoft.graph.downloadUrl")
        if not address:
            return None
        try:
            return bytes(self._connection.naive_request(str(address), "get").content)
        except PermanentConnectorError:
            return None

    def post(
        self, path: str, body: JsonObject | None = None, *, etag: str = "", repeatable: bool = False
    ) -> JsonObject:
        answer = self._connection.post(
            self._url(path), data=body, headers=_only_over(etag), repeatable=repeatable
        )
        return self._json(answer)

    def patch(self, path: str, body: JsonObject, *, etag: str = "", repeatable: bool = False) -> JsonObject:
        answer = self._connection.patch(
            self._url(path), data=body, headers=_only_over(etag), repeatable=repeatable
        )
        return self._json(answer)

    def put(
        self, path: str, content: bytes, *, params: Mapping[str, str], etag: str = "", repeatable: bool
    ) -> JsonObject:
        answer = self._connection.put(
            self._url(path),
            data=content,
            params=dict(params),
            headers={"Content-type": BYTES, **_only_over(etag)},
            repeatable=repeatable,
        )
        return self._json(answer)

    def delete(self, path: str, *, etag: str = "") -> None:
        self._connection.delete(self._url(path), headers=_only_over(etag))

    def _url(self, path: str) -> str:
        return path if path.startswith("https://") else self._root + path

    def _json(self, answer: requests.Response) -> JsonObject:
        if not answer.content:
            return {}
        try:
            found: JsonObject = answer.json()
        except ValueError:
            written = (answer.request.method or "GET") != "GET"
            raise TemporaryConnectorError(
                "An answer of Microsoft 365 could not be read. Casework tries again by itself.",
                status=answer.status_code,
                outcome_unknown=written,
            ) from None
        return found


def _only_over(etag: str) -> dict[str, str]:
    return {"If-Match": etag} if etag else {}
