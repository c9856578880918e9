"""Subscriptions over Graph: made after a handshake, renewed, ended."""

import time
from dataclasses import replace
from typing import Any
from uuid import uuid4

from practice_tenant.errors import GraphError
from practice_tenant.odata.pages import collection_page
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.routes import Route, route
from practice_tenant.subscriptions.notifying import remove_by_administrator, settle, tell_lifecycle
from practice_tenant.subscriptions.posting import check_address, post
from practice_tenant.subscriptions.resources import watch_of
from practice_tenant.subscriptions.store import Subscription, forget, keep, subscriptions
from practice_tenant.subscriptions.watches import ALL_TYPES, KINDS, Kind
from practice_tenant.tenant import Tenant
from practice_tenant.times import parse_moment

_REQUIRED = ("changeType", "notificationUrl", "resource", "expirationDateTime")
_LONGEST_STATE = 128
_SHORTEST_MINUTES = 45
_PAGE = 100


async def list_subscriptions(tenant: Tenant, request: GraphRequest) -> Answer:
    page = collection_page(
        url=request.url,
        options=request.options,
        entities=[each.as_graph() for each in _own(tenant, request)],
        default_size=_PAGE,
        context=f"{tenant.graph_root}v1.0/$metadata#subscriptions",
    )
    return Answer.json(page)


async def create_subscription(tenant: Tenant, request: GraphRequest) -> Answer:
    """The client's address must answer the handshake before the subscription is there."""
    wishes = request.json()
    for name in _REQUIRED:
        if not wishes.get(name):
            raise _invalid(f"The property '{name}' is required.")
    if wishes.get("includeResourceData"):
        raise GraphError(501, "notImplemented", "The practice tenant sends no encrypted resource data.")
    watch = watch_of(tenant, request, str(wishes["resource"]))
    kind = KINDS[watch.kind]
    subscription = Subscription(
        id=str(uuid4()),
        application_id=request.principal.application_id,
        holder=request.principal.holder,
        resource=str(wishes["resource"]),
        watch=watch,
        change_types=_change_types(str(wishes["changeType"]), kind),
        notification_url=check_address(str(wishes["notificationUrl"])),
        lifecycle_url=_lifecycle(wishes),
        client_state=_state(wishes),
        tls_version=wishes.get("latestSupportedTlsVersion"),
        expires_at=_expiry(wishes["expirationDateTime"], kind),
        seen=kind.newest(tenant, watch),
    )
    await _shake_hands(subscription.notification_url)
    if subscription.lifecycle_url:
        await _shake_hands(subscription.lifecycle_url)
    keep(tenant.database, subscription)
    settle(tenant)
    return Answer.json(_shown(tenant, subscription), status=201)


async def get_subscription(tenant: Tenant, request: GraphRequest) -> Answer:
    return Answer.json(_shown(tenant, _subscription(tenant, request)))


async def update_subscription(tenant: Tenant, request: GraphRequest) -> Answer:
    """Renew, or notify another address from now on; nothing else can be changed."""
    subscription = _subscription(tenant, request)
    wishes = {name: value for name, value in request.json().items() if "@" not in name}
    fixed = sorted(set(wishes) - {"expirationDateTime", "notificationUrl"})
    if fixed or not wishes:
        raise _invalid("Only expirationDateTime and notificationUrl can be updated.")
    if "expirationDateTime" in wishes:
        expiry = _expiry(wishes["expirationDateTime"], KINDS[subscription.watch.kind])
        subscription = replace(subscription, expires_at=expiry)
    if "notificationUrl" in wishes:
        url = check_address(str(wishes["notificationUrl"]))
        await _shake_hands(url)
        subscription = replace(subscription, notification_url=url)
    keep(tenant.database, subscription)
    return Answer.json(_shown(tenant, subscription))


async def delete_subscription(tenant: Tenant, request: GraphRequest) -> Answer:
    forget(tenant.database, _subscription(tenant, request).id)
    return Answer.empty()


