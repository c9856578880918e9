"""Sealing what arrived: raw bytes first, hashed before anything is parsed, then what they carry, then the manifest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casework.errors import AlreadyThereError, PermanentConnectorError
from casework.evidence import SealedFile, manifest, sealed_file, sealed_folder, sealed_name, sha256_of
from casework.messages import ReceivedMessage
from casework.ports import Library, MessageReader


@dataclass(frozen=True, kw_only=True, slots=True)
class SealedMessage:
    """A mail whose original is safe.

    Attributes:
        folder: in the sealed library.
    """

    folder: str
    sha256: str
    message: ReceivedMessage


def seal_message(
    raw: bytes, *, received_at: datetime, sealed: Library, reader: MessageReader, name: str = "message.eml"
) -> SealedMessage:
    """Seal a mail. Doing it twice does it once: the place is decided by the bytes."""
    sha256 = sha256_of(raw)
    folder = sealed_folder(received_at, sha256)
    store(sealed, f"{folder}/{name}", raw)
    message = reader.read(raw, name=name)
    files = [
        SealedFile(path=name, original_name=name, content_type="message/rfc822", size=len(raw), sha256=sha256)
    ]
    for number, attachment in enumerate(message.every_attachment(), start=1):
        file = sealed_file(attachment, number)
        store(sealed, f"{folder}/{file.path}", attachment.content)
        files.append(file)
    people = {
        "forwarder": {"name": message.sender.name, "address": message.sender.address},
        "message id": message.message_id,
    }
    content = manifest(received_at=received_at, source="mail", files=files, people=people)
    store(sealed, f"{folder}/manifest.json", content, same_bytes=False)
    return SealedMessage(folder=folder, sha256=sha256, message=message)


def seal_files(files: tuple[tuple[str, bytes], ...], *, received_at: datetime, sealed: Library) -> str:
    """Seal what was dropped together; returns the folder."""
    together = "".join(sorted(sha256_of(content) for _, content in files))
    folder = sealed_folder(received_at, sha256_of(together.encode()))
    entries = []
    for number, (name, content) in enumerate(files, start=1):
        path = f"attachments/{sealed_name(name, number)}"
        store(sealed, f"{folder}/{path}", content)
        entries.append(
            SealedFile(
                path=path, original_name=name, content_type="", size=len(content), sha256=sha256_of(content)
            )
        )
    content = manifest(received_at=received_at, source="drop folder", files=entries, people={})
    store(sealed, f"{folder}/manifest.json", content, same_bytes=False)
    return folder


def store(library: Library, path: str, content: bytes, *, same_bytes: bool = True) -> None:
    """Write a file that must never be replaced.

    Raises:
        PermanentConnectorError: another file stands there: the evidence was changed.
    """
    try:
        library.write(path, content)
    except AlreadyThereError:
        if not same_bytes:
            return
        there = library.find(path)
        if there is None or library.read(there.file_id) == content:
            return
        raise PermanentConnectorError(
            "A sealed original is not what was sealed: it was changed in the library. "
            "Look at the file's version history in the sealed library, and restore the first version."
        ) from None
