"""Attachments: small, large, inline, attached mails."""

import pytest
import requests

from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import deliver, draft, file_attachment, get

_PIXEL = b"\x89PNG\r\n\x1a\n pixel"


def _path(practice: PracticeServer, message_id: str, role: str = "headteacher") -> str:
    return f"users/{practice.user(role)}/messages/{message_id}/attachments"


def _forwarded() -> bytes:
    return (
        b"From: ann@example.org\r\nTo: reports@tillbrook.example\r\nSubject: FW: look\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="out"\r\n\r\n'
        b'--out\r\nContent-Type: multipart/related; boundary="rel"\r\n\r\n'
        b"--rel\r\nContent-Type: text/html\r\n\r\n<p>See <img src='cid:pic'></p>\r\n"
        b"--rel\r\nContent-Type: image/png; name=pic.png\r\nContent-ID: <pic>\r\nContent-Disposition: inline\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgogcGl4ZWw=\r\n--rel--\r\n"
        b"--out\r\nContent-Type: message/rfc822\r\n\r\nFrom: parent@example.net\r\nSubject: Original words\r\n\r\n"
        b"Inner \xff\r\n--out--\r\n"
    )


def test_an_attached_file_comes_back_as_the_same_bytes(practice: PracticeServer) -> None:
    made = draft(practice)
    path = _path(practice, made["id"])
    added = practice.graph(
        "POST", path, json=file_attachment("letter.docx", b"\x00letter\xff"), expect=201
    ).json()
    assert practice.graph("GET", f"{path}/{added['id']}/$value", expect=200).content == b"\x00letter\xff"
    (listed,) = practice.graph("GET", path, expect=200).json()["value"]
    assert (listed["name"], listed["size"], listed["isInline"]) == ("letter.docx", 8, False)
    assert get(practice, "headteacher", made["id"])["hasAttachments"] is True
    practice.graph("DELETE", f"{path}/{added['id']}", expect=204)
    assert get(practice, "headteacher", made["id"])["hasAttachments"] is False


def test_a_file_of_three_megabytes_needs_an_upload_session(practice: PracticeServer) -> None:
    made = draft(practice)
    body = file_attachment("film.mp4", b"x" * 3_000_000)
    refused = practice.graph("POST", _path(practice, made["id"]), json=body, expect=413)
    assert "createUploadSession" in refused.text


def test_a_large_file_goes_up_in_ranges_without_a_bearer(practice: PracticeServer) -> None:
    content = bytes(range(256)) * 20_000
    made = draft(practice)
    item = {"AttachmentItem": {"attachmentType": "file", "name": "film.mp4", "size": len(content)}}
    path = f"{_path(practice, made['id'])}/createUploadSession"
    session = practice.graph("POST", path, json=item, expect=201).json()
    assert session["uploadUrl"].startswith(practice.facts["transfer_root"])
    first, second = content[:3_000_000], content[3_000_000:]
    middle = _put(practice, session["uploadUrl"], first, 0, len(content))
    assert (middle.status_code, middle.json()["nextExpectedRanges"]) == (200, ["3000000"])
    assert _put(practice, session["uploadUrl"], first, 0, len(content)).status_code == 416
    last = _put(practice, session["uploadUrl"], second, 3_000_000, len(content))
    assert last.status_code == 201
    attachment_id = last.headers["Location"].rpartition("'")[0].rpartition("'")[2]
    stored = practice.graph("GET", f"{_path(practice, made['id'])}/{attachment_id}/$value", expect=200)
    assert stored.content == content


def test_an_upload_address_refuses_a_bearer(practice: PracticeServer) -> None:
    made = draft(practice)
    item = {"attachmentItem": {"attachmentType": "file", "name": "film.mp4", "size": 4_000_000}}
    path = f"{_path(practice, made['id'])}/createUploadSession"
    url = practice.graph("POST", path, json=item, expect=201).json()["uploadUrl"]
    leaked = _put(practice, url, b"film", 0, 4_000_000, Authorization=f"Bearer {practice.visitor_token()}")
    assert leaked.status_code == 401
    assert requests.delete(url, verify=practice.ca_file, timeout=10).status_code == 204
    assert _put(practice, url, b"film", 0, 4_000_000).status_code == 404


def _put(
    practice: PracticeServer, url: str, part: bytes, start: int, size: int, **headers: str
) -> requests.Response:
    headers["Content-Range"] = f"bytes {start}-{start + len(part) - 1}/{size}"
    return requests.put(url, data=part, headers=headers, verify=practice.ca_file, timeout=20)


def test_an_attached_mail_is_an_item_whose_mime_is_kept(practice: PracticeServer) -> None:
    message = deliver(practice, _forwarded())
    path = _path(practice, message["id"], "reports")
    attachments = practice.graph("GET", path, expect=200).json()["value"]
    item = next(each for each in attachments if each["@odata.type"] == "#microsoft.graph.itemAttachment")
    assert item["name"] == "Original words"
    inner = practice.graph("GET", f"{path}/{item['id']}/$value", expect=200).content
    assert inner.startswith(b"From: parent@example.net")
    assert b"Inner \xff" in inner
    query = "?$expand=microsoft.graph.itemAttachment/item"
    opened = practice.graph("GET", f"{path}/{item['id']}{query}", expect=200).json()["item"]
    assert (opened["subject"], opened["from"]["emailAddress"]["address"]) == (
        "Original words",
        "parent@example.net",
    )


def test_pictures_in_the_text_are_inline_and_do_not_count_as_attachments(practice: PracticeServer) -> None:
    raw = _forwarded()
    related = raw[raw.index(b"Content-Type: multipart/related") : raw.index(b"--out", raw.index(b"--rel--"))]
    message = deliver(practice, b"From: ann@example.org\r\nSubject: Pic\r\nMIME-Version: 1.0\r\n" + related)
    assert message["hasAttachments"] is False
    (picture,) = practice.graph("GET", _path(practice, message["id"], "reports"), expect=200).json()["value"]
    assert (picture["isInline"], picture["contentId"], picture["name"]) == (True, "pic", "pic.png")


def test_attachments_come_along_when_expanded(practice: PracticeServer) -> None:
    made = draft(
        practice,
        attachments=[
            file_attachment("a.txt", b"A"),
            file_attachment("b.png", _PIXEL, isInline=True, contentId="b"),
        ],
    )
    shown = get(practice, "headteacher", made["id"], "?$expand=attachments($select=name,isInline)")
    assert [(each["name"], each["isInline"]) for each in shown["attachments"]] == [
        ("a.txt", False),
        ("b.png", True),
    ]
    assert "contentBytes" not in shown["attachments"][0]


@pytest.mark.parametrize(
    "body", [{}, {"@odata.type": "#microsoft.graph.referenceAttachment"}, {"@odata.type": "x", "name": "x"}]
)
def test_what_is_no_attachment_is_refused(practice: PracticeServer, body: dict[str, str]) -> None:
    made = draft(practice)
    practice.graph("POST", _path(practice, made["id"]), json=body, expect=400)
