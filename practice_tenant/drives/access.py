"""Who may open which file: the site's rights, the list's, the owner's, and what was shared on the way down."""

import json
from collections.abc import Iterable

from practice_tenant.directory import User
from practice_tenant.drives.store import DriveStore
from practice_tenant.drives.values import Drive, Item
from practice_tenant.errors import GraphError
from practice_tenant.principals import Principal
from practice_tenant.sites.access import (
    ROLES,
    Role,
    consented_role,
    denied,
    granted_role,
    scope_limit,
    site_role,
)
from practice_tenant.sites.store import SiteStore
from practice_tenant.tenant import Tenant


class DriveAccess:
    """Answers for one principal; an application's grant on the site reaches every library of it."""

    def __init__(self, tenant: Tenant, principal: Principal) -> None:
        self.tenant = tenant
        self.principal = principal
        self.store = DriveStore(tenant.database, tenant.clock)

    def role(self, drive: Drive, item: Item | None = None) -> Role:
        """The role on an item, or on the drive's root where no item is given."""
        site = SiteStore(self.tenant.database, self.tenant.clock).site(drive.site_id)
        baseline = site_role(self.tenant, self.principal, site) if site else Role.NONE
        for kind, resource in (("drive", drive.id), ("list", drive.list_id or "")):
            baseline = max(baseline, granted_role(self.tenant, self.principal, kind, resource))
        if self.principal.user is None:
            return max(baseline, self._role_of_application(item or self.store.root(drive)))
        held = self._role_of_person(self.principal.user, drive, item or self.store.root(drive), baseline)
        return min(held, scope_limit(self.principal))

    def require(self, drive: Drive, item: Item | None, role: Role) -> None:
        """Raise Microsoft's refusal where the role does not reach.

        A single item that somebody may not even see is answered as if it were not there.
        """
        held = self.role(drive, item)
        if held >= role:
            return
        if held == Role.NONE and item is not None and not item.is_root and self.may_see(drive):
            raise GraphError(404, "itemNotFound", "The resource could not be found.")
        raise denied(self.principal)

    def may_see(self, drive: Drive, item: Item | None = None) -> bool:
        return self.role(drive, item) >= Role.READ

    def visible(self, drive: Drive, items: Iterable[Item]) -> list[Item]:
        """Those that the principal may see; Microsoft leaves the others out of lists, searches and delta.

        An application with rights on the drive sees all of it; one with rights on single files sees those.
        """
        if self.principal.user is None and self.may_see(drive):
            return list(items)
        return [item for item in items if self.may_see(drive, item)]

    def _role_of_application(self, item: Item) -> Role:
        """What was consented for all files, or granted on this one or on a folder above it."""
        steps = (item, *self.store.ancestors(item))
        granted = (granted_role(self.tenant, self.principal, "item", step.id) for step in steps)
        return max(consented_role(self.principal, "files."), *granted)

    def _role_of_person(self, user: User, drive: Drive, item: Item, baseline: Role) -> Role:
        best = Role.NONE
        for step in (item, *self.store.ancestors(item)):
            best = max(best, self._shared_role(user, step))
            if step.own_permissions:
                owner = Role.FULL_CONTROL if drive.owner_id == user.id else Role.NONE
                return max(best, owner)
        return max(best, baseline)

    def _shared_role(self, user: User, item: Item) -> Role:
        holders = [user.id, *(group.id for group in self.tenant.directory.groups_of(user))]
        rows = self.store.database.rows(
            "SELECT roles FROM drive_permissions WHERE item_id = ? AND user_id IN (SELECT value FROM json_each(?))",
            (item.id, json.dumps(holders)),
        )
        roles = (ROLES.get(name, Role.NONE) for row in rows for name in json.loads(row["roles"]))
        return max(roles, default=Role.NONE)
