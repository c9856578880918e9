"""Upload sessions: ranges in order to an address that refuses a bearer."""

from typing import Any

import pytest
import requests

from tests.checked_graph import CheckedGraph

UNIT = 320 * 1024
CONTENT = bytes(index % 251 for index in range(2 * UNIT + 100))


def _session(graph: CheckedGraph, path: str, behaviour: str | None = None, **more: Any) -> Any:
    body = {"item": {"@microsoft.graph.conflictBehavior": behaviour}} if behaviour else {}
    return graph.json("POST", f"{graph.at(path)}/createUploadSession", json=body, **more)


def _send(
    graph: CheckedGraph, url: str, start: int, end: int, total: int = len(CONTENT), **headers: str
) -> requests.Response:
    told = {"Content-Range": f"bytes {start}-{end - 1}/{total}", **headers}
    return graph.transfer("PUT", url, data=CONTENT[start:end], headers=told)


def test_a_large_file_arrives_in_ranges(graph: CheckedGraph) -> None:
    url = _session(graph, "scan.pdf")["uploadUrl"]
    assert url.startswith(graph.practice.facts["transfer_root"])
    first = _send(graph, url, 0, UNIT)
    assert (first.status_code, first.json()["nextExpectedRanges"]) == (202, [f"{UNIT}-{len(CONTENT) - 1}"])
    _send(graph, url, UNIT, 2 * UNIT)
    last = _send(graph, url, 2 * UNIT, len(CONTENT))
    assert (last.status_code, last.json()["size"]) == (201, len(CONTENT))
    made = graph.json("GET", graph.at("scan.pdf"))
    assert graph.transfer("GET", made["@microsoft.graph.downloadUrl"]).content == CONTENT
    assert graph.transfer("GET", url).status_code == 404


def test_a_range_that_was_sent_before_is_refused_and_the_status_says_where_to_go_on(
    graph: CheckedGraph,
) -> None:
    url = _session(graph, "scan.pdf")["uploadUrl"]
    _send(graph, url, 0, UNIT)
    assert _send(graph, url, 0, UNIT).status_code == 416
    assert _send(graph, url, 2 * UNIT, len(CONTENT)).status_code == 416
    status = graph.transfer("GET", url).json()
    assert status["nextExpectedRanges"][0].startswith(f"{UNIT}-")
    _send(graph, url, UNIT, 2 * UNIT)
    assert _send(graph, url, 2 * UNIT, len(CONTENT)).status_code == 201


def test_an_upload_goes_on_after_the_tenant_was_killed(graph: CheckedGraph) -> None:
    url = _session(graph, "scan.pdf")["uploadUrl"]
    _send(graph, url, 0, UNIT)
    graph.practice.kill()
    graph.practice.start()
    _send(graph, url, UNIT, 2 * UNIT)
    assert _send(graph, url, 2 * UNIT, len(CONTENT)).json()["size"] == len(CONTENT)


@pytest.mark.parametrize(
    ("start", "end", "total", "headers", "status"),
    [
        (0, 1000, len(CONTENT), {}, 400),
        (0, UNIT, UNIT - 1, {}, 400),
        (0, UNIT, len(CONTENT), {"Content-Range": "bytes 0-5/10"}, 400),
        (0, UNIT, len(CONTENT), {"Content-Range": "all of it"}, 400),
        (0, UNIT, len(CONTENT), {"Authorization": "Bearer x"}, 401),
    ],
)
def test_ranges_that_microsoft_refuses_are_refused(
    graph: CheckedGraph, start: int, end: int, total: int, headers: dict[str, str], status: int
) -> None:
    url = _session(graph, "scan.pdf")["uploadUrl"]
    assert _send(graph, url, start, end, total, **headers).status_code == status


def test_a_session_makes_no_folders(graph: CheckedGraph) -> None:
    address = f"{graph.at('Nowhere/scan.pdf')}/createUploadSession"
    assert graph.error("POST", address, json={}) == (404, "itemNotFound")


def test_a_taken_name_is_refused_at_once_or_with_the_last_range(graph: CheckedGraph) -> None:
    url = _session(graph, "scan.pdf", "fail")["uploadUrl"]
    graph.put("scan.pdf", b"somebody else's")
    address = f"{graph.at('scan.pdf')}/createUploadSession"
    assert graph.error("POST", address, json={}) == (409, "nameAlreadyExists")
    _send(graph, url, 0, UNIT)
    _send(graph, url, UNIT, 2 * UNIT)
    answer = _send(graph, url, 2 * UNIT, len(CONTENT))
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "nameAlreadyExists")


def test_a_session_can_replace_or_rename(graph: CheckedGraph) -> None:
    first = graph.put("scan.pdf", b"old")
    replaced = _send(graph, _session(graph, "scan.pdf", "replace")["uploadUrl"], 0, 10, 10)
    assert (replaced.status_code, replaced.json()["id"]) == (200, first["id"])
    renamed = _send(graph, _session(graph, "scan.pdf", "rename")["uploadUrl"], 0, 10, 10)
    assert (renamed.status_code, renamed.json()["name"]) == (201, "scan 1.pdf")


def test_a_session_for_a_version_that_has_changed_is_refused(graph: CheckedGraph) -> None:
    first = graph.put("scan.pdf", b"one")
    second = graph.put("scan.pdf", b"two")
    address = f"drives/{graph.drive}/items/{first['id']}/createUploadSession"
    for headers in ({"If-Match": first["eTag"]}, {"If-None-Match": second["eTag"]}):
        assert graph.error("POST", address, json={}, headers=headers) == (412, "resourceModified")
    graph("POST", address, json={}, headers={"If-Match": second["eTag"]}, expect=200)


def test_a_cancelled_session_is_gone_and_leaves_nothing(graph: CheckedGraph) -> None:
    url = _session(graph, "scan.pdf")["uploadUrl"]
    _send(graph, url, 0, UNIT)
    assert graph.transfer("DELETE", url).status_code == 204
    assert _send(graph, url, UNIT, 2 * UNIT).status_code == 404
    assert graph.error("GET", graph.at("scan.pdf")) == (404, "itemNotFound")


def test_a_deferred_upload_makes_the_file_only_when_it_is_told_to(graph: CheckedGraph) -> None:
    address = f"{graph.at('scan.pdf')}/createUploadSession"
    url = graph.json("POST", address, json={"deferCommit": True})["uploadUrl"]
    _send(graph, url, 0, UNIT)
    assert graph.transfer("POST", url).status_code == 400
    _send(graph, url, UNIT, 2 * UNIT)
    last = _send(graph, url, 2 * UNIT, len(CONTENT))
    assert (last.status_code, last.json()["nextExpectedRanges"]) == (202, [])
    assert graph.error("GET", graph.at("scan.pdf")) == (404, "itemNotFound")
    made = graph.transfer("POST", url)
    assert (made.status_code, made.json()["size"]) == (201, len(CONTENT))
    assert graph.json("GET", graph.at("scan.pdf"))["id"] == made.json()["id"]
    assert graph.error("POST", address, json={"deferCommit": "later"})[0] == 400


def test_an_upload_that_completes_by_itself_is_not_completed_by_hand(graph: CheckedGraph) -> None:
    url = _session(graph, "scan.pdf")["uploadUrl"]
    assert graph.transfer("POST", url).status_code == 400
