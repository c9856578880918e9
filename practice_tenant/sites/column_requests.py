"""Columns over Graph: looking at them, adding, changing and deleting them."""

from practice_tenant.errors import GraphError
from practice_tenant.odata.bodies import entity_body
from practice_tenant.odata.pages import collection_page
from practice_tenant.odata.types import COLUMN
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.sites.access import Role
from practice_tenant.sites.addressing import open_list
from practice_tenant.sites.columns import Column, ColumnStore, changed_definition, read_definition
from practice_tenant.sites.uniqueness import check_no_duplicates
from practice_tenant.tenant import Tenant


async def list_columns(tenant: Tenant, request: GraphRequest) -> Answer:
    _, one = open_list(tenant, request)
    page = collection_page(
        url=request.url,
        options=request.options,
        entities=[column.as_graph() for column in ColumnStore(tenant.database, one.id).columns()],
        default_size=1000,
        context=f"{tenant.graph_root}v1.0/$metadata#columns",
    )
    return Answer.json(page)


async def get_column(tenant: Tenant, request: GraphRequest) -> Answer:
    _, one = open_list(tenant, request)
    column = ColumnStore(tenant.database, one.id).column(request.parameter("column"))
    return Answer.json(column.as_graph())


async def create_column(tenant: Tenant, request: GraphRequest) -> Answer:
    _, one = open_list(tenant, request, Role.MANAGE)
    store = ColumnStore(tenant.database, one.id)
    name, definition = read_definition(entity_body(request, COLUMN))
    if any(name.casefold() == column.name.casefold() for column in store.columns()):
        raise GraphError(409, "nameAlreadyExists", f"A column named '{name}' already exists.")
    return Answer.json(store.add(name, definition).as_graph(), status=201)


async def update_column(tenant: Tenant, request: GraphRequest) -> Answer:
    _, one = open_list(tenant, request, Role.MANAGE)
    store = ColumnStore(tenant.database, one.id)
    column = _writable(store.column(request.parameter("column")))
    definition = changed_definition(column, entity_body(request, COLUMN))
    changed = Column(id=column.id, name=column.name, definition=definition)
    if changed.is_unique and not column.is_unique:
        check_no_duplicates(tenant.database, one.id, changed)
    return Answer.json(store.change(column, definition).as_graph())


async def delete_column(tenant: Tenant, request: GraphRequest) -> Answer:
    _, one = open_list(tenant, request, Role.MANAGE)
    store = ColumnStore(tenant.database, one.id)
    column = _writable(store.column(request.parameter("column")))
    if column.name == "Title":
        raise GraphError(400, "invalidRequest", "The column 'Title' cannot be deleted.")
    store.delete(column)
    return Answer.empty()


def _writable(column: Column) -> Column:
    if column.is_read_only:
        raise GraphError(400, "invalidRequest", f"The column '{column.name}' cannot be changed.")
    return column
