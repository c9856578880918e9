"""Web addresses in a report: found, unwrapped from the wrappers of mail filters, and rid of tracking."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import SplitResult, quote, unquote, urlencode, urlsplit, urlunsplit

from casework.intake.platforms import Platform, Platforms, belongs_to
from casework.intake.wrappers import query_of, split_address, unwrap, wrapped_host

_FOUND = re.compile(r"(?:https?://|(?<![\w@./])www\.)[^\s<>\"“”\u200b\u200e\u200f]{2,4000}", re.IGNORECASE)
_HREF = re.compile(r"<a\b[^>]{0,2000}?\bhref\s*=\s*(?:\"([^\"]{1,4000})\"|'([^']{1,4000})')", re.IGNORECASE)
_CLOSERS = {")": "(", "]": "[", "}": "{"}
_SENTENCE_MARKS = ".,;:!?'\u2019*_|\u00bb"
MOST_LINKS = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A web address as written and as it is compared; account, group, post and time where the list finds them.

    Attributes:
        post: what names the post on its platform, whichever of its addresses was written.
        posted_at: when it was made, where the platform's numbers tell.
    """

    raw: str
    clean: str
    platform: str = ""
    handle: str = ""
    group: str = ""
    post: str = ""
    posted_at: datetime | None = None

    @property
    def key(self) -> str:
        """The same for every way to write the address of one post."""
        if self.post:
            return self.post
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
    host = parts.hostname or ""
    is_short = platform is not None and belongs_to(host, platform.short_hosts)
    path = "" if is_short else parts.path
    named = _post(platform, f"{parts.path}?{parts.query}" if parts.query else parts.path)
    by_wrapper = None if platform else platforms.of_host(wrapped_host(clean))
    known = platform or by_wrapper
    return Link(
        raw=raw,
        clean=clean,
        platform=known.name if known else "",
        handle=_part(platform, "handle", path),
        group=_part(platform, "group", path),
        post="/".join((f"https://{platform.hosts[0]}", *named)) if platform and named else "",
        posted_at=platform.posted.moment(named[-1]) if platform and platform.posted and named else None,
    )


def clean_address(raw: str, platforms: Platforms) -> str:
    """The address that a wrapper hides, without what only tracks; empty where there is no address."""
    parts = split_address(unwrap(raw))
    if parts is None or not parts.hostname or "." not in parts.hostname:
        return ""
    platform = platforms.of_host(parts.hostname)
    tracking = platforms.tracking | (platform.tracking if platform else frozenset())
    query = [(name, value) for name, value in query_of(parts) if not _tracks(name, tracking)]
    port = f":{parts.port}" if _port(parts) not in {None, 80, 443} else ""
    path = re.sub(r"/{2,}", "/", parts.path) or "/"
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    return urlunsplit(
        (parts.scheme.lower(), parts.hostname + port, path, urlencode(query, quote_via=quote), fragment)
    )


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


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        return None


def _tracks(name: str, tracking: frozenset[str]) -> bool:
    """A name that ends with "*" in the list stands for all that begin so."""
    lower = name.casefold()
    return lower in tracking or any(
        entry.endswith("*") and lower.startswith(entry[:-1]) for entry in tracking
    )


def _is_ignored(link: Link, platforms: Platforms) -> bool:
    host = urlsplit(link.clean).hostname or ""
    return belongs_to(host, platforms.ignored_hosts)


def _post(platform: Platform | None, path: str) -> tuple[str, ...]:
    """The parts of the address that name the post."""
    found = (re.search(pattern, path) for pattern in (platform.post if platform else ()))
    match = next((match for match in found if match), None)
    return tuple(unquote(group) for group in match.groups() if group) if match else ()


def _part(platform: Platform | None, which: str, path: str) -> str:
    pattern = getattr(platform, which) if platform else ""
    match = re.search(pattern, path) if pattern else None
    return unquote(match[1]) if match else ""
