"""Exported chats in their zip files: what is opened, and what is refused with a reason."""

import io
import zipfile

import pytest

from connectors.documents.messages.chat_archive import read_chat_archive

_LINE = "[21/11/2026, 19:41:10] Amy Birch: Has anybody seen the letter?\n"


def _zip(files: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize("text", ["_chat.txt", "WhatsApp Chat with Year 2 parents.txt"])
def test_the_chat_of_either_telephone_is_found_with_its_media(text: str) -> None:
    content = _zip({text: _LINE.encode(), "IMG-20261121-WA0004.jpg": b"picture"})
    archive = read_chat_archive(content, name="WhatsApp Chat - Year 2 parents.zip")
    assert archive.chat is not None
    assert archive.chat.name == "Year 2 parents"
    assert archive.media == ("IMG-20261121-WA0004.jpg",)
    assert not archive.problem


def test_another_zip_file_is_left_alone() -> None:
    assert read_chat_archive(_zip({"holiday.txt": b"x"}), name="pictures.zip").problem == ""
    assert read_chat_archive(b"no zip at all", name="pictures.zip").problem == ""


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"_chat.txt": b"0" * 20_000_000}, "zip bomb"),
        ({"_chat.txt": _LINE.encode(), "../../etc/passwd": b"x"}, "lead out"),
        ({"_chat.txt": _LINE.encode(), "C:\\windows\\x.dll": b"x"}, "lead out"),
        ({"_chat.txt": b"Dear all, this is a letter."}, "not a WhatsApp chat"),
        ({"voice.opus": b"x"}, "holds no chat"),
    ],
)
def test_an_archive_that_nobody_should_unpack_is_refused_with_the_reason(
    files: dict[str, bytes], reason: str
) -> None:
    archive = read_chat_archive(_zip(files), name="WhatsApp Chat - Year 2.zip")
    assert archive.chat is None
    assert reason in archive.problem
    assert "export the chat again" in archive.problem


def test_a_locked_archive_is_refused() -> None:
    content = bytearray(_zip({"_chat.txt": _LINE.encode()}, compression=zipfile.ZIP_STORED))
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    assert "password" in read_chat_archive(bytes(content), name="WhatsApp Chat.zip").problem


def test_a_damaged_export_is_named_as_one() -> None:
    content = _zip({"_chat.txt": _LINE.encode() * 500})
    assert "damaged" in read_chat_archive(content[:-40], name="WhatsApp Chat.zip").problem
