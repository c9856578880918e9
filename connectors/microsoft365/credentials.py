"""What Casework signs in with: a client secret, a certificate, or a person's device code."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from casework.errors import SignInError

_PRIVATE_KEY = re.compile(
    r"-----BEGIN (?P<what>[A-Z ]*PRIVATE KEY)-----.*?-----END (?P=what)-----", re.DOTALL
)
_CERTIFICATES = re.compile(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientSecret:
    value: str = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Certificate:
    """A PEM text that holds the private key and the certificate that was uploaded to the application."""

    pem: str = field(repr=False)
    passphrase: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceCode:
    """Signing in as a person, who types a code on a page of Microsoft's.

    Attributes:
        cache: names the entry of the operating system's key store in which the right to renew is kept; where there
            is no such store, the file that keeps it, sealed.
        key: seals that file; 32 bytes in url-safe base64, kept in another place than the file.
        show: is given Microsoft's sentence with page and code; without it nobody can be asked.
    """

    cache: Path
    key: bytes = field(repr=False)
    show: Callable[[str], None] | None = None


Credentials: TypeAlias = ClientSecret | Certificate | DeviceCode


def msal_credential(credentials: ClientSecret | Certificate) -> str | dict[str, str]:
    """Return the credential in the form that MSAL takes.

    Raises:
        SignInError: the PEM text lacks the key or the certificate.
    """
    if isinstance(credentials, ClientSecret):
        return credentials.value
    key = _PRIVATE_KEY.search(credentials.pem)
    certificates = _CERTIFICATES.findall(credentials.pem)
    if key is None or not certificates:
        missing = "private key" if key is None else "certificate"
        raise SignInError(
            f"The certificate file holds no {missing}. "
            "Put both into one PEM file: first the private key, then the certificate."
        )
    # The public certificate makes MSAL sign with PS256 and x5t#S256; a bare thumbprint would mean SHA-1.
    form = {"private_key": key.group(0), "public_certificate": "\n".join(certificates)}
    if credentials.passphrase:
        form["passphrase"] = credentials.passphrase
    return form
