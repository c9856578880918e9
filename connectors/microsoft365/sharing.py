"""Who may open a document, and who is still at the school: read, never changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from casework.document_readers import DocumentReaders
from casework.errors import NotThereError
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.calls import GraphCalls, JsonObject, segment

_KINDS = ("user", "group", "siteUser", "siteGroup")
_NAMES = ("displayName", "email", "loginName")
_ORGANISATION, _ANONYMOUS = "organization", "anonymous"
# By such a link a document can be read; "embed" shows it in a page only, "createOnly" lets people add to a folder.
_READING = ("view", "review", "edit", "blocksDownload")
# How SharePoint writes "Everyone except external users" and "Everyone", whatever the tenant's language.
_OF_THE_SCHOOL = ("|rolemanager|spo-grid-all-users", "c:0(.s|true")


class GraphSharedWith:
    """The permissions of the items of one drive."""

    def __init__(self, account: SchoolAccount, drive_id: str) -> None:
        self._calls = GraphCalls(account)
        self._items = f"drives/{segment(drive_id)}/items"

    def readers(self, file_id: str) -> DocumentReaders:
        return readers_of(list(self._calls.pages(f"{self._items}/{segment(file_id)}/permissions")))


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


def readers_of(permissions: Sequence[JsonObject]) -> DocumentReaders:
    """Gives who may open an item by its permissions, as Graph lists them."""
    names = frozenset(name.casefold() for permission in permissions for name in _names(permission))
    scopes = {_reach(permission) for permission in permissions}
    return DocumentReaders(
        names=names,
        whole_school=_ORGANISATION in scopes
        or any(claim in name for name in names for claim in _OF_THE_SCHOOL),
        anybody=_ANONYMOUS in scopes,
    )


def _reach(permission: JsonObject) -> str:
    """How far a link reaches; nothing for what is no link, for a link that shows nothing, and for one with a password."""
    link = permission.get("link") or {}
    opens = link.get("type") in _READING and permission.get("hasPassword") is not True
    return str(link.get("scope") or "") if opens else ""


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
