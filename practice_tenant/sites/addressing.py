"""From a path to the site and the list it means."""

from practice_tenant.drives.access import DriveAccess
from practice_tenant.errors import GraphError
from practice_tenant.requests import GraphRequest
from practice_tenant.sites.access import Role, denied, granted_role, require_role, site_role
from practice_tenant.sites.store import SiteStore
from practice_tenant.sites.values import SharePointList, Site
from practice_tenant.tenant import Tenant


def store_of(tenant: Tenant) -> SiteStore:
    return SiteStore(tenant.database, tenant.clock)


def site_of(tenant: Tenant, request: GraphRequest) -> Site:
    """The site of /sites/root, /sites/{host,guid,guid} or /sites/{host}:/{path}:.

    Raises:
        GraphError: 404 where there is none.
    """
    store = store_of(tenant)
    parameters = request.parameters
    if "site_path" in parameters:
        site = store.site_at(parameters["site"], parameters["site_path"])
    else:
        site = store.site(parameters["site"])
    if site is None:
        raise GraphError(404, "itemNotFound", "Requested site could not be found")
    return site


def open_site(tenant: Tenant, request: GraphRequest, role: Role = Role.READ) -> Site:
    site = site_of(tenant, request)
    require_role(tenant, request.principal, site, role)
    return site


def open_list(tenant: Tenant, request: GraphRequest, role: Role = Role.READ) -> tuple[Site, SharePointList]:
    """The list of a path, by id or display name, with at least that role on its site or on the list itself."""
    site = site_of(tenant, request)
    found = store_of(tenant).list_named(site.id, request.parameter("list"))
    held = site_role(tenant, request.principal, site)
    if found is not None:
        held = max(held, granted_role(tenant, request.principal, "list", found.id))
    if held < role:
        raise denied(request.principal)
    if found is None:
        raise GraphError(404, "itemNotFound", "The specified list was not found")
    drive = DriveAccess(tenant, request.principal).store.drive_of_list(found.id)
    if drive is not None:
        DriveAccess(tenant, request.principal).require(drive, None, role)
    return site, found
