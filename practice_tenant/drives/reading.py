"""Looking at drives: the drive itself, an item, what lies in a folder, a search, the versions."""

from typing import Any

from practice_tenant.drives.access import DriveAccess
from practice_tenant.drives.addressing import open_drive, open_item, store_of
from practice_tenant.drives.expanding import shaped_item
from practice_tenant.drives.search_text import searchable
from practice_tenant.drives.values import Drive, Item
from practice_tenant.drives.views import DriveView
from practice_tenant.errors import GraphError
from practice_tenant.odata.keyword_query import read_query
from practice_tenant.odata.matching import Entity
from practice_tenant.odata.model import check_query
from practice_tenant.odata.options import QueryOptions
from practice_tenant.odata.pages import collection_page, pick
from practice_tenant.odata.types import DRIVE_ITEM
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.sites.access import Role
from practice_tenant.sites.addressing import open_list, open_site
from practice_tenant.sites.etags import names_tag
from practice_tenant.tenant import Tenant
from practice_tenant.users import find_user

PAGE = 200


async def get_drive(tenant: Tenant, request: GraphRequest) -> Answer:
    drive = open_drive(tenant, request)
    return Answer.json(_context(tenant, "drives/$entity") | show_drive(tenant, drive, request.options))


async def get_drive_of_list(tenant: Tenant, request: GraphRequest) -> Answer:
    """GET /sites/{site}/lists/{list}/drive: the drive of a library."""
    _, one = open_list(tenant, request)
    drive = store_of(tenant).drive_of_list(one.id)
    if drive is None:
        raise GraphError(404, "itemNotFound", "The list is no document library and has no drive.")
    return Answer.json(_context(tenant, "drives/$entity") | show_drive(tenant, drive, request.options))


async def list_drives_of_site(tenant: Tenant, request: GraphRequest) -> Answer:
    site = open_site(tenant, request)
    access = DriveAccess(tenant, request.principal)
    drives = [drive for drive in store_of(tenant).drives_of_site(site.id) if access.may_see(drive)]
    return _drives_page(tenant, request, drives)


async def list_drives_of_user(tenant: Tenant, request: GraphRequest) -> Answer:
    user = find_user(tenant, request.parameter("user"))
    drive = store_of(tenant).drive_of_user(user.id)
    drives = [drive] if drive else []
    for each in drives:
        DriveAccess(tenant, request.principal).require(each, None, Role.READ)
    return _drives_page(tenant, request, drives)


async def list_my_drives(tenant: Tenant, request: GraphRequest) -> Answer:
    """GET /drives: every drive that whoever asks may open."""
    access = DriveAccess(tenant, request.principal)
    drives = [drive for drive in store_of(tenant).drives() if access.may_see(drive)]
    return _drives_page(tenant, request, drives)


async def get_item(tenant: Tenant, request: GraphRequest) -> Answer:
    drive, item = open_item(tenant, request)
    check_query(DRIVE_ITEM, request.options)
    if names_tag(request.headers.get("if-none-match", ""), (item.e_tag, item.c_tag)):
        return Answer.empty(304, {"ETag": item.e_tag})
    shown = show_item(tenant, request, drive, item)
    return Answer.json(_context(tenant, "items/$entity") | shown, headers={"ETag": item.e_tag})


async def list_children(tenant: Tenant, request: GraphRequest) -> Answer:
    drive, folder = open_item(tenant, request)
    check_query(DRIVE_ITEM, request.options)
    if folder.is_file:
        raise GraphError(400, "invalidRequest", "The item is a file and has no children.")
    store = store_of(tenant)
    above = [folder, *store.ancestors(folder)]
    seen = DriveAccess(tenant, request.principal).visible(drive, store.children(folder))
    view = DriveView(tenant, drive)
    return _items_page(tenant, request, drive, [(child, view.item(child, above)) for child in seen])


async def search(tenant: Tenant, request: GraphRequest) -> Answer:
    """Items that q finds at any depth, by name, by what a text or Word document says, and by properties."""
    drive, folder = open_item(tenant, request)
    check_query(DRIVE_ITEM, request.options)
    condition = read_query(request.parameters.get("q", ""), tenant.clock.now())
    store, view = store_of(tenant), DriveView(tenant, drive)
    found = [item for item in store.below(folder) if condition(searchable(store, item))]
    seen = DriveAccess(tenant, request.principal).visible(drive, found)
    return _items_page(
        tenant, request, drive, [(item, view.item(item) | {"searchResult": {}}) for item in seen]
    )


async def list_thumbnails(tenant: Tenant, request: GraphRequest) -> Answer:
    """The practice school draws none; an empty list is Graph's answer for files without."""
    open_item(tenant, request)
    context = f"{tenant.graph_root}v1.0/$metadata#Collection(thumbnailSet)"
    return Answer.json({"@odata.context": context, "value": []})


async def list_versions(tenant: Tenant, request: GraphRequest) -> Answer:
    drive, item = open_item(tenant, request)
    view = DriveView(tenant, drive)
    page = collection_page(
        url=request.url,
        options=request.options,
        entities=[view.version(item, version) for version in store_of(tenant).versions(item)],
        default_size=PAGE,
        context=f"{tenant.graph_root}v1.0/$metadata#Collection(driveItemVersion)",
    )
    return Answer.json(page)


async def get_version(tenant: Tenant, request: GraphRequest) -> Answer:
    drive, item = open_item(tenant, request)
    wanted = request.parameter("version").lower()
    view = DriveView(tenant, drive)
    for version in store_of(tenant).versions(item):
        if wanted in {version.label, "current"}:
            return Answer.json(_context(tenant, "versions/$entity") | view.version(item, version))
    raise GraphError(404, "itemNotFound", "The requested version could not be found.")


def show_drive(tenant: Tenant, drive: Drive, options: QueryOptions) -> dict[str, Any]:
    view = DriveView(tenant, drive)
    shown = view.whole_drive()
    if options.expansion("root") is not None:
        shown["root"] = view.item(view.store.root(drive))
    return pick(shown, options)


def show_item(tenant: Tenant, request: GraphRequest, drive: Drive, item: Item) -> dict[str, Any]:
    """An item with what the request's $expand and $select ask for."""
    return shaped_item(tenant, request.principal, drive, item, request.options)


def _items_page(
    tenant: Tenant, request: GraphRequest, drive: Drive, shown: list[tuple[Item, dict[str, Any]]]
) -> Answer:
    by_id = {item.id: item for item, _ in shown}

    def shape(entity: Entity) -> Entity:
        item = by_id[entity["id"]]
        return shaped_item(tenant, request.principal, drive, item, request.options, dict(entity))

    page = collection_page(
        url=request.url,
        options=request.options,
        entities=[entity for _, entity in shown],
        default_size=PAGE,
        max_page_size=request.max_page_size,
        shape=shape,
        context=f"{tenant.graph_root}v1.0/$metadata#items",
    )
    return Answer.json(page)


def _drives_page(tenant: Tenant, request: GraphRequest, drives: list[Drive]) -> Answer:
    page = collection_page(
        url=request.url,
        options=request.options,
        entities=[show_drive(tenant, drive, QueryOptions()) for drive in drives],
        default_size=PAGE,
        context=f"{tenant.graph_root}v1.0/$metadata#drives",
    )
    return Answer.json(page)


def _context(tenant: Tenant, what: str) -> dict[str, Any]:
    return {"@odata.context": f"{tenant.graph_root}v1.0/$metadata#{what}"}
