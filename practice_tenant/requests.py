"""A request as handlers see it, and the answer that they give."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from practice_tenant.errors import bad_request
from practice_tenant.json_values import Json
from practice_tenant.odata.options import QueryOptions, parse_query
from practice_tenant.odata.shapes import check_shapes
from practice_tenant.principals import Principal

_JSON = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class GraphRequest:
    """One request, with its path already taken apart.

    Attributes:
        path: the path as asked, without host and query.
        url: the whole address without query, for nextLink and deltaLink.
        parameters: what stood at the pattern's {names}, decoded, and a function's own arguments.
        options: the OData system options ($select, ...) and every other query parameter.
        headers: by lower-case name.
        principal: who asks.
    """

    method: str
    path: str
    url: str
    parameters: Mapping[str, str]
    options: QueryOptions
    headers: Mapping[str, str]
    body: bytes
    principal: Principal
    request_id: str = ""
    client: str = ""

    def with_parameters(self, parameters: Mapping[str, str]) -> "GraphRequest":
        return replace(self, parameters=dict(parameters))

    def with_query(self, query: str) -> "GraphRequest":
        return replace(self, options=parse_query(query))

    def parameter(self, name: str) -> str:
        return self.parameters[name]

    @property
    def preferences(self) -> Mapping[str, str]:
        """The Prefer header: lower-case names, values without quotes."""
        return _preferences(self.headers.get("prefer", ""))

    @property
    def immutable_ids(self) -> bool:
        return self.preferences.get("idtype", "").lower() == "immutableid"

    @property
    def max_page_size(self) -> int | None:
        asked = self.preferences.get("odata.maxpagesize", "")
        return int(asked) if asked.isdecimal() and int(asked) > 0 else None

    def json(self) -> dict[str, Any]:
        """The body as a JSON object; an empty body is an empty object.

        Raises:
            GraphError: 400 where the body is something else.
        """
        if not self.body.strip():
            return {}
        try:
            value = json.loads(self.body)
        except (ValueError, UnicodeDecodeError) as error:
            raise bad_request("Unable to read JSON request payload.") from error
        # Half a surrogate pair is legal JSON and no text.
        if b"\\ud" in self.body.lower() and not _is_text(value):
            raise bad_request("Unable to read JSON request payload: invalid character.")
        if not isinstance(value, dict):
            raise bad_request("Unable to read JSON request payload: an object is expected.")
        if not self.path.startswith("/practice"):
            check_shapes(self.path, value)
        return value


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What goes back: use json, raw, empty or redirect to make one."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def json(cls, value: Json, status: int = 200, headers: Mapping[str, str] | None = None) -> "Answer":
        return cls.json_text(json.dumps(value, ensure_ascii=False), status, headers)

    @classmethod
    def json_text(cls, text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> "Answer":
        """JSON that is written already, as `json` would have written it."""
        body = text.encode("utf-8", "replace")
        return cls(status=status, body=body, headers={"Content-Type": _JSON, **(headers or {})})

    @property
    def is_own_json(self) -> bool:
        """Whether the body was written by `json`, and not by somebody else who calls it so."""
        return self.headers.get("Content-Type") == _JSON

    @classmethod
    def raw(
        cls, body: bytes, content_type: str, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> "Answer":
        return cls(status=status, body=body, headers={"Content-Type": content_type, **(headers or {})})

    @classmethod
    def empty(cls, status: int = 204, headers: Mapping[str, str] | None = None) -> "Answer":
        return cls(status=status, headers=headers or {})

    @classmethod
    def redirect(cls, url: str) -> "Answer":
        return cls(status=302, headers={"Location": url})


@lru_cache(maxsize=256)
def _preferences(header: str) -> Mapping[str, str]:
    wishes: dict[str, str] = {}
    for wish in header.split(","):
        name, _, value = wish.partition("=")
        if name.strip():
            wishes[name.strip().lower()] = value.strip().strip('"')
    return wishes


def _is_text(value: Json) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
