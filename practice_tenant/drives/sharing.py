"""Permissions on items: who may open what, invitations and sharing links."""

import json
import secrets
from sqlite3 import Row
from typing import Any

from practice_tenant.drives.access import DriveAccess
from practice_tenant.drives.addressing import not_found, open_item, store_of
from practice_tenant.drives.store import DriveStore
from practice_tenant.drives.values import Drive, Item
from practice_tenant.errors import GraphError
from practice_tenant.odata.bodies import action_body
from practice_tenant.odata.pages import collection_page
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.sites.access import Role, denied, may_grant
from practice_tenant.sites.application_grants import ApplicationGrants
from practice_tenant.tenant import Tenant

Json = dict[str, Any]
_LINK_ROLES = {"view": ["read"], "edit": ["write"], "embed": ["read"]}
_INVITE = "recipients roles message requireSignIn sendInvitation expirationDateTime password retainInheritedPermissions"
_LINK = (
    "type scope expirationDateTime password message recipients sendNotification retainInheritedPermissions"
)
_SCOPES = ("organization", "anonymous", "users")


async def list_permissions(tenant: Tenant, request: GraphRequest) -> Answer:
    drive, item = open_item(tenant, request)
    page = collection_page(
        url=request.url,
        options=request.options,
        entities=permissions_of(tenant, drive, item),
        default_size=200,
        context=f"{tenant.graph_root}v1.0/$metadata#permissions",
    )
    return Answer.json(page)


async def get_permission(tenant: Tenant, request: GraphRequest) -> Answer:
    drive, item = open_item(tenant, request)
    for permission in permissions_of(tenant, drive, item):
        if permission["id"] == request.parameter("permission"):
            return Answer.json(permission)
    raise not_found()


async def invite(tenant: Tenant, request: GraphRequest) -> Answer:
    """Give people a role on an item; with retainInheritedPermissions false nobody else keeps one.

    No invitation mail is sent, whatever sendInvitation says.
    """
    _, item = open_item(tenant, request, Role.WRITE)
    wishes = action_body(request, "invite", _INVITE)
    roles = _roles(wishes)
    people = [_address(recipient) for recipient in wishes.get("recipients") or ()]
    if not people:
        raise GraphError(400, "invalidRequest", "At least one recipient is needed.")
    if not wishes.get("requireSignIn") and not wishes.get("sendInvitation"):
        raise GraphError(400, "invalidRequest", "requireSignIn, sendInvitation or both must be true.")
    store = store_of(tenant)
    with store.database.transaction():
        if wishes.get("retainInheritedPermissions") is False:
            store.set_own_permissions(item)
        made = [_give(tenant, store, item, person, roles) for person in people]
    return Answer.json({"value": [_shown(tenant, row) for row in made]})


async def create_link(tenant: Tenant, request: GraphRequest) -> Answer:
    """A sharing link: 201 where it is new, 200 where the same one was there."""
    drive, item = open_item(tenant, request, Role.WRITE)
    wishes = action_body(request, "createLink", _LINK)
    kind, scope = str(wishes.get("type") or ""), str(wishes.get("scope") or "organization")
    if kind not in _LINK_ROLES or scope not in _SCOPES:
        raise GraphError(400, "invalidRequest", "The type or scope of the link is not supported.")
    store = store_of(tenant)
    present = store.database.one(
        "SELECT * FROM drive_permissions WHERE item_id = ? AND link_type = ? AND link_scope = ?",
        (item.id, kind, scope),
    )
    if present is not None:
        return Answer.json(_shown(tenant, present))
    columns = {
        "roles": json.dumps(_LINK_ROLES[kind]),
        "link_type": kind,
        "link_scope": scope,
        "link_url": f"{drive.web_url.rpartition('/')[0]}/:s:/{secrets.token_urlsafe(24)}",
    }
    return Answer.json(_shown(tenant, _insert(store, item, columns)), status=201)


async def update_permission(tenant: Tenant, request: GraphRequest) -> Answer:
    _, item = open_item(tenant, request, Role.WRITE)
    if ITEM_GRANTS.is_known(tenant, item.id, request.parameter("permission")):
        return await ITEM_GRANTS.update(tenant, request)
    row = store_of(tenant).database.one(
        "UPDATE drive_permissions SET roles = ? WHERE id = ? AND item_id = ? RETURNING *",
        (json.dumps(_roles(request.json())), request.parameter("permission"), item.id),
    )
    if row is None:
        raise not_found()
    return Answer.json(_shown(tenant, row))


