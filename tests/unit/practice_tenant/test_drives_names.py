"""What OneDrive calls a name, and the checksum by which it knows content."""

from base64 import b64decode

import pytest

from practice_tenant.drives.names import check_name, numbered
from practice_tenant.drives.quick_xor_hash import quick_xor_hash
from practice_tenant.errors import GraphError
from tests.checked_graph import CheckedGraph


@pytest.mark.parametrize(
    "name",
    [
        'a"b',
        "a*b",
        "a:b",
        "a<b",
        "a>b",
        "a?b",
        "a/b",
        "a\\b",
        "a|b",
        "a\tb",
        " a",
        "a ",
        "a.",
        "CON",
        "nul",
        "Com1",
        "LPT9",
        ".lock",
        "desktop.ini",
        "a_vti_b",
        "~$letter.docx",
        "",
        "x" * 256,
    ],
)
def test_names_that_onedrive_refuses_are_refused(name: str) -> None:
    with pytest.raises(GraphError) as refusal:
        check_name(name)
    assert (refusal.value.status, refusal.value.code) == (400, "invalidRequest")


@pytest.mark.parametrize(
    "name", ["Ängste & Nöte.docx", "50% #1 {final}.docx", ".hidden", "console", "x" * 255, "Forms"]
)
def test_names_that_onedrive_takes_are_taken(name: str) -> None:
    check_name(name)


def test_forms_is_reserved_at_the_root_of_a_library_only() -> None:
    with pytest.raises(GraphError):
        check_name("Forms", at_library_root=True)


def test_a_path_longer_than_400_characters_is_refused(graph: CheckedGraph) -> None:
    path = "/".join(["f" * 90] * 4)
    graph.put(f"{path}/{'n' * 20}.txt", expect=201)
    assert graph.error("PUT", f"{graph.at(path)[:-1]}/{'n' * 60}.txt:/content") == (400, "invalidRequest")


def test_names_with_signs_that_addresses_use_arrive_whole(graph: CheckedGraph) -> None:
    made = graph.put("Caf%C3%A9%20%26%20co/100%25%20%231.txt")
    assert made["name"] == "100% #1.txt"
    assert made["parentReference"]["name"] == "Café & co"


def test_a_taken_name_is_numbered_before_its_ending() -> None:
    assert numbered("letter.docx", 2) == "letter 2.docx"
    assert numbered("Letters", 1) == "Letters 1"


@pytest.mark.parametrize(
    ("content", "digest"),
    [
        (b"", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
        (b"\x4a", "SgAAAAAAAAAAAAAAAQAAAAAAAAA="),
        (b"\xb5\xb4", "taAFAAAAAAAAAAAAAgAAAAAAAAA="),
    ],
)
def test_quick_xor_hash_gives_the_known_digests(content: bytes, digest: str) -> None:
    assert quick_xor_hash(content) == digest


@pytest.mark.parametrize("length", [19, 20, 21, 159, 160, 161, 1000])
def test_quick_xor_hash_is_what_its_description_says_bit_by_bit(length: int) -> None:
    content = bytes((index * 37 + 11) % 256 for index in range(length))
    ring = [0] * 160
    for index, byte in enumerate(content):
        for bit in range(8):
            ring[(index * 11 + bit) % 160] ^= byte >> bit & 1
    expected = bytearray(sum(bit << place for place, bit in enumerate(ring)).to_bytes(20, "little"))
    for index, byte in enumerate(length.to_bytes(8, "little")):
        expected[12 + index] ^= byte
    assert b64decode(quick_xor_hash(content)) == bytes(expected)
