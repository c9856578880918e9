"""Reading mail: one, lists of a folder or of the mailbox, and the MIME."""

import sqlite3

from practice_tenant.directory import User
from practice_tenant.mail.access import READ, folder_of, mailbox_of, message_of
from practice_tenant.mail.attachment_store import attachments_of
from practice_tenant.mail.mime_writing import write_mime
from practice_tenant.mail.narrowed import narrowed
from practice_tenant.mail.searching import check_combination, searchable
from practice_tenant.mail.shapes import full_message, shaped_message, with_properties
from practice_tenant.mail.store import message_by_key, raw_of
from practice_tenant.mail.stored_content import stored_content
from practice_tenant.odata.keyword_query import read_search
from practice_tenant.odata.matching import Entity, matches
from practice_tenant.odata.model import check_query
from practice_tenant.odata.pages import collection_page
from practice_tenant.odata.types import MESSAGE
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.tenant import Tenant
from practice_tenant.times import parse_moment

_DEFAULT_PAGE = 10
_ROW = "@practice.row"
_PROPERTIES = "singlevalueextendedproperties"
_MOST_FOUND = 1000


async def get_message(tenant: Tenant, request: GraphRequest) -> Answer:
    check_query(MESSAGE, request.options)
    message = message_of(tenant, request, READ)
    return Answer.json(
        {"@odata.context": message_context(tenant, request), **shaped_message(tenant, message, request)}
    )


async def get_mime(tenant: Tenant, request: GraphRequest) -> Answer:
    """GET .../messages/{id}/$value: byte for byte as received; a draft is assembled."""
    message = message_of(tenant, request, READ)
    raw = raw_of(tenant, message["key"])
    if raw is None:
        content = stored_content(message, attachments_of(tenant, message["key"]))
        raw = write_mime(content, date=parse_moment(message["modified_at"]), with_blind_copies=True)
    return Answer.raw(raw, "text/plain")


async def list_messages(tenant: Tenant, request: GraphRequest) -> Answer:
    """GET .../messages, of a folder or of the whole mailbox."""
    mailbox = mailbox_of(tenant, request, READ)
    check_query(MESSAGE, request.options)
    check_combination(request.options)
    page = collection_page(
        url=request.url,
        options=request.options,
        entities=_entities(tenant, mailbox, folder_of(tenant, request, mailbox), request),
        default_size=_DEFAULT_PAGE,
        max_page_size=request.max_page_size,
        shape=lambda entity: shaped_message(tenant, _whole(tenant, entity[_ROW]), request),
        context=message_context(tenant, request, entity=False),
    )
    return Answer.json(page)


async def count_messages(tenant: Tenant, request: GraphRequest) -> Answer:
    """GET .../messages/$count: a number as text."""
    mailbox = mailbox_of(tenant, request, READ)
    entities = _entities(tenant, mailbox, folder_of(tenant, request, mailbox), request)
    condition = request.options.filter
    number = sum(condition is None or matches(condition, entity) for entity in entities)
    return Answer.raw(str(number).encode(), "text/plain")


def message_context(tenant: Tenant, request: GraphRequest, *, entity: bool = True) -> str:
    ending = "/$entity" if entity else ""
    user = request.parameter("user")
    return f"{tenant.graph_root}v1.0/$metadata#users('{user}')/messages{ending}"


def _entities(
    tenant: Tenant, mailbox: User, folder: sqlite3.Row | None, request: GraphRequest
) -> list[Entity]:
    """As much of each mail as filter, search and order may look at: newest first, or oldest where order goes upwards."""
    options = request.options
    upwards = bool(options.order_by) and not options.order_by[0].descending
    direction = "ASC" if upwards else "DESC"
    looks_inside = options.filter is not None or bool(options.order_by or options.search)
    few = narrowed(options.filter, mailbox.id)
    # by the plus sign SQLite looks first for the keys, and not through the whole mailbox
    here = (f"{'+' if few.by_key else ''}mailbox = ?", "(folder_id = ? OR ?)", *few.conditions)
    rows = tenant.database.rows(
        f"SELECT {'*' if looks_inside else 'key'} FROM message WHERE {' AND '.join(here)} "  # noqa: S608 - words of our own
        f"ORDER BY received_at {direction}, key {direction}",
        (mailbox.id, folder["id"] if folder is not None else "", folder is None, *few.values),
    )
    if not looks_inside:
        return [{_ROW: row} for row in rows]
    if options.search:
        condition = read_search(options.search, tenant.clock.now())
        found = [row for row in rows if condition(searchable(tenant, row))]
        rows = sorted(found, key=lambda row: str(row["sent_at"]), reverse=True)[:_MOST_FOUND]
    return [_filterable(tenant, row, request) for row in rows]


def _filterable(tenant: Tenant, row: sqlite3.Row, request: GraphRequest) -> Entity:
    asked = " ".join(value for name, value in request.options.query if name in {"$filter", "$orderby"})
    entity = full_message(row, immutable=request.immutable_ids, with_preview="bodyPreview" in asked)
    if _PROPERTIES in asked.lower():
        entity = with_properties(tenant, row, entity)
    return {**entity, _ROW: row}


def _whole(tenant: Tenant, row: sqlite3.Row) -> sqlite3.Row:
    """The row of a mail, of which a list that looks at none has but the key."""
    return row if len(row) > 1 else message_by_key(tenant, row["key"])
