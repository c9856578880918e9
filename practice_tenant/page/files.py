"""Handing out a file: shown in the browser where that is harmless, else as a download."""

from urllib.parse import quote

from starlette.responses import Response

from practice_tenant.page.previews import opens_in_browser
from practice_tenant.page.visit import Visit

_PDF = "application/pdf"


def file_response(visit: Visit, name: str, content: bytes) -> Response:
    """The file; `?download` asks for it to be saved."""
    kind = "" if "download" in visit.request.query_params else opens_in_browser(name)
    if not kind:
        return download(name, content)
    if kind == "text/plain":
        kind = "text/plain; charset=utf-8"
    headers = {"content-disposition": _disposition("inline", name)}
    if kind == _PDF:
        # Under the page's own rule the browser's PDF viewer would stay empty.
        headers["content-security-policy"] = "frame-ancestors 'self'"
    return Response(content, media_type=kind, headers=headers)


def download(name: str, content: bytes) -> Response:
    """The file, to be saved whatever it is."""
    headers = {"content-disposition": _disposition("attachment", name)}
    return Response(content, media_type="application/octet-stream", headers=headers)


def _disposition(manner: str, name: str) -> str:
    return f"{manner}; filename*=UTF-8''{quote(name, safe='')}"
