"""The application: which door a request comes in by, and the page beside them."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount

from practice_tenant.areas import AREAS, settle
from practice_tenant.doors import Door
from practice_tenant.principals import ANONYMOUS, Principal
from practice_tenant.routes import Router
from practice_tenant.sign_in import SIGN_IN_ROUTES
from practice_tenant.sign_in.bearer import refuse_bearer, require_bearer
from practice_tenant.tenant import Tenant

# The last two are SharePoint's own spelling of the drives API, which rclone's tenant_url asks for.
_VERSIONS = ("v1.0", "beta", "v2.0", "_api/v2.0")


def build_application(tenant: Tenant, pages: Sequence[BaseRoute] = ()) -> Starlette:
    """Join the doors up.

    Args:
        tenant: the tenant that all of them serve.
        pages: Starlette routes of the page; they go before the sign-in service, which has the rest.
    """
    graph = Router(route for area in AREAS for route in area.routes)
    transfer = Router(route for area in AREAS for route in area.transfer_routes)
    practice = Router(route for area in AREAS for route in area.practice_routes)
    graph_doors = (
        Mount(
            f"/{version}",
            app=Door(tenant, graph, f"/{version}", require_bearer, settle=settle, is_graph=True),
        )
        for version in _VERSIONS
    )
    return Starlette(
        routes=[
            *graph_doors,
            Mount("/transfer", app=Door(tenant, transfer, "/transfer", refuse_bearer)),
            Mount(
                "/practice", app=Door(tenant, practice, "/practice", _nobody, settle=settle, is_control=True)
            ),
            *pages,
            Mount("/", app=Door(tenant, Router(SIGN_IN_ROUTES), "", _nobody)),
        ]
    )


def _nobody(tenant: Tenant, headers: object) -> Principal:  # noqa: ARG001 - the form of all authenticators
    return ANONYMOUS
