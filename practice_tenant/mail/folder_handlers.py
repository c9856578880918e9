"""Mail folders over Graph."""

from practice_tenant.errors import GraphError
from practice_tenant.mail.access import READ, WRITE, folder_of, mailbox_of
from practice_tenant.mail.folders import (
    ROOT,
    child_folders,
    create_folder,
    find_folder,
    folder_as_graph,
    remove_folder,
    rename_folder,
)
from practice_tenant.odata.model import check_query
from practice_tenant.odata.pages import collection_page, pick
from practice_tenant.odata.types import MAIL_FOLDER
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.tenant import Tenant

_DEFAULT_PAGE = 10


async def list_folders(tenant: Tenant, request: GraphRequest) -> Answer:
    """GET .../mailFolders and .../mailFolders/{folder}/childFolders."""
    mailbox = mailbox_of(tenant, request, READ)
    check_query(MAIL_FOLDER, request.options)
    parent = find_folder(tenant, mailbox.id, request.parameters.get("folder", ROOT))
    page = collection_page(
        url=request.url,
        options=request.options,
        entities=[folder_as_graph(tenant, row) for row in child_folders(tenant, mailbox.id, parent["id"])],
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
    entity = folder_as_graph(tenant, folder)
    if request.options.expansion("childFolders") is not None:
        children = child_folders(tenant, mailbox.id, folder["id"])
        entity["childFolders"] = [folder_as_graph(tenant, child) for child in children]
    context = _context(tenant, request) + "/$entity"
    return Answer.json({"@odata.context": context, **pick(entity, request.options)})


async def add_folder(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST .../mailFolders and .../mailFolders/{folder}/childFolders."""
    mailbox = mailbox_of(tenant, request, WRITE)
    parent = find_folder(tenant, mailbox.id, request.parameters.get("folder", ROOT))
    name = str(request.json().get("displayName") or "")
    folder = create_folder(tenant, mailbox.id, parent["id"], name)
    context = _context(tenant, request) + "/$entity"
    return Answer.json({"@odata.context": context, **folder_as_graph(tenant, folder)}, status=201)


async def change_folder(tenant: Tenant, request: GraphRequest) -> Answer:
    mailbox = mailbox_of(tenant, request, WRITE)
    folder = find_folder(tenant, mailbox.id, request.parameter("folder"))
    name = str(request.json().get("displayName") or folder["name"])
    return Answer.json(folder_as_graph(tenant, rename_folder(tenant, folder, name)))


async def delete_folder(tenant: Tenant, request: GraphRequest) -> Answer:
    mailbox = mailbox_of(tenant, request, WRITE)
    remove_folder(tenant, find_folder(tenant, mailbox.id, request.parameter("folder")))
    return Answer.empty()


def _context(tenant: Tenant, request: GraphRequest) -> str:
    return f"{tenant.graph_root}v1.0/$metadata#users('{request.parameter('user')}')/mailFolders"
