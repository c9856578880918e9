"""An exported WhatsApp chat out of its zip file, within limits; a dangerous archive is refused and said so."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from casework.chats import REFUSED, Chat, read_chat
from connectors.documents.messages.charsets import decode_text

MOST_ENTRIES = 20_000
MOST_TEXT_BYTES = 30_000_000
"""Of the chat's text, unpacked: a very busy group writes five million in years."""
MOST_UNPACKED_BYTES = 2_000_000_000
HIGHEST_RATIO = 300
"""Unpacked to packed, of the whole archive: media do not shrink, so only a trap is above it."""
MOST_MEDIA_BYTES = 100_000_000
"""Of one picture or film that is copied into a case's folder."""
_ENCRYPTED = 0x1
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OverflowError, EOFError, ValueError,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class ChatArchive:
    """What an archive holds.

    Attributes:
        chat: None where there is none, or where it was refused.
        media: names of the files beside the chat's text.
        problem: why the archive was refused, with the next step; empty if it was not.
    """

    chat: Chat | None = None
    media: tuple[str, ...] = ()
    problem: str = ""


def read_chat_archive(content: bytes, *, name: str) -> ChatArchive:
    """Read the export; a zip file of any other sort gives neither chat nor problem.

    Args:
        content: of the zip file.
        name: of the zip file, which names the group on an iPhone.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _read(archive, name)
    except _DAMAGED:
        return _refused(name, "it is damaged")


def files_of_archive(content: bytes, names: tuple[str, ...]) -> tuple[tuple[str, bytes], ...]:
    """Name and content of some files of an archive, in the order asked for; what cannot be had is left out."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return tuple(_files(archive, names))
    except _DAMAGED:
        return ()


def _files(archive: zipfile.ZipFile, names: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    there = {_short(entry.filename): entry for entry in archive.infolist() if not entry.is_dir()}
    if _danger(archive.infolist()):
        return
    for name in dict.fromkeys(names):
        entry = there.get(name)
        if entry is None or entry.file_size > MOST_MEDIA_BYTES:
            continue
        with archive.open(entry) as part:
            content = part.read(MOST_MEDIA_BYTES + 1)
        if len(content) <= MOST_MEDIA_BYTES:
            yield name, content


def _read(archive: zipfile.ZipFile, name: str) -> ChatArchive:
    entries = archive.infolist()
    text = next((entry for entry in entries if _is_chat_text(entry.filename)), None)
    if text is None and "whatsapp" not in name.casefold():
        return ChatArchive()
    if danger := _danger(entries):
        return _refused(name, danger)
    if text is None:
        return _refused(name, "it holds no chat")
    with archive.open(text) as part:
        raw = part.read(MOST_TEXT_BYTES + 1)
    if len(raw) > MOST_TEXT_BYTES:
        return _refused(name, "its text is longer than 30 MB")
    media = tuple(_short(entry.filename) for entry in entries if entry is not text and not entry.is_dir())
    file_name = name if text.filename.casefold().endswith("_chat.txt") else text.filename
    chat = read_chat(decode_text(raw, "utf-8")[0], file_name=file_name, media=media)
    return ChatArchive(chat=chat, media=media) if chat else _refused(name, "its text is not a WhatsApp chat")


def _short(path: str) -> str:
    """The name by which the chat speaks of a file: people unpack an export and pack its folder again."""
    return path.rpartition("/")[2]


def _is_chat_text(entry: str) -> bool:
    short = _short(entry).casefold()
    return short.endswith(".txt") and (short == "_chat.txt" or "whatsapp" in short)


def _danger(entries: list[zipfile.ZipInfo]) -> str:
    """What makes the archive one that nobody should unpack."""
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_ENTRIES:
        return f"it holds more than {MOST_ENTRIES:,} files"
    if unpacked > MOST_UNPACKED_BYTES or unpacked > HIGHEST_RATIO * max(packed, 1):
        return "it grows out of all proportion when it is unpacked (a zip bomb)"
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        return "it is locked with a password"
    if any(_leads_out(entry.filename) for entry in entries):
        return "its file names lead out of their folder"
    return ""


def _leads_out(path: str) -> bool:
    steps = path.replace("\\", "/").split("/")
    return ".." in steps or path.startswith(("/", "\\")) or ":" in steps[0]


def _refused(name: str, reason: str) -> ChatArchive:
    if reason == "it is damaged" and "whatsapp" not in name.casefold():
        return ChatArchive()  # some other file that is called .zip
    sentence = f"{REFUSED} {reason}."
    advice = "Ask the reporter to export the chat again (in WhatsApp: the chat's menu, Export chat)."
    return ChatArchive(problem=f"{sentence} {advice}")
