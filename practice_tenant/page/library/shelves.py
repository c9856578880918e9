"""Drives under the names that people know them by, what was shared with a person, and the way to a link's file."""

import json
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from starlette.responses import Response

from practice_tenant.directory import User
from practice_tenant.drives.store import DriveStore
from practice_tenant.drives.values import Drive, Item
from practice_tenant.errors import GraphError
from practice_tenant.page.places import library_address
from practice_tenant.page.visit import Visit
from practice_tenant.tenant import Tenant


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """A drive, or a folder of somebody else's that was shared with the person who is played."""

    called: str
    about: str
    address: str


def shelf_name(tenant: Tenant, drive: Drive) -> str:
    """The school office's OneDrive, or the library's own name."""
    owner = owner_of(tenant, drive)
    return f"{owner.display_name}: OneDrive" if owner else drive.name


def owner_of(tenant: Tenant, drive: Drive) -> User | None:
    return tenant.directory.find(drive.owner_id) if drive.owner_id else None


def drive_of(visit: Visit) -> Drive:
    """The drive that the address names.

    Raises:
        GraphError: 404 where there is none.
    """
    drive = _store(visit.tenant).drive(visit.word("drive"))
    if drive is None:
        raise GraphError(404, "itemNotFound", "There is no such drive.")
    return drive


def shared_shelves(visit: Visit) -> list[Shelf]:
    """Folders and files that others share with the person."""
    store = _store(visit.tenant)
    rows = visit.tenant.database.rows(
        "SELECT DISTINCT items.id, items.drive_id, items.name_key FROM drive_permissions AS shared "
        "JOIN drive_items AS items ON items.id = shared.item_id "
        "WHERE shared.user_id IN (SELECT value FROM json_each(?)) AND items.deleted = 0 "
        "AND items.kind <> 'root' ORDER BY items.name_key",
        (
            json.dumps(
                [visit.person.id, *(group.id for group in visit.tenant.directory.groups_of(visit.person))]
            ),
        ),
    )
    found = []
    for row in rows:
        item, drive = store.item(row["drive_id"], row["id"]), store.drive(row["drive_id"])
        owner = owner_of(visit.tenant, drive) if drive else None
        if item and drive and owner and owner != visit.person:
            about = f"Shared with you by {owner.display_name}"
            found.append(Shelf(called=item.name, about=about, address=_address(store, drive, item)))
    return found


async def open_link(visit: Visit) -> Response:
    """GET /open?address=... or ?policy=...: the file of a link; whether one may see it, its own page says."""
    store = _store(visit.tenant)
    if visit.asked("policy"):
        # The Policies list names its documents from the root of the office's OneDrive.
        office = store.drive_of_user(visit.tenant.directory.by_role("office").id)
        return visit.go(library_address(office.id, visit.asked("policy")) if office else "/library")
    parts = urlsplit(visit.asked("address"))
    plain = unquote(f"https://{parts.hostname}{parts.path}").rstrip("/")
    for drive in store.drives():
        root = unquote(drive.web_url)
        if plain == root or plain.startswith(f"{root}/"):
            return visit.go(library_address(drive.id, plain[len(root) :].strip("/")))
    # Word's own address of a document: .../_layouts/15/Doc.aspx?sourcedoc={GUID}
    guid = "".join(parse_qs(parts.query).get("sourcedoc", [])).strip("{}").upper()
    row = visit.tenant.database.one(
        "SELECT id, drive_id FROM drive_items WHERE guid = ? AND deleted = 0", (guid,)
    )
    item = store.item(row["drive_id"], row["id"]) if row else None
    found = store.drive(row["drive_id"]) if row else None
    if item is None or found is None:
        raise GraphError(404, "itemNotFound", "The link leads to no file of the practice school.")
    return visit.go(_address(store, found, item))


def _address(store: DriveStore, drive: Drive, item: Item) -> str:
    steps = [step.name for step in reversed(store.ancestors(item)) if step.kind != "root"]
    return library_address(drive.id, "/".join([*steps, item.name]))


def _store(tenant: Tenant) -> DriveStore:
    return DriveStore(tenant.database, tenant.clock)
