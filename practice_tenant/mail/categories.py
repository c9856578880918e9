"""The master list of categories of a mailbox."""

import sqlite3
from uuid import uuid4

from practice_tenant.errors import GraphError, bad_request
from practice_tenant.mail.access import mailbox_of
from practice_tenant.odata.pages import collection_page
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.tenant import Tenant

_COLORS = frozenset({"none", *(f"preset{number}" for number in range(25))})


async def list_categories(tenant: Tenant, request: GraphRequest) -> Answer:
    mailbox = mailbox_of(tenant, request, "MailboxSettings.Read")
    rows = tenant.database.rows(
        "SELECT * FROM master_category WHERE mailbox = ? ORDER BY name", (mailbox.id,)
    )
    page = collection_page(
        url=request.url,
        options=request.options,
        entities=[_as_graph(row) for row in rows],
        default_size=100,
        context=f"{tenant.graph_root}v1.0/$metadata#users('{request.parameter('user')}')/outlook/masterCategories",
    )
    return Answer.json(page)


async def create_category(tenant: Tenant, request: GraphRequest) -> Answer:
    mailbox = mailbox_of(tenant, request, "MailboxSettings.ReadWrite")
    body = request.json()
    name, color = str(body.get("displayName") or "").strip(), _color(body.get("color"))
    if not name:
        raise bad_request("A category needs a displayName.", "ErrorInvalidRequest")
    try:
        tenant.database.execute(
            "INSERT INTO master_category (id, mailbox, name, color) VALUES (?, ?, ?, ?)",
            (str(uuid4()), mailbox.id, name, color),
        )
    except sqlite3.IntegrityError as error:
        raise GraphError(409, "CategoryNameAlreadyExists", "The category name is already in use.") from error
    row = tenant.database.one(
        "SELECT * FROM master_category WHERE mailbox = ? AND name = ?", (mailbox.id, name)
    )
    return Answer.json(_as_graph(row) if row else {}, status=201)


async def get_category(tenant: Tenant, request: GraphRequest) -> Answer:
    return Answer.json(_as_graph(_category(tenant, request, "MailboxSettings.Read")))


async def change_category(tenant: Tenant, request: GraphRequest) -> Answer:
    """PATCH: the colour only; a name is for ever."""
    row = _category(tenant, request, "MailboxSettings.ReadWrite")
    color = _color(request.json().get("color"))
    tenant.database.execute("UPDATE master_category SET color = ? WHERE id = ?", (color, row["id"]))
    return Answer.json({**_as_graph(row), "color": color})


async def delete_category(tenant: Tenant, request: GraphRequest) -> Answer:
    row = _category(tenant, request, "MailboxSettings.ReadWrite")
    tenant.database.execute("DELETE FROM master_category WHERE id = ?", (row["id"],))
    return Answer.empty()


def _category(tenant: Tenant, request: GraphRequest, need: str) -> sqlite3.Row:
    mailbox = mailbox_of(tenant, request, need)
    row = tenant.database.one(
        "SELECT * FROM master_category WHERE mailbox = ? AND id = ?",
        (mailbox.id, request.parameter("category")),
    )
    if row is None:
        raise GraphError(404, "ErrorItemNotFound", "The specified object was not found in the store.")
    return row


def _color(value: object) -> str:
    color = str(value or "none").lower()
    if color not in _COLORS:
        raise bad_request(f"Requested value '{value}' was not found.", "RequestBodyRead")
    return color


def _as_graph(row: sqlite3.Row) -> dict[str, str]:
    return {"id": row["id"], "displayName": row["name"], "color": row["color"]}
