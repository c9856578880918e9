"""$select and $expand on drive items, at any depth."""

from typing import Any

from practice_tenant.drives.access import DriveAccess
from practice_tenant.drives.library_items import library_list_item
from practice_tenant.drives.sharing import permissions_of
from practice_tenant.drives.values import Drive, Item
from practice_tenant.drives.views import DriveView
from practice_tenant.odata.matching import Entity
from practice_tenant.odata.options import QueryOptions
from practice_tenant.odata.pages import collection_page, pick
from practice_tenant.principals import Principal
from practice_tenant.tenant import Tenant

_DOWNLOAD = "@microsoft.graph.downloadUrl"
_DOWNLOAD_WORDS = frozenset({_DOWNLOAD.casefold(), "content.downloadurl"})


def shaped_item(
    tenant: Tenant,
    principal: Principal,
    drive: Drive,
    item: Item,
    options: QueryOptions,
    shown: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """An item with what $expand brings, cut down to what $select names.

    Args:
        tenant: the tenant.
        principal: who asks; what may not be seen is not expanded.
        drive: the item's drive.
        item: the item.
        options: the options at this depth.
        shown: the item as it is shown in full, where the caller has it already.
    """
    whole = shown if shown is not None else DriveView(tenant, drive).item(item)
    kept = pick({**whole, **_expansions(tenant, principal, drive, item, options)}, options)
    # An annotation of the instance comes with a selection only where it was named.
    if options.select and not any(name.casefold() in _DOWNLOAD_WORDS for name in options.select):
        kept.pop(_DOWNLOAD, None)
    return kept


def _expansions(
    tenant: Tenant, principal: Principal, drive: Drive, item: Item, options: QueryOptions
) -> dict[str, Any]:
    view = DriveView(tenant, drive)
    found: dict[str, Any] = {}
    for each in options.expand:
        match each.name.lower():
            case "children" if not item.is_file:
                found["children"] = _children(tenant, principal, drive, item, each.options)
            case "children":
                found["children"] = []
            case "thumbnails":
                found["thumbnails"] = []
            case "permissions":
                listed = permissions_of(tenant, drive, item)
                found["permissions"] = [pick(permission, each.options) for permission in listed]
            case "versions" if item.is_file:
                versions = view.store.versions(item)
                found["versions"] = [pick(view.version(item, one), each.options) for one in versions]
            case "listitem":
                found["listItem"] = library_list_item(tenant, drive, item, each.options)
    return found


def _children(
    tenant: Tenant, principal: Principal, drive: Drive, folder: Item, options: QueryOptions
) -> list[dict[str, Any]]:
    view = DriveView(tenant, drive)
    seen = DriveAccess(tenant, principal).visible(drive, view.store.children(folder))
    by_id = {child.id: child for child in seen}

    def shape(entity: Entity) -> Entity:
        return shaped_item(tenant, principal, drive, by_id[entity["id"]], options, dict(entity))

    entities = [view.item(child) for child in seen]
    page = collection_page(url="", options=options, entities=entities, default_size=200, shape=shape)
    return list(page["value"])
