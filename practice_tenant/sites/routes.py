"""Every address of a site, a list, its columns and its items."""

from collections.abc import Iterator

from practice_tenant.drives import reading
from practice_tenant.routes import Handler, Route, route
from practice_tenant.sites import (
    column_requests,
    content_types,
    item_versions,
    items,
    list_delta,
    lists,
    site_requests,
)
from practice_tenant.sites.application_grants import ApplicationGrants


def _grants(grants: ApplicationGrants) -> tuple[tuple[str, str, Handler], ...]:
    one = "/permissions/{permission}"
    return (
        ("GET", "/permissions", grants.list_all),
        ("POST", "/permissions", grants.create),
        ("GET", one, grants.get),
        ("PATCH", one, grants.update),
        ("DELETE", one, grants.delete),
    )


_ON_SITE: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "", site_requests.get_site),
    ("GET", "/sites", site_requests.list_subsites),
    *_grants(site_requests.SITE_GRANTS),
    ("GET", "/contentTypes", content_types.list_site_types),
    ("GET", "/contentTypes/{type}", content_types.get_site_type),
    ("GET", "/lists", lists.list_lists),
    ("POST", "/lists", lists.create_list),
)
_ON_LIST: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "", lists.get_list),
    ("PATCH", "", lists.update_list),
    ("DELETE", "", lists.delete_list),
    *_grants(site_requests.LIST_GRANTS),
    ("GET", "/drive", reading.get_drive_of_list),
    ("GET", "/contentTypes", content_types.list_list_types),
    ("GET", "/contentTypes/{type}", content_types.get_list_type),
    ("GET", "/contentTypes/{type}/columns", content_types.list_type_columns),
    ("GET", "/columns", column_requests.list_columns),
    ("POST", "/columns", column_requests.create_column),
    ("GET", "/columns/{column}", column_requests.get_column),
    ("PATCH", "/columns/{column}", column_requests.update_column),
    ("DELETE", "/columns/{column}", column_requests.delete_column),
    ("GET", "/items", items.list_items),
    ("POST", "/items", items.create_item),
    ("GET", "/items/delta", list_delta.delta),
    ("GET", "/items/{item_number}", items.get_item),
    ("PATCH", "/items/{item_number}", items.update_item),
    ("DELETE", "/items/{item_number}", items.delete_item),
    ("GET", "/items/{item_number}/fields", items.get_fields),
    ("PATCH", "/items/{item_number}/fields", items.update_fields),
    ("GET", "/items/{item_number}/driveItem", items.get_file),
    ("GET", "/items/{item_number}/versions", item_versions.list_versions),
    ("GET", "/items/{item_number}/versions/{version}", item_versions.get_version),
    ("GET", "/items/{item_number}/versions/{version}/fields", item_versions.get_version_fields),
    ("POST", "/items/{item_number}/versions/{version}/restoreVersion", item_versions.restore_version),
)


def _routes() -> Iterator[Route]:
    yield route("GET", "/sites", site_requests.search_sites)
    for site in ("/sites/{site}", "/sites/{site}:/{site_path}:"):
        for method, suffix, handler in _ON_SITE:
            yield route(method, site + suffix, handler)
        for method, suffix, handler in _ON_LIST:
            yield route(method, f"{site}/lists/{{list}}{suffix}", handler)


ROUTES: tuple[Route, ...] = tuple(_routes())
