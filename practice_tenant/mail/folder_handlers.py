"""Mail folders over Graph."""

import sqlite3
from typing import Any

from practice_tenant.errors import GraphError
from practice_tenant.mail.access import READ, WRITE, folder_of, mailbox_of
from practice_tenant.mail.folders import (
    ROOT,
    child_folders,
    create_folder,
    find_folder,
    folder_as_graph,
    free_folder_name,
    lies_deleted,
    move_folder,
    remove_folder,
    rename_folder,
    shown_folders,
)
from practice_tenant.mail.store import copy_message
from practice_tenant.odata.bodies import action_body
from practice_tenant.odata.model import check_body_names, check_query
from practice_tenant.odata.options import QueryOptions
from practice_tenant.odata.pages import collection_page, pick
from practice_tenant.odata.types import MAIL_FOLDER
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.tenant import Tenant

_DEFAULT_PAGE = 10


async def list_folders(tenant: Tenant, request: GraphRequest) -> Answer:
    """GET .../mailFolders and .../mailFolders/{folder}/childFolders."""
    mailbox = mailbox_of(tenant, request, READ)
    check_query(MAIL_FOLDER, request.options)
    parent = folder_of(tenant, request, mailbox) or find_folder(tenant, mailbox.id, ROOT)
    page = collection_page(
        url=request.url,
        options=request.options,
        entities=[
            _expanded(tenant, row, request.options)
            for row in shown_folders(
                tenant, mailbox.id, parent["id"], with_hidden=_asks_for_hidden(request.options)
            )
        ],
        default_size=_DEFAULT_PAGE,
        max_page_size=request.max_page_size,
        context=_context(tenant, request),
    )
    return Answer.json(page)


async def get_folder(tenant: Tenant, request: GraphRequest) -> Answer:
    mailbox = mailbox_of(tenant, request, READ)
    check_query(MAIL_FOLDER, request.options)
    folder = folder_of(tenant, request, mailbox)
    if folder is None:
        raise GraphError(400, "ErrorInvalidIdMalformed", "Id is malformed.")
    entity = _expanded(tenant, folder, request.options)
    context = _context(tenant, request) + "/$entity"
    return Answer.json({"@odata.context": context, **pick(entity, request.options)})


def _expanded(tenant: Tenant, folder: sqlite3.Row, options: QueryOptions) -> dict[str, Any]:
    """A folder with those below it where they were asked for, at any depth; Graph gives ten of them."""
    entity = folder_as_graph(tenant, folder)
    wanted = options.expansion("childFolders")
    if wanted is not None:
        below = shown_folders(tenant, folder["mailbox"], folder["id"])
        page = collection_page(
            url="",
            options=wanted,
            entities=[_expanded(tenant, child, wanted) for child in below],
            default_size=_DEFAULT_PAGE,
        )
        entity["childFolders"] = page["value"]
    return entity


