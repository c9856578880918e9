"""What every journal promises of the evidence register and of the custody record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from casework.cases import CaseReference
from casework.custody import CustodyAct, CustodyEntry, EvidenceItem, Finding, ItemKind, Shelf, item_key
from connectors.journal import SqlJournal
from tests.journals import CASE, MONDAY

OTHER = CaseReference("TIS-2026-0008")


def item(path: str = "2026/a/message.eml", **changes: Any) -> EvidenceItem:
    plain = EvidenceItem(
        key=item_key(Shelf.SEALED, path),
        shelf=Shelf.SEALED,
        path=path,
        kind=ItemKind.ORIGINAL,
        size=7,
        sha256="ab" * 32,
        kept_at=MONDAY,
        checked_at=MONDAY,
        file_id=f"id of {path}",
        content_tag="tag",
        case=CASE,
        sighting="mail/AAA=",
    )
    return replace(plain, **changes)


def entry(key: str = "one", **changes: Any) -> CustodyEntry:
    plain = CustodyEntry(
        key=key,
        case=CASE,
        what=CustodyAct.SEALED,
        who="Casework",
        at=MONDAY,
        recorded_at=MONDAY,
        how="written once",
        on_what="2026/a/message.eml",
        result="7 bytes",
    )
    return replace(plain, **changes)


def test_a_piece_of_evidence_comes_back_as_it_was_saved(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        records.evidence.save(item())
        records.evidence.save(item("other", case=None, sighting="", finding=Finding.MISSING))
    with journal.transaction() as records:
        assert records.evidence.get(item().key) == item()
        assert records.evidence.of_case(CASE) == (item(),)
        assert records.evidence.of_case(OTHER) == ()
        assert records.evidence.of_sighting("mail/AAA=") == (item(),)
        assert records.evidence.with_files((item().file_id, "another")) == (item(),)
        assert [found.path for found in records.evidence.found_wrong()] == ["other"]


def test_what_was_checked_longest_ago_comes_first(journal: SqlJournal) -> None:
    late, early = MONDAY + timedelta(days=2), MONDAY + timedelta(days=1)
    with journal.transaction() as records:
        records.evidence.save(item("late", checked_at=late))
        records.evidence.save(item("early", checked_at=early))
    with journal.transaction() as records:
        after = late + timedelta(seconds=1)
        assert [one.path for one in records.evidence.not_checked_since(after)] == ["early", "late"]
        assert [one.path for one in records.evidence.not_checked_since(after, 1)] == ["early"]
        assert [one.path for one in records.evidence.not_checked_since(late)] == ["early"]


def test_an_act_is_entered_once_and_never_changed(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        assert records.custody.add(entry())
        assert not records.custody.add(entry(result="something else"))
        assert records.custody.of_case(CASE) == (entry(),)


def test_a_page_holds_what_was_on_none_before(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        records.custody.add(entry("one"))
        records.custody.add(entry("elsewhere", case=OTHER))
        assert records.custody.bind(CASE, 1) == 1
        assert records.custody.on_no_page(CASE) == 0
        records.custody.add(entry("two"))
        records.custody.add(entry("three"))
        assert records.custody.on_no_page(CASE) == len(records.custody.of_case(CASE))
        assert records.custody.bind(CASE, 2) == 2
        assert records.custody.bind(CASE, 3) == 0
        assert [(one.key, one.page) for one in records.custody.of_case(CASE)] == [
            ("one", 1),
            ("two", 2),
            ("three", 2),
        ]
        assert records.custody.of_case(OTHER)[0].page == 0


def test_evidence_and_custody_of_another_school_are_not_seen(open_school: Callable[..., SqlJournal]) -> None:
    tillbrook, westmere = open_school("TIS"), open_school("WES")
    with tillbrook.transaction() as records:
        records.evidence.save(item(finding=Finding.CHANGED))
        records.custody.add(entry())
    with westmere.transaction() as records:
        assert records.evidence.not_checked_since(MONDAY + timedelta(days=1)) == ()
        assert records.evidence.found_wrong() == ()
        assert records.custody.of_case(CASE) == ()
        assert records.custody.bind(CASE, 1) == 0


def test_what_is_registered_already_is_left_as_it_is(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        assert records.evidence.add(item())
        assert not records.evidence.add(item(finding=Finding.CHANGED))
        assert records.evidence.found_wrong() == ()
