"""The content types of a site and of its lists, to be read: Item, Document and Folder."""

from typing import Any

from practice_tenant.errors import GraphError
from practice_tenant.odata.pages import collection_page, pick
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.sites.addressing import open_list, open_site
from practice_tenant.sites.columns import ColumnStore
from practice_tenant.sites.values import CONTENT_TYPES, SharePointList, content_type_info
from practice_tenant.tenant import Tenant

Json = dict[str, Any]
# By name: description and group, as SharePoint has them.
_WORDS = {
    "Item": ("Create a new list item.", "List Content Types"),
    "Document": ("Create a new document.", "Document Content Types"),
    "Folder": ("Create a new folder.", "Folder Content Types"),
}


async def list_site_types(tenant: Tenant, request: GraphRequest) -> Answer:
    open_site(tenant, request)
    return _page(tenant, request, [_shown(name, CONTENT_TYPES[name]) for name in _WORDS])


async def get_site_type(tenant: Tenant, request: GraphRequest) -> Answer:
    open_site(tenant, request)
    return _one(request, [_shown(name, CONTENT_TYPES[name]) for name in _WORDS])


async def list_list_types(tenant: Tenant, request: GraphRequest) -> Answer:
    _, one = open_list(tenant, request)
    return _page(tenant, request, _types_of(one))


async def get_list_type(tenant: Tenant, request: GraphRequest) -> Answer:
    _, one = open_list(tenant, request)
    return _one(request, _types_of(one))


async def list_type_columns(tenant: Tenant, request: GraphRequest) -> Answer:
    """GET .../lists/{list}/contentTypes/{type}/columns: the list's, which all its types share."""
    _, one = open_list(tenant, request)
    _find(request, _types_of(one))
    columns = [column.as_graph() for column in ColumnStore(tenant.database, one.id).columns()]
    return _page(tenant, request, columns)


def _types_of(one: SharePointList) -> list[Json]:
    names = ("Document", "Folder") if one.is_library else ("Item", "Folder")
    return [
        {
            **_shown(name, content_type_info(one.id, name)["id"]),
            "parentId": CONTENT_TYPES[name],
            "order": {"default": position == 0, "position": position},
        }
        for position, name in enumerate(names)
    ]


def _shown(name: str, type_id: str) -> Json:
    description, group = _WORDS[name]
    return {
        "id": type_id,
        "name": name,
        "description": description,
        "group": group,
        "hidden": False,
        "isBuiltIn": True,
        "readOnly": False,
        "sealed": False,
    }


def _page(tenant: Tenant, request: GraphRequest, entities: list[Json]) -> Answer:
    page = collection_page(
        url=request.url,
        options=request.options,
        entities=entities,
        default_size=200,
        context=f"{tenant.graph_root}v1.0/$metadata#contentTypes",
    )
    return Answer.json(page)


def _find(request: GraphRequest, entities: list[Json]) -> Json:
    wanted = request.parameter("type").casefold()
    for entity in entities:
        if entity["id"].casefold() == wanted:
            return entity
    raise GraphError(404, "itemNotFound", "The specified content type was not found")


def _one(request: GraphRequest, entities: list[Json]) -> Answer:
    return Answer.json(pick(_find(request, entities), request.options))
