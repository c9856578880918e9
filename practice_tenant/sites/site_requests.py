"""Sites over Graph: finding them, and which applications may act on them."""

from base64 import urlsafe_b64encode
from typing import Any

from practice_tenant.errors import GraphError
from practice_tenant.odata.pages import collection_page, pick
from practice_tenant.permissions import Grant
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.sign_in.applications import find_application
from practice_tenant.sites.access import ROLES, Role, denied, site_role
from practice_tenant.sites.addressing import open_site, site_of, store_of
from practice_tenant.sites.values import Site
from practice_tenant.sites.views import show_site
from practice_tenant.tenant import Tenant

Json = dict[str, Any]
_APPLICATION_ROLES = tuple(ROLES)


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


async def list_permissions(tenant: Tenant, request: GraphRequest) -> Answer:
    site = _managed_site(tenant, request)
    page = collection_page(
        url=request.url,
        options=request.options,
        entities=[_shown(tenant, grant) for grant in _grants(tenant, site)],
        default_size=200,
        context=f"{tenant.graph_root}v1.0/$metadata#permissions",
    )
    return Answer.json(page)


async def get_permission(tenant: Tenant, request: GraphRequest) -> Answer:
    site = _managed_site(tenant, request)
    return Answer.json(_shown(tenant, _grant(tenant, site, request.parameter("permission"))))


async def create_permission(tenant: Tenant, request: GraphRequest) -> Answer:
    """Let an application act on the site (Sites.Selected); an earlier grant to it is replaced."""
    site = _managed_site(tenant, request)
    wishes = request.json()
    identities = wishes.get("grantedToIdentities") or wishes.get("grantedToIdentitiesV2") or []
    applications = [identity.get("application") for identity in identities]
    if not applications or not all(application and application.get("id") for application in applications):
        raise GraphError(400, "invalidRequest", "grantedToIdentities must name an application by its id.")
    role = _role(wishes)
    made = [_replace(tenant, site, application["id"], role) for application in applications]
    return Answer.json(_shown(tenant, made[0]), status=201)


async def update_permission(tenant: Tenant, request: GraphRequest) -> Answer:
    site = _managed_site(tenant, request)
    grant = _grant(tenant, site, request.parameter("permission"))
    return Answer.json(_shown(tenant, _replace(tenant, site, grant.holder, _role(request.json()))))


async def delete_permission(tenant: Tenant, request: GraphRequest) -> Answer:
    site = _managed_site(tenant, request)
    tenant.permissions.revoke(_grant(tenant, site, request.parameter("permission")))
    return Answer.empty()


def _managed_site(tenant: Tenant, request: GraphRequest) -> Site:
    """Only an application with Sites.FullControl.All grants and revokes; full control of one site is not enough."""
    site = site_of(tenant, request)
    if not tenant.permissions.may_everything(request.principal):
        raise denied()
    return site


def _grants(tenant: Tenant, site: Site) -> list[Grant]:
    return [
        grant
        for grant in tenant.permissions.all()
        if (grant.kind, grant.resource) == ("site", site.id) and find_application(tenant, grant.holder)
    ]


def _grant(tenant: Tenant, site: Site, permission_id: str) -> Grant:
    for grant in _grants(tenant, site):
        if _id_of(grant) == permission_id:
            return grant
    raise GraphError(404, "itemNotFound", "The permission could not be found.")


def _replace(tenant: Tenant, site: Site, application_id: str, role: str) -> Grant:
    if find_application(tenant, application_id) is None:
        raise GraphError(400, "invalidRequest", "There is no application of that id in this tenant.")
    made = Grant(holder=application_id, kind="site", resource=site.id, role=role)
    with tenant.database.transaction():
        for grant in _grants(tenant, site):
            if grant.holder == application_id:
                tenant.permissions.revoke(grant)
        tenant.permissions.grant(made)
    return made


def _role(wishes: Json) -> str:
    roles = wishes.get("roles")
    if not isinstance(roles, list) or len(roles) != 1 or roles[0] not in _APPLICATION_ROLES:
        raise GraphError(400, "invalidRequest", f"roles must name one of {', '.join(_APPLICATION_ROLES)}.")
    return str(roles[0])


def _shown(tenant: Tenant, grant: Grant) -> Json:
    application = find_application(tenant, grant.holder)
    identity = {"application": {"id": grant.holder, "displayName": application.name if application else ""}}
    return {
        "id": _id_of(grant),
        "roles": [grant.role],
        "grantedToIdentities": [identity],
        "grantedToIdentitiesV2": [identity],
    }


def _id_of(grant: Grant) -> str:
    text = f"i:0i.t|ms.sp.ext|{grant.holder}@{grant.resource.rpartition(',')[2]}"
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")
