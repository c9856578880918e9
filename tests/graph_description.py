"""The many spellings of file, list and calendar addresses, held against Microsoft's schema without exception."""

import re
from urllib.parse import unquote, urlsplit

import requests

from tests.graph_contract import _ROOT, CONTRACT, _schema_pointer, _validator, find_operation

_SCHEMAS = f"{_ROOT}#/components/schemas/"
# Other spellings of an address, brought to the one that the contract has.
_SPELLINGS = (
    (re.compile(r"^/sites/[^/:]+:/[^:]*:?(?=/|$)"), "/sites/x"),
    (re.compile(r"^/sites/root(?=/|$)"), "/sites/x"),
    (re.compile(r"^/(users/[^/]+|me|sites/[^/]+)/drive(?=/)"), "/drives/x"),
    (re.compile(r"^/(users|sites)/[^/]+/drives/[^/]+"), "/drives/x"),
    (re.compile(r"^/sites/[^/]+/lists/[^/]+/drive$"), "/drives/x"),
    (re.compile(r"/(root|items/[^/:]+|special/[^/:]+):/.*?(?::(?=/|$)|$)"), "/items/x"),
    (re.compile(r"/special/[^/]+"), "/items/x"),
    (re.compile(r"^(/drives/[^/]+)/root(?=/(?!delta|children))"), r"\1/items/x"),
    (re.compile(r"^/me(?=/|$)"), "/users/x"),
    (re.compile(r"/search\(.*\)$"), "/children"),
    (re.compile(r"^(/users/[^/]+)/calendars/[^/]+/(events|calendarView)"), r"\1/calendar/\2"),
    (re.compile(r"^(/users/[^/]+)/calendarView"), r"\1/calendar/calendarView"),
    (re.compile(r"^(/users/[^/]+)/calendar/events/"), r"\1/events/"),
    (re.compile(r"^(/users/[^/]+)/events$"), r"\1/calendar/events"),
)
# Addresses that the contract leaves out, by a kind that it has; "*" for a collection.
_FURTHER = {
    r"(GET) /drives": "*drive",
    r"(GET) /users/[^/]+/drives": "*drive",
    r"(GET) /sites": "*site",
    r"(GET) /sites/[^/]+/sites": "*site",
    r"(GET|PATCH) /sites/[^/]+/permissions/[^/]+": "permission",
    r"(PATCH) /sites/[^/]+/lists/[^/]+": "list",
    r"(PATCH) /sites/[^/]+/lists/[^/]+/items/[^/]+": "listItem",
    r"(GET) /sites/[^/]+/lists/[^/]+/items/[^/]+/driveItem": "driveItem",
    r"(POST) /drives/[^/]+/items/[^/]+/restore": "driveItem",
    r"(GET) /drives/[^/]+/items/[^/]+/thumbnails": "*thumbnailSet",
    r"(GET) /sites/[^/]+/lists/[^/]+/items/[^/]+/versions": "*listItemVersion",
    r"(GET) /sites/[^/]+/lists/[^/]+/items/[^/]+/versions/[^/]+": "listItemVersion",
    r"(GET) /sites/[^/]+/lists/[^/]+/items/[^/]+/versions/[^/]+/fields": "fieldValueSet",
    r"(GET) /drives/[^/]+/items/[^/]+/versions/[^/]+": "driveItemVersion",
    r"(GET|PATCH) /drives/[^/]+/items/[^/]+/permissions/[^/]+": "permission",
    r"(GET|PATCH) /drives/[^/]+/items/[^/]+/listItem/fields": "fieldValueSet",
    r"(GET) /users/[^/]+/events/[^/]+/instances": "*event",
    r"(GET) /users/[^/]+/calendars": "*calendar",
    r"(POST) /users/[^/]+/calendars": "calendar",
    r"(GET) /users/[^/]+/calendars?(/[^/]+)?": "calendar",
}


def check_every_answer(answer: requests.Response) -> None:
    """Fail the test where a JSON answer of Graph differs from Microsoft's schema, or has none."""
    if not CONTRACT.exists() or not answer.headers.get("Content-Type", "").startswith("application/json"):
        return
    method, address = str(answer.request.method), plain_address(str(answer.url))
    body = answer.json()
    pointer, bodies = _pointer(method, address, answer.status_code), [body]
    if pointer.startswith("*"):
        pointer, bodies = _SCHEMAS + "microsoft.graph." + pointer[1:], body["value"]
    problems = [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        for each in bodies
        for error in _validator(pointer).iter_errors(each)
    ]
    assert not problems, f"{method} {address} {answer.status_code} does not fit: {problems[:5]}"


def plain_address(url: str) -> str:
    """The path of a Graph URL without version, in the spelling of the contract."""
    path = "/" + re.sub(r"/+", "/", unquote(urlsplit(url).path)).partition("/v1.0/")[2].strip("/")
    path = re.sub(r"(microsoft\.graph\.)?delta(\([^)]*\))?$", "delta", path)
    for pattern, plain in _SPELLINGS:
        path = pattern.sub(plain, path)
    return path


def _pointer(method: str, address: str, status: int) -> str:
    if status >= 400:
        return f"{_SCHEMAS}ODataError"
    operation = find_operation(method, f"https://localhost/v1.0{address}")
    pointer = _schema_pointer(operation, status) if operation else None
    if pointer is not None:
        return pointer
    for pattern, kind in _FURTHER.items():
        if re.fullmatch(pattern, f"{method} {address}"):
            return kind if kind.startswith("*") else f"{_SCHEMAS}microsoft.graph.{kind}"
    raise AssertionError(f"Microsoft's schema has no answer for {method} {address}")
