"""What came of requests that one carried: whatever nobody can read is asked by itself, and stops no look."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import TemporaryConnectorError
from connectors.microsoft365.batches import Part, answers_in

FIRST, SECOND = (Part(f"https://graph.example/v1.0/{name}") for name in ("first", "second"))

plain = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=5))
anything = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)
parts_answered = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["0", "1", 0, "7", None, "x"]),
        "status": st.sampled_from([200, 429, 503, "200", "x"]),
    },
    optional={
        "headers": st.one_of(anything, st.dictionaries(st.just("Retry-After"), anything)),
        "body": anything,
    },
)


def answered(body: Any) -> requests.Response:
    answer = requests.Response()
    answer.status_code = 200
    answer._content = json.dumps(body).encode()
    return answer


@given(body=st.one_of(anything, st.fixed_dictionaries({"responses": st.lists(parts_answered, max_size=3)})))
def test_an_answer_in_another_shape_stops_no_look(body: Any) -> None:
    found = answers_in(answered(body), (FIRST, SECOND))

    assert found.keys() <= {FIRST, SECOND}


def test_answers_come_in_any_order_and_what_is_missing_is_asked_by_itself() -> None:
    told = {"responses": [{"id": "1", "status": 200, "body": {"value": [2]}}]}

    assert answers_in(answered(told), (FIRST, SECOND)) == {SECOND: {"value": [2]}}


@pytest.mark.parametrize("status", [404, 410, 412, 423, 507])
def test_what_failed_is_not_kept(status: int) -> None:
    told = {"responses": [{"id": "0", "status": status, "body": {"error": {"code": "x"}}}]}

    assert answers_in(answered(told), (FIRST,)) == {}


def test_one_that_is_to_wait_is_known_to_however_the_seconds_are_written() -> None:
    told = {"responses": [{"id": "0", "status": 503, "headers": {"retry-after": 20}, "body": None}]}

    refused = answers_in(answered(told), (FIRST,))[FIRST]

    assert isinstance(refused, TemporaryConnectorError)
    assert refused.retry_after == 20
