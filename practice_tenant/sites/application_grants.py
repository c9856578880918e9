"""Permissions of applications on a site, a list or a file, over Graph: what the Selected consents are worth."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from practice_tenant.errors import GraphError
from practice_tenant.odata.pages import collection_page
from practice_tenant.permissions import Grant
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.sign_in.applications import find_application
from practice_tenant.sites.access import ROLES
from practice_tenant.tenant import Tenant

Json = dict[str, Any]
# In which of these a request names the applications depends on what the permission is for.
_MANY, _ONE = ("grantedToIdentities", "grantedToIdentitiesV2"), ("grantedTo", "grantedToV2")


@dataclass(frozen=True, kw_only=True, slots=True)
class ApplicationGrants:
    """The handlers of one kind of resource.

    Attributes:
        kind: site, list or item, as grants name it.
        open: the id of the path's resource, once the asker is known to be allowed to grant there.
    """

    kind: str
    open: Callable[[Tenant, GraphRequest], str]

    async def list_all(self, tenant: Tenant, request: GraphRequest) -> Answer:
        page = collection_page(
            url=request.url,
            options=request.options,
            entities=self.shown_on(tenant, self.open(tenant, request)),
            default_size=200,
            context=f"{tenant.graph_root}v1.0/$metadata#permissions",
        )
        return Answer.json(page)

    async def get(self, tenant: Tenant, request: GraphRequest) -> Answer:
        grant = self._named(tenant, self.open(tenant, request), request)
        return Answer.json(_shown(tenant, grant))

    async def create(self, tenant: Tenant, request: GraphRequest) -> Answer:
        """Let applications act there; an earlier permission of theirs is replaced."""
        resource = self.open(tenant, request)
        wishes = request.json()
        role = _role(wishes)
        made = [self._replace(tenant, resource, client_id, role) for client_id in _applications(wishes)]
        return Answer.json(_shown(tenant, made[0]), status=201)

    async def update(self, tenant: Tenant, request: GraphRequest) -> Answer:
        resource = self.open(tenant, request)
        grant = self._named(tenant, resource, request)
        changed = self._replace(tenant, resource, grant.holder, _role(request.json()))
        return Answer.json(_shown(tenant, changed))

    async def delete(self, tenant: Tenant, request: GraphRequest) -> Answer:
        tenant.permissions.revoke(self._named(tenant, self.open(tenant, request), request))
        return Answer.empty()

    def shown_on(self, tenant: Tenant, resource: str) -> list[Json]:
        """All that applications hold on a resource."""
        return [_shown(tenant, grant) for grant in self._on(tenant, resource)]

    def is_known(self, tenant: Tenant, resource: str, permission_id: str) -> bool:
        return any(_id_of(grant) == permission_id for grant in self._on(tenant, resource))

    def _on(self, tenant: Tenant, resource: str) -> list[Grant]:
        return [
            grant
            for grant in tenant.permissions.all()
            if (grant.kind, grant.resource) == (self.kind, resource)
            and find_application(tenant, grant.holder)
        ]

    def _named(self, tenant: Tenant, resource: str, request: GraphRequest) -> Grant:
        for grant in self._on(tenant, resource):
            if _id_of(grant) == request.parameter("permission"):
                return grant
        raise GraphError(404, "itemNotFound", "The permission could not be found.")

    def _replace(self, tenant: Tenant, resource: str, client_id: str, role: str) -> Grant:
        if find_application(tenant, client_id) is None:
            raise GraphError(400, "invalidRequest", "There is no application of that id in this tenant.")
        made = Grant(holder=client_id, kind=self.kind, resource=resource, role=role)
        with tenant.database.transaction():
            for grant in self._on(tenant, resource):
                if grant.holder == client_id:
                    tenant.permissions.revoke(grant)
            tenant.permissions.grant(made)
        return made


def _applications(wishes: Json) -> list[str]:
    identities = [each for name in _MANY for each in wishes.get(name) or ()]
    identities += [wishes[name] for name in _ONE if wishes.get(name)]
    found = [identity.get("application") for identity in identities if isinstance(identity, dict)]
    if not found or not all(application and application.get("id") for application in found):
        raise GraphError(400, "invalidRequest", "grantedToIdentities must name an application by its id.")
    return [str(application["id"]) for application in found if application]


def _role(wishes: Json) -> str:
    roles = wishes.get("roles")
    if not isinstance(roles, list) or len(roles) != 1 or roles[0] not in ROLES:
        raise GraphError(400, "invalidRequest", f"roles must name one of {', '.join(ROLES)}.")
    return str(roles[0])


def _shown(tenant: Tenant, grant: Grant) -> Json:
    application = find_application(tenant, grant.holder)
    identity = {"application": {"id": grant.holder, "displayName": application.name if application else ""}}
    return {
        "id": _id_of(grant),
        "roles": [grant.role],
        "grantedToV2": identity,
        "grantedToIdentities": [identity],
        "grantedToIdentitiesV2": [identity],
    }


def _id_of(grant: Grant) -> str:
    text = f"i:0i.t|ms.sp.ext|{grant.holder}@{grant.resource.rpartition(',')[2]}"
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")
