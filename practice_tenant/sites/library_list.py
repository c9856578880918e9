"""A library as the list that it also is: its files and folders as rows, by their numbers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from practice_tenant.drives.access import DriveAccess
from practice_tenant.drives.guards import check_if_match, check_not_locked
from practice_tenant.drives.library_items import library_fields, library_list_item
from practice_tenant.drives.reading import show_item
from practice_tenant.drives.store import DriveStore
from practice_tenant.drives.values import Drive, Item
from practice_tenant.errors import GraphError
from practice_tenant.odata.options import Expand, QueryOptions
from practice_tenant.odata.pages import pick
from practice_tenant.principals import Principal
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.row_numbers import row_number
from practice_tenant.sites.access import Role
from practice_tenant.sites.columns import Column
from practice_tenant.sites.field_values import checked_fields
from practice_tenant.sites.values import SharePointList
from practice_tenant.tenant import Tenant

Json = dict[str, Any]
_WITH_FIELDS = QueryOptions(expand=(Expand(name="fields", options=QueryOptions()),))


@dataclass(frozen=True, kw_only=True, slots=True)
class LibraryRow:
    """One row of a library, which is a file or a folder of its drive."""

    drive: Drive
    item: Item


def drive_of(tenant: Tenant, one: SharePointList) -> Drive:
    drive = DriveStore(tenant.database, tenant.clock).drive_of_list(one.id)
    if drive is None:
        raise LookupError(f"library {one.id} has no drive")
    return drive


def library_rows(tenant: Tenant, one: SharePointList, principal: Principal) -> list[Json]:
    """All rows that may be seen, each with its fields."""
    drive = drive_of(tenant, one)
    store = DriveStore(tenant.database, tenant.clock)
    seen = DriveAccess(tenant, principal).visible(drive, store.items(drive.id))
    return [library_list_item(tenant, drive, item, _WITH_FIELDS) for item in seen]


def open_row(
    tenant: Tenant, request: GraphRequest, one: SharePointList, role: Role = Role.READ
) -> LibraryRow:
    """The row of the path with at least that role on its file.

    Raises:
        GraphError: 404 where there is none, 403 where the role does not reach.
    """
    drive, number = drive_of(tenant, one), row_number(request.parameter("item_number"))
    store = DriveStore(tenant.database, tenant.clock)
    item = store.numbered_item(drive.id, number) if number is not None else None
    if item is None or item.is_root:
        raise GraphError(404, "itemNotFound", "The specified item was not found.")
    DriveAccess(tenant, request.principal).require(drive, item, role)
    return LibraryRow(drive=drive, item=item)


def answer_row(tenant: Tenant, request: GraphRequest, one: SharePointList) -> Answer:
    row = open_row(tenant, request, one)
    options = request.options if request.options.select or request.options.expand else _WITH_FIELDS
    shown = library_list_item(tenant, row.drive, row.item, options)
    if options.expansion("driveItem") is not None:
        shown["driveItem"] = show_item(tenant, request.with_query(""), row.drive, row.item)
    return Answer.json(shown, headers={"ETag": row.item.e_tag})


def answer_row_fields(tenant: Tenant, request: GraphRequest, one: SharePointList) -> Answer:
    row = open_row(tenant, request, one)
    return Answer.json(library_fields(row.item, request.options), headers={"ETag": row.item.e_tag})


def change_row(
    tenant: Tenant, request: GraphRequest, one: SharePointList, columns: Sequence[Column], given: Json
) -> LibraryRow:
    """Set columns on a file; the file's version counts up as for any change."""
    row = open_row(tenant, request, one, Role.WRITE)
    store = DriveStore(tenant.database, tenant.clock)
    check_if_match(request, row.item)
    check_not_locked(store, row.item)
    fields = checked_fields(columns, given, row.item.fields)
    with tenant.database.transaction():
        item = store.change(row.item, request.principal.identity_set(), fields=json.dumps(fields))
    return LibraryRow(drive=row.drive, item=item)


def delete_row(tenant: Tenant, request: GraphRequest, one: SharePointList) -> Answer:
    """To delete the row is to delete the file."""
    row = open_row(tenant, request, one, Role.WRITE)
    store = DriveStore(tenant.database, tenant.clock)
    check_if_match(request, row.item)
    for gone in (row.item, *store.below(row.item)):
        check_not_locked(store, gone)
    with tenant.database.transaction():
        store.delete(row.item)
    return Answer.empty()


async def get_drive_item(tenant: Tenant, request: GraphRequest, one: SharePointList) -> Answer:
    """GET .../items/{item}/driveItem."""
    if not one.is_library:
        raise GraphError(404, "itemNotFound", "The item is no file: its list is no document library.")
    row = open_row(tenant, request, one)
    context = {"@odata.context": f"{tenant.graph_root}v1.0/$metadata#driveItem/$entity"}
    return Answer.json(context | show_item(tenant, request, row.drive, row.item))


def row_versions(tenant: Tenant, row: LibraryRow) -> list[Json]:
    """The versions of a file's content, as versions of its row."""
    versions = DriveStore(tenant.database, tenant.clock).versions(row.item)
    return [
        {
            "id": version.label,
            "lastModifiedDateTime": version.modified_at,
            "lastModifiedBy": version.modified_by,
            "publication": {"level": "published", "versionId": version.label},
        }
        for version in versions
    ]


def changed_row(tenant: Tenant, drive: Drive, item: Item, options: QueryOptions) -> Json:
    """A row as delta tells it."""
    if item.deleted:
        parent = {"id": drive.list_id, "siteId": drive.site_id}
        return {"id": str(item.number), "deleted": {"state": "deleted"}, "parentReference": parent}
    return pick(library_list_item(tenant, drive, item, options), options)
