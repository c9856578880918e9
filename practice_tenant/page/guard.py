"""What keeps other sites out of the page, and the page's content from reaching out."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OWN_NAMES = frozenset({"127.0.0.1", "localhost"})
_SAFE_METHODS = frozenset({"GET", "HEAD"})
# Pictures and styles within a mail are its own: nothing is fetched from anywhere else.
_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
# Without the page's own style and links, since they are not to be had under another name.
_REFUSED = (
    '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Not from here · Practice school</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
    '<body style="font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem">'
    "<main><p><strong>Practice.</strong> School and people are invented.</p><h1>Not from here</h1><p>{}</p></main>"
    "</body></html>"
)


class Guard:
    """Lets in requests for the page's own address, and changes only from its own forms.

    Args:
        app: the page.
        port: where it listens.
    """

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = {f"{name}:{port}" for name in _OWN_NAMES}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    sent.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope["method"], headers)
        app = HTMLResponse(_REFUSED.format(refusal), status_code=403) if refusal else self._app
        await app(scope, receive, send_guarded)

    def _refusal(self, method: str, headers: Headers) -> str:
        host = headers.get("host", "").lower()
        if host not in self._hosts:
            return (
                "This practice page answers at its own address only. Open the address that the start printed."
            )
        if method in _SAFE_METHODS:
            return ""
        # A browser says where a form comes from; a script on this machine says nothing and may pass.
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
        foreign = origin is not None and urlsplit(origin).netloc.lower() != host
        if foreign or origin == "null" or site not in {"same-origin", "none"}:
            return "This form came from another site. Go to the practice page and use the form there."
        return ""
