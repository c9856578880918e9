"""Custody: which pieces of evidence there are, where each lies, and every act on them in six fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from casework.cases import CaseReference


class Shelf(StrEnum):
    """The two places where evidence lies."""

    SEALED = "sealed library"
    CASE_FOLDER = "case folder"


class ItemKind(StrEnum):
    """What a piece of evidence is, in office words."""

    ORIGINAL = "original"
    ATTACHMENT = "attachment"
    MANIFEST = "manifest"
    COPY = "working copy"
    REDACTED = "redacted copy"
    BY_HAND = "redacted by a person"
    RECORD = "record"
    LETTER = "letter"


class CustodyAct(StrEnum):
    RECEIVED = "received"
    SEALED = "sealed"
    OPENED = "opened"
    COPIED = "copied"
    WITHHELD = "withheld"
    REDACTED = "redacted"
    VERIFIED = "verified"
    FOUND_WRONG = "found not as sealed"
    FOUND_RIGHT = "found as sealed again"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    FILED = "filed"


class Finding(StrEnum):
    """What a check found of a piece of evidence that is not as it was kept."""

    CHANGED = "changed"
    MISSING = "missing"


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceItem:
    """One file of the evidence register.

    Attributes:
        key: shelf and path; a file is registered once.
        path: from the root of its library.
        sighting: of the message or dropped files that it came from; empty for what Casework or a person made.
        content_tag: the library's own mark of the content, to see a change without reading the file.
        file_id: in its library; a file keeps it when somebody renames it.
        checked_at: when its bytes were last hashed: as it was kept, then whenever it was read again.
    """

    key: str
    shelf: Shelf
    path: str
    kind: ItemKind
    size: int
    sha256: str
    kept_at: datetime
    checked_at: datetime
    file_id: str = ""
    content_tag: str = ""
    case: CaseReference | None = None
    sighting: str = ""
    finding: Finding | None = None

    @property
    def is_of_case(self) -> bool:
        return self.case is not None


def item_key(shelf: Shelf, path: str) -> str:
    return f"{shelf.value}/{path}"


@dataclass(frozen=True, kw_only=True, slots=True)
class CustodyEntry:
    """One act on a piece of evidence; an entry is added and never changed.

    Attributes:
        key: deterministic, so that an act that is recorded twice stands there once.
        who: an address, a role, or "Casework". The record lies in the sealed library.
        at: when it happened; `recorded_at` when it was entered.
        what, how, on_what, result: in office words; `on_what` is a path.
        page: of the custody record in the sealed library; 0 until it is bound.
    """

    key: str
    case: CaseReference
    what: CustodyAct
    who: str
    at: datetime
    recorded_at: datetime
    how: str
    on_what: str
    result: str
    page: int = 0


class EvidenceRegister(Protocol):
    """Every piece of evidence that is kept, over all cases."""

    def get(self, key: str) -> EvidenceItem | None: ...

    def save(self, item: EvidenceItem) -> None:
        """Add or replace by key."""

    def add(self, item: EvidenceItem) -> bool:
        """Add an item; False (and nothing changes) if one with its key is there."""

    def of_case(self, case: CaseReference) -> tuple[EvidenceItem, ...]:
        """Those of a case, in the order in which they were kept."""

    def of_sighting(self, sighting: str) -> tuple[EvidenceItem, ...]: ...

    def with_files(self, file_ids: tuple[str, ...]) -> tuple[EvidenceItem, ...]:
        """Those that lie in these files of their library."""

    def not_checked_since(self, moment: datetime, most: int | None = None) -> tuple[EvidenceItem, ...]:
        """Those checked last before that moment, longest ago first; all of them if `most` is None."""

    def found_wrong(self) -> tuple[EvidenceItem, ...]:
        """Those that the last check found changed or missing."""


class CustodyRecord(Protocol):
    """Every act on the evidence; nothing is ever taken out of it."""

    def add(self, entry: CustodyEntry) -> bool:
        """Add an entry; False (and nothing changes) if one with its key is there."""

    def of_case(self, case: CaseReference) -> tuple[CustodyEntry, ...]:
        """Those of a case, in the order in which they were entered."""

    def on_no_page(self, case: CaseReference) -> int:
        """How many entries the case has if the last of them is on no page yet; 0 if it is, or if there is none."""

    def bind(self, case: CaseReference, page: int) -> int:
        """Put all entries of the case that are on no page yet on this one; returns how many."""


def in_case(items: Iterable[EvidenceItem], *kinds: ItemKind) -> tuple[EvidenceItem, ...]:
    """Those of these kinds."""
    return tuple(item for item in items if item.kind in kinds)
