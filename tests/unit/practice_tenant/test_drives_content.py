"""Files by path: writing, reading, versions, and what stops a write."""

import pytest

from tests.checked_graph import CheckedGraph


def test_a_file_is_written_with_its_folders_and_read_back_byte_for_byte(graph: CheckedGraph) -> None:
    content = bytes(range(256)) * 40
    made = graph.put("Policies/Online safety/Social media policy.docx", content, expect=201)
    redirect = graph("GET", f"drives/{graph.drive}/items/{made['id']}/content", expect=302)
    assert graph.transfer("GET", redirect.headers["Location"]).content == content
    assert made["size"] == len(content)
    assert made["parentReference"]["path"].endswith("/root:/Policies/Online safety")
    assert made["file"]["mimeType"].endswith("wordprocessingml.document")


def test_names_are_found_in_any_letter_case_and_keep_their_own(graph: CheckedGraph) -> None:
    graph.put("Policies/Social Media.docx")
    found = graph.json("GET", graph.at("POLICIES/social media.DOCX"))
    assert found["name"] == "Social Media.docx"
    again = graph.put("policies/SOCIAL media.docx", b"second", expect=200)
    assert again["id"] == found["id"]
    assert again["name"] == "Social Media.docx"


def test_every_spelling_of_a_drive_reaches_the_same_item(graph: CheckedGraph) -> None:
    made = graph.put("Drop/note.txt")
    office = graph.practice.user("office")
    spellings = [
        f"drives/{graph.drive}/items/{made['id']}",
        f"drives/{graph.drive}/root:/Drop/note.txt",
        f"users/{office}/drive/root:/Drop/note.txt:",
        f"users/{office.upper()}/drive/items/{made['id']}",
        f"users/{office}/drives/{graph.drive}//items/{made['id']}",
        f"drives/{graph.drive}/items/{made['parentReference']['id']}:/note.txt",
    ]
    assert {graph.json("GET", spelling)["id"] for spelling in spellings} == {made["id"]}
    assert graph.json("GET", "me/drive/root:/Drop/note.txt", person="office")["id"] == made["id"]


def test_a_download_address_refuses_a_bearer_and_a_changed_seal(graph: CheckedGraph) -> None:
    address = graph.put("note.txt")["@microsoft.graph.downloadUrl"]
    assert address.startswith(graph.practice.facts["transfer_root"])
    assert graph.transfer("GET", address, headers={"Authorization": "Bearer x"}).status_code == 401
    assert graph.transfer("GET", address[:-4] + "AAAA").status_code == 401
    assert graph.transfer("GET", address).content == b"content"


@pytest.mark.parametrize(
    ("asked", "status", "content", "told"),
    [
        ("bytes=2-4", 206, b"nte", "bytes 2-4/7"),
        ("bytes=4-", 206, b"ent", "bytes 4-6/7"),
        ("bytes=-3", 206, b"ent", "bytes 4-6/7"),
        ("bytes=9-", 416, b"", "bytes */7"),
    ],
)
def test_a_download_can_be_taken_up_where_it_broke_off(
    graph: CheckedGraph, asked: str, status: int, content: bytes, told: str
) -> None:
    address = graph.put("note.txt")["@microsoft.graph.downloadUrl"]
    answer = graph.transfer("GET", address, headers={"Range": asked})
    assert (answer.status_code, answer.content, answer.headers["Content-Range"]) == (status, content, told)


def test_conflict_behaviour_says_what_happens_to_a_taken_name(graph: CheckedGraph) -> None:
    first = graph.put("letter.docx", b"one")
    query = "?@microsoft.graph.conflictBehavior="
    assert graph.error("PUT", f"{graph.at('Letter.docx')}/content{query}fail", data=b"two") == (
        409,
        "nameAlreadyExists",
    )
    renamed = graph.json("PUT", f"{graph.at('letter.docx')}/content{query}rename", data=b"two")
    assert (renamed["name"], renamed["id"] == first["id"]) == ("letter 1.docx", False)
    assert graph.error("PUT", f"{graph.at('letter.docx')}/content{query}perhaps") == (400, "invalidRequest")


