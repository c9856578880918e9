"""Pre-authenticated addresses: whoever holds one may use it for an hour, and no bearer goes with it."""

import hashlib
import hmac
import secrets
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from practice_tenant.errors import GraphError
from practice_tenant.odata.pages import open_token, seal_token
from practice_tenant.tenant import Tenant

# As Microsoft's own: about an hour. Addresses live by the machine's clock, not the practice one.
LIFE_IN_SECONDS = 3600


@dataclass(frozen=True, kw_only=True, slots=True)
class Download:
    """What an address gives: one version of one item, converted where a form is named."""

    drive_id: str
    item_id: str
    version: int
    form: str = ""


def download_url(tenant: Tenant, download: Download) -> str:
    """The address, on the transfer host."""
    state = {
        "d": download.drive_id,
        "i": download.item_id,
        "v": download.version,
        "f": download.form,
        "x": int(time.time()) + LIFE_IN_SECONDS,
    }
    token = seal_token(state)
    return f"{tenant.transfer_root}transfer/download/{token}.{_seal(tenant, token)}"


def read_download(tenant: Tenant, token: str) -> Download:
    """What an address was made for.

    Raises:
        GraphError: 401 where it was not made here or is too old.
    """
    content, _, seal = token.rpartition(".")
    if not hmac.compare_digest(seal, _seal(tenant, content)):
        raise GraphError(401, "unauthenticated", "The download address is not valid.")
    state = open_token(content)
    if state["x"] < time.time():
        raise GraphError(401, "unauthenticated", "The download address has expired. Ask for the item again.")
    return Download(drive_id=state["d"], item_id=state["i"], version=state["v"], form=state["f"])


def _seal(tenant: Tenant, text: str) -> str:
    digest = hmac.new(_secret(tenant), text.encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def _secret(tenant: Tenant) -> bytes:
    name = "secret of download addresses"
    secret = tenant.database.fact(name)
    if secret is None:
        secret = secrets.token_hex(32)
        tenant.database.set_fact(name, secret)
    return secret.encode()
