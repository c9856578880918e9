"""The attachments of a mail: list, read, add small ones, remove."""

from practice_tenant.errors import GraphError
from practice_tenant.mail.access import READ, WRITE, message_of
from practice_tenant.mail.attachment_store import (
    add_attachments,
    attachment_rows,
    find_attachment,
    remove_attachment,
)
from practice_tenant.mail.json_reading.content import read_attachment
from practice_tenant.mail.shapes import shaped_attachment
from practice_tenant.mail.store import touch
from practice_tenant.odata.model import check_query
from practice_tenant.odata.pages import collection_page
from practice_tenant.odata.types import ATTACHMENT
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.tenant import Tenant

# In base64 this just fits into the 4 MB that Graph takes as JSON.
LARGEST_SMALL = 3_000_000


async def list_attachments(tenant: Tenant, request: GraphRequest) -> Answer:
    message = message_of(tenant, request, READ)
    check_query(ATTACHMENT, request.options)
    entities = [shaped_attachment(row, request.options) for row in attachment_rows(tenant, message["key"])]
    user = request.parameter("user")
    page = collection_page(
        url=request.url,
        options=request.options,
        entities=entities,
        default_size=100,
        shape=lambda entity: entity,
        context=f"{tenant.graph_root}v1.0/$metadata#users('{user}')/messages('{message['default_id']}')/attachments",
    )
    return Answer.json(page)


async def get_attachment(tenant: Tenant, request: GraphRequest) -> Answer:
    message = message_of(tenant, request, READ)
    check_query(ATTACHMENT, request.options)
    row = find_attachment(tenant, message["key"], request.parameter("attachment"))
    return Answer.json(shaped_attachment(row, request.options))


async def get_attachment_content(tenant: Tenant, request: GraphRequest) -> Answer:
    """GET .../attachments/{id}/$value: the file, or an attached mail's MIME."""
    message = message_of(tenant, request, READ)
    row = find_attachment(tenant, message["key"], request.parameter("attachment"))
    kind = "text/plain" if row["kind"] == "item" else row["content_type"].partition("\n")[0]
    return Answer.raw(
        bytes(row["content"]), kind.encode("ascii", "ignore").decode() or "application/octet-stream"
    )


async def add_attachment(tenant: Tenant, request: GraphRequest) -> Answer:
    message = message_of(tenant, request, WRITE)
    attachment = read_attachment(tenant, request.json())
    if len(attachment.content) >= LARGEST_SMALL:
        raise GraphError(
            413, "RequestEntityTooLarge", "An attachment of 3 MB or more goes by createUploadSession."
        )
    with tenant.database.transaction():
        (attachment_id,) = add_attachments(tenant, message["key"], [attachment])
        touch(tenant, message["key"])
    row = find_attachment(tenant, message["key"], attachment_id)
    return Answer.json(shaped_attachment(row, request.options), status=201)


async def delete_attachment(tenant: Tenant, request: GraphRequest) -> Answer:
    message = message_of(tenant, request, WRITE)
    row = find_attachment(tenant, message["key"], request.parameter("attachment"))
    with tenant.database.transaction():
        remove_attachment(tenant, row["id"])
        touch(tenant, message["key"])
    return Answer.empty()
