"""Whatever a program asks of a collection, Graph answers it or refuses it; it never breaks."""

import random
import re

import pytest
import requests

from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import deliver, raw_mail


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(word for line in lines for word in line.split(" "))


_NAMES = _words(
    "id subject from/emailAddress/address receivedDateTime isRead hasAttachments importance categories body",
    "toRecipients flag/flagStatus displayName parentFolderId isHidden start/dateTime end/dateTime type recurrence",
    "name size file folder parentReference/path lastModifiedDateTime createdDateTime fields fields/Title",
    "fields/Number fields/Choice list/template eTag webUrl title status dueDateTime/dateTime",
    "singleValueExtendedProperties colour @odata.etag * fields/ /subject subject/ from//address $count",
)
_NAVIGATIONS = (
    *_words(
        "attachments children childFolders fields listItem driveItem permissions versions thumbnails columns items",
        "drive singleValueExtendedProperties calendar instances colour fields($select=Title,Number)",
        "children($select=id;$top=1) children($expand=children) attachments($select=name) fields($select=)",
        "children($top=x) fields(( childFolders($filter=) children($orderby=size) children($search=x)",
        "children($levels=max) children($count=true)",
    ),
    "singleValueExtendedProperties($filter=id eq 'String {00020329-0000-0000-c000-000000000046} Name x')",
    "singleValueExtendedProperties($filter=id eq 7)",
)
_LITERALS = _words(
    "'x' 'it''s' '' 7 -1 0.5 1e400 99999999999999999999 true false null 2026-11-23 2026-11-23T09:00:00Z",
    "'2026-11-23T09:00:00Z' 9999-99-99T00:00:00Z 00000000-0000-0000-0000-000000000000 'é😀' ' INF duration'P1D'",
)
_FUNCTIONS = ("startswith", "endswith", "contains", "substringof", "tolower", "year", "length", "magic")
_SEARCHES = (
    *_words(
        'x "x" "subject:x" "received:2026-11-23" "received>=x" "size>1" subject:x "( "NOT" "" * "*" "x*"'
    ),
    *_words('"hasAttachments:maybe" "received:2026-11-23..2026-11-22" "a:b:c" \'x\' "\\"x\\"" "kind:email"'),
    '"from:ann AND x"',
    '"x OR"',
)
_USER = _words(
    " messages mailFolders mailFolders/inbox mailFolders/inbox/messages mailFolders/delta mailboxSettings",
    "mailFolders/inbox/childFolders mailFolders/inbox/messages/delta mailFolders/inbox/messageRules",
    "outlook/masterCategories calendars events calendar/events calendarView calendarView/delta todo/lists",
    "drive drives messages/² calendars/x",
)
_DRIVE = _words(
    " root root/children root/delta root:/a:/children root:/a/x.txt root:/a/x.txt:/versions",
    "root:/a/x.txt:/permissions root/search(q='x') root:/a/x.txt:/thumbnails root:/a/x.txt:/listItem",
    "root:/a/x.txt:/versions/99999999999999999999.0 root:/a/x.txt:/versions/². items/²",
)
_SITE = _words(" lists drives drive permissions columns contentTypes recycleBin")
_LIST = _words(
    " columns items items/delta contentTypes drive items/1 items/1/fields items/1/versions items/1/versions/1.0",
    "items/² items/99999999999999999999 items/-1 items/1/versions/99999999999999999999.0",
)


