"""The versions of a list item: who set which fields when."""

from typing import Any

from practice_tenant.errors import GraphError
from practice_tenant.odata.pages import collection_page, pick
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.sites.access import Role
from practice_tenant.sites.items import OpenList, open_items
from practice_tenant.sites.keeping_versions import keeps_versions
from practice_tenant.sites.library_list import open_row, row_versions
from practice_tenant.sites.values import ItemVersion, ListItem
from practice_tenant.tenant import Tenant


async def list_versions(tenant: Tenant, request: GraphRequest) -> Answer:
    opened = open_items(tenant, request)
    page = collection_page(
        url=request.url,
        options=request.options,
        entities=_versions(tenant, request, opened),
        default_size=200,
        context=f"{tenant.graph_root}v1.0/$metadata#versions",
    )
    return Answer.json(page)


async def get_version(tenant: Tenant, request: GraphRequest) -> Answer:
    opened = open_items(tenant, request)
    item = opened.item(request)
    version = _version(tenant, opened, item, request.parameter("version"))
    return Answer.json(opened.view.version(item, version, request.options))


async def get_version_fields(tenant: Tenant, request: GraphRequest) -> Answer:
    opened = open_items(tenant, request)
    item = opened.item(request)
    version = _version(tenant, opened, item, request.parameter("version"))
    return Answer.json(pick(opened.view.version_fields(item, version), request.options))


async def restore_version(tenant: Tenant, request: GraphRequest) -> Answer:
    opened = open_items(tenant, request, Role.WRITE)
    item = opened.item(request)
    version = _version(tenant, opened, item, request.parameter("version"))
    with tenant.database.transaction():
        opened.items.change(item, version.fields, request.principal.identity_set())
    return Answer.empty()


def _versions(tenant: Tenant, request: GraphRequest, opened: OpenList) -> list[dict[str, Any]]:
    if opened.one.is_library:
        return row_versions(tenant, open_row(tenant, request, opened.one))
    item = opened.item(request)
    versions = _kept(tenant, opened, item)
    return [opened.view.version(item, version, request.options) for version in versions]


def _kept(tenant: Tenant, opened: OpenList, item: ListItem) -> list[ItemVersion]:
    """All versions, newest first; of a list that keeps none only the present one is there."""
    versions = opened.items.versions(item)
    return versions if keeps_versions(tenant, opened.one.id) else versions[:1]


def _version(tenant: Tenant, opened: OpenList, item: ListItem, label: str) -> ItemVersion:
    versions = _kept(tenant, opened, item)
    if label.lower() == "current":
        return versions[0]
    for version in versions:
        if version.label == label:
            return version
    raise GraphError(404, "itemNotFound", "The requested version could not be found.")
