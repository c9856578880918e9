"""Inbox rules over Graph: .../mailFolders/inbox/messageRules."""

import json
import secrets
import sqlite3
from base64 import urlsafe_b64encode
from typing import Any

from practice_tenant.directory import User
from practice_tenant.errors import GraphError
from practice_tenant.inbox_rules.outcome import rules_of
from practice_tenant.inbox_rules.reading import check_complete, read_rule
from practice_tenant.mail.access import mailbox_of
from practice_tenant.mail.folders import find_folder
from practice_tenant.odata.pages import collection_page, pick
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.routes import Route, route
from practice_tenant.tenant import Tenant

READ, WRITE = "MailboxSettings.Read", "MailboxSettings.ReadWrite"
_DEFAULT_PAGE = 100


async def list_rules(tenant: Tenant, request: GraphRequest) -> Answer:
    user = _owner(tenant, request, READ)
    page = collection_page(
        url=request.url,
        options=request.options,
        entities=[_shown(row) for row in rules_of(tenant, user)],
        default_size=_DEFAULT_PAGE,
        context=_context(tenant, request),
    )
    return Answer.json(page)


async def get_rule(tenant: Tenant, request: GraphRequest) -> Answer:
    row = _rule(tenant, request, _owner(tenant, request, READ))
    return Answer.json(
        {
            "@odata.context": f"{_context(tenant, request)}/$entity",
            **pick(_shown(row), request.options, always=()),
        }
    )


async def create_rule(tenant: Tenant, request: GraphRequest) -> Answer:
    user = _owner(tenant, request, WRITE)
    rule = {"isEnabled": True, **read_rule(tenant, user, request.json())}
    check_complete(rule)
    last = max((row["sequence"] for row in rules_of(tenant, user)), default=0)
    rule.setdefault("sequence", last + 1)
    rule_id = "AQAAA" + urlsafe_b64encode(secrets.token_bytes(8)).decode()
    tenant.database.execute(
        "INSERT INTO inbox_rule (id, mailbox, sequence, is_enabled, definition) VALUES (?, ?, ?, ?, ?)",
        (rule_id, user.id, rule.pop("sequence"), rule.pop("isEnabled"), json.dumps(rule)),
    )
    return _told(tenant, request, user, rule_id, status=201)


async def change_rule(tenant: Tenant, request: GraphRequest) -> Answer:
    """PATCH: what is named is replaced as a whole, conditions and actions too."""
    user = _owner(tenant, request, WRITE)
    row = _rule(tenant, request, user)
    known = {"sequence": row["sequence"], "isEnabled": bool(row["is_enabled"])}
    rule = {**json.loads(row["definition"]), **known, **read_rule(tenant, user, request.json())}
    check_complete(rule)
    tenant.database.execute(
        "UPDATE inbox_rule SET sequence = ?, is_enabled = ?, definition = ?, has_error = 0 WHERE id = ?",
        (rule.pop("sequence"), rule.pop("isEnabled"), json.dumps(rule), row["id"]),
    )
    return _told(tenant, request, user, row["id"])


async def delete_rule(tenant: Tenant, request: GraphRequest) -> Answer:
    row = _rule(tenant, request, _owner(tenant, request, WRITE))
    tenant.database.execute("DELETE FROM inbox_rule WHERE id = ?", (row["id"],))
    return Answer.empty()


def _owner(tenant: Tenant, request: GraphRequest, need: str) -> User:
    """The mailbox of the path; rules belong to its Inbox alone.

    Raises:
        GraphError: 403 or 404 as for every mailbox, 400 for another folder.
    """
    user = mailbox_of(tenant, request, need)
    folder = find_folder(tenant, user.id, request.parameter("folder"))
    if folder["well_known"] != "inbox":
        raise GraphError(400, "ErrorInvalidRequest", "Rules are supported for the Inbox folder only.")
    return user


def _rule(tenant: Tenant, request: GraphRequest, user: User) -> sqlite3.Row:
    found = tenant.database.one(
        "SELECT * FROM inbox_rule WHERE mailbox = ? AND id = ?", (user.id, request.parameter("rule"))
    )
    if found is None:
        raise GraphError(404, "ErrorItemNotFound", "The specified object was not found in the store.")
    return found


def _told(tenant: Tenant, request: GraphRequest, user: User, rule_id: str, *, status: int = 200) -> Answer:
    row = _rule(tenant, request.with_parameters({**request.parameters, "rule": rule_id}), user)
    return Answer.json(
        {"@odata.context": f"{_context(tenant, request)}/$entity", **_shown(row)}, status=status
    )


def _shown(row: sqlite3.Row) -> dict[str, Any]:
    rule = json.loads(row["definition"])
    shown = {
        "id": row["id"],
        "displayName": rule["displayName"],
        "sequence": row["sequence"],
        "isEnabled": bool(row["is_enabled"]),
        "hasError": bool(row["has_error"]),
        "isReadOnly": False,
    }
    return shown | {name: rule[name] for name in ("conditions", "actions", "exceptions") if rule.get(name)}


def _context(tenant: Tenant, request: GraphRequest) -> str:
    user, folder = request.parameter("user"), request.parameter("folder")
    return f"{tenant.graph_root}v1.0/$metadata#users('{user}')/mailFolders('{folder}')/messageRules"


_RULES = "/users/{user}/mailFolders/{folder}/messageRules"
ROUTES: tuple[Route, ...] = (
    route("GET", _RULES, list_rules),
    route("POST", _RULES, create_rule),
    route("GET", f"{_RULES}/{{rule}}", get_rule),
    route("PATCH", f"{_RULES}/{{rule}}", change_rule),
    route("DELETE", f"{_RULES}/{{rule}}", delete_rule),
)