class _Queries:
    """Queries at random, most of them nearly right, repeatable from a seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - repeatable on purpose

    def query(self) -> dict[str, str]:
        makers = {
            "$select": lambda: self._list(_NAMES),
            "$expand": lambda: self._list(_NAVIGATIONS),
            "$filter": lambda: self._condition(3),
            "$orderby": lambda: ",".join(self._order() for _ in range(self._random.randint(1, 2))),
            "$top": self._number,
            "$skip": self._number,
            "$count": lambda: self._random.choice(("true", "false", "TRUE", "maybe", "")),
            "$search": lambda: self._random.choice(_SEARCHES),
            "$skiptoken": lambda: self._random.choice(("", "x", "AAAA", "10", "-1")),
            "$deltatoken": lambda: self._random.choice(("", "x", "latest")),
            "token": lambda: self._random.choice(("", "x", "latest", "2026-11-23T09:00:00Z")),
            "startDateTime": lambda: self._random.choice(("2026-11-01", "x", "2026-11-01T00:00:00+25:00")),
            "endDateTime": lambda: self._random.choice(("2026-12-01T00:00:00Z", "", "0000-00-00")),
        }
        chosen = self._random.sample(sorted(makers), k=self._random.choice((1, 1, 2, 2, 3, 5)))
        return {self._spelled(name): makers[name]() for name in chosen}

    def address(self, addresses: tuple[str, ...]) -> str:
        return self._random.choice(addresses)

    def _spelled(self, name: str) -> str:
        return self._random.choice((name, name, name, name.removeprefix("$"), name.upper()))

    def _list(self, names: list[str] | tuple[str, ...]) -> str:
        return self._random.choice((",", ",", ", ", ",,")).join(
            self._random.choice(names) for _ in range(self._random.randint(1, 3))
        )

    def _number(self) -> str:
        return self._random.choice(
            ("0", "1", "2", "999", "1001", "-1", "x", "", "99999999999999999999", "1.5", "²")
        )

    def _order(self) -> str:
        return f"{self._random.choice(_NAMES)} {self._random.choice(('asc', 'desc', '', 'up'))}".strip()

    def _condition(self, depth: int) -> str:
        kind = self._random.randint(0, 7 if depth else 2)
        name, literal = self._random.choice(_NAMES), self._random.choice(_LITERALS)
        if kind <= 1:
            operator = self._random.choice(("eq", "ne", "gt", "ge", "lt", "le", "in", "has", "is", "EQ"))
            return f"{name} {operator} {f'({literal},{literal})' if operator == 'in' else literal}"
        if kind == 2:
            return f"{self._random.choice(_FUNCTIONS)}({name},{literal})"
        if kind == 3:
            return f"not ({self._condition(depth - 1)})"
        if kind == 4:
            return f"{name}/any(x:{self._random.choice(('x', 'x/id', 'y'))} eq {literal})"
        if kind == 5:
            return f"({self._condition(depth - 1)}"
        joined = self._random.choice(("and", "or", "AND", "xor"))
        return f"{self._condition(depth - 1)} {joined} {self._condition(depth - 1)}"


@pytest.fixture
def addresses(practice: PracticeServer) -> tuple[str, ...]:
    """Collections with something in them, and single things that are there and that are not."""
    user = f"users/{practice.user('reports')}"
    message = f"messages/{deliver(practice, raw_mail(subject='x'))['id']}"
    drive = f"drives/{practice.facts['office_drive_id']}"
    site = f"sites/{practice.facts['site_id']}"
    practice.graph("PUT", f"{drive}/root:/a/x.txt:/content", data=b"x", expect=201)
    day = {"dateTime": "2026-11-23T09:00:00", "timeZone": "UTC"}
    series = {
        "pattern": {"type": "daily", "interval": 1},
        "range": {"type": "noEnd", "startDate": "2026-11-23"},
    }
    event = {"subject": "x", "start": day, "end": day, "recurrence": series}
    practice.graph("POST", f"{user}/events", json=event, expect=201)
    columns = [{"name": "Number", "number": {}}, {"name": "Choice", "choice": {"choices": ["x"]}}]
    wish = {"displayName": "Things", "columns": columns}
    things = practice.graph("POST", f"{site}/lists", json=wish, expect=201).json()["id"]
    row = {"fields": {"Title": "x", "Number": 7}}
    practice.graph("POST", f"{site}/lists/{things}/items", json=row, expect=201)
    tasks = practice.graph("POST", f"{user}/todo/lists", json={"displayName": "x"}, expect=201).json()["id"]
    practice.graph("POST", f"{user}/todo/lists/{tasks}/tasks", json={"title": "x"}, expect=201)
    roots = {
        user: (*_USER, message, f"{message}/attachments", f"todo/lists/{tasks}/tasks"),
        drive: _DRIVE,
        site: _SITE,
        f"{site}/lists/{things}": _LIST,
    }
    inner = (f"{root}/{each}".rstrip("/") for root, all_below in roots.items() for each in all_below)
    return ("users", "sites", "subscriptions", *inner)


def _problem(answer: requests.Response) -> str | None:
    if answer.status_code < 400:
        return None
    if answer.status_code >= 500 and answer.status_code != 501:
        return f"answered {answer.status_code}"
    try:
        error = answer.json()["error"]
    except (ValueError, KeyError):
        return f"refused with {answer.status_code} and no error of Graph's form"
    in_form = bool(error["message"]) and re.fullmatch(r"[A-Za-z_\-]{4,}", error["code"])
    has_ids = set(error.get("innerError", ())) == {"date", "request-id", "client-request-id"}
    return None if in_form and has_ids else f"refused in another form: {error}"


def _ask(practice: PracticeServer, addresses: tuple[str, ...], seed: int, count: int) -> None:
    queries, found, answered = _Queries(seed), dict[str, str](), 0
    for _ in range(count):
        address, query = queries.address(addresses), queries.query()
        answer = practice.graph("GET", address, params=query)
        answered += answer.ok
        problem = _problem(answer)
        if problem:
            found[f"GET {address} {query}"] = problem
    assert not found, "\n".join(f"{asked}: {problem}" for asked, problem in list(found.items())[:40])
    assert answered > count / 20, "nearly all were refused, so little of the reading was tried"


@pytest.mark.parametrize("seed", [1, 2])
def test_no_query_breaks_a_collection(
    practice: PracticeServer, addresses: tuple[str, ...], seed: int
) -> None:
    _ask(practice, addresses, seed, 400)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 110))
def test_no_query_breaks_a_collection_in_a_long_run(
    practice: PracticeServer, addresses: tuple[str, ...], seed: int
) -> None:
    _ask(practice, addresses, seed, 4000)
