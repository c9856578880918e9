"""GET and PATCH of a drive item's row in its library."""

import json
from typing import Any

from practice_tenant.drives.addressing import open_item, store_of
from practice_tenant.drives.guards import check_if_match, check_not_locked
from practice_tenant.drives.library_items import library_fields, library_list_item
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.sites.access import Role
from practice_tenant.sites.columns import ColumnStore
from practice_tenant.sites.field_values import checked_fields
from practice_tenant.tenant import Tenant


async def get_list_item(tenant: Tenant, request: GraphRequest) -> Answer:
    drive, item = open_item(tenant, request)
    return Answer.json(library_list_item(tenant, drive, item, request.options))


async def get_fields(tenant: Tenant, request: GraphRequest) -> Answer:
    _, item = open_item(tenant, request)
    return Answer.json(library_fields(item, request.options))


async def update_fields(tenant: Tenant, request: GraphRequest) -> Answer:
    """Set columns of a library on one of its files."""
    drive, item = open_item(tenant, request, Role.WRITE)
    store = store_of(tenant)
    check_if_match(request, item)
    check_not_locked(store, item)
    columns = ColumnStore(tenant.database, drive.list_id).columns()
    given: dict[str, Any] = request.json()
    fields = checked_fields(columns, given, item.fields)
    with store.database.transaction():
        item = store.change(item, request.principal.identity_set(), fields=json.dumps(fields))
    return Answer.json(library_fields(item, request.options))
