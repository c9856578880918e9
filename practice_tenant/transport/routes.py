"""The transport's practice controls."""

from practice_tenant.routes import Route, route
from practice_tenant.transport import destinations, internet, senders

PRACTICE_ROUTES: tuple[Route, ...] = (
    route("POST", "/deliver", internet.receive),
    route("GET", "/outbox", internet.get_outbox),
    route("DELETE", "/outbox", internet.empty_outbox),
    route("GET", "/senders", senders.get_senders),
    route("PUT", "/senders", senders.set_senders),
    route("GET", "/destinations", destinations.get_destinations),
    route("PUT", "/destinations", destinations.set_destinations),
)
