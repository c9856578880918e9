"""The application: which door a request comes in by."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.routing import Mount

from practice_tenant.areas import AREAS, settle
from practice_tenant.connections import Reply
from practice_tenant.doors import Door, decoded
from practice_tenant.plain_http import PlainRequest
from practice_tenant.principals import ANONYMOUS, Principal
from practice_tenant.routes import Router
from practice_tenant.sign_in import SIGN_IN_ROUTES
from practice_tenant.sign_in.bearer import refuse_bearer, require_bearer
from practice_tenant.tenant import Tenant

# The last two are SharePoint's own spelling of the drives API, which rclone's tenant_url asks for.
_VERSIONS = ("v1.0", "beta", "v2.0", "_api/v2.0")


class Doors:
    """All doors of a tenant; the first whose prefix a path has is that of its request."""

    def __init__(self, tenant: Tenant) -> None:
        self._doors = _doors(tenant)

    def as_application(self) -> Starlette:
        """The doors for requests that come by ASGI."""
        return Starlette(routes=[Mount(door.prefix or "/", app=door) for door in self._doors])

    async def answer_plain(self, request: PlainRequest, reply: Reply) -> None:
        """Answer a request that came in one piece.

        Raises:
            ConnectionBroken: the client gets no answer, or no more of it.
        """
        path = decoded(request.raw_path)
        door = next(door for door in self._doors if path.startswith(f"{door.prefix}/"))
        await door.answer_plain(request, reply)


def _doors(tenant: Tenant) -> Sequence[Door]:
    graph = Router(route for area in AREAS for route in area.routes)
    transfer = Router(route for area in AREAS for route in area.transfer_routes)
    practice = Router(route for area in AREAS for route in area.practice_routes)
    return (
        *(
            Door(tenant, graph, f"/{version}", require_bearer, settle=settle, is_graph=True)
            for version in _VERSIONS
        ),
        Door(tenant, transfer, "/transfer", refuse_bearer),
        Door(tenant, practice, "/practice", _nobody, settle=settle, is_control=True),
        Door(tenant, Router(SIGN_IN_ROUTES), "", _nobody),
    )


def _nobody(tenant: Tenant, headers: object) -> Principal:  # noqa: ARG001 - the form of all authenticators
    return ANONYMOUS
