"""A case as a pack for somebody outside it: which files each reader may have, and the lists that go with them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from casework.case_record import sha256_sums
from casework.custody import EvidenceItem, ItemKind, Shelf
from casework.letter_kinds import LetterKind

SUMMARY = "Summary.docx"
_FORMULA = ("=", "+", "-", "@", "\t")
"""What a spreadsheet takes for a formula where a cell begins with it."""


class PackReader(StrEnum):
    """For whom a pack is made."""

    POLICE = "police"
    SOLICITOR = "solicitor"
    GOVERNORS = "governors"
    SAR = "sar"

    @property
    def summary(self) -> LetterKind | None:
        """The paper that heads the pack; None for the timeline, which names roles and nobody."""
        return {
            PackReader.POLICE: LetterKind.POLICE_SUMMARY,
            PackReader.SOLICITOR: LetterKind.SOLICITOR_BRIEF,
        }.get(self)

    @property
    def sees_redacted_only(self) -> bool:
        """Governors and whoever asks for their own data see nothing in which other people stand."""
        return self in {PackReader.GOVERNORS, PackReader.SAR}


def pieces_for(
    reader: PackReader, items: Iterable[EvidenceItem], *, originals: bool = False
) -> tuple[EvidenceItem, ...]:
    """The pieces of evidence in a pack, in the order in which they were kept.

    Args:
        reader: governors and data subjects get the newest set of redacted copies, whatever else is asked for.
        items: of the case.
        originals: the sealed originals, which name the reporter, in place of the working copies.
    """
    listed = list(items)
    if reader.sees_redacted_only:
        redacted = [item for item in listed if item.kind in {ItemKind.REDACTED, ItemKind.BY_HAND}]
        newest = max(redacted, key=lambda item: item.kept_at, default=None)
        return tuple(item for item in redacted if newest and _folder(item) == _folder(newest))
    if originals:
        sealed = {ItemKind.ORIGINAL, ItemKind.ATTACHMENT, ItemKind.MANIFEST}
        return tuple(item for item in listed if item.shelf is Shelf.SEALED and item.kind in sealed)
    return tuple(item for item in listed if item.shelf is Shelf.CASE_FOLDER and item.kind is ItemKind.COPY)


def name_in_pack(item: EvidenceItem) -> str:
    return f"Files/{item.path}"


def manifest_of(items: Iterable[EvidenceItem]) -> bytes:
    """What is in the pack, as a table that spreadsheets open."""
    rows = [("file", "what it is", "bytes", "SHA-256", "kept at (UTC)")]
    rows += [
        (
            name_in_pack(item),
            item.kind.value,
            str(item.size),
            item.sha256,
            item.kept_at.isoformat(timespec="seconds"),
        )
        for item in items
    ]
    return "".join(",".join(map(_cell, row)) + "\r\n" for row in rows).encode("utf-8-sig")


def sums_of(items: Iterable[EvidenceItem]) -> bytes:
    """The hashes in the form that `sha256sum -c` reads, from the pack's own Files folder."""
    return sha256_sums(items)


def _folder(item: EvidenceItem) -> str:
    return item.path.rpartition("/")[0]


def _cell(text: str) -> str:
    safe = f"'{text}" if text.startswith(_FORMULA) else text
    return '"' + safe.replace('"', '""') + '"'
