"""The token endpoint: client credentials, authorization code, device code, refresh token."""

import hmac
import secrets
import time
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote

from practice_tenant.directory import User
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.sign_in.applications import Application, find_application
from practice_tenant.sign_in.assertions import ASSERTION_TYPE, check_assertion
from practice_tenant.sign_in.authorization_codes import redeem_authorization_code
from practice_tenant.sign_in.device_codes import redeem_device_code
from practice_tenant.sign_in.discovery import check_tenant_name
from practice_tenant.sign_in.refusals import SignInRefusedError, render_refusal
from practice_tenant.sign_in.tokens import (
    GRAPH,
    GRAPH_ID,
    application_token,
    client_info,
    identity_token,
    token_life,
    user_token,
)
from practice_tenant.tenant import Tenant

_NINETY_DAYS = 90 * 24 * 3600
_OPENID_SCOPES = frozenset({"openid", "profile", "email", "offline_access"})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Exchange:
    tenant: Tenant
    form: dict[str, str]
    application: Application


async def token(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST /{tenant}/oauth2/v2.0/token."""
    try:
        return Answer.json(_exchanged(tenant, request))
    except SignInRefusedError as refusal:
        return render_refusal(refusal, request.headers.get("client-request-id", ""))


def _exchanged(tenant: Tenant, request: GraphRequest) -> dict[str, Any]:
    check_tenant_name(tenant, request.parameter("tenant"))
    form = read_form(request)
    exchange = _Exchange(tenant=tenant, form=form, application=_application(tenant, form))
    grant = _GRANTS.get(form.get("grant_type", ""))
    if grant is None:
        raise SignInRefusedError(
            70003, "unsupported_grant_type", "The app requested an unsupported grant type."
        )
    _check_proof(exchange, request)
    return grant(exchange)


def read_form(request: GraphRequest) -> dict[str, str]:
    """The form of a sign-in request; credentials in a Basic header count as part of it."""
    form = dict(parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True))
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            name, _, secret = b64decode(encoded).decode().partition(":")
        except ValueError:
            return form
        form |= {"client_id": unquote(name), "client_secret": unquote(secret)}
    return form


def _application(tenant: Tenant, form: dict[str, str]) -> Application:
    client_id = form.get("client_id", "")
    if not client_id:
        raise SignInRefusedError(
            900144, "invalid_request", "The request body must contain the following parameter: 'client_id'."
        )
    application = find_application(tenant, client_id)
    if application is None:
        raise SignInRefusedError(
            700016,
            "unauthorized_client",
            f"Application with identifier '{client_id}' was not found in the directory '{tenant.tenant_id}'.",
        )
    return application


def _check_proof(exchange: _Exchange, request: GraphRequest) -> None:
    """A secret or an assertion must be right wherever it is given, and one must be given without a user."""
    form = exchange.form
    if form.get("client_assertion"):
        if form.get("client_assertion_type") != ASSERTION_TYPE:
            raise SignInRefusedError(50027, "invalid_request", "The client assertion's type is not known.")
        check_assertion(
            exchange.tenant,
            exchange.application,
            form["client_assertion"],
            _audience(exchange.tenant, request),
        )
    elif "client_secret" in form:
        if not hmac.compare_digest(form["client_secret"].encode(), exchange.application.secret.encode()):
            raise SignInRefusedError(
                7000215,
                "invalid_client",
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret "
                f"value, not the client secret ID, for a secret added to app '{exchange.application.client_id}'.",
                status=401,
            )
    elif form.get("grant_type") == "client_credentials":
        raise SignInRefusedError(
            7000218,
            "invalid_client",
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
            status=401,
        )


def _audience(tenant: Tenant, request: GraphRequest) -> set[str]:
    names = {request.parameter("tenant"), tenant.tenant_id}
    endings = ("/oauth2/v2.0/token", "/v2.0", "/", "")
    return {f"{tenant.login_root}/{name}{ending}" for name in names for ending in endings}


def _client_credentials(exchange: _Exchange) -> dict[str, Any]:
    scope = exchange.form.get("scope", "")
    if not scope:
        raise SignInRefusedError(
            900144, "invalid_request", "The request body must contain the following parameter: 'scope'."
        )
    resource, _, permission = scope.strip().rpartition("/")
    if permission != ".default" or resource.rstrip("/") not in _resources(exchange.tenant):
        raise SignInRefusedError(
            70011,
            "invalid_scope",
            f"The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid. "
            f"Client credential flows must ask for {GRAPH}/.default.",
        )
    return {
        "token_type": "Bearer",
        "expires_in": token_life(exchange.tenant),
        "ext_expires_in": token_life(exchange.tenant),
        "access_token": application_token(exchange.tenant, exchange.application),
    }


def _resources(tenant: Tenant) -> set[str]:
    """The names of Graph in a scope; none at all means Graph too, as the service has it."""
    return {"", GRAPH, GRAPH_ID, tenant.login_root}


def _device_code(exchange: _Exchange) -> dict[str, Any]:
    code = exchange.form.get("device_code") or exchange.form.get("code") or ""
    user, scope = redeem_device_code(exchange.tenant, exchange.application, code)
    return _for_user(exchange, user, scope)


def _authorization_code(exchange: _Exchange) -> dict[str, Any]:
    signed_in = redeem_authorization_code(exchange.tenant, exchange.application, exchange.form)
    return _for_user(exchange, signed_in.user, signed_in.scope, nonce=signed_in.nonce)


def _refresh_token(exchange: _Exchange) -> dict[str, Any]:
    row = exchange.tenant.database.one(
        "SELECT * FROM refresh_token WHERE token = ? AND client_id = ?",
        (exchange.form.get("refresh_token", ""), exchange.application.client_id),
    )
    user = exchange.tenant.directory.find(row["user_id"]) if row else None
    if row is None or user is None:
        raise SignInRefusedError(9002313, "invalid_grant", "The refresh token is malformed or was revoked.")
    if row["expires_at"] < time.time():
        raise SignInRefusedError(700082, "invalid_grant", "The refresh token has expired due to inactivity.")
    asked = exchange.form.get("scope", "")
    granted = set(_permissions(row["scope"]).split())
    wanted = set(_permissions(asked).split()) - {".default"}
    if wanted - granted:
        raise SignInRefusedError(
            65001, "invalid_grant", "The user has not consented to all scopes asked for."
        )
    return _for_user(exchange, user, row["scope"])


def _for_user(exchange: _Exchange, user: User, scope: str, *, nonce: str = "") -> dict[str, Any]:
    tenant = exchange.tenant
    answer: dict[str, Any] = {
        "token_type": "Bearer",
        "scope": scope,
        "expires_in": token_life(tenant),
        "ext_expires_in": token_life(tenant),
        "access_token": user_token(tenant, exchange.application, user, _permissions(scope)),
        "client_info": client_info(tenant, user),
    }
    if "openid" in scope.split():
        answer["id_token"] = identity_token(tenant, exchange.application, user, nonce=nonce)
    if "offline_access" in scope.split():
        answer["refresh_token"] = _new_refresh_token(exchange, user, scope)
    return answer


def _new_refresh_token(exchange: _Exchange, user: User, scope: str) -> str:
    value = secrets.token_urlsafe(48)
    exchange.tenant.database.execute(
        "INSERT INTO refresh_token (token, client_id, user_id, scope, expires_at) VALUES (?, ?, ?, ?, ?)",
        (value, exchange.application.client_id, user.id, scope, time.time() + _NINETY_DAYS),
    )
    return value


def _permissions(scope: str) -> str:
    """The permissions in a scope, without the resource's prefix and OpenID's own words."""
    bare = (each.rpartition("/")[2] for each in scope.split())
    return " ".join(name for name in bare if name not in _OPENID_SCOPES)


_GRANTS: dict[str, Callable[[_Exchange], dict[str, Any]]] = {
    "authorization_code": _authorization_code,
    "client_credentials": _client_credentials,
    "urn:ietf:params:oauth:grant-type:device_code": _device_code,
    "device_code": _device_code,
    "refresh_token": _refresh_token,
}
