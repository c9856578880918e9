"""Web addresses in a report: found, unwrapped from the wrappers of mail filters, and rid of tracking."""

from __future__ import annotations

import base64
import html
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from casework.intake.platforms import Platform, Platforms, belongs_to

_FOUND = re.compile(r"(?:https?://|(?<![\w@./])www\.)[^\s<>\"“”\u200b\u200e\u200f]{2,4000}", re.IGNORECASE)
_HREF = re.compile(r"<a\b[^>]{0,2000}?\bhref\s*=\s*(?:\"([^\"]{1,4000})\"|'([^']{1,4000})')", re.IGNORECASE)
_CLOSERS = {")": "(", "]": "[", "}": "{"}
_SENTENCE_MARKS = ".,;:!?'\u2019*_|\u00bb"
_WRAPPERS = (
    ("safelinks.protection.outlook.com", ("url",)),
    ("teams.cdn.office.net", ("url",)),
    ("urldefense.proofpoint.com", ("u",)),
    ("facebook.com", ("u",)),
    ("instagram.com", ("u",)),
    ("threads.net", ("u",)),
    ("google.com", ("q", "url")),
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
    ("sophos.com", ("d", "u")),
    ("trendmicro.com", ("url",)),
    ("duckduckgo.com", ("uddg",)),
)
_WRAPPER_PATHS = re.compile(
    r"^/?(?:l\.php|flx/warn/?|url|redirect|away(?:\.php)?|.*safelinks.*|safety/go|linkfilter/?|s/.*|wr/.*|v2/url|l/?)?$"
)
MOST_LINKS = 200
DEEPEST_WRAPPING = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A web address as written and as it is compared; account and group where the platform's list finds them."""

    raw: str
    clean: str
    platform: str = ""
    handle: str = ""
    group: str = ""

    @property
    def key(self) -> str:
        """The same for every way to write the address of one post."""
        parts = urlsplit(self.clean)
        host = re.sub(r"^(?:www|m|mobile|mbasic|touch|web|old|new|[a-z]{2}-[a-z]{2})\.", "", parts.netloc)
        return urlunsplit(("https", host, parts.path.rstrip("/"), parts.query, ""))


def find_links(text: str, markup: str | None, platforms: Platforms) -> tuple[Link, ...]:
    """Every web address in the text and behind the words of the HTML, each once."""
    found: dict[str, Link] = {}
    for raw in [*_in_text(text), *_in_markup(markup or "")]:
        link = read_link(raw, platforms)
        if link and link.key not in found and not _is_ignored(link, platforms):
            found[link.key] = link
        if len(found) >= MOST_LINKS:
            break
    return tuple(found.values())


def read_link(raw: str, platforms: Platforms) -> Link | None:
    """One address; None where it has no host."""
    clean = clean_address(raw, platforms)
    if not clean:
        return None
    platform = platforms.of_address(clean)
    parts = urlsplit(clean)
    is_short = platform is not None and belongs_to(parts.hostname or "", platform.short_hosts)
    path = "" if is_short else parts.path
    return Link(
        raw=raw,
        clean=clean,
        platform=platform.name if platform else "",
        handle=_part(platform, "handle", path),
        group=_part(platform, "group", path),
    )


def clean_address(raw: str, platforms: Platforms) -> str:
    """The address that a wrapper hides, without what only tracks; empty where there is no address."""
    parts = _split(unwrap(raw))
    if parts is None or not parts.hostname or "." not in parts.hostname:
        return ""
    platform = platforms.of_host(parts.hostname)
    tracking = platforms.tracking | (platform.tracking if platform else frozenset())
    query = [(name, value) for name, value in _query(parts) if not _tracks(name, tracking)]
    port = f":{parts.port}" if _port(parts) not in {None, 80, 443} else ""
    path = re.sub(r"/{2,}", "/", parts.path) or "/"
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    return urlunsplit(
        (parts.scheme.lower(), parts.hostname + port, path, urlencode(query, quote_via=quote), fragment)
    )


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
    parts = _split(address)
    if parts is None or not parts.hostname:
        return ""
    host = parts.hostname
    if host.endswith("urldefense.com") and (match := re.search(r"/v3/__(.+?)__;?", address)):
        return _proofpoint_v3(match[1], address)
    if host.endswith("secure-web.cisco.com") and (
        match := re.search(r"/(https?%3A.+)$", parts.path, re.IGNORECASE)
    ):
        return unquote(match[1])
    names = next((names for known, names in _WRAPPERS if host == known or host.endswith(f".{known}")), ())
    if not names or not (_WRAPPER_PATHS.match(parts.path) or "safelinks" in host or "urldefense" in host):
        return ""
    values = dict(_query(parts))
    inner = next((values[name] for name in names if values.get(name)), "")
    if "urldefense.proofpoint.com" in host and "/v2/" in parts.path:
        inner = unquote(inner.replace("-", "%").replace("_", "/"))
    return inner if re.match(r"https?://", inner, re.IGNORECASE) else ""


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


def _in_text(text: str) -> list[str]:
    return [_trimmed(match[0]) for match in _FOUND.finditer(text)]


def _in_markup(markup: str) -> list[str]:
    hrefs = (html.unescape(double or single).strip() for double, single in _HREF.findall(markup))
    return [href for href in hrefs if href.lower().startswith(("http://", "https://"))]


def _trimmed(address: str) -> str:
    """Without the punctuation of the sentence around it; a closing bracket stays where its opening is inside."""
    while address and (address[-1] in _SENTENCE_MARKS or _unopened(address)):
        address = address[:-1]
    return address


def _unopened(address: str) -> bool:
    opener = _CLOSERS.get(address[-1])
    return opener is not None and address.count(opener) < address.count(address[-1])


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address.strip())
        _ = parts.hostname
    except ValueError:
        return None
    return parts if parts.scheme.lower() in {"http", "https"} else None


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        return None


def _query(parts: SplitResult) -> list[tuple[str, str]]:
    return parse_qsl(parts.query.replace("&amp;", "&"), keep_blank_values=True)[:100]


def _tracks(name: str, tracking: frozenset[str]) -> bool:
    """A name that ends with "*" in the list stands for all that begin so."""
    lower = name.casefold()
    return lower in tracking or any(
        entry.endswith("*") and lower.startswith(entry[:-1]) for entry in tracking
    )


def _is_ignored(link: Link, platforms: Platforms) -> bool:
    host = urlsplit(link.clean).hostname or ""
    return belongs_to(host, platforms.ignored_hosts)


def _part(platform: Platform | None, which: str, path: str) -> str:
    pattern = getattr(platform, which) if platform else ""
    match = re.search(pattern, path) if pattern else None
    return unquote(match[1]) if match else ""
