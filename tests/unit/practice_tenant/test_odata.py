"""OData: filters, options and pages, apart from any area."""

from typing import Any

import pytest

from practice_tenant.errors import GraphError
from practice_tenant.odata.filters import parse_filter
from practice_tenant.odata.matching import matches
from practice_tenant.odata.options import parse_query
from practice_tenant.odata.pages import collection_page, pick

_CASE: dict[str, Any] = {
    "subject": "It's a test",
    "size": 7,
    "isRead": False,
    "due": "2026-11-23T12:00:00Z",
    "nothing": None,
    "from": {"emailAddress": {"address": "ann@example.org"}},
    "fields": {"Reference": "TIS-2026-0007", "Score": 2.5, "Categories": ["threat", "insult"]},
    "props": [{"id": "a", "value": "1"}, {"id": "b", "value": "2"}],
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("subject eq 'It''s a test'", True),
        ("subject eq 'IT''S A TEST'", True),
        ("subject ne 'x'", True),
        ("size gt 6 and size lt 8", True),
        ("size ge 8 or size le 6", False),
        ("size in (1, 7)", True),
        ("isRead eq false", True),
        ("not (isRead eq true)", True),
        ("not isRead eq true", True),
        ("nothing eq null and missing eq null", True),
        ("subject ne null", True),
        ("missing gt 1", False),
        ("due eq 2026-11-23T12:00:00Z", True),
        ("due ge 2026-11-23", True),
        ("due lt 2026-11-23T12:00:00.0000001Z", False),
        ("due gt 2026-11-23T12:30:00+01:00", True),
        ("from/emailAddress/address eq 'ann@example.org'", True),
        ("from/missing/address eq 'x'", False),
        ("startswith(subject,'it') and endswith(subject,'TEST') and contains(subject,'a')", True),
        ("startswith(missing,'x')", False),
        ("tolower(fields/Reference) eq 'tis-2026-0007'", True),
        ("length(subject) eq 11", True),
        ("fields/Reference eq 'TIS-2026-0007' and fields/Score gt 2", True),
        ("fields/Categories eq 'threat'", True),
        ("props/any(p:p/id eq 'a' and p/value eq '1')", True),
        ("props/any(p:p/id eq 'a' and p/value eq '2')", False),
        ("props/any(p:p/id eq 'a') and props/any(p:p/value eq '2')", True),
        ("props/all(p:p/value ne '3')", True),
        ("props/any()", True),
        ("missing/any()", False),
        ("subject eq 'x' or subject eq 'y' or size eq 7", True),
        ("subject eq 'x' and size eq 7 or isRead eq false", True),
        ("subject eq 'x' and (size eq 7 or isRead eq false)", False),
        ("size eq -7", False),
    ],
)
def test_a_filter_means_what_odata_says(text: str, expected: bool) -> None:
    assert matches(parse_filter(text), _CASE) is expected


@pytest.mark.parametrize(
    "text", ["subject eq", "eq 'x'", "(size eq 7", "subject eq 'x", "size eq 7)", "a ~ b", "and"]
)
def test_what_is_no_filter_is_refused(text: str) -> None:
    with pytest.raises(GraphError, match="Invalid filter clause"):
        parse_filter(text)


def test_options_are_read_with_and_without_dollar_and_in_any_letter_case() -> None:
    for query in (
        "$select=a,b&$top=5&$count=true",
        "select=a, b&top=5&count=true",
        "$Select=a,b&$TOP=5&$Count=True",
    ):
        options = parse_query(query)
        assert (options.select, options.top, options.count) == (("a", "b"), 5, True)


def test_an_expansion_carries_its_own_options() -> None:
    options = parse_query(
        "$expand=fields($select=Title,Stage;$expand=x),props($filter=id eq 'a(b),c;d' and value eq '1')"
    )
    fields, props = options.expansion("fields"), options.expansion("PROPS")
    assert fields is not None
    assert fields.select == ("Title", "Stage")
    assert fields.expansion("x") is not None
    assert props is not None
    assert props.filter is not None
    assert matches(props.filter, {"id": "a(b),c;d", "value": "1"})
    assert options.expansion("other") is None


def test_other_parameters_are_kept_as_they_are() -> None:
    options = parse_query("token=latest&changeType=created&@microsoft.graph.conflictBehavior=rename")
    assert options.other["token"] == "latest"
    assert options.other["@microsoft.graph.conflictBehavior"] == "rename"


@pytest.mark.parametrize("query", ["$top=x", "$skip=-1", "$orderby=a sideways", "$expand=a($select=b"])
def test_options_that_make_no_sense_are_refused(query: str) -> None:
    with pytest.raises(GraphError) as refusal:
        parse_query(query)
    assert refusal.value.status == 400


def _walk(query: str, count: int) -> list[list[int]]:
    """The pages of a collection, following the links."""
    url, pages = "https://localhost:1/v1.0/things", []
    link: str | None = f"{url}?{query}"
    while link is not None:
        options = parse_query(link.partition("?")[2])
        page = collection_page(
            url=url,
            options=options,
            entities=[{"id": str(number), "n": number} for number in range(count)],
            default_size=3,
            max_page_size=None,
        )
        pages.append([entity["n"] for entity in page["value"]])
        link = page.get("@odata.nextLink")
    return pages


def test_pages_show_everything_once() -> None:
    assert _walk("$select=n", 7) == [[0, 1, 2], [3, 4, 5], [6]]
    assert _walk("$select=n&$top=2", 3) == [[0, 1], [2]]
    assert _walk("$select=n&$skip=5", 7) == [[5, 6]]
    assert _walk("$select=n&$orderby=n desc", 4) == [[3, 2, 1], [0]]
    assert _walk("$select=n&$filter=n ge 5", 7) == [[5, 6]]
    assert _walk("$select=n", 0) == [[]]


def test_selection_keeps_the_id_and_annotations() -> None:
    entity = {"@odata.etag": "e", "id": "1", "a": 1, "b": 2, "b@odata.type": "t"}
    assert pick(entity, parse_query("$select=B")) == {
        "@odata.etag": "e",
        "id": "1",
        "b": 2,
        "b@odata.type": "t",
    }
    assert pick(entity, parse_query("")) == entity
