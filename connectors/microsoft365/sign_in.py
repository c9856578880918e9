"""Getting and renewing the access token, and what a refused sign-in means."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests

from casework.errors import ConnectorError, SignInError, TemporaryConnectorError
from connectors.microsoft365.credentials import DeviceCode
from connectors.microsoft365.failures import was_never_sent, where_to_look

APPLICATION_SCOPES = ["https://graph.microsoft.com/.default"]
RENEWED_BEFORE = 300.0
"""Seconds before its end at which MSAL renews a token."""
PERSON_SCOPES = [
    f"https://graph.microsoft.com/{name}"
    for name in (
        "Mail.ReadWrite.Shared",
        "Mail.Send.Shared",
        "MailboxSettings.ReadWrite",
        "Files.ReadWrite.All",
        "Sites.ReadWrite.All",
    )
]

_REMEDIES = {
    7000215: "The client secret is wrong. Copy its value (not its id) from the application in Entra.",
    7000222: "The client secret has run out. Make a new one for the application in Entra.",
    7000229: "The application has no service principal in this tenant. Grant admin consent once.",
    700016: "The tenant knows no application with this client_id. Check client_id and tenant_id.",
    700027: "The certificate is not the one that was uploaded. Upload it to the application, or use its key.",
    90002: "There is no such tenant. Check tenant_id.",
    900023: "There is no such tenant. Check tenant_id.",
    65001: "Nobody has consented to the permissions. An administrator must grant consent.",
    50105: "The application is not assigned to this account. Assign it in Entra.",
    53003: "A conditional access policy blocks the sign-in. Exempt the application or this PC's address.",
    70016: "Nobody has typed the code yet.",
    70020: "The code ran out. Run casework setup again.",
}
# https://learn.microsoft.com/entra/identity-platform/reference-error-codes: "transient", "try again"
_PASSING_NUMBERS = frozenset({90006, 90024, 90033, 90055})
_NO_SUCH_TENANT = frozenset({400, 404})
_PASSING_WORDS = frozenset({"temporarily_unavailable", "server_error"})


def application_token(client: Any) -> tuple[str, float]:  # noqa: ANN401 - MSAL carries no types
    """Return a valid token for the application, and for how many seconds MSAL would give the same one.

    MSAL renews it five minutes before it ends.

    Raises:
        SignInError: refused; the message says which AADSTS code and what to do.
        TemporaryConnectorError: the sign-in service cannot be reached.
    """
    answer = client.acquire_token_for_client(scopes=APPLICATION_SCOPES)
    token = _token(answer)
    return token, float(answer.get("expires_in") or 0) - RENEWED_BEFORE


def person_token(client: Any, device_code: DeviceCode, *, force: bool = False) -> str:  # noqa: ANN401 - as above
    """Return a valid token for the person who signed in, asking for a code where that is possible.

    Raises:
        SignInError: nobody has signed in, and nobody can be asked.
    """
    for account in client.get_accounts():
        answer = client.acquire_token_silent_with_error(PERSON_SCOPES, account=account, force_refresh=force)
        if answer and "access_token" in answer:
            return _token(answer)
    if device_code.show is None:
        raise SignInError("Nobody has signed in yet. Run casework setup and type the code that it shows.")
    flow = client.initiate_device_flow(scopes=PERSON_SCOPES)
    if "user_code" not in flow:
        raise refused(flow)
    device_code.show(str(flow["message"]))
    return _token(client.acquire_token_by_device_flow(flow))


def refused(answer: Mapping[str, Any]) -> SignInError:
    """Return the error for a sign-in that was refused; it quotes codes only, never Microsoft's text."""
    numbers = _numbers(answer)
    code = f"AADSTS{numbers[0]}" if numbers else str(answer.get("error") or "refused")
    remedy = next((_REMEDIES[number] for number in numbers if number in _REMEDIES), None)
    return SignInError(
        f"Microsoft 365 refused the sign-in ({code}). "
        + (remedy or "Check tenant_id, client_id and the secret or certificate, then run casework doctor."),
        code=code,
    )


def trouble(error: Exception, *, login_root: str) -> ConnectorError:
    """Return the error for a sign-in that broke: MSAL lets through what its HTTP client and parser raise."""
    host = urlsplit(login_root).netloc
    if isinstance(error, requests.RequestException) and error.response is None:
        otherwise = (
            "Check the network, the proxy and login_root in the settings, and ca_file where a proxy or the practice "
            "tenant signs with its own certificate."
        )
        advice = where_to_look(login_root, otherwise) if was_never_sent(error) else otherwise
        return TemporaryConnectorError(f"{host} cannot be reached for signing in. {advice}")
    if (
        isinstance(error, ValueError)
        and not isinstance(error, requests.RequestException)
        and _is_final(error)
    ):
        # MSAL's discovery: "Unable to get authority configuration", or a key that is no key.
        return SignInError(
            f"{host} knows no tenant by the tenant_id in the settings, or the certificate's key cannot be "
            "read. Check tenant_id, login_root and the certificate file, then run casework doctor."
        )
    return TemporaryConnectorError(f"Signing in at {host} has trouble. Casework tries again by itself.")


def _is_final(error: BaseException) -> bool:
    """False for an answer that no tenant gave: too many requests, or the page of a proxy or filter in between.

    Discovery answers 400 where there is no such tenant. MSAL says of everything else, too, that the tenant cannot be
    found; what it was told stands in the error on which that one rests.
    """
    if isinstance(error, json.JSONDecodeError):
        return False
    told = re.search(r"HTTP status: (\d+)", str(error))
    if told:
        return int(told[1]) in _NO_SUCH_TENANT
    under = error.__cause__ or error.__context__
    return under is None or _is_final(under)


def _numbers(answer: Mapping[str, Any]) -> list[int]:
    said = str(answer.get("error_description") or "")
    listed = [int(number) for number in answer.get("error_codes") or []]
    return listed + [int(found) for found in re.findall(r"AADSTS(\d+)", said)]


def _token(answer: Mapping[str, Any] | None) -> str:
    if answer and "access_token" in answer:
        return str(answer["access_token"])
    if _is_passing(answer or {}):
        raise TemporaryConnectorError(
            "Signing in to Microsoft 365 has trouble. Casework tries again by itself."
        )
    raise refused(answer or {})


def _is_passing(answer: Mapping[str, Any]) -> bool:
    """True for trouble of the service's own; an "error" that is no word comes from something in between."""
    error = answer.get("error", "")
    if not isinstance(error, str) or error in _PASSING_WORDS:
        return True
    return not _PASSING_NUMBERS.isdisjoint(_numbers(answer))
