"""List items over Graph: reading, adding, changing and deleting them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from practice_tenant.drives.library_items import library_fields, library_list_item
from practice_tenant.errors import GraphError
from practice_tenant.odata.bodies import entity_body
from practice_tenant.odata.model import check_query
from practice_tenant.odata.narrowing import needed_text
from practice_tenant.odata.pages import collection_page, pick
from practice_tenant.odata.types import LIST_ITEM
from practice_tenant.replication import Replication
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.row_numbers import row_number
from practice_tenant.sites.access import Role
from practice_tenant.sites.addressing import open_list, store_of
from practice_tenant.sites.columns import Column, ColumnStore
from practice_tenant.sites.etags import names_tag
from practice_tenant.sites.field_values import check_required, checked_fields, field_key, with_defaults
from practice_tenant.sites.library_list import (
    answer_row,
    answer_row_fields,
    change_row,
    delete_row,
    get_drive_item,
    library_rows,
)
from practice_tenant.sites.people import people_by_number
from practice_tenant.sites.queries import check_indexed
from practice_tenant.sites.store import ItemStore
from practice_tenant.sites.threshold import check_threshold
from practice_tenant.sites.uniqueness import check_unique
from practice_tenant.sites.values import Fields, ListItem, SharePointList, Site
from practice_tenant.sites.views import ItemView, shaped
from practice_tenant.tenant import Tenant

Json = dict[str, Any]
PAGE = 200
LARGEST_PAGE = 5000


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenList:
    """A list that somebody may work on, with all that the work needs."""

    site: Site
    one: SharePointList
    columns: Sequence[Column]
    items: ItemStore
    view: ItemView
    replication: Replication

    def is_hidden(self, item: ListItem) -> bool:
        """Whether a row is too new to be found."""
        return item.version == 1 and self.replication.hides_since(self.items.noted_at(item))

    def item(self, request: GraphRequest) -> ListItem:
        """The item of the path.

        Raises:
            GraphError: 404 where there is none, or none any more.
        """
        number = row_number(request.parameter("item_number"))
        item = self.items.item(number) if number is not None else None
        if item is None or self.is_hidden(item):
            raise GraphError(404, "itemNotFound", "The specified item was not found.")
        return item


def open_items(tenant: Tenant, request: GraphRequest, role: Role = Role.READ) -> OpenList:
    site, one = open_list(tenant, request, role)
    return OpenList(
        site=site,
        one=one,
        columns=ColumnStore(tenant.database, one.id).columns(),
        items=ItemStore(store_of(tenant), one),
        view=ItemView(tenant, site, one),
        replication=tenant.replication,
    )


async def list_items(tenant: Tenant, request: GraphRequest) -> Answer:
    opened = open_items(tenant, request)
    check_query(LIST_ITEM, request.options)
    check_indexed(request, opened.columns)
    longest = tenant.throttle.limits.list_view_threshold
    entities = _entities(tenant, opened, request, longest)
    check_threshold(request.options, opened.columns, entities, longest)
    page = collection_page(
        url=request.url,
        options=request.options,
        entities=entities,
        default_size=PAGE,
        largest=LARGEST_PAGE,
        max_page_size=request.max_page_size,
        shape=lambda entity: shaped(dict(entity), request.options),
        context=f"{tenant.graph_root}v1.0/$metadata#items",
    )
    return Answer.json(page)


async def get_item(tenant: Tenant, request: GraphRequest) -> Answer:
    opened = open_items(tenant, request)
    check_query(LIST_ITEM, request.options)
    if opened.one.is_library:
        return answer_row(tenant, request, opened.one)
    item = opened.item(request)
    if names_tag(request.headers.get("if-none-match", ""), (item.e_tag,)):
        return Answer.empty(304, {"ETag": item.e_tag})
    # A single item comes with its fields, asked or not.
    options = request.options
    shown = opened.view.item(item)
    body = shaped(shown, options) | ({} if options.select or options.expand else {"fields": shown["fields"]})
    return Answer.json(body, headers={"ETag": item.e_tag})


async def get_fields(tenant: Tenant, request: GraphRequest) -> Answer:
    opened = open_items(tenant, request)
    if opened.one.is_library:
        return answer_row_fields(tenant, request, opened.one)
    item = opened.item(request)
    fields = pick(opened.view.fields(item), request.options)
    return Answer.json(fields, headers={"ETag": item.e_tag})


async def create_item(tenant: Tenant, request: GraphRequest) -> Answer:
    opened = open_items(tenant, request, Role.WRITE)
    if opened.one.is_library:
        raise GraphError(400, "invalidRequest", "Upload a file to add an item to a library.")
    given = entity_body(request, LIST_ITEM).get("fields") or {}
    with tenant.database.transaction():
        fields = with_defaults(opened.columns, _checked(tenant, opened, given, {}))
        check_required(opened.columns, fields)
        check_unique(tenant.database, opened.one.id, opened.columns, fields)
        item = opened.items.add(fields, request.principal.identity_set())
    shown = opened.view.item(item)
    body = shaped(shown, request.options) | {"fields": shown["fields"]}
    return Answer.json(body, status=201, headers={"ETag": item.e_tag})


async def update_item(tenant: Tenant, request: GraphRequest) -> Answer:
    """PATCH of the item itself, with `fields` in it."""
    opened = open_items(tenant, request, Role.WRITE)
    given = entity_body(request, LIST_ITEM).get("fields") or {}
    if opened.one.is_library:
        row = change_row(tenant, request, opened.one, opened.columns, given)
        return Answer.json(library_list_item(tenant, row.drive, row.item, request.options))
    item = _change(tenant, request, opened, given)
    shown = opened.view.item(item)
    return Answer.json(shaped(shown, request.options) | {"fields": shown["fields"]})


async def update_fields(tenant: Tenant, request: GraphRequest) -> Answer:
    opened = open_items(tenant, request, Role.WRITE)
    if opened.one.is_library:
        row = change_row(tenant, request, opened.one, opened.columns, request.json())
        return Answer.json(library_fields(row.item, request.options), headers={"ETag": row.item.e_tag})
    item = _change(tenant, request, opened, request.json())
    fields = pick(opened.view.fields(item), request.options)
    return Answer.json(fields, headers={"ETag": item.e_tag})


async def delete_item(tenant: Tenant, request: GraphRequest) -> Answer:
    opened = open_items(tenant, request, Role.WRITE)
    if opened.one.is_library:
        return delete_row(tenant, request, opened.one)
    item = opened.item(request)
    _check_if_match(request, item)
    with tenant.database.transaction():
        opened.items.delete(item)
    return Answer.empty()


async def get_file(tenant: Tenant, request: GraphRequest) -> Answer:
    """GET .../items/{item}/driveItem: the file that a row of a library is."""
    return await get_drive_item(tenant, request, open_items(tenant, request).one)


def _change(tenant: Tenant, request: GraphRequest, opened: OpenList, given: Json) -> ListItem:
    item = opened.item(request)
    _check_if_match(request, item)
    with tenant.database.transaction():
        fields = _checked(tenant, opened, given, item.fields)
        check_required(opened.columns, fields)
        check_unique(tenant.database, opened.one.id, opened.columns, fields, item.number)
        return opened.items.change(item, fields, request.principal.identity_set())


def _checked(tenant: Tenant, opened: OpenList, given: Json, before: Fields) -> Fields:
    fields = checked_fields(opened.columns, given, before, opened.site.time_zone)
    people = set(people_by_number(tenant, opened.site).values())
    for column in opened.columns:
        value = fields.get(f"{column.name}LookupId") if column.facet == "personOrGroup" else None
        numbers = value if isinstance(value, list) else [value]
        if any(number is not None and str(number) not in people for number in numbers):
            raise GraphError(400, "invalidRequest", f"Field '{column.name}' names nobody of this site")
    return fields


def _check_if_match(request: GraphRequest, item: ListItem) -> None:
    wanted = request.headers.get("if-match")
    if wanted is not None and not names_tag(wanted, (item.e_tag,)):
        raise GraphError(
            412, "resourceModified", "The resource has changed since the caller last read it; usually an "
            "eTag mismatch",
        )  # fmt: skip


def _entities(tenant: Tenant, opened: OpenList, request: GraphRequest, longest: int) -> list[Json]:
    """A list's items, or a library's files and folders as rows, each with its fields.

    Of a list below the threshold only those are shown that the filter may find.
    """
    if opened.one.is_library:
        return library_rows(tenant, opened.one, request.principal)
    texts = {("fields", field_key(column)) for column in opened.columns if column.facet == "text"}
    holding = needed_text(request.options.filter, texts.__contains__)
    if longest and opened.items.count() > longest:
        holding = ""
    return [opened.view.item(item) for item in opened.items.items(holding=holding)]
