"""What is said of evidence that is not as it was kept: where it lies, what was found, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from casework.custody import EvidenceItem, Finding, ItemKind, Shelf

KINDS: Mapping[ItemKind, str] = {
    ItemKind.ORIGINAL: "a sealed original",
    ItemKind.ATTACHMENT: "a sealed attachment",
    ItemKind.MANIFEST: "the manifest of a sealed original",
    ItemKind.COPY: "a working copy",
    ItemKind.REDACTED: "a redacted copy",
    ItemKind.BY_HAND: "a copy that a person redacted",
    ItemKind.LETTER: "the Word file of a letter or paper that was sent",
    ItemKind.RECORD: "a page or list of a case's record",
}
_FOUND: Mapping[Finding, str] = {
    Finding.CHANGED: "is not what was kept: its content was changed",
    Finding.MISSING: "is not where it was put: it was deleted, moved or renamed",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Wrong:
    """One thing that a check found wrong.

    Attributes:
        where: so that a person finds it; no name of a file that somebody else chose.
        what: a sentence; next_step: what to do, beginning with a verb.
    """

    where: str
    what: str
    next_step: str


def place_of(item: EvidenceItem) -> str:
    """Where it lies. Names of files may hold names of people, so only their number and ending are told."""
    path = PurePosixPath(item.path)
    name = path.name
    if item.kind in {ItemKind.COPY, ItemKind.ATTACHMENT, ItemKind.BY_HAND} and name[:2].isdigit():
        name = f"{name[:3]}…{path.suffix}"
    elif item.kind is ItemKind.BY_HAND:
        name = f"…{path.suffix}"
    return f"{item.shelf.value}, {path.parent}/{name}"


def wrong_item(item: EvidenceItem, finding: Finding) -> Wrong:
    """What is wrong with a file of the evidence register, and what to do about it."""
    return Wrong(
        where=place_of(item),
        what=f"{KINDS[item.kind].capitalize()} {_FOUND[finding]}.",
        next_step=next_step(item, finding),
    )


def next_step(item: EvidenceItem, finding: Finding) -> str:
    """What a person does about it, beginning with a verb."""
    library = "sealed library" if item.shelf is Shelf.SEALED else "casework library"
    if finding is Finding.MISSING:
        return (
            f"Look in the {library}'s recycle bin and restore the file to its folder; if it was moved or renamed, "
            "put it back. Do not upload a copy from elsewhere"
        )
    version = "the first version"
    if item.kind is ItemKind.LETTER:  # the office may have edited it before it was approved
        sent = item.kept_at
        version = f"the version that was the newest when it was sent, on {sent.day} {sent:%B %Y}"
    return f"Open the file's version history in the {library} and restore {version}; change nothing else"
