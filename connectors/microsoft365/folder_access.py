"""Who may open a folder of a library: inheritance broken by the first invitation, others taken out one by one."""

from __future__ import annotations

from collections.abc import Iterable

from casework.errors import NotThereError, TemporaryConnectorError
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.calls import GraphCalls, JsonObject, path_segments, segment
from connectors.microsoft365.files import GraphLibrary


class GraphFolderAccess:
    """The folders of one library."""

    def __init__(self, account: SchoolAccount, drive_id: str) -> None:
        self._calls = GraphCalls(account)
        self._library = GraphLibrary(account, drive_id)
        self._drive = f"drives/{segment(drive_id)}"

    def people(self, path: str) -> frozenset[str] | None:
        held = self._permissions(path)
        if any(_is_inherited(one) for one in held):
            return None
        return frozenset(address for one in held if not _is_owner(one) and (address := _address(one)))

    def let_only(self, path: str, people: Iterable[str]) -> str:
        wanted = sorted({address.lower() for address in people})
        try:
            made = self._library.make_folder(path)
            self._close(path, wanted, is_new=made is not None)
        except NotThereError as error:
            # SharePoint may know a new folder on one server and not yet on the next
            raise TemporaryConnectorError(
                "A case's folder could not be found right after it was made. Casework closes it as soon as it can."
            ) from error
        return made.web_url if made else ""

    def _close(self, path: str, wanted: list[str], *, is_new: bool) -> None:
        """A new folder has all that it has from the one above: of that one need not ask."""
        held = [] if is_new else self._permissions(path)
        present = {_address(one) for one in held if not _is_inherited(one)}
        if is_new or any(_is_inherited(one) for one in held) or not present.issuperset(wanted):
            self._invite(path, wanted)
            held = self._permissions(path)
        for one in held:
            if not _is_owner(one) and not _is_inherited(one) and _address(one) not in wanted:
                self._take_out(path, str(one["id"]))

    def _invite(self, path: str, people: list[str]) -> None:
        # the first invitation with retainInheritedPermissions false is what closes the folder to the rest of the site
        self._calls.post(
            f"{self._item(path)}/invite",
            {
                "recipients": [{"email": address} for address in people],
                "roles": ["write"],
                "requireSignIn": True,
                "sendInvitation": False,
                "retainInheritedPermissions": False,
            },
            repeatable=True,
        )

    def _take_out(self, path: str, permission: str) -> None:
        try:
            self._calls.delete(f"{self._item(path)}/permissions/{segment(permission)}")
        except NotThereError:
            return

    def _permissions(self, path: str) -> list[JsonObject]:
        return list(self._calls.pages(f"{self._item(path)}/permissions"))

    def _item(self, path: str) -> str:
        return f"{self._drive}/root:/{path_segments(path)}:"


def _is_inherited(permission: JsonObject) -> bool:
    return bool(permission.get("inheritedFrom")) and not _is_owner(permission)


def _is_owner(permission: JsonObject) -> bool:
    """The site's owners and the application keep what they have: nobody can be locked out of a site that is theirs."""
    granted = permission.get("grantedToV2") or {}
    return "application" in granted or "owner" in (permission.get("roles") or [])


def _address(permission: JsonObject) -> str:
    granted = permission.get("grantedToV2") or permission.get("grantedTo") or {}
    user = granted.get("user") or granted.get("siteUser") or {}
    invited = (permission.get("invitation") or {}).get("email")
    return str(user.get("email") or user.get("loginName") or invited or "").lower().rpartition("|")[2]
