"""The directory over Graph: GET /users and /users/{id}."""

from practice_tenant.directory import User
from practice_tenant.errors import GraphError
from practice_tenant.odata.pages import collection_page, pick
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.routes import Route, route
from practice_tenant.sign_in.tokens import revoke_tokens
from practice_tenant.tenant import Tenant


def find_user(tenant: Tenant, id_or_address: str) -> User:
    """The user of a path.

    Raises:
        GraphError: 404 where nobody has that id or address.
    """
    user = tenant.directory.find(id_or_address)
    if user is None:
        raise GraphError(
            404,
            "Request_ResourceNotFound",
            f"Resource '{id_or_address}' does not exist or one of its queried reference-property objects "
            "are not present.",
        )
    return user


async def list_users(tenant: Tenant, request: GraphRequest) -> Answer:
    tenant.permissions.require_directory(request.principal, "User.ReadBasic.All")
    page = collection_page(
        url=request.url,
        options=request.options,
        entities=[user.as_graph() for user in tenant.directory.users],
        default_size=100,
        context=f"{tenant.graph_root}v1.0/$metadata#users",
    )
    return Answer.json(page)


async def get_user(tenant: Tenant, request: GraphRequest) -> Answer:
    user = find_user(tenant, request.parameter("user"))
    if request.principal.user != user:
        tenant.permissions.require_directory(request.principal, "User.ReadBasic.All")
    context = {"@odata.context": f"{tenant.graph_root}v1.0/$metadata#users/$entity"}
    return Answer.json(context | pick(user.as_graph(), request.options, always=()))


async def revoke_sessions(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST .../revokeSignInSessions: tokens that the person got until now are refused."""
    user = find_user(tenant, request.parameter("user"))
    if request.principal.user != user:
        tenant.permissions.require_directory(request.principal, "User.RevokeSessions.All")
    revoke_tokens(tenant, user.id)
    context = f"{tenant.graph_root}v1.0/$metadata#Edm.Boolean"
    return Answer.json({"@odata.context": context, "value": True})


ROUTES: tuple[Route, ...] = (
    route("GET", "/users", list_users),
    route("GET", "/users/{user}", get_user),
    route("POST", "/users/{user}/revokeSignInSessions", revoke_sessions),
)
