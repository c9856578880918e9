"""Access tokens: made here, read at Graph's door."""

import time
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from practice_tenant.directory import User
from practice_tenant.errors import GraphError
from practice_tenant.principals import Principal
from practice_tenant.sign_in.applications import Application, find_application
from practice_tenant.sign_in.encoding import base64url
from practice_tenant.sign_in.keys import key_id, signing_key
from practice_tenant.tenant import Tenant

GRAPH = "https://graph.microsoft.com"
GRAPH_ID = "00000003-0000-0000-c000-000000000000"
_LIFE = "token life in seconds"
_EXPIRED = "Lifetime validation failed, the token is expired."
_REVOKED = (
    "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: "
    "TokenIssuedBeforeRevocationTimestamp"
)
# What a user's token from /practice/token may do: all that the user may.
ALL_SCOPES = (
    "Calendars.ReadWrite Files.ReadWrite.All Mail.ReadWrite Mail.ReadWrite.Shared Mail.Send "
    "MailboxSettings.ReadWrite Sites.ReadWrite.All Tasks.ReadWrite User.Read"
)


def revoke_tokens(tenant: Tenant, holder: str) -> None:
    """Make every token invalid that a user, or an application by itself, got until now."""
    tenant.database.next_number(_generation(holder))


def token_life(tenant: Tenant) -> int:
    """Seconds by the machine's clock."""
    return int(tenant.database.fact(_LIFE) or 3599)


def set_token_life(tenant: Tenant, seconds: int) -> None:
    tenant.database.set_fact(_LIFE, str(seconds))


def application_token(tenant: Tenant, application: Application) -> str:
    """A token without a user.

    Its roles are what an administrator consented to in Entra; what Exchange's roles give for single mailboxes is not
    among them. Without any consent it has no roles claim at all.
    """
    claims = {"idtyp": "app", "sub": application.client_id, "oid": application.client_id}
    consents = sorted(tenant.permissions.consents(application.client_id))
    roles = {"roles": consents} if consents else {}
    return _sign(tenant, {**_common(tenant, application, application.client_id), **claims, **roles})


def user_token(tenant: Tenant, application: Application, user: User, scope: str) -> str:
    person = {"idtyp": "user", "sub": user.id, "oid": user.id, "upn": user.address, "name": user.display_name}
    return _sign(tenant, {**_common(tenant, application, user.id), **person, "scp": scope})


def identity_token(tenant: Tenant, application: Application, user: User, *, nonce: str = "") -> str:
    """The OpenID token that tells a client who signed in."""
    now = int(time.time())
    claims = {
        "iss": f"{tenant.login_root}/{tenant.tenant_id}/v2.0",
        "aud": application.client_id,
        "iat": now,
        "nbf": now,
        "exp": now + token_life(tenant),
        "sub": user.id,
        "oid": user.id,
        "tid": tenant.tenant_id,
        "preferred_username": user.address,
        "name": user.display_name,
        "ver": "2.0",
    }
    return _sign(tenant, claims | ({"nonce": nonce} if nonce else {}))


def client_info(tenant: Tenant, user: User) -> str:
    return base64url(f'{{"uid":"{user.id}","utid":"{tenant.tenant_id}"}}'.encode())


def read_token(tenant: Tenant, token: str) -> Principal:
    """Check a bearer and tell who holds it.

    Raises:
        GraphError: 401 InvalidAuthenticationToken.
    """
    try:
        claims = _claims(token, signing_key(tenant))
    except jwt.ExpiredSignatureError as error:
        raise _refused(_EXPIRED) from error
    except jwt.InvalidTokenError as error:
        raise _refused("CompactToken validation failed with reason code: 80049228.") from error
    if claims["exp"] <= time.time():
        raise _refused(_EXPIRED)
    application = find_application(tenant, str(claims.get("appid")))
    if application is None or claims.get("tid") != tenant.tenant_id:
        raise _refused("The token is of another tenant or of an application that was removed.")
    user = tenant.directory.find(str(claims["oid"])) if claims.get("idtyp") == "user" else None
    holder = user.id if user else application.client_id
    if claims.get("generation") != tenant.database.last_number(_generation(holder)):
        raise _refused(_REVOKED)
    return Principal(
        application_id=application.client_id,
        application_name=application.name,
        user=user,
        permissions=frozenset(str(claims.get("scp", "")).split() if user else claims.get("roles", ())),
    )


@lru_cache(maxsize=64)
def _claims(token: str, key: RSAPrivateKey) -> Mapping[str, Any]:
    """What a token says, its signature checked once: it is the same at each of its requests."""
    found: Mapping[str, Any] = jwt.decode(token, key.public_key(), algorithms=["RS256"], audience=GRAPH)
    return found


def _refused(message: str) -> GraphError:
    challenge = 'Bearer realm="", authorization_uri="", error="invalid_token"'
    return GraphError(401, "InvalidAuthenticationToken", message, headers={"WWW-Authenticate": challenge})


def _generation(holder: str) -> str:
    return f"revocations of {holder}"


def _common(tenant: Tenant, application: Application, holder: str) -> dict[str, Any]:
    now = int(time.time())
    return {
        "aud": GRAPH,
        "iss": f"{tenant.login_root}/{tenant.tenant_id}/",
        "iat": now,
        # Five minutes early, as Microsoft does, so that clocks may differ a little.
        "nbf": now - 300,
        "exp": now + token_life(tenant),
        "appid": application.client_id,
        "app_displayname": application.name,
        "tid": tenant.tenant_id,
        "generation": tenant.database.last_number(_generation(holder)),
        "uti": uuid4().hex[:22],
        "ver": "1.0",
    }


def _sign(tenant: Tenant, claims: dict[str, Any]) -> str:
    key = signing_key(tenant)
    return jwt.encode(claims, key, algorithm="RS256", headers={"kid": key_id(key)})
