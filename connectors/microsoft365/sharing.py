"""Who may open a document, and who is still at the school: read, never changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casework.errors import NotThereError
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.calls import GraphCalls, JsonObject, segment

_KINDS = ("user", "group", "siteUser", "siteGroup")
_NAMES = ("displayName", "email", "loginName")


class GraphSharedWith:
    """The permissions of the items of one drive."""

    def __init__(self, account: SchoolAccount, drive_id: str) -> None:
        self._calls = GraphCalls(account)
        self._items = f"drives/{segment(drive_id)}/items"

    def readers(self, file_id: str) -> frozenset[str]:
        permissions = self._calls.pages(f"{self._items}/{segment(file_id)}/permissions")
        return frozenset(name.casefold() for permission in permissions for name in _names(permission))


class GraphDirectory:
    """The tenant's accounts."""

    def __init__(self, account: SchoolAccount) -> None:
        self._calls = GraphCalls(account)

    def is_active(self, address: str) -> bool:
        try:
            user = self._calls.get(f"users/{segment(address)}", params={"$select": "id,accountEnabled"})
        except NotThereError:
            return False
        return user.get("accountEnabled") is not False


def _names(permission: JsonObject) -> Iterator[str]:
    """The people and groups of one permission; an invitation counts for the address that it went to."""
    identities = [permission.get("grantedToV2") or permission.get("grantedTo")]
    identities += permission.get("grantedToIdentitiesV2") or permission.get("grantedToIdentities") or []
    for identity in identities:
        yield from _names_of(identity or {})
    invited = (permission.get("invitation") or {}).get("email")
    if invited:
        yield str(invited)


def _names_of(identity: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    for kind in _KINDS:
        for name in _NAMES:
            value = (identity.get(kind) or {}).get(name)
            if value:
                yield str(value)
