"""What has changed in a list or library since a token: the latest state of each row."""

from typing import Any

from practice_tenant.drives.access import DriveAccess
from practice_tenant.drives.values import Item
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.sites.delta_tokens import (
    Feed,
    Position,
    delta_link,
    in_told_order,
    next_link,
    page_size,
    read_position,
    replay_from,
)
from practice_tenant.sites.items import OpenList, open_items
from practice_tenant.sites.library_list import changed_row, drive_of
from practice_tenant.sites.values import ListItem
from practice_tenant.sites.views import shaped
from practice_tenant.tenant import Tenant

_Told = list[tuple[int, dict[str, Any] | None]]


async def delta(tenant: Tenant, request: GraphRequest) -> Answer:
    opened = open_items(tenant, request)
    size = page_size(request)
    feed, table, key = _feed(tenant, opened)
    position = read_position(tenant, request, feed, table=table, key=key)
    context = f"{tenant.graph_root}v1.0/$metadata#Collection(listItem)"
    again = replay_from(tenant, feed, position, table=table, key=key)
    if again is not None:
        link = next_link(tenant, request, feed, position, again)
        return Answer.json({"@odata.context": context, "value": [], "@odata.nextLink": link})
    rows = _library_rows if opened.one.is_library else _rows
    told = rows(tenant, request, opened, position, size + 1)
    shown = [row for _, row in told[:size] if row is not None]
    answer: dict[str, Any] = {"@odata.context": context, "value": in_told_order(tenant, shown)}
    if len(told) > size:
        answer["@odata.nextLink"] = next_link(tenant, request, feed, position, told[size - 1][0])
    else:
        answer["@odata.deltaLink"] = delta_link(tenant, request, feed, position)
    return Answer.json(answer)


def _feed(tenant: Tenant, opened: OpenList) -> tuple[Feed, str, str]:
    """The changes of a list or of a library's drive, with their table and its column for the feed's id."""
    one = opened.one
    if one.is_library:
        drive = drive_of(tenant, one)
        feed = Feed(id=drive.id, sequence=drive.sequence, epoch=drive.epoch, resync_code=drive.resync_code)
        return feed, "drive_items", "drive_id"
    feed = Feed(id=one.id, sequence=one.sequence, epoch=one.epoch, resync_code=one.resync_code)
    return feed, "list_items", "list_id"


def _rows(tenant: Tenant, request: GraphRequest, opened: OpenList, position: Position, limit: int) -> _Told:
    # Whoever reads for the first time is not told of what is gone.
    rows = tenant.database.rows(
        "SELECT * FROM list_items WHERE list_id = ? AND sequence > ? AND sequence <= ? "
        "AND (deleted = 0 OR NOT ?) ORDER BY sequence LIMIT ?",
        (opened.one.id, position.told, position.until, position.is_first_round, limit),
    )
    items = [ListItem.from_row(row) for row in rows]
    view, options = opened.view, request.options
    return [
        (item.sequence, view.gone(item) if item.deleted else shaped(view.item(item), options))
        for item in items
    ]


def _library_rows(
    tenant: Tenant, request: GraphRequest, opened: OpenList, position: Position, limit: int
) -> _Told:
    """Files and folders as rows; one that may not be seen takes its place without being told."""
    drive = drive_of(tenant, opened.one)
    rows = tenant.database.rows(
        "SELECT * FROM drive_items WHERE drive_id = ? AND sequence > ? AND sequence <= ? AND kind <> 'root' "
        "AND (deleted = 0 OR NOT ?) ORDER BY sequence LIMIT ?",
        (drive.id, position.told, position.until, position.is_first_round, limit),
    )
    items = [Item.from_row(row) for row in rows]
    seen = {item.id for item in DriveAccess(tenant, request.principal).visible(drive, items)}
    return [
        (item.sequence, changed_row(tenant, drive, item, request.options) if item.id in seen else None)
        for item in items
    ]
