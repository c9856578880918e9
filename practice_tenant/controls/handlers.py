"""The handlers under /practice: clock, faults, recording, permissions, tokens, reset."""

import json
from dataclasses import asdict
from typing import Any

from practice_tenant.errors import bad_request
from practice_tenant.permissions import CONSENT, KINDS, Grant
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.routes import Route, route
from practice_tenant.sign_in.applications import (
    CASEWORK,
    VISITOR,
    find_application,
    own_application,
    register_application,
    register_certificate,
)
from practice_tenant.sign_in.tokens import ALL_SCOPES, revoke_tokens, set_token_life, token_life, user_token
from practice_tenant.tenant import Tenant
from practice_tenant.times import parse_moment
from practice_tenant.users import find_user


async def get_clock(tenant: Tenant, _request: GraphRequest) -> Answer:
    return Answer.json({"now": tenant.clock.now().isoformat()})


async def set_clock(tenant: Tenant, request: GraphRequest) -> Answer:
    try:
        tenant.clock.set(parse_moment(str(request.json().get("now", ""))))
    except ValueError as error:
        raise bad_request('Give {"now": "2026-11-23T09:00:00+00:00"}.') from error
    return await get_clock(tenant, request)


async def get_faults(tenant: Tenant, _request: GraphRequest) -> Answer:
    return Answer.json([rule.as_json() for rule in tenant.faults.rules])


async def set_faults(tenant: Tenant, request: GraphRequest) -> Answer:
    try:
        rules = json.loads(request.body or b"[]")
    except ValueError as error:
        raise bad_request("The faults are a JSON list.") from error
    if not isinstance(rules, list):
        raise bad_request("The faults are a JSON list; an empty one ends all trouble.")
    tenant.faults.replace(rules)
    return await get_faults(tenant, request)


async def get_line(tenant: Tenant, _request: GraphRequest) -> Answer:
    return Answer.json(tenant.line.as_json())


async def set_line(tenant: Tenant, request: GraphRequest) -> Answer:
    """PUT /practice/line {"latency_ms", "kilobytes_per_second"}: rehearse a school's line; {} ends it."""
    tenant.line.set(request.json())
    return await get_line(tenant, request)


async def reset(tenant: Tenant, _request: GraphRequest) -> Answer:
    """POST /practice/reset: back to the checkpoint, which is the fresh tenant until somebody sets another."""
    tenant.reset()
    return Answer.empty()


async def checkpoint(tenant: Tenant, _request: GraphRequest) -> Answer:
    """POST /practice/checkpoint: what stands now is what a reset returns to."""
    tenant.checkpoint()
    return Answer.empty()


