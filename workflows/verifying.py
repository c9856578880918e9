"""Verify: everything is as it was kept, and the log says the same as the register and the custody record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from casework.case_record import custody_page, custody_path
from casework.cases import CaseReference
from casework.custody import CustodyEntry, EvidenceItem, ItemKind, Shelf, item_key
from casework.evidence import sha256_of
from casework.evidence_words import Wrong, place_of, wrong_item
from casework.letters import Letter, LetterState
from casework.records import Event
from workflows.check_evidence import Checked

ONCE = frozenset(
    {"evidence.sealed", "evidence.regained", "evidence.copied", "evidence.redacted", "custody.written"}
)
"""Events that name the SHA-256 of files which are never written anew."""
ANEW = frozenset({"evidence.listed", "evidence.placed"})
"""Events that name the SHA-256 of files which may be written anew: the newest counts."""
_KEEP = "Keep this journal as it is, and restore the newest backup that holds beside it"


def wrong_head(head: tuple[int, str], events: Sequence[Event]) -> Iterator[Wrong]:
    """Compare the log with an entry's number and link as a mail named them: a cut tail shows here and nowhere else.

    Args:
        head: the number, and the link or its beginning.
        events: all of the log, oldest first.
    """
    number, link = head
    newest = events[-1].number if events else 0
    where = f"event log, entry {number}"
    if number > newest:
        what = f"The log was mailed with {number} entries and now has {newest}: the newest ones were cut off."
        yield Wrong(where=where, what=what, next_step=_KEEP)
        return
    entry = next((event for event in events if event.number == number), None)
    if entry is None or not entry.chain.startswith(link):
        what = "The entry is not the one that the mail named: the log was written anew."
        yield Wrong(where=where, what=what, next_step=_KEEP)


def wrong_in_register(items: Iterable[EvidenceItem], events: Iterable[Event]) -> Iterator[Wrong]:
    """Compare the evidence register with the chained log, which nobody can change unseen."""
    once, anew = _hashes(events, ONCE), _hashes(events, ANEW)
    for item in items:
        if once[item.sha256] > 0:
            once[item.sha256] -= 1
        elif not anew[item.sha256]:
            what = "The register names a SHA-256 that the log does not know: the register was changed."
            yield Wrong(where=place_of(item), what=what, next_step=_KEEP)
    for sha256, missing in once.items():
        if missing > 0:
            where = f"evidence register, SHA-256 {sha256[:16]}…"
            what = "The log knows a piece of evidence that the register has no longer."
            yield Wrong(where=where, what=what, next_step=_KEEP)


def _hashes(events: Iterable[Event], names: frozenset[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for event in events:
        if event.what in names:
            told = event.fields.get("sha256")
            found.update(str(one) for one in (told if isinstance(told, list) else [told]))
    return found


def wrong_in_custody(
    case: CaseReference, entries: Sequence[CustodyEntry], items: Iterable[EvidenceItem]
) -> Iterator[Wrong]:
    """Write each page of a case's custody record again from the journal: it must be what was written then."""
    records = (item for item in items if item.case == case and item.kind is ItemKind.RECORD)
    pages = {_page_name(item.path): item for item in records}
    for page in sorted({entry.page for entry in entries if entry.page}):
        item = pages.get(_page_name(custody_path(case, page)))
        if item and sha256_of(custody_page(entries, page)) != item.sha256:
            what = "The journal's custody record says something else than the page that was written."
            yield Wrong(where=place_of(item), what=what, next_step=_KEEP)


def _page_name(path: str) -> str:
    """Of a page of custody, in whichever folder of the case's record it lies."""
    return path.rpartition("/Custody/")[2]


def letters_as_items(letters: Iterable[Letter]) -> tuple[EvidenceItem, ...]:
    """The Word files of letters and papers that were sent, as they must still lie in the casework library."""
    return tuple(
        EvidenceItem(
            key=item_key(Shelf.CASE_FOLDER, letter.word_path),
            shelf=Shelf.CASE_FOLDER,
            path=letter.word_path,
            kind=ItemKind.LETTER,
            size=0,
            sha256=letter.word_sha256,
            kept_at=letter.sent_at,
            checked_at=letter.sent_at,
            case=letter.case,
        )
        for letter in letters
        if letter.state is LetterState.SENT and letter.sent_at and letter.word_sha256
    )


def wrong_files(checks: Iterable[Checked]) -> Iterator[Wrong]:
    for check in checks:
        if check.finding:
            yield wrong_item(check.item, check.finding)
