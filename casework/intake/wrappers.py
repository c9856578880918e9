"""What mail filters and platforms wrap around a web address, and the address inside."""

from __future__ import annotations

import base64
import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

_WRAPPERS = (
    ("safelinks.protection.outlook.com", ("url",)),
    ("teams.cdn.office.net", ("url",)),
    ("urldefense.proofpoint.com", ("u",)),
    ("facebook.com", ("u", "next")),
    ("instagram.com", ("u",)),
    ("threads.net", ("u",)),
    ("google.com", ("q", "url", "u")),
    ("google.co.uk", ("q", "url")),
    ("youtube.com", ("q",)),
    ("linkprotect.cudasvc.com", ("a",)),
    ("out.reddit.com", ("url",)),
    ("t.umblr.com", ("z",)),
    ("linkedin.com", ("url",)),
    ("slack-redir.net", ("url",)),
    ("vk.com", ("to",)),
    ("steamcommunity.com", ("url",)),
    ("deref-mail.com", ("redirectUrl",)),
    ("deref-gmx.net", ("redirectUrl",)),
    ("clicktime.symantec.com", ("u",)),
    ("mimecast.com", ("u", "url")),
    ("edgepilot.com", ("u", "url")),
    ("sophos.com", ("u", "d")),
    ("trendmicro.com", ("url",)),
    ("duckduckgo.com", ("uddg",)),
    ("outlook.office.com", ("url",)),
    ("outlook.office365.com", ("url",)),
    ("outlook.live.com", ("url",)),
    ("fireeye.com", ("u",)),
    ("trellix.com", ("u",)),
    ("bing.com", ("u",)),
    ("link.edgepilot.com", ("u",)),
    ("urlsand.esvalabs.com", ("u",)),
    ("scanmail.trustwave.com", ("u",)),
    ("translate.google.com", ("u",)),
)
_WRAPPER_PATHS = re.compile(
    r"^/?(?:l\.php|flx/warn/?|url|redirect|away(?:\.php)?|.*safelinks.*|safety/go|linkfilter/?|s/.*|wr/.*|v[12]/url|l/?|login/?|sharer/sharer\.php"
    r"|sharer\.php|mail/safelink\.html|a/1/.*|ck/a|translate)?$"
)
DEEPEST_WRAPPING = 6


def unwrap(raw: str) -> str:
    """What Safe Links, Proofpoint, Facebook's own redirect and their like were wrapped around."""
    address = raw if "://" in raw[:12] else f"https://{raw}"
    for _ in range(DEEPEST_WRAPPING):
        inner = _inside(address)
        if not inner:
            break
        address = inner
    return address


def _inside(address: str) -> str:
    parts = split_address(address)
    if parts is None or not parts.hostname:
        return ""
    host = parts.hostname
    if host.endswith(("urldefense.com", "urldefense.us")) and (
        match := re.search(r"/v3/__(.+?)__;?", address)
    ):
        return _proofpoint_v3(match[1], address)
    if host.endswith("secure-web.cisco.com") and (
        match := re.search(r"/(https?%3A.+)$", parts.path, re.IGNORECASE)
    ):
        return unquote(match[1])
    if host.endswith(("google.com", "google.co.uk")) and (match := re.match(r"/amp/s/(.+)$", parts.path)):
        return f"https://{match[1]}"
    names = next((names for known, names in _WRAPPERS if host == known or host.endswith(f".{known}")), ())
    if not names or not (_WRAPPER_PATHS.match(parts.path) or "safelinks" in host or "urldefense" in host):
        return ""
    values = dict(query_of(parts))
    inner = next((values[name] for name in names if values.get(name)), "")
    if "urldefense.proofpoint.com" in host and "/v2/" in parts.path:
        inner = unquote(inner.replace("-", "%").replace("_", "/"))
    return _readable(inner)


def _readable(inner: str) -> str:
    """The address itself, or what Bing and Sophos packed into base 64."""
    if re.match(r"https?://", inner, re.IGNORECASE):
        return inner
    packed = inner.removeprefix("a1")
    if not packed.startswith("aHR0c"):  # "http" in base 64
        return ""
    try:
        found = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)).decode()
    except (ValueError, UnicodeDecodeError):
        return ""
    return found if re.match(r"https?://\S+$", found) else ""


def wrapped_host(address: str) -> str:
    """The host behind a wrapper that tells no more than that, as Mimecast's do; empty for any other address."""
    parts = split_address(address)
    if parts is None or not re.search(r"(?:^|\.)mimecast(?:protect)?\.com$", parts.hostname or ""):
        return ""
    return dict(query_of(parts)).get("domain", "")


def _proofpoint_v3(wrapped: str, address: str) -> str:
    """Version 3 keeps the characters that it took out after the address, in base 64."""
    packed = re.search(r"__;([A-Za-z0-9_-]*)", address)
    try:
        taken = base64.urlsafe_b64decode(packed[1] + "=" * (-len(packed[1]) % 4)).decode() if packed else ""
    except (ValueError, UnicodeDecodeError):
        taken = ""
    characters = iter(taken)
    text = re.sub(r"\*(?!\*)", lambda _: next(characters, "*"), wrapped)
    return re.sub(r"^(https?:/)(?=[^/])", r"\1/", text)


def split_address(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address.strip())
        _ = parts.hostname
    except ValueError:
        return None
    return parts if parts.scheme.lower() in {"http", "https"} else None


def query_of(parts: SplitResult) -> list[tuple[str, str]]:
    return parse_qsl(parts.query.replace("&amp;", "&"), keep_blank_values=True)[:100]
