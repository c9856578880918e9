"""What has changed in a list since a token: the latest state of each item."""

from practice_tenant.errors import not_implemented
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.sites.delta_tokens import (
    Feed,
    Position,
    delta_link,
    next_link,
    page_size,
    read_position,
)
from practice_tenant.sites.items import OpenList, open_items
from practice_tenant.sites.values import ListItem
from practice_tenant.sites.views import shaped
from practice_tenant.tenant import Tenant


async def delta(tenant: Tenant, request: GraphRequest) -> Answer:
    opened = open_items(tenant, request)
    one = opened.one
    if one.is_library:
        raise not_implemented("delta over a library's rows; use the delta of its drive")
    feed = Feed(id=one.id, sequence=one.sequence, epoch=one.epoch, resync_code=one.resync_code)
    position = read_position(tenant, request, feed, table="list_items", key="list_id")
    size = page_size(request)
    changed = _changed(tenant, opened, position, size + 1)
    page = changed[:size]
    shown = [
        opened.view.gone(item) if item.deleted else shaped(opened.view.item(item), request.options)
        for item in page
    ]
    answer = {"@odata.context": f"{tenant.graph_root}v1.0/$metadata#Collection(listItem)", "value": shown}
    if len(changed) > size:
        answer["@odata.nextLink"] = next_link(tenant, request, feed, position, page[-1].sequence)
    else:
        answer["@odata.deltaLink"] = delta_link(tenant, request, feed, position)
    return Answer.json(answer)


def _changed(tenant: Tenant, opened: OpenList, position: Position, limit: int) -> list[ListItem]:
    # Whoever reads for the first time is not told of what is gone.
    rows = tenant.database.rows(
        "SELECT * FROM list_items WHERE list_id = ? AND sequence > ? AND sequence <= ? "
        "AND (deleted = 0 OR NOT ?) ORDER BY sequence LIMIT ?",
        (opened.one.id, position.told, position.until, position.is_first_round, limit),
    )
    return [ListItem.from_row(row) for row in rows]