async def reauthorize(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST .../reauthorize: the watcher may still read what is watched."""
    subscription = _subscription(tenant, request)
    watch_of(tenant, request, subscription.resource)
    return Answer.empty(204)


async def practise_lifecycle(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST /practice/subscriptions/{subscription}/lifecycle {"event"}: as an administrator's change brings about."""
    wanted = request.parameter("subscription")
    found = [each for each in subscriptions(tenant.database) if each.id == wanted]
    if not found:
        raise _unknown(wanted)
    event = str(request.json().get("event") or "reauthorizationRequired")
    if event == "subscriptionRemoved":
        await remove_by_administrator(tenant, found[0])
    elif found[0].lifecycle_url:
        await tell_lifecycle(tenant, found[0], event)
    return Answer.empty()


async def _shake_hands(url: str) -> None:
    """Post a token to the address, which must give it back as plain text."""
    token = f"Validation: Testing client application reachability. Request-Id: {uuid4()}"
    reply = await post(url, b"", "text/plain; charset=utf-8", {"validationToken": token})
    if reply.status == 0:
        raise GraphError(400, "ValidationError", "Subscription validation request timed out.")
    is_text = reply.content_type.partition(";")[0].strip().lower() == "text/plain"
    if reply.status != 200 or not is_text or reply.body.decode("utf-8", "replace").strip() != token:
        raise GraphError(
            400,
            "ValidationError",
            "Subscription validation request failed. Response must exactly match validationToken query parameter.",
        )


def _own(tenant: Tenant, request: GraphRequest) -> list[Subscription]:
    asker = (request.principal.application_id, request.principal.holder)
    return [each for each in subscriptions(tenant.database) if (each.application_id, each.holder) == asker]


def _subscription(tenant: Tenant, request: GraphRequest) -> Subscription:
    wanted = request.parameter("subscription")
    for each in _own(tenant, request):
        if each.id == wanted:
            return each
    raise _unknown(wanted)


def _unknown(wanted: str) -> GraphError:
    return GraphError(404, "ResourceNotFound", f"Subscription with id '{wanted}' was not found.")


def _change_types(text: str, kind: Kind) -> tuple[str, ...]:
    wanted = [each.strip().lower() for each in text.split(",") if each.strip()]
    unknown = [each for each in wanted if each not in ALL_TYPES]
    if unknown or not wanted:
        raise _invalid(f"Invalid 'changeType' attribute: '{text}'.")
    if any(each not in kind.change_types for each in wanted):
        raise _invalid(f"Subscriptions to this resource support only changeType {kind.change_types[0]}.")
    return tuple(each for each in ALL_TYPES if each in wanted)


def _expiry(given: object, kind: Kind) -> float:
    """Seconds of the machine's clock; what is too near is moved to 45 minutes from now, as Microsoft does."""
    try:
        wanted = parse_moment(str(given)).timestamp()
    except ValueError as error:
        raise _invalid("expirationDateTime is no date.") from error
    now = time.time()
    if wanted <= now:
        raise _invalid("Subscription expiration must be in the future.")
    # A minute for clocks that differ.
    if wanted > now + (kind.longest + 1) * 60:
        raise _invalid(f"Subscription expiration can only be {kind.longest} minutes in the future.")
    return max(wanted, now + _SHORTEST_MINUTES * 60)


def _state(wishes: dict[str, Any]) -> str | None:
    state = wishes.get("clientState")
    if state is not None and len(str(state)) > _LONGEST_STATE:
        raise _invalid(f"clientState may hold {_LONGEST_STATE} characters at most.")
    return None if state is None else str(state)


def _lifecycle(wishes: dict[str, Any]) -> str | None:
    url = wishes.get("lifecycleNotificationUrl")
    return check_address(str(url)) if url else None


def _invalid(sentence: str) -> GraphError:
    return GraphError(400, "InvalidRequest", sentence)


def _shown(tenant: Tenant, subscription: Subscription) -> dict[str, Any]:
    context = f"{tenant.graph_root}v1.0/$metadata#subscriptions/$entity"
    return {"@odata.context": context, **subscription.as_graph()}


ROUTES: tuple[Route, ...] = (
    route("GET", "/subscriptions", list_subscriptions),
    route("POST", "/subscriptions", create_subscription),
    route("GET", "/subscriptions/{subscription}", get_subscription),
    route("PATCH", "/subscriptions/{subscription}", update_subscription),
    route("DELETE", "/subscriptions/{subscription}", delete_subscription),
    route("POST", "/subscriptions/{subscription}/reauthorize", reauthorize),
)
PRACTICE_ROUTES: tuple[Route, ...] = (
    route("POST", "/subscriptions/{subscription}/lifecycle", practise_lifecycle),
)
