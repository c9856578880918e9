"""The areas of the tenant: what each stores, answers, prepares on a fresh tenant and tells in server.json."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from practice_tenant import sign_in, users
from practice_tenant.calendar import requests as calendar_requests
from practice_tenant.calendar import routes as calendar_routes
from practice_tenant.calendar import schema as calendar_schema
from practice_tenant.controls import handlers as controls
from practice_tenant.drives import controls as drive_controls
from practice_tenant.drives import routes as drive_routes
from practice_tenant.drives import schema as drive_schema
from practice_tenant.inbox_rules import requests as inbox_rules
from practice_tenant.inbox_rules import schema as inbox_rules_schema
from practice_tenant.mail import delivery as mail_delivery
from practice_tenant.mail import folders as mail_folders
from practice_tenant.mail import routes as mail_routes
from practice_tenant.mail import schema as mail_schema
from practice_tenant.mail import sending as mail_sending
from practice_tenant.page.sharing import share_reporting_mailbox
from practice_tenant.routes import Route
from practice_tenant.sign_in.applications import give_consents
from practice_tenant.sites import controls as site_controls
from practice_tenant.sites import provision as site_provision
from practice_tenant.sites import routes as site_routes
from practice_tenant.sites import schema as site_schema
from practice_tenant.subscriptions import notifying
from practice_tenant.subscriptions import requests as subscription_requests
from practice_tenant.subscriptions import schema as subscription_schema
from practice_tenant.tenant import Tenant
from practice_tenant.todo import routes as todo_routes
from practice_tenant.todo import schema as todo_schema
from practice_tenant.transport import leaving, pop3_session
from practice_tenant.transport import routes as transport_routes
from practice_tenant.work_log import handlers as work_log
from practice_tenant.work_log import schema as work_log_schema


def _nothing_to_prepare(tenant: Tenant) -> None:
    """An area that needs nothing on a fresh tenant."""


def _nothing_to_tell(tenant: Tenant) -> dict[str, Any]:  # noqa: ARG001 - the form of all describers
    return {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """One folder of the tenant.

    Attributes:
        schema: CREATE TABLE IF NOT EXISTS statements, applied at every start.
        routes: under /v1.0, with a bearer.
        transfer_routes: under /transfer on the other host, without one.
        practice_routes: under /practice, without sign-in.
        provision: run once on a fresh tenant, in a transaction, in the order of AREAS.
        describe: what the area adds to server.json.
        settle: what falls due by itself, looked at before every request.
    """

    schema: str = ""
    routes: tuple[Route, ...] = ()
    transfer_routes: tuple[Route, ...] = ()
    practice_routes: tuple[Route, ...] = ()
    provision: Callable[[Tenant], None] = _nothing_to_prepare
    describe: Callable[[Tenant], dict[str, Any]] = _nothing_to_tell
    settle: Callable[[Tenant], None] = _nothing_to_prepare


AREAS: tuple[Area, ...] = (
    Area(schema=sign_in.SCHEMA, provision=sign_in.provision),
    Area(routes=users.ROUTES),
    Area(practice_routes=controls.PRACTICE_ROUTES),
    Area(
        schema=mail_schema.SCHEMA,
        routes=mail_routes.ROUTES,
        transfer_routes=mail_routes.TRANSFER_ROUTES,
        practice_routes=mail_routes.PRACTICE_ROUTES,
        provision=mail_folders.provision_folders,
        settle=mail_sending.settle,
    ),
    Area(
        schema=leaving.SCHEMA + pop3_session.SCHEMA,
        practice_routes=transport_routes.PRACTICE_ROUTES,
        settle=mail_delivery.settle_waiting,
    ),
    Area(schema=inbox_rules_schema.SCHEMA, routes=inbox_rules.ROUTES),
    Area(
        schema=drive_schema.SCHEMA,
        routes=drive_routes.ROUTES,
        transfer_routes=drive_routes.TRANSFER_ROUTES,
        practice_routes=drive_controls.PRACTICE_ROUTES,
    ),
    Area(
        schema=site_schema.SCHEMA,
        routes=site_routes.ROUTES,
        practice_routes=site_controls.PRACTICE_ROUTES,
        provision=site_provision.provision,
        describe=site_provision.describe,
    ),
    Area(
        schema=calendar_schema.SCHEMA,
        routes=calendar_routes.ROUTES,
        provision=calendar_requests.provision,
    ),
    Area(schema=todo_schema.SCHEMA, routes=todo_routes.ROUTES),
    Area(
        schema=subscription_schema.SCHEMA,
        routes=subscription_requests.ROUTES,
        practice_routes=subscription_requests.PRACTICE_ROUTES,
        settle=notifying.settle,
    ),
    Area(schema=work_log_schema.SCHEMA, practice_routes=work_log.PRACTICE_ROUTES),
    Area(provision=share_reporting_mailbox),
)

_SETTLING = tuple(area.settle for area in AREAS if area.settle is not _nothing_to_prepare)


def prepare(tenant: Tenant) -> None:
    """Apply every schema; on a fresh tenant provision all areas and set the first checkpoint."""
    for area in AREAS:
        tenant.database.apply(area.schema)
    if tenant.database.fact("provisioned") is None:
        with tenant.database.transaction():
            for area in AREAS:
                area.provision(tenant)
            tenant.database.set_fact("provisioned", "yes")
    give_consents(tenant)
    if not tenant.has_checkpoint:
        tenant.checkpoint()


def settle(tenant: Tenant) -> None:
    """Let all areas do what fell due."""
    for settle_area in _SETTLING:
        settle_area(tenant)


def describe(tenant: Tenant) -> dict[str, Any]:
    """What all areas add to server.json."""
    facts: dict[str, Any] = {}
    for area in AREAS:
        facts |= area.describe(tenant)
    return facts
