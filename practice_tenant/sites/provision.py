"""The sites of a fresh tenant: the host's own, the school's site for Casework, and everybody's OneDrive."""

from dataclasses import asdict
from typing import Any
from uuid import uuid4

from practice_tenant.directory import DOMAIN, User
from practice_tenant.drives.store import DriveStore
from practice_tenant.permissions import Grant
from practice_tenant.sign_in.applications import CASEWORK, own_application
from practice_tenant.sites.addressing import store_of
from practice_tenant.sites.columns import ColumnStore, read_definition
from practice_tenant.sites.lists import NewList, make_list
from practice_tenant.sites.people import TITLE as PEOPLE
from practice_tenant.sites.store import ItemStore, insert
from practice_tenant.sites.values import Identity, Site
from practice_tenant.tenant import Tenant

HOST = "tillbrook.sharepoint.example"
PERSONAL_HOST = "tillbrook-my.sharepoint.example"
SITE_PATH = "/sites/casework"
# A site takes its zone from SharePoint's settings; the practice one reads days in UTC.
TIME_ZONE = "UTC"
_SYSTEM: Identity = {
    "application": {"id": "00000003-0000-0ff1-ce00-000000000000", "displayName": "SharePoint"}
}


def provision(tenant: Tenant) -> None:
    """Make the sites, their libraries and Casework's narrow rights; nothing of Casework's own is there yet."""
    _add_site(tenant, host=HOST, path="", title="Tillbrook Infant School")
    site = _add_site(tenant, host=HOST, path=SITE_PATH, title="Casework")
    make_list(
        tenant, site, NewList(title="Documents", kind="documentLibrary", name="Shared Documents"), _SYSTEM
    )
    _add_people(tenant, site)
    personal = {user.role: _add_personal_site(tenant, user) for user in tenant.directory.users}
    _grant_casework(tenant, site, "fullcontrol")
    _grant_casework(tenant, personal["office"], "write")


def describe(tenant: Tenant) -> dict[str, Any]:
    """What server.json tells of sites and drives."""
    site = store_of(tenant).site_at(HOST, SITE_PATH)
    office = DriveStore(tenant.database, tenant.clock).drive_of_user(tenant.directory.by_role("office").id)
    if site is None or office is None:
        raise LookupError(
            "The tenant has lost its site or the office's OneDrive: its state folder is damaged."
        )
    return {
        "site_id": site.id,
        "site_path": f"{site.host}:{site.path}",
        "site_url": site.web_url,
        "office_drive_id": office.id,
    }


def _add_site(tenant: Tenant, *, host: str, path: str, title: str, owner: User | None = None) -> Site:
    site = Site(
        id=f"{host},{uuid4()},{uuid4()}",
        host=host,
        path=path,
        name=path.rpartition("/")[2] or "root",
        display_name=title,
        time_zone=TIME_ZONE,
        owner_id=owner.id if owner else None,
        created_at=tenant.clock.stamp(),
    )
    insert(tenant.database, "sites", asdict(site))
    return site


def _add_personal_site(tenant: Tenant, user: User) -> Site:
    local = user.address.partition("@")[0]
    path = f"/personal/{local}_{DOMAIN.replace('.', '_')}"
    site = _add_site(tenant, host=PERSONAL_HOST, path=path, title=user.display_name, owner=user)
    author = {"user": user.identity()}
    make_list(tenant, site, NewList(title="Documents", kind="documentLibrary", drive_name="OneDrive"), author)
    return site


def _add_people(tenant: Tenant, site: Site) -> None:
    """The hidden list whose item numbers person columns hold."""
    people = make_list(tenant, site, NewList(title=PEOPLE, hidden=True), _SYSTEM)
    columns = ColumnStore(tenant.database, people.id)
    for name in ("EMail", "UserName", "JobTitle"):
        columns.add(*read_definition({"name": name, "text": {}, "indexed": name != "JobTitle"}))
    items = ItemStore(store_of(tenant), people)
    for user in tenant.directory.users:
        fields = {"Title": user.display_name, "EMail": user.address, "UserName": user.address}
        items.add({**fields, "JobTitle": user.job_title}, _SYSTEM)


def _grant_casework(tenant: Tenant, site: Site, role: str) -> None:
    application = own_application(tenant, CASEWORK)
    tenant.permissions.grant(Grant(holder=application.client_id, kind="site", resource=site.id, role=role))
