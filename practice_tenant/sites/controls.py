"""Practice controls for SharePoint: the site's time zone, and how late delta tells of changes."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from practice_tenant.errors import bad_request
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.routes import Route, route
from practice_tenant.sites.delta_tokens import delta_delay, set_delta_delay
from practice_tenant.sites.keeping_versions import put_versioning
from practice_tenant.tenant import Tenant


async def put_time_zone(tenant: Tenant, request: GraphRequest) -> Answer:
    """PUT {"time_zone": "Europe/London"}: the zone in which every site reads days."""
    name = str(request.json().get("time_zone") or "")
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise bad_request('Give {"time_zone": "Europe/London"} or another IANA name.') from error
    tenant.database.execute("UPDATE sites SET time_zone = ?", (zone.key,))
    return Answer.json({"time_zone": zone.key})


async def get_delays(tenant: Tenant, request: GraphRequest) -> Answer:  # noqa: ARG001 - the form of a handler
    return Answer.json({"delta": delta_delay(tenant), **tenant.replication.as_json()})


async def put_delays(tenant: Tenant, request: GraphRequest) -> Answer:
    """PUT {"delta", "mail_delta", "new_items"}: seconds of the machine's clock; what is not named stays.

    Drives and lists (delta) and mail folders (mail_delta) tell of a change only so much later; what was just made
    (new_items) cannot be found for so long.
    """
    given = request.json()
    if not given:
        raise bad_request('Give {"delta": seconds}, "mail_delta" or "new_items"; 0 ends the delay.')
    seconds = given.pop("delta", delta_delay(tenant))
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds < 0:
        raise bad_request("delta is a number of seconds; 0 ends the delay.")
    tenant.replication.set(given)
    set_delta_delay(tenant, seconds)
    return await get_delays(tenant, request)


PRACTICE_ROUTES: tuple[Route, ...] = (
    route("PUT", "/site", put_time_zone),
    route("PUT", "/versioning", put_versioning),
    route("GET", "/delays", get_delays),
    route("PUT", "/delays", put_delays),
)
