"""Who really sent a mail, as far as Exchange vouches for it."""

from __future__ import annotations

import re
from enum import StrEnum

from casework.addresses import addresses_in
from casework.messages import ReceivedMessage

_RESULT = re.compile(r"\b(dmarc|compauth)\s*=\s*([a-z]+)", re.IGNORECASE)
_ORGANISATION = "X-MS-Exchange-Organization-AuthAs"


class SenderProof(StrEnum):
    """What the topmost headers, which the school's own tenant wrote, say of the sender."""

    INTERNAL = "internal"
    VERIFIED = "verified"
    FAILED = "failed"
    UNKNOWN = "unknown"


def sender_proof(message: ReceivedMessage, own_domains: frozenset[str] = frozenset()) -> SenderProof:
    """How far the sender's address can be trusted.

    Only the topmost header of each kind counts: a sender can add more below it, never above. "internal" also needs
    the address to be one of the school's own, where these are known. An outsider who writes as the school itself
    is "failed" even where no check was made.
    """
    auth_as = message.header(_ORGANISATION).strip().casefold()
    from_own_domain = message.sender.domain in own_domains
    if auth_as == "internal" and (from_own_domain or not own_domains) and not _is_on_behalf(message):
        return SenderProof.INTERNAL
    results = _results(message.header("Authentication-Results"))
    if "fail" in {results.get("dmarc"), results.get("compauth")}:
        return SenderProof.FAILED
    if results.get("dmarc") == "pass":
        return SenderProof.VERIFIED
    if from_own_domain and auth_as == "anonymous":
        return SenderProof.FAILED
    return SenderProof.UNKNOWN


def sent_on_behalf_by(message: ReceivedMessage) -> str:
    """The address of whoever wrote in the sender's name, where Exchange vouches for that writer; else empty."""
    if message.header(_ORGANISATION).strip().casefold() != "internal" or not _is_on_behalf(message):
        return ""
    writers = sorted(addresses_in(message.header("Sender")))
    return writers[0] if len(writers) == 1 else ""


def _is_on_behalf(message: ReceivedMessage) -> bool:
    """True if somebody else wrote in the sender's name: Exchange then names the writer in Sender."""
    sender = message.header("Sender")
    return bool(sender) and message.sender.address.casefold() not in addresses_in(sender)


def _results(value: str) -> dict[str, str]:
    """The first verdict of each method, comments apart."""
    plain = re.sub(r"\([^()]{0,500}\)", " ", value[:10_000])
    found: dict[str, str] = {}
    for method, verdict in _RESULT.findall(plain):
        found.setdefault(method.casefold(), verdict.casefold())
    return found
