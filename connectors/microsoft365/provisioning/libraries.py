"""Making the document libraries and folders, and closing the sealed library to all but a few."""

from __future__ import annotations

from casework.errors import NotThereError, PermanentConnectorError
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.calls import GraphCalls, JsonObject, segment
from connectors.microsoft365.files import GraphLibrary
from connectors.microsoft365.provisioning.places import SitePlaces
from connectors.microsoft365.provisioning.values import Outcome, Step


def ensure_library(site: SitePlaces, wanted: str) -> tuple[str, Step]:
    """Return the drive id of a library of the site, made if there is none of that name (empty in a dry run)."""
    what = f"Library {wanted}"
    try:
        return site.drive_id(wanted), Step(what=what, outcome=Outcome.THERE)
    except NotThereError:
        if site.only_reading:
            return "", Step(what=what, outcome=Outcome.MADE)
        made = site.calls.post(
            f"{site.path}/lists", {"displayName": wanted, "list": {"template": "documentLibrary"}}
        )
    site.forget()
    drive = site.calls.get(f"{site.path}/lists/{segment(str(made['id']))}/drive")
    return str(drive["id"]), Step(what=what, outcome=Outcome.MADE)


def ensure_folder(account: SchoolAccount, drive_id: str, folder: str, what: str) -> Step:
    """Make a folder in a drive; "" is the drive itself, which is there."""
    library = GraphLibrary(account, drive_id)
    if library.find(folder) is not None:
        return Step(what=what, outcome=Outcome.THERE)
    if not account.con.only_reading:
        library.ensure_folder(folder)
    return Step(what=what, outcome=Outcome.MADE)


def close_library(account: SchoolAccount, drive_id: str, readers: tuple[str, ...], name: str) -> Step:
    """Let nobody but these people open the library."""
    what = f"Library {name}, who may open it"
    if not readers:
        return Step(
            what=what,
            outcome=Outcome.BY_HAND,
            note="The settings name no safeguarding lead, so it is open to the whole site. "
            "Name one under [people.safeguarding_lead], then run casework setup again.",
        )
    if drive_id and not strangers(account, drive_id, readers) and not _missing(account, drive_id, readers):
        return Step(what=what, outcome=Outcome.THERE)
    try:
        if not account.con.only_reading:
            _invite_alone(account, drive_id, readers)
    except PermanentConnectorError as error:
        return Step(
            what=what,
            outcome=Outcome.BY_HAND,
            note=f"Graph did not allow it ({error.status}). In the library's settings, stop inheriting "
            "permissions and leave only the safeguarding lead and the application.",
        )
    return Step(what=what, outcome=Outcome.MADE, note=f"Only {len(readers)} may open it now.")


def strangers(account: SchoolAccount, drive_id: str, readers: tuple[str, ...]) -> int:
    """Return how many others (people, groups, links) may open the library; site owners do not count."""
    allowed = {address.lower() for address in readers}
    return sum(1 for held in _permissions(account, drive_id) if not _is_allowed(held, allowed))


def shut_out(account: SchoolAccount, drive_id: str, readers: tuple[str, ...]) -> int:
    """Return how many of these people may not open the library."""
    return len(_missing(account, drive_id, readers))


def _missing(account: SchoolAccount, drive_id: str, readers: tuple[str, ...]) -> set[str]:
    held = {_address(permission) for permission in _permissions(account, drive_id)}
    return {address.lower() for address in readers} - held


def _permissions(account: SchoolAccount, drive_id: str) -> list[JsonObject]:
    return list(GraphCalls(account).pages(f"drives/{segment(drive_id)}/root/permissions"))


def _is_allowed(permission: JsonObject, allowed: set[str]) -> bool:
    granted = permission.get("grantedToV2") or {}
    if "application" in granted or "owner" in (permission.get("roles") or []):
        return True
    return _address(permission) in allowed


def _address(permission: JsonObject) -> str:
    granted = permission.get("grantedToV2") or permission.get("grantedTo") or {}
    user = granted.get("user") or granted.get("siteUser") or {}
    return str(user.get("email") or user.get("loginName") or "").lower().rpartition("|")[2]


def _invite_alone(account: SchoolAccount, drive_id: str, readers: tuple[str, ...]) -> None:
    # retainInheritedPermissions false is what closes the library to the rest of the site
    GraphCalls(account).post(
        f"drives/{segment(drive_id)}/root/invite",
        {
            "recipients": [{"email": address} for address in readers],
            "roles": ["read"],
            "requireSignIn": True,
            "sendInvitation": False,
            "retainInheritedPermissions": False,
        },
        repeatable=True,
    )