async def delete_permission(tenant: Tenant, request: GraphRequest) -> Answer:
    """Take away what was given on this very item; what is inherited must go where it was given."""
    _, item = open_item(tenant, request, Role.WRITE)
    if ITEM_GRANTS.is_known(tenant, item.id, request.parameter("permission")):
        return await ITEM_GRANTS.delete(tenant, request)
    deleted = store_of(tenant).database.execute(
        "DELETE FROM drive_permissions WHERE id = ? AND item_id = ?",
        (request.parameter("permission"), item.id),
    )
    if deleted.rowcount == 0:
        raise not_found()
    return Answer.empty()


def _grantable_item(tenant: Tenant, request: GraphRequest) -> str:
    drive, item = open_item(tenant, request)
    if not may_grant(tenant, request.principal, DriveAccess(tenant, request.principal).role(drive, item)):
        raise denied(request.principal)
    return item.id


ITEM_GRANTS = ApplicationGrants(kind="item", open=_grantable_item)


def permissions_of(tenant: Tenant, drive: Drive, item: Item) -> list[Json]:
    """The item's own, then those of the folders above, then the site's or the owner's."""
    store = store_of(tenant)
    shown: list[Json] = []
    for step in (item, *store.ancestors(item)):
        rows = store.database.rows("SELECT * FROM drive_permissions WHERE item_id = ?", (step.id,))
        inherited = {} if step.id == item.id else {"inheritedFrom": {"driveId": drive.id, "id": step.id}}
        own = [*(_shown(tenant, row) for row in rows), *ITEM_GRANTS.shown_on(tenant, step.id)]
        shown += [each | inherited for each in own]
        if step.own_permissions:
            return [*shown, *_owner(tenant, drive)]
    return [*shown, *(_owner(tenant, drive) or [_members(drive)])]


def _owner(tenant: Tenant, drive: Drive) -> list[Json]:
    user = tenant.directory.find(drive.owner_id or "")
    if user is None:
        return []
    identity = {"user": user.identity()}
    return [{"id": f"owner-{user.id}", "roles": ["owner"], "grantedTo": identity, "grantedToV2": identity}]


def _members(drive: Drive) -> Json:
    group = {"id": "5", "displayName": "Members", "loginName": "Members"}
    return {
        "id": f"members-{drive.list_id}",
        "roles": ["write"],
        "grantedToV2": {"siteGroup": group},
        "inheritedFrom": {"siteId": drive.site_id},
    }


def _roles(wishes: Json) -> list[str]:
    roles = wishes.get("roles")
    if not isinstance(roles, list) or not roles or any(role not in {"read", "write"} for role in roles):
        raise GraphError(400, "invalidRequest", "roles must name read or write.")
    return roles


def _address(recipient: Json) -> str:
    address = recipient.get("email") or recipient.get("objectId") or recipient.get("alias")
    if not isinstance(address, str):
        raise GraphError(400, "invalidRequest", "Each recipient needs an email, objectId or alias.")
    return address


def _give(tenant: Tenant, store: DriveStore, item: Item, person: str, roles: list[str]) -> Row:
    holder = tenant.directory.find(person) or tenant.directory.find_group(person)
    if holder is None and ("@" not in person or tenant.directory.is_ours(person)):
        raise GraphError(400, "invalidRequest", "The recipient could not be found in the directory.")
    if holder is not None:
        store.database.execute(
            "DELETE FROM drive_permissions WHERE item_id = ? AND user_id = ?", (item.id, holder.id)
        )
    columns = {
        "roles": json.dumps(roles),
        "user_id": holder.id if holder else None,
        "email": holder.address if holder else person,
    }
    return _insert(store, item, columns)


def _insert(store: DriveStore, item: Item, columns: Json) -> Row:
    values = {"link_type": None, "link_scope": None, "link_url": None, "user_id": None, "email": None}
    row = store.database.one(
        "INSERT INTO drive_permissions (id, item_id, roles, user_id, email, link_type, link_scope, link_url) "
        "VALUES (:id, :item_id, :roles, :user_id, :email, :link_type, :link_scope, :link_url) RETURNING *",
        {**values, **columns, "id": secrets.token_urlsafe(16), "item_id": item.id},
    )
    if row is None:
        raise LookupError(f"a permission on {item.id} was not kept")
    return row


def _shown(tenant: Tenant, row: Row) -> Json:
    shown: Json = {"id": row["id"], "roles": json.loads(row["roles"])}
    if row["link_type"]:
        return shown | {
            "link": {"type": row["link_type"], "scope": row["link_scope"], "webUrl": row["link_url"]},
            "hasPassword": False,
        }
    user = tenant.directory.find(row["user_id"] or "")
    group = tenant.directory.find_group(row["user_id"] or "")
    if group is not None:
        # grantedTo, the older of the two, has no place for a group.
        return shown | {"grantedToV2": {"group": group.identity()}}
    if user is None:
        return shown | {"invitation": {"email": row["email"], "signInRequired": True}}
    identity = {"user": user.identity()}
    return shown | {"grantedTo": identity, "grantedToV2": identity}
