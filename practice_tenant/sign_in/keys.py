"""The key that signs tokens, one for the life of a state folder."""

import hashlib
from functools import lru_cache

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from practice_tenant.sign_in.encoding import base64url
from practice_tenant.tenant import Tenant

_FACT = "signing key"


def provision_key(tenant: Tenant) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    tenant.database.set_fact(_FACT, pem.decode())


def signing_key(tenant: Tenant) -> rsa.RSAPrivateKey:
    return _load(tenant.database.fact(_FACT) or "")


def key_id(key: rsa.RSAPrivateKey) -> str:
    return base64url(hashlib.sha256(_number(key.public_key().public_numbers().n)).digest())[:27]


def key_set(tenant: Tenant) -> dict[str, list[dict[str, str]]]:
    """The public half, as the jwks_uri gives it."""
    key = signing_key(tenant)
    numbers = key.public_key().public_numbers()
    public = {
        "kty": "RSA",
        "use": "sig",
        "alg": "RS256",
        "kid": key_id(key),
        "n": base64url(_number(numbers.n)),
        "e": base64url(_number(numbers.e)),
    }
    return {"keys": [public]}


def _number(value: int) -> bytes:
    return value.to_bytes((value.bit_length() + 7) // 8, "big")


@lru_cache(maxsize=4)
def _load(pem: str) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("The tenant's signing key is no RSA key: its state folder is damaged.")
    return key
