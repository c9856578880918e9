"""A school's account: O365's Account with the corrections that unattended work needs."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from O365 import Account, MSGraphProtocol
from O365.utils.casing import to_camel_case
from O365.utils.token import MemoryTokenBackend

from casework.ports.tolls import Gate
from connectors.microsoft365.connection import LOGIN_ROOT, SchoolConnection
from connectors.microsoft365.credentials import Credentials, DeviceCode, msal_credential
from connectors.microsoft365.kept_tokens import KeptTokens, keeping_of_this_machine
from connectors.microsoft365.prices import FILES_A_MINUTE
from connectors.microsoft365.retries import RetryRule

GRAPH_ROOT = "https://graph.microsoft.com/"
TIMEOUT = (5, 60)


class SchoolProtocol(MSGraphProtocol):  # type: ignore[misc]  # O365 carries no types
    """Graph at another root: MSGraphProtocol takes no protocol_url, it passes its own."""

    def __init__(self, *, graph_root: str, timezone: str) -> None:
        self._protocol_url = graph_root
        super().__init__(timezone=timezone)
        # O365 works out the spelling of each name anew at each use, and knows a few hundred of them
        self.casing_function: Callable[[str], str] = lru_cache(maxsize=1024)(to_camel_case)


class SchoolAccount(Account):  # type: ignore[misc]  # O365 carries no types
    """O365's Account over our connection."""

    connection_constructor = SchoolConnection
    con: SchoolConnection


def connect(  # noqa: PLR0913 - each is a setting of its own
    credentials: Credentials,
    *,
    tenant_id: str,
    client_id: str,
    graph_root: str = GRAPH_ROOT,
    login_root: str = LOGIN_ROOT,
    ca_file: Path | None = None,
    timezone: str = "Europe/London",
    retry: RetryRule | None = None,
    sleep: Callable[[float], None] = time.sleep,
    gate: Gate | None = None,
    file_units: int = FILES_A_MINUTE,
    only_reading: bool = False,
) -> SchoolAccount:
    """Return the school's account. Nothing is sent before the first request.

    Args:
        credentials: a secret, a certificate or a device code.
        tenant_id: the school's tenant.
        client_id: the application's.
        graph_root: without version, with "/" at the end.
        login_root: where MSAL signs in.
        ca_file: PEM of the authority that signed the service's certificate; None trusts what Python trusts.
        timezone: for O365's classes; Casework itself reckons in UTC.
        retry: how long one call may take.
        sleep: waits between repetitions.
        gate: stands before the tenant where other hosts ask it too.
        file_units: resource units that SharePoint allows the application in a minute.
        only_reading: refuse every request that would write, before it leaves this machine.

    Raises:
        SignInError: the certificate's text is incomplete.
    """
    quiet_loggers()
    device_code = credentials if isinstance(credentials, DeviceCode) else None
    auth = (client_id,) if isinstance(credentials, DeviceCode) else (client_id, msal_credential(credentials))
    account = SchoolAccount(
        auth,
        protocol=SchoolProtocol(graph_root=graph_root, timezone=timezone),
        tenant_id=tenant_id,
        auth_flow_type="credentials" if device_code is None else "public",
        token_backend=MemoryTokenBackend() if device_code is None else _kept(device_code),
        graph_root=graph_root,
        login_root=login_root,
        device_code=device_code,
        retry=retry or RetryRule(),
        sleep=sleep,
        gate=gate,
        file_units=file_units,
        verify_ssl=str(ca_file) if ca_file else True,
        timeout=TIMEOUT,
        request_retries=0,
        requests_delay=0,
        default_headers={"Prefer": 'IdType="ImmutableId"', "User-Agent": _decoration()},
    )
    account.con.only_reading = only_reading
    return account


def _kept(person: DeviceCode) -> KeptTokens:
    return KeptTokens(keeping_of_this_machine(person.cache, key=person.key))


def quiet_loggers() -> None:
    """Keep tokens and addresses out of logs.

    O365 logs bearer tokens at DEBUG, upload addresses with their tokens at INFO, and whole URLs (with mail
    addresses in them) at ERROR: hence CRITICAL. Every refusal is raised as an error of ours anyway.
    """
    logging.getLogger("O365").setLevel(logging.CRITICAL)
    for name in ("msal", "urllib3"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _decoration() -> str:
    # https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked
    try:
        number = version("casework")
    except PackageNotFoundError:
        number = "0"
    return f"NONISV|Casework|Casework/{number}"
