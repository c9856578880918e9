"""The user information list of a site: the numbers by which person columns name people."""

from practice_tenant.sites.values import Identity, Site
from practice_tenant.tenant import Tenant

TITLE = "User Information List"
# What SharePoint shows for changes by an application.
_APPLICATION = "1073741822"
_FIRST = 1


def lookup_id(tenant: Tenant, site: Site, identity: Identity) -> str:
    """The number of a person at a site, as AuthorLookupId and EditorLookupId show it."""
    user_id = identity.get("user", {}).get("id")
    if user_id is None:
        return _APPLICATION
    return people_by_number(tenant, site).get(user_id, _APPLICATION)


def people_by_number(tenant: Tenant, site: Site) -> dict[str, str]:  # noqa: ARG001 - one school, one order
    """User id -> number; the order of the directory does not change."""
    return {user.id: str(number) for number, user in enumerate(tenant.directory.users, start=_FIRST)}
