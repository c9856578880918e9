"""Every request that the connector sends fits Microsoft's published description of Graph."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter

import connectors.microsoft365
from connectors.microsoft365.calls import GraphCalls
from connectors.microsoft365.provisioning import Places
from tests.graph_contract import _ROOT, ABSENT, CONTRACT, _contract, _validator, find_operation
from tests.graph_description import plain_address
from tests.practice import PracticeServer
from tests.unit.microsoft365 import asking

pytestmark = pytest.mark.skipif(not CONTRACT.exists(), reason=ABSENT)

_CONNECTOR = Path(connectors.microsoft365.__file__).parent
_VERBS = {"get", "pages", "delta", "content", "post", "patch", "put", "delete"}
# In Microsoft's documentation, and left out of the cut.
_FURTHER = (
    r"GET /",  # the service document
    r"POST /users/[^/]+/messages/[^/]+/permanentDelete",  # docs: api/message-permanentdelete
    r"GET /sites/[^/]+/lists/[^/]+/items/[^/]+/versions",  # docs: api/listitem-list-versions
    r"GET /users/[^/]+/calendar",  # docs: api/calendar-get
    r"DELETE /drives/[^/]+/items/[^/]+/permissions/[^/]+",  # docs: api/permission-delete
    r"GET /users/[^/]+",  # docs: api/user-get
    r"POST /\$batch",  # docs: concepts/json-batching; what it carries is looked at by itself
)
# Asked only where delta left out what it nearly always tells: a plain GET by id, as others send too.
_SECOND_LOOKS = {("files.py", "_look_up"), ("inbox.py", "_seen")}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[requests.PreparedRequest]:
    """Whatever leaves for Graph while the test runs."""
    noted: list[requests.PreparedRequest] = []
    send = HTTPAdapter.send

    def noting(self: HTTPAdapter, request: requests.PreparedRequest, **more: object) -> requests.Response:
        if "/v1.0/" in str(request.url) and str(request.headers.get("User-Agent", "")).startswith("NONISV"):
            noted.append(request)
            noted.extend(_carried(request))
        return send(self, request, **more)

    monkeypatch.setattr(HTTPAdapter, "send", noting)
    return noted


def _carried(request: requests.PreparedRequest) -> Iterator[requests.PreparedRequest]:
    """The requests that one of them carries."""
    root, found, _ = str(request.url).partition("$batch")
    for step in json.loads(request.body or b"{}")["requests"] if found else ():
        yield requests.Request(step["method"], root + step["url"], headers=step["headers"]).prepare()


@pytest.fixture
def askers(monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str]]:
    """File and name of every function of the connector that calls Graph while the test runs."""
    noted: set[tuple[str, str]] = set()

    def noting(call: Callable[..., Any]) -> Callable[..., Any]:
        def asked(*given: object, **more: object) -> object:
            code = sys._getframe(1).f_code
            if _CONNECTOR in (path := Path(code.co_filename)).parents:
                # a lambda's requests are those of the function around it
                named = [part for part in code.co_qualname.split(".") if not part.startswith("<")]
                noted.add((str(path.relative_to(_CONNECTOR)), named[-1]))
            return call(*given, **more)

        return asked

    for verb in _VERBS:
        monkeypatch.setattr(GraphCalls, verb, noting(getattr(GraphCalls, verb)))
    return noted


def problems(request: requests.PreparedRequest) -> list[str]:
    method, address = str(request.method), plain_address(str(request.url))
    operation = find_operation(method, f"https://localhost/v1.0{address}")
    name = f"{method} {address}"
    if operation is None:
        known = any(re.fullmatch(pattern, name) for pattern in _FURTHER)
        return [] if known else [f"{name}: Graph has no such operation"]
    described = _contract()["paths"][operation[0]][operation[1]]
    return _bad_body(request, operation, described, name)


def _bad_body(
    request: requests.PreparedRequest, operation: tuple[str, str], described: dict[str, object], name: str
) -> list[str]:
    if not request.body or "json" not in str(request.headers.get("Content-type", "")):
        return []
    content = described.get("requestBody", {}).get("content", {})  # type: ignore[attr-defined]
    if not content.get("application/json", {}).get("schema"):
        return []
    step = operation[0].replace("~", "~0").replace("/", "~1")
    pointer = f"{_ROOT}#/paths/{step}/{operation[1]}/requestBody/content/application~1json/schema"
    errors = _validator(pointer).iter_errors(json.loads(request.body))
    return [f"{name}: {'/'.join(map(str, error.absolute_path))} {error.message[:160]}" for error in errors]


def assert_fit(sent: list[requests.PreparedRequest], least: int) -> None:
    assert len(sent) >= least
    found = sorted({problem for request in sent for problem in problems(request)})
    assert not found, "\n".join(found)


def test_what_setup_asks_for_fits(practice: PracticeServer, sent: list[requests.PreparedRequest]) -> None:
    asking.setup(practice)
    assert_fit(sent, 20)


@pytest.mark.parametrize(
    ("ask", "least"),
    [(asking.mail, 25), (asking.conversations, 2), (asking.calendar, 4), (asking.absences, 1)],
)
def test_what_mailboxes_are_asked_for_fits(
    practice: PracticeServer,
    places: Places,
    sent: list[requests.PreparedRequest],
    ask: Callable[[PracticeServer], None],
    least: int,
) -> None:
    ask(practice)
    assert_fit(sent, least)


@pytest.mark.parametrize(
    ("ask", "least"),
    [(asking.doctor, 15), (asking.lists, 6), (asking.libraries, 14), (asking.sharing, 8)],
)
def test_what_the_site_is_asked_for_fits(
    practice: PracticeServer,
    places: Places,
    sent: list[requests.PreparedRequest],
    ask: Callable[[PracticeServer, Places], None],
    least: int,
) -> None:
    ask(practice, places)
    assert_fit(sent, least)


def test_no_request_of_the_connector_goes_unseen(
    fresh: PracticeServer, practice: PracticeServer, places: Places, askers: set[tuple[str, str]]
) -> None:
    fresh.reset()
    asking.setup(fresh)
    for ask in (asking.mail, asking.conversations, asking.calendar, asking.absences):
        ask(practice)
    for look in (asking.doctor, asking.lists, asking.libraries, asking.sharing):
        look(practice, places)
    unseen = _functions_that_ask() - askers - _SECOND_LOOKS
    assert not unseen, f"asking.py asks for nothing that these send: {sorted(unseen)}"


def _functions_that_ask() -> set[tuple[str, str]]:
    """File and name of every function of the connector that calls Graph, read from its source."""
    found: set[tuple[str, str]] = set()
    for path in _CONNECTOR.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any(map(_is_call_of_graph, _own_parts(node))):
                found.add((str(path.relative_to(_CONNECTOR)), node.name))
    return found


def _own_parts(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """What stands in a function, and not in one that stands in it."""
    for part in ast.iter_child_nodes(function):
        if not isinstance(part, ast.FunctionDef):
            yield from ast.walk(part)


def _is_call_of_graph(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    return node.func.attr in _VERBS and bool(
        re.search(r"calls(\(|$)", ast.unparse(node.func.value).replace("GraphCalls", "calls"))
    )
