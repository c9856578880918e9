"""Sign-in with a certificate: the assertion that stands in for a secret."""

import time
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from practice_tenant.sign_in.applications import Application
from practice_tenant.sign_in.refusals import SignInRefusedError
from practice_tenant.tenant import Tenant

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
# Which header names the certificate under which algorithm: MSAL's two forms.
_THUMBPRINTS = {"PS256": ("x5t#S256", "sha256"), "RS256": ("x5t", "sha1")}


def check_assertion(tenant: Tenant, application: Application, assertion: str, audience: set[str]) -> None:
    """Check certificate, signature, audience, issuer and time of a client assertion.

    A jti must be there but may come again: MSAL sends one assertion several times during its ten minutes.

    Raises:
        SignInRefusedError: AADSTS700027 (certificate, signature), 700023 (audience), 700024 (time),
            700021 (issuer and subject) or 50027 (no token at all).
    """
    header = _header(assertion)
    algorithm = str(header.get("alg"))
    if algorithm not in _THUMBPRINTS:
        raise _refused(700027, f"The algorithm {algorithm} is not accepted; use PS256 or RS256.")
    public_key = _certificate(tenant, application, header, algorithm)
    try:
        claims: dict[str, Any] = jwt.decode(
            assertion, public_key, algorithms=[algorithm], options={"verify_aud": False, "verify_exp": False}
        )
    except jwt.InvalidTokenError as error:
        raise _refused(
            700027, "The signature of the client assertion does not fit its certificate."
        ) from error
    _check_claims(claims, application, audience)


def _header(assertion: str) -> dict[str, Any]:
    try:
        return jwt.get_unverified_header(assertion)
    except jwt.InvalidTokenError as error:
        raise _refused(50027, "The client assertion is no JSON Web Token.") from error


def _certificate(
    tenant: Tenant, application: Application, header: dict[str, Any], algorithm: str
) -> rsa.RSAPublicKey:
    name, column = _THUMBPRINTS[algorithm]
    # MSAL writes x5t with its padding, the standard without.
    thumbprint = str(header.get(name, "")).rstrip("=")
    rows = tenant.database.rows("SELECT * FROM certificate WHERE client_id = ?", (application.client_id,))
    pem = next((row["pem"] for row in rows if thumbprint and row[column] == thumbprint), None)
    if pem is None:
        raise _refused(
            700027,
            "The certificate with identifier used to sign the client assertion is not registered on the "
            f"application ({name}).",
        )
    certificate = x509.load_pem_x509_certificate(pem.encode())
    if certificate.not_valid_after_utc.timestamp() < time.time():
        raise _refused(700027, "The certificate has expired.")
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        raise _refused(700027, "The certificate carries no RSA key.")
    return key


def _check_claims(claims: dict[str, Any], application: Application, audience: set[str]) -> None:
    if claims.get("iss") != application.client_id or claims.get("sub") != application.client_id:
        raise _refused(700021, "Issuer and subject of the client assertion must be the application's id.")
    if claims.get("aud") not in audience:
        raise _refused(700023, "The audience of the client assertion is not this token endpoint.")
    expiry = claims.get("exp")
    if not isinstance(expiry, int | float) or expiry < time.time():
        raise _refused(700024, "The client assertion is not within its valid time range.")
    if not claims.get("jti"):
        raise _refused(700027, "The client assertion carries no jti.")


def _refused(number: int, message: str) -> SignInRefusedError:
    return SignInRefusedError(number, "invalid_client", message, status=401)
