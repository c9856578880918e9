"""requests' session without what no request to Graph needs: cookies, hooks and redirects cost more than the answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from requests.utils import get_encoding_from_headers

_OURS = frozenset({"params", "data", "headers", "timeout", "allow_redirects", "verify", "stream"})
"""What a request of ours may say; one that says more goes the long way."""
# Addresses that are written as they are sent: no escape of a sign that needs none, no step back, no host in capitals.
_ESCAPED = r"%(?:[01][0-9A-F]|2[0-9A-CF]|3[A-F]|40|5[B-E]|60|7[BCDF]|[89A-F][0-9A-F])"
_SIGNS = rf"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|{_ESCAPED})"
_AS_SENT = re.compile(
    rf"https://[a-z0-9][a-z0-9.-]*(?::(?:[1-9][0-9]{{0,3}}|[1-5][0-9]{{4}}))?/{_SIGNS}*(?P<query>\?(?:{_SIGNS}|\?)+)?"
)


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
        prepared: Any = requests.PreparedRequest()
        prepared.method = method.upper()
        prepared.url = address_of(url, tuple((given.get("params") or {}).items()))
        own = given.get("headers") or {}
        named = {name.lower() for name in own}
        # a plain dictionary, which urllib3 copies; nobody asks it for a header in another spelling
        prepared.headers = {
            **{name: value for name, value in self.headers.items() if name.lower() not in named},
            **own,
        }
        # an empty body has a length too, which a POST must say
        prepared.prepare_body(given.get("data") or None, None)
        found: requests.PreparedRequest = prepared
        return found


class _LightAdapter(HTTPAdapter):
    """Knows its connections by their host, where no proxy leads there: asking for them takes longer than using them."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[tuple[str, bool | str | None], Any] = {}
        self._told: set[Any] = set()

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: bool | str | None,
        proxies: Mapping[str, str] | None = None,
        cert: Any = None,  # noqa: ANN401 - as requests has it
    ) -> Any:  # noqa: ANN401 - urllib3's pool
        if proxies or cert:
            return super().get_connection_with_tls_context(request, verify, proxies=proxies, cert=cert)
        place = ("/".join(str(request.url).split("/", 3)[:3]), verify)
        known = self._known.get(place)
        if known is None:
            known = super().get_connection_with_tls_context(request, verify, proxies=None, cert=None)
            self._known[place] = known
        return known

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:  # noqa: ANN401 - as requests has it
        """Tell a connection how to check certificates, once: each of those that are known has its own way."""
        if conn not in self._told:
            super().cert_verify(conn, url, verify, cert)  # type: ignore[no-untyped-call]
            if not cert and conn in self._known.values():
                self._told.add(conn)

    def request_url(self, request: requests.PreparedRequest, proxies: Mapping[str, str] | None) -> str:
        """What is asked of the host: without a proxy, path and query."""
        return request.path_url if not proxies else super().request_url(request, proxies)

    def close(self) -> None:
        self._known.clear()
        self._told.clear()
        super().close()

    def build_response(self, req: requests.PreparedRequest, resp: Any) -> requests.Response:  # noqa: ANN401 - as requests has it
        answer = requests.Response()
        answer.status_code = resp.status
        answer.headers = resp.headers  # which know no small and capital letters either
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
    written = _AS_SENT.fullmatch(url)
    if written is not None and "/." not in url and all(type(value) is str for _, value in params):
        if not params:
            return url
        return f"{url}{'&' if written['query'] else '?'}{urlencode(dict(params))}"
    prepared = requests.PreparedRequest()
    prepared.prepare_url(url, dict(params))
    return str(prepared.url)
