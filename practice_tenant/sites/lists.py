"""Lists over Graph: looking at them, making, renaming and deleting them."""

from dataclasses import dataclass
from typing import Any

from practice_tenant.drives.access import DriveAccess
from practice_tenant.drives.store import DriveStore
from practice_tenant.errors import GraphError
from practice_tenant.odata.bodies import entity_body
from practice_tenant.odata.model import check_query
from practice_tenant.odata.options import QueryOptions
from practice_tenant.odata.pages import collection_page, pick
from practice_tenant.odata.types import LIST
from practice_tenant.principals import Principal
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.sites.access import Role, granted_role, require_role, site_role
from practice_tenant.sites.addressing import open_list, open_site, site_of, store_of
from practice_tenant.sites.base_columns import add_base_columns
from practice_tenant.sites.columns import ColumnStore, read_definition
from practice_tenant.sites.store import ItemStore
from practice_tenant.sites.values import Identity, SharePointList, Site
from practice_tenant.sites.views import ItemView, list_url, shaped, show_list
from practice_tenant.tenant import Tenant

Json = dict[str, Any]
KINDS = ("genericList", "documentLibrary")
LONGEST_TITLE = 255


async def list_lists(tenant: Tenant, request: GraphRequest) -> Answer:
    """The site's lists; hidden ones only for whoever selects the system facet."""
    site = site_of(tenant, request)
    check_query(LIST, request.options)
    lists = [one for one in store_of(tenant).lists(site.id) if _is_seen(tenant, request.principal, site, one)]
    if not lists:
        # Nothing of it may be seen: as for the site itself.
        require_role(tenant, request.principal, site, Role.READ)
    wanted = [one for one in lists if not one.hidden or request.options.selects("system")]
    page = collection_page(
        url=request.url,
        options=request.options,
        entities=[_expanded(tenant, site, one, request.options) for one in wanted],
        default_size=200,
        context=f"{tenant.graph_root}v1.0/$metadata#lists",
    )
    return Answer.json(page)


async def get_list(tenant: Tenant, request: GraphRequest) -> Answer:
    site, one = open_list(tenant, request)
    check_query(LIST, request.options)
    shown = pick(_expanded(tenant, site, one, request.options), request.options)
    return Answer.json({"@odata.context": f"{tenant.graph_root}v1.0/$metadata#lists/$entity"} | shown)


async def create_list(tenant: Tenant, request: GraphRequest) -> Answer:
    """A list with its columns, or a library with its drive; all of it or nothing."""
    site = open_site(tenant, request, Role.MANAGE)
    wishes = entity_body(request, LIST)
    kind = str((wishes.get("list") or {}).get("template") or "genericList")
    if kind not in KINDS:
        raise GraphError(501, "notImplemented", f"The practice tenant makes no lists of the template {kind}.")
    title = _title(wishes)
    _refuse_taken(tenant, site, title)
    with tenant.database.transaction():
        new = NewList(title=title, kind=kind, description=str(wishes.get("description") or ""))
        one = make_list(tenant, site, new, request.principal.identity_set())
        columns = ColumnStore(tenant.database, one.id)
        for wish in wishes.get("columns") or ():
            columns.add(*read_definition(wish))
    shown = _expanded(tenant, site, one, request.options)
    return Answer.json(pick(shown, request.options), status=201)


async def update_list(tenant: Tenant, request: GraphRequest) -> Answer:
    """Another title or description; the name in the address stays."""
    site, one = open_list(tenant, request, Role.MANAGE)
    wishes = entity_body(request, LIST)
    columns: Json = {}
    if "displayName" in wishes:
        columns["display_name"] = _title(wishes)
        if columns["display_name"].casefold() != one.display_name.casefold():
            _refuse_taken(tenant, site, columns["display_name"])
    if "description" in wishes:
        columns["description"] = str(wishes["description"] or "")
    changed = store_of(tenant).change_list(one, **columns) if columns else one
    return Answer.json(show_list(site, changed))


async def delete_list(tenant: Tenant, request: GraphRequest) -> Answer:
    _, one = open_list(tenant, request, Role.MANAGE)
    with tenant.database.transaction():
        store_of(tenant).delete_list(one)
        tenant.database.execute("DELETE FROM drives WHERE list_id = ?", (one.id,))
    return Answer.empty()


@dataclass(frozen=True, kw_only=True, slots=True)
class NewList:
    """A list that is to be made.

    Attributes:
        title: what people call it.
        kind: one of KINDS.
        description: for people.
        hidden: whether it is left out of the site's lists.
        name: its name in the address, where that is not the title.
        drive_name: the name of a library's drive, where that is not the title.
    """

    title: str
    kind: str = "genericList"
    description: str = ""
    hidden: bool = False
    name: str | None = None
    drive_name: str | None = None


def make_list(tenant: Tenant, site: Site, new: NewList, author: Identity) -> SharePointList:
    """A new list with the columns that SharePoint brings; a library gets its drive too."""
    one = store_of(tenant).add_list(
        site,
        name=new.name or new.title,
        display_name=new.title,
        description=new.description,
        kind=new.kind,
        hidden=int(new.hidden),
        author=author,
    )
    add_base_columns(ColumnStore(tenant.database, one.id), is_library=one.is_library)
    if one.is_library:
        _add_drive(tenant, site, one, author=author, name=new.drive_name or new.title)
    return one


def _add_drive(tenant: Tenant, site: Site, one: SharePointList, *, author: Identity, name: str) -> None:
    """The drive of a library; a site's first one is its default drive."""
    store = DriveStore(tenant.database, tenant.clock)
    store.add_drive(
        site_id=site.id,
        list_id=one.id,
        kind="business" if site.owner_id else "documentLibrary",
        owner_id=site.owner_id,
        name=name,
        web_url=list_url(site, one),
        is_default=int(not store.drives_of_site(site.id)),
        author=author,
    )


def _is_seen(tenant: Tenant, principal: Principal, site: Site, one: SharePointList) -> bool:
    if max(site_role(tenant, principal, site), granted_role(tenant, principal, "list", one.id)) < Role.READ:
        return False
    access = DriveAccess(tenant, principal)
    drive = access.store.drive_of_list(one.id) if one.is_library else None
    return drive is None or access.may_see(drive)


def _title(wishes: Json) -> str:
    title = str(wishes.get("displayName") or "").strip()
    if not title or len(title) > LONGEST_TITLE:
        raise GraphError(400, "invalidRequest", "A list needs a displayName of at most 255 characters.")
    return title


def _refuse_taken(tenant: Tenant, site: Site, title: str) -> None:
    if store_of(tenant).list_named(site.id, title) is not None:
        raise GraphError(
            409, "nameAlreadyExists", "A list, survey, discussion board, or document library with the "
            "specified title already exists in this Web site.",
        )  # fmt: skip


def _expanded(tenant: Tenant, site: Site, one: SharePointList, options: QueryOptions) -> Json:
    shown = show_list(site, one)
    if options.expansion("columns") is not None:
        columns = ColumnStore(tenant.database, one.id).columns()
        shown["columns"] = [column.as_graph() for column in columns]
    items = options.expansion("items")
    if items is not None:
        view = ItemView(tenant, site, one)
        found = ItemStore(store_of(tenant), one).items()
        shown["items"] = [shaped(view.item(item), items) for item in found]
    return shown
