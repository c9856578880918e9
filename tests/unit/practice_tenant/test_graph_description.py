"""The comparison with Microsoft's schema is strict, whatever the spelling of an address."""

import pytest
import requests

from tests.checked_graph import CheckedGraph
from tests.graph_contract import ABSENT, CONTRACT
from tests.graph_description import check_every_answer, plain_address

needs_schema = pytest.mark.skipif(not CONTRACT.exists(), reason=ABSENT)


@needs_schema
@pytest.mark.parametrize("address", ["", "/root:/a.docx:", "/root:/a.docx:/versions"])
def test_a_property_that_microsoft_does_not_know_is_a_problem(graph: CheckedGraph, address: str) -> None:
    graph.put("a.docx")
    answer = graph("GET", f"drives/{graph.drive}{address}", expect=200)
    answer._content = answer.content.replace(b'"id"', b'"made up": 1, "id"')
    with pytest.raises(AssertionError, match="made up"):
        check_every_answer(answer)


@needs_schema
def test_an_answer_that_no_schema_describes_is_a_problem() -> None:
    answer = requests.Response()
    answer.status_code = 200
    answer.headers["Content-Type"] = "application/json"
    answer.request = requests.Request("GET", "https://localhost/v1.0/drives/1/nothing").prepare()
    answer.url = "https://localhost/v1.0/drives/1/nothing"
    answer._content = b"{}"
    with pytest.raises(AssertionError, match="no answer for GET"):
        check_every_answer(answer)


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("drives/d/root:/a/b.docx:/content", "/drives/d/items/x/content"),
        ("drives/d/root:/a/b.docx", "/drives/d/items/x"),
        ("drives/d/items/7:/b.docx:/createUploadSession", "/drives/d/items/x/createUploadSession"),
        ("users/u/drive/root/children", "/drives/x/root/children"),
        ("sites/host:/sites/casework:/lists", "/sites/x/lists"),
        ("drives/d/root/delta(token='x')", "/drives/d/root/delta"),
        ("drives/d/root/permissions", "/drives/d/items/x/permissions"),
        ("drives/d/special/approot:/a.json:/content", "/drives/d/items/x/content"),
    ],
)
def test_other_spellings_of_an_address_are_brought_to_the_described_one(url: str, plain: str) -> None:
    assert plain_address(f"https://localhost/v1.0/{url}") == plain