async def token(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST /practice/token?user=ADDRESS[&client_id=...][&scope=...]: a token of that user."""
    other = request.options.other
    user = find_user(tenant, other.get("user", ""))
    client_id = other.get("client_id")
    application = find_application(tenant, client_id) if client_id else own_application(tenant, VISITOR)
    if application is None:
        raise bad_request("No application has that client_id; POST /practice/applications makes one.")
    access = user_token(tenant, application, user, other.get("scope") or ALL_SCOPES)
    return Answer.json(
        {
            "access_token": access,
            "token": access,
            "token_type": "Bearer",
            "expires_in": token_life(tenant),
            "user": user.address,
        }
    )


async def recorded_requests(tenant: Tenant, _request: GraphRequest) -> Answer:
    return Answer.json(tenant.recording.as_json())


async def forget_requests(tenant: Tenant, _request: GraphRequest) -> Answer:
    tenant.recording.clear()
    return Answer.empty()


async def list_permissions(tenant: Tenant, _request: GraphRequest) -> Answer:
    return Answer.json([asdict(grant) for grant in tenant.permissions.all()])


async def add_permission(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST /practice/permissions: {"holder", "kind", "resource", "role"}.

    Addresses are read as user ids, "casework" and "visitor" as those applications. Kind entra (resource "*") is an
    administrator's consent, which new tokens carry; the others count at once.
    """
    tenant.permissions.grant(_grant(tenant, request.json()))
    return await list_permissions(tenant, request)


async def remove_permission(tenant: Tenant, request: GraphRequest) -> Answer:
    tenant.permissions.revoke(_grant(tenant, request.json()))
    return await list_permissions(tenant, request)


def _grant(tenant: Tenant, body: dict[str, Any]) -> Grant:
    missing = [name for name in ("holder", "kind", "resource", "role") if not body.get(name)]
    if missing:
        raise bad_request(
            f"A permission names holder, kind, resource and role; missing: {', '.join(missing)}."
        )
    holder, resource = str(body["holder"]), str(body["resource"])
    if body["kind"] not in KINDS:
        raise bad_request(f"kind is one of {', '.join(KINDS)}.")
    if holder in {CASEWORK, VISITOR}:
        holder = own_application(tenant, holder).client_id
    holding_user, mailbox = tenant.directory.find(holder), tenant.directory.find(resource)
    return Grant(
        holder=holding_user.id if holding_user else holder,
        kind=str(body["kind"]),
        resource=mailbox.id if mailbox else resource,
        role=str(body["role"]),
    )


async def new_application(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST /practice/applications {"name", "consents"}: an application with those consents in Entra and no grant."""
    wishes = request.json()
    consents = wishes.get("consents") or []
    if not isinstance(consents, list) or not all(isinstance(each, str) and each for each in consents):
        raise bad_request('consents is a list such as ["Sites.Selected"].')
    application = register_application(tenant, str(wishes.get("name") or "Application"))
    for role in consents:
        tenant.permissions.grant(Grant(holder=application.client_id, kind=CONSENT, resource="*", role=role))
    return Answer.json(asdict(application), status=201)


async def new_certificate(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST /practice/applications/{client_id}/certificates: the body is a PEM certificate."""
    application = find_application(tenant, request.parameter("client"))
    if application is None:
        raise bad_request("No application has that client_id.")
    try:
        thumbprint = register_certificate(tenant, application, request.body)
    except ValueError as error:
        raise bad_request("The body is no PEM certificate.") from error
    return Answer.json({"x5t#S256": thumbprint}, status=201)


async def change_tokens(tenant: Tenant, request: GraphRequest) -> Answer:
    """PUT /practice/tokens {"life": seconds}: how long tokens made from now on are good for."""
    life = request.json().get("life")
    if not isinstance(life, int):
        raise bad_request('Give {"life": seconds}.')
    set_token_life(tenant, life)
    return Answer.json({"life": life})


async def revoke(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST /practice/tokens/revoke {"holder": address or client_id}: tokens given until now are refused."""
    holder = str(request.json().get("holder") or "")
    user = tenant.directory.find(holder)
    if user is None and find_application(tenant, holder) is None:
        raise bad_request('Give {"holder": "an address, or an application\'s client_id"}.')
    revoke_tokens(tenant, user.id if user else holder)
    return Answer.empty()


async def get_limits(tenant: Tenant, _request: GraphRequest) -> Answer:
    return Answer.json(asdict(tenant.throttle.limits))


async def set_limits(tenant: Tenant, request: GraphRequest) -> Answer:
    """PUT /practice/limits: Microsoft's throttling, in numbers that a rehearsal can reach; 0 is no limit."""
    tenant.throttle.limits = tenant.throttle.limits.changed(request.json())
    return await get_limits(tenant, request)


PRACTICE_ROUTES: tuple[Route, ...] = (
    route("GET", "/clock", get_clock),
    route("PUT", "/clock", set_clock),
    route("GET", "/faults", get_faults),
    route("PUT", "/faults", set_faults),
    route("GET", "/line", get_line),
    route("PUT", "/line", set_line),
    route("POST", "/reset", reset),
    route("POST", "/checkpoint", checkpoint),
    route("POST", "/token", token),
    route("PUT", "/tokens", change_tokens),
    route("POST", "/tokens/revoke", revoke),
    route("GET", "/limits", get_limits),
    route("PUT", "/limits", set_limits),
    route("GET", "/requests", recorded_requests),
    route("DELETE", "/requests", forget_requests),
    route("GET", "/permissions", list_permissions),
    route("POST", "/permissions", add_permission),
    route("DELETE", "/permissions", remove_permission),
    route("POST", "/applications", new_application),
    route("POST", "/applications/{client}/certificates", new_certificate),
)
