"""Paths: every spelling of Graph leads to the same handler."""

import pytest

from practice_tenant.paths import read_path
from practice_tenant.principals import ANONYMOUS
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.routes import Router, route
from practice_tenant.tenant import Tenant


@pytest.mark.parametrize(
    ("raw", "segments"),
    [
        ("/users/a%40b/messages", ("users", "a@b", "messages")),
        ("//sites//root", ("sites", "root")),
        ("/users/a/messages/delta()", ("users", "a", "messages", "delta")),
        ("/users/a/messages/microsoft.graph.delta()", ("users", "a", "messages", "delta")),
        ("/users('a')/messages('AA%3D')", ("users", "a", "messages", "AA=")),
        ("/drives/d/root:/a/b%20c.docx:/content", ("drives", "d", "root", ":a/b c.docx", "content")),
        ("/drives/d/root:/a(1).docx", ("drives", "d", "root", ":a(1).docx")),
        ("/drives/d/root:/a%23b/", ("drives", "d", "root", ":a#b")),
        ("/drives/d/items/01X:/new.txt:/content", ("drives", "d", "items", "01X", ":new.txt", "content")),
        (
            "/drives/d/items/01X%3A%2Fa%20b.txt%3A/content",
            ("drives", "d", "items", "01X", ":a b.txt", "content"),
        ),
        ("/drives/d/items/root%3A%2Fa%2Fb.txt%3A", ("drives", "d", "items", "root", ":a/b.txt")),
        ("/drives/d/root:/:/children", ("drives", "d", "root", ":", "children")),
        ("/sites/host.example:/sites/casework:/lists", ("sites", "host.example", ":sites/casework", "lists")),
        ("/sites/host,1,2/lists/Report(2)", ("sites", "host,1,2", "lists", "Report(2)")),
    ],
)
def test_a_path_has_one_form(raw: str, segments: tuple[str, ...]) -> None:
    assert read_path(raw).segments == segments


def test_a_functions_arguments_become_parameters() -> None:
    path = read_path("/drives/d/root/search(q='it''s (one)')")
    assert path.segments == ("drives", "d", "root", "search")
    assert path.arguments == {"q": "it's (one)"}


async def _handler(tenant: Tenant, request: GraphRequest) -> Answer:
    raise NotImplementedError(f"never called: {tenant} {request} {ANONYMOUS}")


_ROUTER = Router(
    [
        route("GET", "/users/{user}/messages/{message}", _handler),
        route("GET", "/users/{user}/messages/delta", _handler),
        route("PUT", "/drives/{drive}/root:/{path}:/content", _handler),
        route("GET", "/drives/{drive}/root/children", _handler),
        route("GET", "/drives/{drive}/root:/{path}", _handler),
    ]
)


@pytest.mark.parametrize(
    ("method", "raw", "pattern", "parameters"),
    [
        ("GET", "/Users/u/MESSAGES/Delta()", "/users/{user}/messages/delta", {"user": "u"}),
        ("GET", "/users/u/messages/Abc", "/users/{user}/messages/{message}", {"user": "u", "message": "Abc"}),
        (
            "PUT",
            "/drives/d/root:/a/b:/content",
            "/drives/{drive}/root:/{path}:/content",
            {"drive": "d", "path": "a/b"},
        ),
        (
            "GET",
            "/drives/d/root:/children",
            "/drives/{drive}/root:/{path}",
            {"drive": "d", "path": "children"},
        ),
        ("GET", "/drives/d/root/children", "/drives/{drive}/root/children", {"drive": "d"}),
    ],
)
def test_a_path_finds_its_route(method: str, raw: str, pattern: str, parameters: dict[str, str]) -> None:
    found = _ROUTER.find(method, read_path(raw))
    assert found is not None
    assert (found[0].pattern, found[1]) == (pattern, parameters)


def test_an_unknown_path_finds_nothing_and_a_known_one_names_its_methods() -> None:
    assert _ROUTER.find("GET", read_path("/users/u/wonders")) is None
    assert _ROUTER.find("DELETE", read_path("/users/u/messages/m")) is None
    assert _ROUTER.methods(read_path("/users/u/messages/m")) == {"GET"}
