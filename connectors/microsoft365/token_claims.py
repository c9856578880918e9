"""What our own access token says of itself, for the doctor; nothing is ever decided by it."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from typing import Any

from connectors.microsoft365.account import SchoolAccount


def consents_in_token(account: SchoolAccount) -> frozenset[str] | None:
    """The application permissions that an administrator consented to; None where the token does not tell.

    Exchange's scoped roles and the grants on sites are in no token.
    """
    account.con.refresh_token()
    claims = _claims(str(account.con.session.headers.get("Authorization", "")))
    if claims is None or "scp" in claims:
        return None
    roles = claims.get("roles", [])
    return frozenset(str(role) for role in roles) if isinstance(roles, list) else None


def _claims(header: str) -> dict[str, Any] | None:
    """The token's content, unchecked: Microsoft says that it is for nobody but itself to rely on."""
    try:
        content = header.rpartition(" ")[2].split(".")[1]
        claims = json.loads(urlsafe_b64decode(content + "=" * (-len(content) % 4)))
    except (IndexError, ValueError):
        return None
    return claims if isinstance(claims, dict) else None