async def add_folder(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST .../mailFolders and .../mailFolders/{folder}/childFolders."""
    mailbox = mailbox_of(tenant, request, WRITE)
    parent = folder_of(tenant, request, mailbox) or find_folder(tenant, mailbox.id, ROOT)
    hidden = _read_hidden(request)
    folder = create_folder(tenant, mailbox.id, parent["id"], _name(request), hidden=hidden)
    return _answer(tenant, request, folder, status=201)


async def change_folder(tenant: Tenant, request: GraphRequest) -> Answer:
    """PATCH: another displayName. Whether a folder is hidden is said once, when it is made.

    Raises:
        GraphError: 400 where isHidden would change.
    """
    folder = _folder(tenant, request)
    if "isHidden" in request.json() and _read_hidden(request) != folder_as_graph(tenant, folder)["isHidden"]:
        raise GraphError(400, "ErrorInvalidRequest", "isHidden can be set only when the folder is created.")
    name = _name(request) if "displayName" in request.json() else folder["name"]
    with tenant.database.transaction():
        return _answer(tenant, request, rename_folder(tenant, folder, name))


async def delete_folder(tenant: Tenant, request: GraphRequest) -> Answer:
    """DELETE puts a folder with its mails into Deleted Items; from there it goes for good."""
    folder = _folder(tenant, request)
    if lies_deleted(tenant, folder):
        remove_folder(tenant, folder)
        return Answer.empty()
    deleted = find_folder(tenant, folder["mailbox"], "deleteditems")
    with tenant.database.transaction():
        name = free_folder_name(tenant, folder["mailbox"], deleted["id"], folder["name"])
        if name != folder["name"]:
            folder = rename_folder(tenant, folder, name)
        move_folder(tenant, folder, deleted)
    return Answer.empty()


async def permanently_delete_folder(tenant: Tenant, request: GraphRequest) -> Answer:
    remove_folder(tenant, _folder(tenant, request))
    return Answer.empty()


async def move(tenant: Tenant, request: GraphRequest) -> Answer:
    folder = _folder(tenant, request)
    with tenant.database.transaction():
        moved = move_folder(tenant, folder, _destination(tenant, request, folder))
    return _answer(tenant, request, moved, status=201)


async def copy(tenant: Tenant, request: GraphRequest) -> Answer:
    """A second folder with copies of all mails and of the folders below."""
    folder = _folder(tenant, request)
    with tenant.database.transaction():
        made = _copied(tenant, folder, _destination(tenant, request, folder)["id"])
    return _answer(tenant, request, made, status=201)


def _copied(tenant: Tenant, folder: sqlite3.Row, parent: str) -> sqlite3.Row:
    below = child_folders(tenant, folder["mailbox"], folder["id"])
    made = create_folder(tenant, folder["mailbox"], parent, folder["name"])
    for message in tenant.database.rows("SELECT * FROM message WHERE folder_id = ?", (folder["id"],)):
        copy_message(tenant, message, made["id"])
    for child in below:
        _copied(tenant, child, made["id"])
    return made


def _folder(tenant: Tenant, request: GraphRequest) -> sqlite3.Row:
    """The folder of the path, once the asker may change it."""
    mailbox = mailbox_of(tenant, request, WRITE)
    folder = folder_of(tenant, request, mailbox)
    if folder is None:
        raise GraphError(400, "ErrorInvalidIdMalformed", "Id is malformed.")
    return folder


def _destination(tenant: Tenant, request: GraphRequest, folder: sqlite3.Row) -> sqlite3.Row:
    wanted = action_body(request, "move", "destinationId").get("destinationId")
    if not wanted:
        raise GraphError(400, "ErrorInvalidRequest", "destinationId is missing.")
    return find_folder(tenant, folder["mailbox"], str(wanted))


def _asks_for_hidden(options: QueryOptions) -> bool:
    """The query option includeHiddenFolders=true, as Microsoft's page on listing mail folders has it."""
    given = {name.lower(): value for name, value in options.other.items()}
    return given.get("includehiddenfolders", "").lower() == "true"


def _read_hidden(request: GraphRequest) -> bool:
    hidden = request.json().get("isHidden")
    if hidden is not None and not isinstance(hidden, bool):
        raise GraphError(
            400,
            "RequestBodyRead",
            f"Cannot convert the literal '{hidden}' to the expected type 'Edm.Boolean'.",
        )
    return bool(hidden)


def _name(request: GraphRequest) -> str:
    """The displayName of the body.

    Raises:
        GraphError: 400 for properties that a folder does not have.
    """
    body = request.json()
    check_body_names(MAIL_FOLDER, body, "RequestBodyRead")
    return str(body.get("displayName") or "")


def _answer(tenant: Tenant, request: GraphRequest, folder: sqlite3.Row, status: int = 200) -> Answer:
    context = _context(tenant, request) + "/$entity"
    return Answer.json({"@odata.context": context, **folder_as_graph(tenant, folder)}, status=status)


def _context(tenant: Tenant, request: GraphRequest) -> str:
    return f"{tenant.graph_root}v1.0/$metadata#users('{request.parameter('user')}')/mailFolders"
