"""The hash by which OneDrive for Business tells what it holds."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.calls import GraphCalls, JsonObject
from connectors.microsoft365.files import GraphLibrary
from connectors.microsoft365.quick_xor_hash import quick_xor_hash
from practice_tenant.drives.quick_xor_hash import quick_xor_hash as told_by_the_tenant


@pytest.mark.parametrize(
    ("content", "digest"),
    [
        (b"", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
        (b"\x4a", "SgAAAAAAAAAAAAAAAQAAAAAAAAA="),
        (b"\xb5\xb4", "taAFAAAAAAAAAAAAAgAAAAAAAAA="),
    ],
)
def test_it_gives_the_known_digests(content: bytes, digest: str) -> None:
    assert quick_xor_hash(content) == digest


@pytest.mark.parametrize("length", [19, 20, 21, 159, 160, 161, 320, 33_000])
def test_two_that_were_written_apart_agree(length: int) -> None:
    content = bytes((index * 37 + 11) % 256 for index in range(length))
    assert quick_xor_hash(content) == told_by_the_tenant(content)


SENT = b"as Casework wrote it"
KEPT = b"as Casework wrote it, with properties"


@pytest.mark.parametrize(
    ("kept", "is_told", "as_sent"),
    [(SENT, True, True), (KEPT, True, False), (SENT[::-1], True, False), (SENT, False, False)],
)
def test_a_word_file_holds_what_was_sent_only_if_the_service_says_so(
    kept: bytes, is_told: bool, as_sent: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes = {"quickXorHash": quick_xor_hash(kept)} if is_told else {}
    answer: JsonObject = {"id": "01", "eTag": '"1"', "size": len(kept), "file": {"hashes": hashes}}
    monkeypatch.setattr(GraphCalls, "put", lambda *_, **__: answer)
    library = GraphLibrary(invented_account(), "drive")

    assert library.write("Timeline.docx", SENT).as_sent is as_sent


def invented_account() -> SchoolAccount:
    """An account that is asked for nothing."""
    account = SimpleNamespace(con=None, protocol=SimpleNamespace(service_url="https://graph.example/"))
    return cast("SchoolAccount", account)
