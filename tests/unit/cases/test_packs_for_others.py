"""Which files of a case each reader of a pack may have."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework.custody import EvidenceItem, ItemKind, Shelf
from casework.export_packs import PackReader, manifest_of, pieces_for, sums_of
from tests.journals import MONDAY


def item(path: str, kind: ItemKind, shelf: Shelf = Shelf.CASE_FOLDER, *, days: int = 0) -> EvidenceItem:
    kept = MONDAY + timedelta(days=days)
    return EvidenceItem(
        key=path, shelf=shelf, path=path, kind=kind, size=3, sha256="ab" * 32, kept_at=kept, checked_at=kept
    )


MAIL = item("2026/1/mail.eml", ItemKind.ORIGINAL, Shelf.SEALED)
COPY = item("TIS-2026-0007/Evidence/post.png", ItemKind.COPY)
OLD = item("TIS-2026-0007/Redacted/1/post.txt", ItemKind.REDACTED)
NEW = item("TIS-2026-0007/Redacted/2/post.txt", ItemKind.REDACTED, days=1)
HAND = item("TIS-2026-0007/Redacted/2/post.png", ItemKind.BY_HAND, days=2)
ALL = (MAIL, COPY, OLD, NEW, HAND)


@pytest.mark.parametrize("reader", [PackReader.POLICE, PackReader.SOLICITOR])
def test_the_police_and_a_solicitor_get_copies_without_the_reporter_or_the_originals_if_a_person_says_so(
    reader: PackReader,
) -> None:
    assert pieces_for(reader, ALL) == (COPY,)
    assert pieces_for(reader, ALL, originals=True) == (MAIL,)


@pytest.mark.parametrize("reader", [PackReader.GOVERNORS, PackReader.SAR])
@pytest.mark.parametrize("originals", [True, False])
def test_governors_and_a_data_subject_get_the_newest_redacted_copies_and_nothing_else(
    reader: PackReader, originals: bool
) -> None:
    assert pieces_for(reader, ALL, originals=originals) == (NEW, HAND)
    assert pieces_for(reader, (MAIL, COPY), originals=originals) == ()


def test_the_lists_name_every_file_with_its_hash_and_hold_no_formula() -> None:
    wicked = item("=cmd.png", ItemKind.COPY)

    assert "Files/TIS-2026-0007/Evidence/post.png" in manifest_of([COPY]).decode("utf-8-sig")
    assert sums_of([COPY]) == b"ab" * 32 + b"  TIS-2026-0007/Evidence/post.png\n"
    assert '"=' not in manifest_of([wicked]).decode("utf-8-sig")
