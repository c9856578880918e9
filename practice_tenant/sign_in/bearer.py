"""Who asks, by the Authorization header."""

from collections.abc import Mapping

from practice_tenant.errors import GraphError
from practice_tenant.principals import ANONYMOUS, Principal
from practice_tenant.sign_in.tokens import read_token
from practice_tenant.tenant import Tenant


def require_bearer(tenant: Tenant, headers: Mapping[str, str]) -> Principal:
    """Read the bearer, whose scheme may be written in any letter case.

    Raises:
        GraphError: 401 where it is missing or refused.
    """
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise GraphError(401, "InvalidAuthenticationToken", "Access token is empty.")
    return read_token(tenant, token.strip())


def refuse_bearer(tenant: Tenant, headers: Mapping[str, str]) -> Principal:  # noqa: ARG001 - the form of all authenticators
    """Pre-authenticated addresses carry their own proof; a bearer sent there has leaked.

    Raises:
        GraphError: 401, as Microsoft's storage hosts answer.
    """
    if "authorization" in headers:
        raise GraphError(
            401, "InvalidAuthenticationToken", "A pre-authenticated address takes no Authorization header."
        )
    return ANONYMOUS
