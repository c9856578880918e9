"""requests' session without what no request to Graph needs: cookies, hooks and redirects cost more than the answer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from requests.utils import get_encoding_from_headers

_OURS = frozenset({"params", "data", "headers", "timeout", "allow_redirects", "verify", "stream"})
"""What a request of ours may say; one that says more goes the long way."""


class Headers(CaseInsensitiveDict[Any]):
    """The headers of every request. O365 puts them in words for a log that nobody reads, with the token among them."""

    def __repr__(self) -> str:
        return f"<{len(self)} headers>"


class LightSession(requests.Session):
    """Sends what is plain by the short way, to the same adapter and in the same form.

    No cookie is kept or sent: Graph sets none that it wants back, and a token says who asks.
    """

    def __init__(self, like: requests.Session) -> None:
        """Take over how another session checks certificates, which proxies it takes, and its headers."""
        super().__init__()
        self.headers = Headers(like.headers)
        self.verify = like.verify
        self.proxies = like.proxies
        self.mount("https://", _LightAdapter())

    def request(self, method: str, url: str, **given: Any) -> requests.Response:  # type: ignore[override]  # noqa: ANN401 - O365 names what it gives
        follows = given.get("allow_redirects", True)
        if not given.keys() <= _OURS or (follows and method.lower() != "get"):
            return super().request(method, url, **given)
        prepared = self._prepared(method, url, given)
        settings = self.merge_environment_settings(url, {}, given.get("stream"), given.get("verify"), None)
        adapter: Any = self.get_adapter(url)  # its stubs know less than what the settings may be
        answer: requests.Response = adapter.send(prepared, timeout=given.get("timeout"), **settings)
        if not settings["stream"]:
            _ = answer.content  # read to its end, so that the connection is free again
        if follows and answer.is_redirect:
            return super().request(method, url, **given)
        return answer

    def _prepared(self, method: str, url: str, given: Mapping[str, Any]) -> requests.PreparedRequest:
        prepared = requests.PreparedRequest()
        prepared.method = method.upper()
        prepared.url = address_of(url, tuple((given.get("params") or {}).items()))
        headers: CaseInsensitiveDict[Any] = CaseInsensitiveDict(self.headers)
        headers.update(given.get("headers") or {})
        prepared.headers = headers
        # an empty body has a length too, which a POST must say
        prepared.prepare_body(given.get("data") or None, None)
        return prepared


class _LightAdapter(HTTPAdapter):
    def build_response(self, req: requests.PreparedRequest, resp: Any) -> requests.Response:  # noqa: ANN401 - as requests has it
        answer = requests.Response()
        answer.status_code = resp.status
        answer.headers = CaseInsensitiveDict(resp.headers)
        answer.encoding = get_encoding_from_headers(answer.headers)
        answer.raw = resp
        answer.reason = resp.reason
        answer.url = str(req.url)
        answer.request = req
        answer.connection = self
        return answer


@lru_cache(maxsize=512)
def address_of(url: str, params: tuple[tuple[str, str], ...]) -> str:
    """The address as it is sent. An idle sweep asks for the same ones as the sweep before."""
    prepared = requests.PreparedRequest()
    prepared.prepare_url(url, dict(params))
    return str(prepared.url)
