"""What OpenID clients read first: where the endpoints are and which keys sign."""

from typing import Any

from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.sign_in.keys import key_set
from practice_tenant.sign_in.refusals import SignInRefusedError, render_refusal
from practice_tenant.tenant import Tenant

_EVERYONE = frozenset({"common", "organizations"})


def check_tenant_name(tenant: Tenant, name: str) -> None:
    """Let the tenant's id, its domain and the names for everybody pass.

    Raises:
        SignInRefusedError: AADSTS90002.
    """
    if name.lower() in _EVERYONE or name.lower() == tenant.tenant_id:
        return
    if tenant.directory.is_ours(f"@{name}"):
        return
    raise SignInRefusedError(
        90002,
        "invalid_tenant",
        f"Tenant '{name}' not found. Check to make sure you have the correct tenant ID.",
    )


async def openid_configuration(tenant: Tenant, request: GraphRequest) -> Answer:
    name = request.parameter("tenant")
    try:
        check_tenant_name(tenant, name)
    except SignInRefusedError as refusal:
        return render_refusal(refusal, request.headers.get("client-request-id", ""))
    return Answer.json(_configuration(tenant, name))


def _configuration(tenant: Tenant, name: str) -> dict[str, Any]:
    root = f"{tenant.login_root}/{name}"
    return {
        "issuer": f"{tenant.login_root}/{tenant.tenant_id}/v2.0",
        "authorization_endpoint": f"{root}/oauth2/v2.0/authorize",
        "token_endpoint": f"{root}/oauth2/v2.0/token",
        "end_session_endpoint": f"{root}/oauth2/v2.0/logout",
        "device_authorization_endpoint": f"{root}/oauth2/v2.0/devicecode",
        "jwks_uri": f"{root}/discovery/v2.0/keys",
        "token_endpoint_auth_methods_supported": [
            "client_secret_post",
            "client_secret_basic",
            "private_key_jwt",
        ],
        "response_modes_supported": ["query", "fragment", "form_post"],
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["plain", "S256"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "cloud_instance_name": "practice",
        "msgraph_host": "localhost",
    }


async def discovery_instance(tenant: Tenant, _request: GraphRequest) -> Answer:
    """The list of sign-in hosts that MSAL asks for before it trusts one."""
    host = tenant.login_root.removeprefix("https://")
    known = {"preferred_network": host, "preferred_cache": host, "aliases": [host]}
    endpoint = f"{tenant.login_root}/{tenant.tenant_id}/v2.0/.well-known/openid-configuration"
    return Answer.json({"tenant_discovery_endpoint": endpoint, "api-version": "1.1", "metadata": [known]})


async def keys(tenant: Tenant, _request: GraphRequest) -> Answer:
    return Answer.json(key_set(tenant))
