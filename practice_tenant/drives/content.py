"""The content of files: the redirect to it, the pre-authenticated download, and putting it in one go."""

import re

from practice_tenant.drives.addressing import Place, not_found, open_item, open_place, store_of
from practice_tenant.drives.conversion import can_convert, convert_to_pdf
from practice_tenant.drives.guards import (
    already_exists,
    check_if_match,
    check_new_name,
    check_not_locked,
    conflict_behaviour,
    free_name,
)
from practice_tenant.drives.links import Download, download_url, read_download
from practice_tenant.drives.reading import show_item
from practice_tenant.drives.store import DriveStore
from practice_tenant.drives.values import Drive, FileTimes, Identity, Item
from practice_tenant.errors import GraphError
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.row_numbers import row_number
from practice_tenant.sites.access import Role
from practice_tenant.tenant import Tenant

LARGEST_SIMPLE_UPLOAD = 250 * 1024 * 1024
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


async def get_content(tenant: Tenant, request: GraphRequest) -> Answer:
    """302 to a download address; `format=pdf` to one that converts."""
    drive, item = open_item(tenant, request)
    return content_redirect(tenant, request, drive, item)


def content_redirect(tenant: Tenant, request: GraphRequest, drive: Drive, item: Item) -> Answer:
    """The 302 of an item that the asker may read."""
    if not item.is_file:
        raise GraphError(400, "invalidRequest", "The item is a folder and has no content.")
    form = dict(request.options.query).get("$format", "")
    if form and not can_convert(item.name, form):
        raise GraphError(406, "notAcceptable", f"The file cannot be converted to '{form}'.")
    download = Download(drive_id=drive.id, item_id=item.id, version=item.content_version, form=form.lower())
    return Answer.redirect(download_url(tenant, download))


async def get_version_content(tenant: Tenant, request: GraphRequest) -> Answer:
    drive, item = open_item(tenant, request)
    number = version_number(request.parameter("version"), item)
    if number == item.content_version:
        raise GraphError(400, "invalidRequest", "You cannot get the content of the current version.")
    if store_of(tenant).content(item, number) is None:
        raise not_found()
    download = Download(drive_id=drive.id, item_id=item.id, version=number)
    return Answer.redirect(download_url(tenant, download))


async def download(tenant: Tenant, request: GraphRequest) -> Answer:
    """What a pre-authenticated address gives, whole or one range of it."""
    wanted = read_download(tenant, request.parameter("token"))
    store = store_of(tenant)
    item = store.item(wanted.drive_id, wanted.item_id)
    content = store.content(item, wanted.version) if item else None
    if item is None or content is None:
        raise not_found()
    if wanted.form:
        pdf = await convert_to_pdf(tenant.state, item.name, content)
        return Answer.raw(pdf, "application/pdf")
    return _ranged(content, item.mime_type or "application/octet-stream", request.headers.get("range"))


async def put_content(tenant: Tenant, request: GraphRequest) -> Answer:
    """Create a file with its missing folders, or write another version of the one that is there."""
    if len(request.body) > LARGEST_SIMPLE_UPLOAD:
        raise GraphError(413, "requestTooLarge", "Use an upload session for files over 250 MB.")
    place = open_place(tenant, request)
    behaviour = conflict_behaviour(request, "replace")
    if place.item is not None:
        check_if_match(request, place.item)
    elif "if-match" in request.headers:
        raise not_found()
    store = store_of(tenant)
    with store.database.transaction():
        item, is_new = write_at(store, place, request.body, behaviour, request.principal.identity_set())
    shown = show_item(tenant, request, place.drive, item)
    return Answer.json(shown, status=201 if is_new else 200)


async def restore_version(tenant: Tenant, request: GraphRequest) -> Answer:
    _, item = open_item(tenant, request, Role.WRITE)
    store = store_of(tenant)
    content = store.content(item, version_number(request.parameter("version"), item))
    if content is None:
        raise not_found()
    check_not_locked(store, item)
    with store.database.transaction():
        store.replace_content(item, content, request.principal.identity_set())
    return Answer.empty()


async def delete_version(tenant: Tenant, request: GraphRequest) -> Answer:
    """DELETE .../versions/{version}: an old one goes for good, the newest never."""
    _, item = open_item(tenant, request, Role.WRITE)
    number = version_number(request.parameter("version"), item)
    if number == item.content_version:
        raise GraphError(400, "invalidRequest", "The current version cannot be deleted.")
    if store_of(tenant).content(item, number) is None:
        raise not_found()
    store_of(tenant).delete_version(item, number)
    return Answer.empty()


def write_at(
    store: DriveStore,
    place: Place,
    content: bytes,
    behaviour: str,
    author: Identity,
    times: FileTimes | None = None,
) -> tuple[Item, bool]:
    """Put content at a place as conflictBehavior says; True where a file was made.

    Raises:
        GraphError: 409 where the name is taken, 423 where the document is open, 400 for a name.
    """
    if place.item is not None and behaviour == "fail":
        raise already_exists()
    if place.item is not None and behaviour == "replace":
        if not place.item.is_file:
            raise already_exists()
        check_not_locked(store, place.item)
        return store.replace_content(place.item, content, author, times), False
    parent = place.parent
    for step in place.missing:
        check_new_name(store, parent, step)
        parent = store.add_folder(parent, step, author)
    if parent.is_file:
        raise GraphError(400, "invalidRequest", "The parent of the path is a file.")
    name = free_name(store, parent, place.name)
    check_new_name(store, parent, name)
    return store.add_file(parent, name, content, author, times), True


def version_number(label: str, item: Item) -> int:
    """The number in a version's id: 2 in "2.0", the newest in "current"."""
    if label.lower() == "current":
        return item.content_version
    number = row_number(label.removesuffix(".0"))
    if number is None:
        raise not_found()
    return number


def _ranged(content: bytes, content_type: str, header: str | None) -> Answer:
    headers = {"Accept-Ranges": "bytes"}
    match = _RANGE.fullmatch((header or "").strip())
    if match is None or match.group(0) == "bytes=-":
        return Answer.raw(content, content_type, headers=headers)
    first, last = match.groups()
    start = int(first) if first else max(len(content) - int(last), 0)
    end = min(int(last), len(content) - 1) if first and last else len(content) - 1
    if start > end:
        headers["Content-Range"] = f"bytes */{len(content)}"
        return Answer.raw(b"", content_type, status=416, headers=headers)
    headers["Content-Range"] = f"bytes {start}-{end}/{len(content)}"
    return Answer.raw(content[start : end + 1], content_type, status=206, headers=headers)
