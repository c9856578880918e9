"""Sealing what arrived: raw bytes first, hashed before anything is parsed, then what they carry, then the manifest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casework.custody import ItemKind
from casework.evidence import SealedFile, manifest, sealed_file, sealed_folder, sealed_name, sha256_of
from casework.messages import ReceivedMessage
from casework.ports import Library, MessageReader
from workflows.custody import Kept
from workflows.storing import store

MANIFEST = "manifest.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sealed:
    """What is safe.

    Attributes:
        folder: in the sealed library.
        sha256: of the mail; for files, of their hashes together.
        kept: every file that was written, the original first and the manifest last.
    """

    folder: str
    sha256: str
    kept: tuple[Kept, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SealedMessage:
    """A mail whose original is safe, and what was then read in it."""

    sealed: Sealed
    message: ReceivedMessage


def seal_message(
    raw: bytes, *, received_at: datetime, sealed: Library, reader: MessageReader, name: str = "message.eml"
) -> SealedMessage:
    """Seal a mail. Doing it twice does it once: the place is decided by the bytes."""
    sha256 = sha256_of(raw)
    folder = sealed_folder(received_at, sha256)
    kept = [keep(sealed, f"{folder}/{name}", raw, ItemKind.ORIGINAL, sha256=sha256)]
    message = reader.read(raw, name=name)
    files = [
        SealedFile(path=name, original_name=name, content_type="message/rfc822", size=len(raw), sha256=sha256)
    ]
    for number, attachment in enumerate(message.every_attachment(), start=1):
        file = sealed_file(attachment, number)
        place = f"{folder}/{file.path}"
        kept.append(keep(sealed, place, attachment.content, ItemKind.ATTACHMENT, sha256=attachment.sha256))
        files.append(file)
    people = {
        "forwarder": {"name": message.sender.name, "address": message.sender.address},
        "message id": message.message_id,
    }
    content = manifest(received_at=received_at, source="mail", files=files, people=people)
    kept.append(keep(sealed, f"{folder}/{MANIFEST}", content, ItemKind.MANIFEST))
    return SealedMessage(sealed=Sealed(folder=folder, sha256=sha256, kept=tuple(kept)), message=message)


def seal_files(files: tuple[tuple[str, bytes], ...], *, received_at: datetime, sealed: Library) -> Sealed:
    """Seal what was dropped together."""
    together = sha256_of("".join(sorted(sha256_of(content) for _, content in files)).encode())
    folder = sealed_folder(received_at, together)
    entries, kept = [], []
    for number, (name, content) in enumerate(files, start=1):
        path = f"attachments/{sealed_name(name, number)}"
        kept.append(keep(sealed, f"{folder}/{path}", content, ItemKind.ORIGINAL))
        entries.append(
            SealedFile(
                path=path, original_name=name, content_type="", size=len(content), sha256=sha256_of(content)
            )
        )
    content = manifest(received_at=received_at, source="drop folder", files=entries, people={})
    kept.append(keep(sealed, f"{folder}/{MANIFEST}", content, ItemKind.MANIFEST))
    return Sealed(folder=folder, sha256=together, kept=tuple(kept))


def keep(library: Library, path: str, content: bytes, kind: ItemKind, *, sha256: str = "") -> Kept:
    """Write a file that must never be replaced, and say what was written; what was hashed already is not again.

    Raises:
        PermanentConnectorError: another file stands there: the evidence was changed.
    """
    stored = store(library, path, content, same_bytes=kind is not ItemKind.MANIFEST)
    known = sha256 if stored.content is content else ""
    return Kept(
        file=stored.file,
        path=path,
        sha256=known or sha256_of(stored.content),
        size=len(stored.content),
        kind=kind,
    )
