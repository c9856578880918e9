"""Every address of a drive, an item, and what can be done there."""

from collections.abc import Iterator

from practice_tenant.drives import (
    changing,
    content,
    copying,
    delta,
    library_rows,
    reading,
    recycling,
    shares,
    sharing,
    uploads,
)
from practice_tenant.routes import Handler, Route, route

_SITES = ("/sites/{site}", "/sites/{site}:/{site_path}:")
_DRIVES = (
    "/drives/{drive}",
    "/users/{user}/drive",
    "/users/{user}/drives/{drive}",
    *(f"{site}/drive" for site in _SITES),
    *(f"{site}/drives/{{drive}}" for site in _SITES),
)
# {path} is the colon path below the root, an item or a special folder.
_ITEMS = (
    "/root",
    "/root:/{path}:",
    "/items/{item}",
    "/items/{item}:/{path}:",
    "/special/{special}",
    "/special/{special}:/{path}:",
)
_ON_ITEM: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "", reading.get_item),
    ("PATCH", "", changing.update_item),
    ("DELETE", "", changing.delete_item),
    ("GET", "/children", reading.list_children),
    ("POST", "/children", changing.create_child),
    ("GET", "/search", reading.search),
    ("GET", "/delta", delta.delta),
    ("GET", "/content", content.get_content),
    ("PUT", "/content", content.put_content),
    ("POST", "/createUploadSession", uploads.create_session),
    ("POST", "/copy", copying.copy_item),
    ("POST", "/restore", recycling.restore_item),
    ("POST", "/permanentDelete", recycling.permanently_delete),
    ("GET", "/thumbnails", reading.list_thumbnails),
    ("GET", "/versions", reading.list_versions),
    ("GET", "/versions/{version}", reading.get_version),
    ("DELETE", "/versions/{version}", content.delete_version),
    ("GET", "/versions/{version}/content", content.get_version_content),
    ("POST", "/versions/{version}/restoreVersion", content.restore_version),
    ("GET", "/permissions", sharing.list_permissions),
    ("POST", "/permissions", sharing.ITEM_GRANTS.create),
    ("GET", "/permissions/{permission}", sharing.get_permission),
    ("PATCH", "/permissions/{permission}", sharing.update_permission),
    ("DELETE", "/permissions/{permission}", sharing.delete_permission),
    ("POST", "/invite", sharing.invite),
    ("POST", "/createLink", sharing.create_link),
    ("GET", "/listItem", library_rows.get_list_item),
    ("GET", "/listItem/fields", library_rows.get_fields),
    ("PATCH", "/listItem/fields", library_rows.update_fields),
)


def _routes() -> Iterator[Route]:
    yield route("GET", "/drives", reading.list_my_drives)
    yield route("GET", "/users/{user}/drives", reading.list_drives_of_user)
    for site in _SITES:
        yield route("GET", f"{site}/drives", reading.list_drives_of_site)
    for drive in _DRIVES:
        yield route("GET", drive, reading.get_drive)
        yield route("GET", f"{drive}/delta", delta.delta)
        yield route("GET", f"{drive}/search", reading.search)
        for item in _ITEMS:
            for method, suffix, handler in _ON_ITEM:
                yield route(method, f"{drive}{item}{suffix}", handler)


ROUTES: tuple[Route, ...] = (*_routes(), *shares.ROUTES)
TRANSFER_ROUTES: tuple[Route, ...] = (
    route("GET", "/download/{token}", content.download),
    route("GET", "/drive-upload/{token}", uploads.get_status),
    route("PUT", "/drive-upload/{token}", uploads.put_range),
    route("DELETE", "/drive-upload/{token}", uploads.cancel),
    route("POST", "/drive-upload/{token}", uploads.complete),
    route("GET", "/drive-copy/{token}", copying.get_monitor),
)
