"""A long list or calendar is searched for one key without showing all of it, and what is found stays the same."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_tenant.odata.filters import parse_filter
from practice_tenant.odata.matching import matches
from practice_tenant.odata.narrowing import needed_text, searchable
from tests.checked_graph import CheckedGraph

KEY = ("fields", "Key")
VALUES = st.sampled_from(["TIS/2026/1", "tis/2026/1", "TIS/2026/10", "it's", 'a "b"', "Zoë", "", "ab"])


def _comparison(name: str, sign: str, value: str) -> str:
    quoted = value.replace("'", "''")
    return f"fields/{name} {sign} '{quoted}'"


def _joined(left: str, word: str, right: str) -> str:
    return f"({left} {word} {right})"


CONDITIONS = st.recursive(
    st.builds(_comparison, st.sampled_from(["Key", "Other"]), st.sampled_from(["eq", "ne"]), VALUES),
    lambda inner: (
        st.builds(_joined, inner, st.sampled_from(["and", "or"]), inner) | st.builds("not ({})".format, inner)
    ),
    max_leaves=4,
)


@given(condition=CONDITIONS, key=VALUES, other=VALUES)
def test_whatever_a_filter_finds_holds_the_text_that_is_looked_for(
    condition: str, key: str, other: str
) -> None:
    fields = {"Key": key, "Other": other}
    expression = parse_filter(condition)

    text = needed_text(expression, KEY.__eq__)

    if matches(expression, {"fields": fields}):
        assert text in json.dumps(fields).lower()


def test_an_event_is_looked_for_by_its_key() -> None:
    condition = (
        "singleValueExtendedProperties/any(ep: ep/id eq 'String {x} Name Key' and ep/value eq 'TIS/due/1')"
    )
    stored = ("singleValueExtendedProperties", "value")

    assert needed_text(parse_filter(condition), stored.__eq__) == "tis/due/1"


@pytest.mark.parametrize("value", ['a "b"', "Zoë", "a\\b", "line\nend"])
def test_what_json_may_write_otherwise_is_not_looked_for(value: str) -> None:
    assert searchable(value) == ""


def test_one_row_among_many_is_found_in_any_letter_case(graph: CheckedGraph) -> None:
    rows = graph.new_list({"name": "Key", "text": {}, "indexed": True, "enforceUniqueValues": True})
    for number in range(12):
        graph.add(rows, Title=f"Row {number}", Key=f"TIS/due/{number}")

    found = graph.json("GET", f"{rows}/items?$filter=fields/Key eq 'tis/DUE/1'&$expand=fields")["value"]
    taken = graph.error("POST", f"{rows}/items", json={"fields": {"Key": "tis/due/11"}})

    assert [row["fields"]["Title"] for row in found] == ["Row 1"]
    assert taken == (400, "invalidRequest")
