"""Who may do what on a site: applications by what was consented and granted, people as members."""

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


# The site holds what is for the leadership, the office and the governors; class teachers are not members of it.
_NOT_MEMBERS = frozenset({"teacher"})


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


# What a grant is worth nothing without: the consent that stands in the application's token.
_SELECTED = {
    "site": "Sites.Selected",
    "list": "Lists.SelectedOperations.Selected",
    "item": "Files.SelectedOperations.Selected",
    "drive": "Files.SelectedOperations.Selected",
}


def site_role(tenant: Tenant, principal: Principal, site: Site) -> Role:
    """The role of whoever asks: a member edits the school's sites, and everybody owns only their own."""
    granted = granted_role(tenant, principal, "site", site.id)
    if principal.user is None:
        return max(granted, consented_role(principal, "sites."))
    is_member = site.owner_id is None and principal.user.role not in _NOT_MEMBERS
    own = Role.MANAGE if is_member else Role.NONE
    if site.owner_id == principal.user.id:
        own = Role.FULL_CONTROL
    return min(max(granted, own), scope_limit(principal))


def scope_limit(principal: Principal) -> Role:
    """The most that the token's scopes allow; an application's grants are its limit."""
    if principal.user is None:
        return Role.FULL_CONTROL
    return max((_SCOPES.get(scope.lower(), Role.NONE) for scope in principal.permissions), default=Role.NONE)


def consented_role(principal: Principal, family: str) -> Role:
    """What an application's token allows on every site of the tenant (family "sites.") or every file ("files.")."""
    roles = (role.lower() for role in principal.permissions if role.lower().startswith(family))
    return max((_SCOPES.get(role, Role.NONE) for role in roles if role.endswith(".all")), default=Role.NONE)


def granted_role(tenant: Tenant, principal: Principal, kind: str, resource: str) -> Role:
    """The highest role that was granted to the holder of a token on one site, list, drive or file."""
    if tenant.permissions.may_everything(principal):
        return Role.FULL_CONTROL
    if principal.user is None and _SELECTED[kind] not in principal.permissions:
        return Role.NONE
    roles = (
        ROLES.get(role.lower(), Role.NONE)
        for role in tenant.permissions.roles_on(principal.holder, kind, resource)
    )
    return max(roles, default=Role.NONE)


def require_role(tenant: Tenant, principal: Principal, site: Site, role: Role) -> None:
    """Raise Microsoft's 403 where the role does not reach."""
    if site_role(tenant, principal, site) < role:
        raise denied(principal)


def may_grant(tenant: Tenant, principal: Principal, held: Role = Role.NONE) -> bool:
    """Whether somebody gives permissions to applications.

    An installer's application with Sites.FullControl.All, or the school office (which administers the tenant) signed
    in with that scope. Who has full control of a list or library may also share that very one.
    """
    if tenant.permissions.may_everything(principal) or held >= Role.FULL_CONTROL:
        return True
    is_administrator = principal.user is None or principal.user.role == "office"
    return is_administrator and "Sites.FullControl.All" in principal.permissions


def denied(principal: Principal | None = None) -> GraphError:
    """SharePoint's refusal, in the words for a token that carries no permission at all where it does not."""
    if principal is not None and not principal.permissions:
        return GraphError(403, "AccessDenied", "Either scp or roles claim need to be present in the token.")
    return GraphError(403, "accessDenied", "Access denied")
