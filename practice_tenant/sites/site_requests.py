"""Sites over Graph: finding them, and which applications may act on them."""

from practice_tenant.errors import GraphError
from practice_tenant.odata.pages import collection_page, pick
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.sites.access import Role, denied, granted_role, may_grant, site_role
from practice_tenant.sites.addressing import open_site, site_of, store_of
from practice_tenant.sites.application_grants import ApplicationGrants
from practice_tenant.sites.views import show_site
from practice_tenant.tenant import Tenant


async def get_site(tenant: Tenant, request: GraphRequest) -> Answer:
    site = open_site(tenant, request)
    context = {"@odata.context": f"{tenant.graph_root}v1.0/$metadata#sites/$entity"}
    return Answer.json(context | pick(show_site(site), request.options))


async def search_sites(tenant: Tenant, request: GraphRequest) -> Answer:
    """GET /sites?search=word: the sites whose title or address holds it; "*" is all of them."""
    words = request.options.search.strip('"').casefold().strip("*").split()
    found = [
        site
        for site in store_of(tenant).sites()
        if site_role(tenant, request.principal, site) >= Role.READ
        and all(word in f"{site.display_name} {site.web_url}".casefold() for word in words)
    ]
    page = collection_page(
        url=request.url,
        options=request.options,
        entities=[show_site(site) for site in found],
        default_size=200,
        context=f"{tenant.graph_root}v1.0/$metadata#sites",
    )
    return Answer.json(page)


async def list_subsites(tenant: Tenant, request: GraphRequest) -> Answer:
    """No site of the practice tenant has sites below it."""
    open_site(tenant, request)
    return Answer.json({"@odata.context": f"{tenant.graph_root}v1.0/$metadata#sites", "value": []})


def _grantable_site(tenant: Tenant, request: GraphRequest) -> str:
    """Only who has Sites.FullControl.All grants and revokes; full control of one site is not enough."""
    site = site_of(tenant, request)
    if not may_grant(tenant, request.principal):
        raise denied(request.principal)
    return site.id


def _grantable_list(tenant: Tenant, request: GraphRequest) -> str:
    """Full control of the list, or of its site, is enough to share that list."""
    principal = request.principal
    site = site_of(tenant, request)
    found = store_of(tenant).list_named(site.id, request.parameter("list"))
    listed = granted_role(tenant, principal, "list", found.id) if found else Role.NONE
    if not may_grant(tenant, principal, max(site_role(tenant, principal, site), listed)):
        raise denied(principal)
    if found is None:
        raise GraphError(404, "itemNotFound", "The specified list was not found")
    return found.id


SITE_GRANTS = ApplicationGrants(kind="site", open=_grantable_site)
LIST_GRANTS = ApplicationGrants(kind="list", open=_grantable_list)
