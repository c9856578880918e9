"""What has changed in a drive since a token: the latest state of each item, never the single changes."""

from typing import Any

from practice_tenant.drives.access import DriveAccess
from practice_tenant.drives.addressing import open_item, store_of
from practice_tenant.drives.store import DriveStore
from practice_tenant.drives.values import Drive, Item
from practice_tenant.drives.views import DriveView
from practice_tenant.errors import GraphError
from practice_tenant.odata.model import check_query
from practice_tenant.odata.pages import pick
from practice_tenant.odata.types import DRIVE_ITEM
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
from practice_tenant.tenant import Tenant


async def delta(tenant: Tenant, request: GraphRequest) -> Answer:
    drive, item = open_item(tenant, request)
    if not item.is_root:
        raise GraphError(400, "invalidRequest", "Delta can only be called on the root of a drive.")
    check_query(DRIVE_ITEM, request.options)
    feed = Feed(id=drive.id, sequence=drive.sequence, epoch=drive.epoch, resync_code=drive.resync_code)
    position = read_position(tenant, request, feed, table="drive_items", key="drive_id")
    context = f"{tenant.graph_root}v1.0/$metadata#Collection(driveItem)"
    again = replay_from(tenant, feed, position, table="drive_items", key="drive_id")
    if again is not None:
        link = next_link(tenant, request, feed, position, again)
        return Answer.json({"@odata.context": context, "value": [], "@odata.nextLink": link})
    store = store_of(tenant)
    size = page_size(request)
    changed = _changed(store, drive, position, size + 1)
    page = changed[:size]
    view = DriveView(tenant, drive)
    told = _with_ancestors(store, request, page)
    seen = DriveAccess(tenant, request.principal).visible(drive, told) if told else []
    shown = [pick(view.change(each), request.options) for each in seen]
    answer: dict[str, Any] = {"@odata.context": context, "value": in_told_order(tenant, shown)}
    if len(changed) > size:
        answer["@odata.nextLink"] = next_link(tenant, request, feed, position, page[-1].sequence)
    else:
        answer["@odata.deltaLink"] = delta_link(tenant, request, feed, position)
    return Answer.json(answer)


def _changed(store: DriveStore, drive: Drive, position: Position, limit: int) -> list[Item]:
    # Whoever reads for the first time is not told of what is gone.
    rows = store.database.rows(
        "SELECT * FROM drive_items WHERE drive_id = ? AND sequence > ? AND sequence <= ? "
        "AND (deleted = 0 OR NOT ?) ORDER BY sequence LIMIT ?",
        (drive.id, position.told, position.until, position.is_first_round, limit),
    )
    return [Item.from_row(row) for row in rows]


def _with_ancestors(store: DriveStore, request: GraphRequest, page: list[Item]) -> list[Item]:
    """Each change behind the folders above it: clients build their tree in the order of the feed.

    Folders that did not change come along, unless the header deltaExcludeParent drops them.
    """
    changed = {item.id for item in page}
    with_parents = "deltaexcludeparent" not in request.headers
    told: dict[str, Item] = {}
    for item in page:
        for step in reversed(store.ancestors(item)):
            if step.id in changed or (with_parents and not step.deleted):
                told.setdefault(step.id, step)
        told.setdefault(item.id, item)
    return list(told.values())
