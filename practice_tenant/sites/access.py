"""Who may do what on a site: applications by what was granted, people as members."""

from enum import IntEnum

from practice_tenant.errors import GraphError
from practice_tenant.principals import Principal
from practice_tenant.sites.values import Site
from practice_tenant.tenant import Tenant


class Role(IntEnum):
    """What somebody may do; each role includes those below it."""

    NONE = 0
    READ = 1
    WRITE = 2
    MANAGE = 3
    FULL_CONTROL = 4


# The words of Sites.Selected grants. As in SharePoint, making lists and columns takes more than write.
ROLES = {
    "read": Role.READ,
    "write": Role.WRITE,
    "manage": Role.MANAGE,
    "owner": Role.FULL_CONTROL,
    "fullcontrol": Role.FULL_CONTROL,
}


# How far a person's token reaches: the application never exceeds the person, nor its own scopes.
_SCOPES = {
    "sites.read.all": Role.READ,
    "files.read": Role.READ,
    "files.read.all": Role.READ,
    "sites.readwrite.all": Role.WRITE,
    "files.readwrite": Role.WRITE,
    "files.readwrite.all": Role.WRITE,
    "sites.manage.all": Role.MANAGE,
    "sites.fullcontrol.all": Role.FULL_CONTROL,
}


def site_role(tenant: Tenant, principal: Principal, site: Site) -> Role:
    """The role of whoever asks: a person edits the school's sites and owns only their own."""
    granted = granted_role(tenant, principal, "site", site.id)
    if principal.user is None:
        return granted
    own = Role.MANAGE if site.owner_id is None else Role.NONE
    if site.owner_id == principal.user.id:
        own = Role.FULL_CONTROL
    return min(max(granted, own), scope_limit(principal))


def scope_limit(principal: Principal) -> Role:
    """The most that the token's scopes allow; an application's grants are its limit."""
    if principal.user is None:
        return Role.FULL_CONTROL
    return max((_SCOPES.get(scope.lower(), Role.NONE) for scope in principal.permissions), default=Role.NONE)


def granted_role(tenant: Tenant, principal: Principal, kind: str, resource: str) -> Role:
    """The highest role that was granted to the holder of a token on one site or drive."""
    if tenant.permissions.may_everything(principal):
        return Role.FULL_CONTROL
    wanted = (principal.holder, kind, resource)
    grants = (grant for grant in tenant.permissions.all())
    roles = (
        ROLES.get(grant.role.lower(), Role.NONE)
        for grant in grants
        if (grant.holder, grant.kind, grant.resource) == wanted
    )
    return max(roles, default=Role.NONE)


def require_role(tenant: Tenant, principal: Principal, site: Site, role: Role) -> None:
    """Raise Microsoft's 403 where the role does not reach."""
    if site_role(tenant, principal, site) < role:
        raise denied()


def denied() -> GraphError:
    return GraphError(403, "accessDenied", "Access denied")
