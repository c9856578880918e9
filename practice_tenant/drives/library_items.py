"""A file or folder as the row that it is in its library's list."""

from typing import Any

from practice_tenant.drives.values import Drive, Item
from practice_tenant.drives.views import DriveView
from practice_tenant.odata.options import QueryOptions
from practice_tenant.odata.pages import pick
from practice_tenant.sites.values import content_type_info
from practice_tenant.tenant import Tenant

_CONTENT_TYPES = {"file": "Document", "folder": "Folder", "root": "Folder"}


def library_list_item(
    tenant: Tenant, drive: Drive, item: Item, options: QueryOptions | None = None
) -> dict[str, Any]:
    """The listItem of a driveItem; its fields only where they were asked for."""
    options = options or QueryOptions()
    shown = DriveView(tenant, drive).item(item)
    kept = ("createdDateTime", "lastModifiedDateTime", "createdBy", "lastModifiedBy", "webUrl")
    row: dict[str, Any] = {
        "id": str(item.number),
        "eTag": f'"{item.guid.lower()},{item.version}"',
        **{name: shown[name] for name in kept},
        "contentType": content_type_info(drive.list_id, _CONTENT_TYPES[item.kind]),
        "parentReference": {"id": item.parent_id, "siteId": drive.site_id},
        "sharepointIds": {
            "listId": drive.list_id,
            "listItemId": str(item.number),
            "listItemUniqueId": item.guid.lower(),
            "tenantId": tenant.tenant_id,
        },
    }
    fields = options.expansion("fields")
    if fields is not None:
        row["fields"] = library_fields(item, fields)
    return pick(row, options)


def library_fields(item: Item, options: QueryOptions) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "@odata.etag": f'"{item.guid.lower()},{item.version}"',
        "id": str(item.number),
        "FileLeafRef": item.name,
        "LinkFilename": item.name,
        "ContentType": _CONTENT_TYPES[item.kind],
        "Created": item.created_at,
        "Modified": item.modified_at,
        "_UIVersionString": f"{max(item.content_version, 1)}.0",
        **item.fields,
    }
    if item.is_file:
        fields["FileSizeDisplay"] = str(item.size)
        fields["DocIcon"] = item.name.rpartition(".")[2].lower()
    return pick(fields, options)