def test_a_write_over_a_version_that_somebody_else_made_is_refused(graph: CheckedGraph) -> None:
    first = graph.put("letter.docx", b"one")
    second = graph.put("letter.docx", b"two", headers={"If-Match": first["eTag"]}, expect=200)
    assert second["eTag"] != first["eTag"]
    assert second["cTag"] != first["cTag"]
    address = f"{graph.at('letter.docx')}/content"
    stale = graph.error("PUT", address, data=b"three", headers={"If-Match": first["eTag"]})
    assert stale == (412, "resourceModified")
    graph.put("letter.docx", b"three", headers={"If-Match": second["cTag"]}, expect=200)
    missing = graph.error("PUT", f"{graph.at('new.docx')}/content", headers={"If-Match": first["eTag"]})
    assert missing == (404, "itemNotFound")


def test_a_renamed_file_has_a_new_etag_and_the_same_ctag(graph: CheckedGraph) -> None:
    before = graph.put("letter.docx")
    after = graph.json(
        "PATCH", f"drives/{graph.drive}/items/{before['id']}", json={"name": "invitation.docx"}
    )
    assert after["cTag"] == before["cTag"]
    assert after["eTag"] != before["eTag"]


def test_a_document_that_is_open_in_word_is_locked(graph: CheckedGraph) -> None:
    item = graph.put("Letters/letter.docx")
    graph.practice.practice("PUT", "locks", json=[{"item": item["id"], "held_by": "head"}])
    by_id = f"drives/{graph.drive}/items/{item['id']}"
    locked = (423, "resourceLocked")
    assert graph.error("PUT", f"{by_id}/content", data=b"new") == locked
    assert graph.error("PATCH", by_id, json={"name": "other.docx"}) == locked
    assert graph.error("DELETE", by_id) == locked
    assert graph.error("DELETE", graph.at("Letters")) == locked
    graph("GET", f"{by_id}/content", expect=302)
    graph.practice.practice("PUT", "locks", json=[])
    graph("PUT", f"{by_id}/content", data=b"new", expect=200)


def test_every_content_is_kept_as_a_version_with_its_author(graph: CheckedGraph) -> None:
    item = graph.put("letter.docx", b"drafted")
    address = f"drives/{graph.drive}/items/{item['id']}"
    graph("PUT", f"{address}/content", data=b"edited", person="office", expect=200)
    newest, oldest = graph.json("GET", f"{address}/versions")["value"]
    assert (newest["id"], oldest["id"]) == ("2.0", "1.0")
    assert newest["lastModifiedBy"]["user"]["email"] == graph.practice.user("office")
    assert "user" not in oldest["lastModifiedBy"]
    old = graph("GET", f"{address}/versions/1.0/content", expect=302)
    assert graph.transfer("GET", old.headers["Location"]).content == b"drafted"
    assert graph.error("GET", f"{address}/versions/2.0/content")[0] == 400
    graph("POST", f"{address}/versions/1.0/restoreVersion", expect=204)
    assert (
        graph.transfer("GET", graph.json("GET", address)["@microsoft.graph.downloadUrl"]).content
        == b"drafted"
    )
    assert len(graph.json("GET", f"{address}/versions")["value"]) == 3


def test_files_are_dated_by_the_practice_clock(graph: CheckedGraph) -> None:
    graph.practice.set_clock("2027-03-01T08:00:00Z")
    made = graph.put("note.txt")
    assert made["createdDateTime"].startswith("2027-03-01T08:00")


def test_select_leaves_out_what_was_not_asked_for(graph: CheckedGraph) -> None:
    graph.put("Policies/a.docx")
    shown = graph.json("GET", f"{graph.at('Policies/a.docx')}?$select=id,name,eTag")
    assert {name for name in shown if "@" not in name} == {"id", "name", "eTag"}


def test_an_item_that_has_not_changed_is_not_sent_again(graph: CheckedGraph) -> None:
    item = graph.put("note.txt")
    address = f"drives/{graph.drive}/items/{item['id']}"
    known = {"If-None-Match": item["eTag"]}
    assert graph("GET", address, headers=known).status_code == 304
    graph.put("note.txt", b"changed")
    graph("GET", address, headers=known, expect=200)


def test_a_drive_is_as_new_as_its_latest_change(graph: CheckedGraph) -> None:
    graph.practice.set_clock("2027-03-01T08:00:00Z")
    graph.put("note.txt", b"four")
    drive = graph.json("GET", f"drives/{graph.drive}")
    assert drive["lastModifiedDateTime"].startswith("2027-03-01T08:00")
    assert drive["quota"]["used"] == 4
