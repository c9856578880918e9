"""What the machine's environment says of proxies and certificates: looked up once, not at every request."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.utils import get_environ_proxies

BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


class Unprinted(bytes):
    """Content as it is sent. O365 puts each request's parameters in words for a log that nobody reads: not these."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{len(self)} bytes>"


def looked_up_once(session: requests.Session) -> requests.Session:
    """Let a session remember, by host, which proxy leads there; no `.netrc` may replace its token.

    requests searches the whole environment anew for each request, which costs more than a small answer.
    """
    session.trust_env = False
    session.merge_environment_settings = _remembering(session)  # type: ignore[method-assign, assignment]  # requests keeps its types to itself
    return session


def _remembering(session: requests.Session) -> Callable[..., dict[str, Any]]:
    proxies_to: dict[tuple[str, str], Mapping[str, str]] = {}
    bundle = next((os.environ[name] for name in BUNDLES if os.environ.get(name)), None)

    def settings(
        url: str, proxies: Mapping[str, str] | None, stream: object, verify: object, cert: object
    ) -> dict[str, Any]:
        there = urlsplit(url)
        origin = (there.scheme, there.netloc)
        if origin not in proxies_to:
            proxies_to[origin] = get_environ_proxies(url)
        wanted = session.verify if verify is None else verify
        return {
            "proxies": {**session.proxies, **proxies_to[origin], **(proxies or {})},
            "stream": session.stream if stream is None else stream,
            "verify": (bundle or True) if wanted is True else wanted,
            "cert": session.cert if cert is None else cert,
        }

    return settings
