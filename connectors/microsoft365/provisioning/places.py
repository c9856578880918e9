"""Finding the site, lists and drives by the names or ids in the settings, without making anything."""

from __future__ import annotations

from typing import Any

from casework.errors import NotThereError
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.calls import GraphCalls, JsonObject, segment
from connectors.microsoft365.provisioning.values import Places, Wishes


def find_places(account: SchoolAccount, wishes: Wishes) -> Places:
    """Return the ids of everything that Casework works in.

    Raises:
        NotThereError: something is missing; the message names it.
    """
    site = SitePlaces(account, wishes.site)
    return Places(
        site_id=site.site_id,
        cases_list=site.list_id(wishes.cases_list),
        policies_list=site.list_id(wishes.policies_list),
        casework_drive=site.drive_id(wishes.casework_drive),
        sealed_drive=site.drive_id(wishes.sealed_drive),
        drop_drive=site.drive_id(wishes.drop_drive),
        policies_drive=site.drive_id(wishes.policies_drive),
    )


class SitePlaces:
    """One site with its lists and drives, each asked for once."""

    def __init__(self, account: SchoolAccount, site: str) -> None:
        self.account = account
        self.calls = GraphCalls(account)
        self.site = _site(account, site)
        self.site_id = str(self.site.object_id)
        self.path = f"sites/{segment(self.site_id)}"
        self._lists: list[JsonObject] | None = None
        self._drives: list[JsonObject] | None = None

    @property
    def only_reading(self) -> bool:
        """True in a dry run: nothing is made, and each step says what would be."""
        return self.account.con.only_reading

    def lists(self) -> list[JsonObject]:
        if self._lists is None:
            self._lists = list(
                self.calls.pages(f"{self.path}/lists", params={"$select": "id,name,displayName,list"})
            )
        return self._lists

    def drives(self) -> list[JsonObject]:
        if self._drives is None:
            self._drives = list(self.calls.pages(f"{self.path}/drives"))
        return self._drives

    def forget(self) -> None:
        """Ask again: something was made."""
        self._lists = self._drives = None

    def list_id(self, wanted: str) -> str:
        found = find_named(self.lists(), wanted)
        if found is None:
            raise NotThereError(f'The site has no list "{wanted}". Run casework setup, which makes it.')
        return str(found["id"])

    def drive_id(self, wanted: str) -> str:
        """Return a drive's id from a library's name, an id, an address, or "" for the site's documents."""
        if not wanted:
            return str(self.calls.get(f"{self.path}/drive")["id"])
        if "@" in wanted:
            return str(self.calls.get(f"users/{segment(wanted)}/drive")["id"])
        found = find_named(self.drives(), wanted)
        if found is not None:
            return str(found["id"])
        if _may_be_drive_id(wanted):
            return str(self.calls.get(f"drives/{segment(wanted)}")["id"])
        raise NotThereError(f'The site has no library "{wanted}". Run casework setup, which makes it.')


def find_named(things: list[JsonObject], wanted: str) -> JsonObject | None:
    """Return the thing with that id, else the one with that name or heading."""
    for field in ("id", "name", "displayName"):
        for thing in things:
            if str(thing.get(field) or "").lower() == wanted.lower():
                return thing
    return None


def _site(account: SchoolAccount, wanted: str) -> Any:  # noqa: ANN401 - O365 carries no types
    host, colon, path = wanted.partition(":")
    try:
        # O365 joins host and path as Graph wants them
        return account.sharepoint().get_site(*((host, path) if colon else (wanted,)))
    except NotThereError as error:
        raise NotThereError(
            "There is no SharePoint site at the address in the settings (site). "
            "Write it as host:/sites/name.",
            status=error.status,
            code=error.code,
        ) from error


def _may_be_drive_id(text: str) -> bool:
    # ids of SharePoint drives begin with "b!"; no library name holds an exclamation mark and no space
    return " " not in text and len(text) > len("b!") and "!" in text
