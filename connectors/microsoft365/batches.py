"""Several requests that only read, carried by one: how they are written into it, and what came of each.

https://learn.microsoft.com/graph/json-batching; each depends on the one before it ("serial", the one order that Graph
knows beside none at all), so that no two run at once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from http import HTTPStatus
from typing import Any, NamedTuple, TypeAlias

import requests
from requests.structures import CaseInsensitiveDict

from casework.errors import TemporaryConnectorError
from connectors.microsoft365.failures import TOO_MANY, failure_of_response

JsonObject: TypeAlias = dict[str, Any]
MOST = 20
"""Graph carries no more in one."""


class Part(NamedTuple):
    """A GET as it would be sent by itself: the whole address, and what it prefers."""

    url: str
    prefer: str = ""


@lru_cache(maxsize=256)
def body_of(parts: tuple[Part, ...], *, root: str, prefer: str) -> bytes:
    """The request that carries these, as it is sent. A quiet look asks for the same as the one before.

    Args:
        parts: all of them below the root.
        root: Graph's, with the version; addresses in a batch are relative to it.
        prefer: what every request of ours prefers; a batch hands nothing down to what it carries.
    """
    steps: list[JsonObject] = []
    for number, part in enumerate(parts):
        step: JsonObject = {"id": str(number), "method": "GET", "url": part.url.removeprefix(root)}
        step["headers"] = {"Prefer": f"{part.prefer}, {prefer}" if part.prefer else prefer}
        if number:
            step["dependsOn"] = [str(number - 1)]
        steps.append(step)
    return json.dumps({"requests": steps}).encode()


def answers_in(
    answer: requests.Response, parts: Sequence[Part]
) -> dict[Part, JsonObject | TemporaryConnectorError]:
    """What came of them, by part: the answer of one that went well, the refusal of one that is to wait.

    Whatever else came of it, an error, an expired link, nothing at all, is left out. They come in any order.
    """
    try:
        listed = answer.json()["responses"]
        found = {int(one["id"]): one for one in listed}
    except (ValueError, KeyError, TypeError):
        return {}
    known = ((part, _outcome(part, found[number])) for number, part in enumerate(parts) if number in found)
    return {part: outcome for part, outcome in known if outcome is not None}


def _outcome(part: Part, found: Mapping[str, Any]) -> JsonObject | TemporaryConnectorError | None:
    status, body, told = found.get("status"), found.get("body"), found.get("headers")
    if status == HTTPStatus.OK:
        return body if isinstance(body, dict) else None
    named = told if isinstance(told, dict) else {}
    headers: CaseInsensitiveDict[str] = CaseInsensitiveDict({name: str(said) for name, said in named.items()})
    if not isinstance(status, int) or (status != TOO_MANY and "Retry-After" not in headers):
        return None
    error = failure_of_response(_as_if_by_itself(part, status, headers, body), repeatable=True)
    return error if isinstance(error, TemporaryConnectorError) else None


def _as_if_by_itself(
    part: Part, status: int, headers: CaseInsensitiveDict[str], body: object
) -> requests.Response:
    single = requests.Response()
    single.status_code, single.headers = status, headers
    single.request = requests.PreparedRequest()
    single.request.url = part.url
    single._content = json.dumps(body).encode()  # noqa: SLF001 - requests has no other way to make an answer
    return single
