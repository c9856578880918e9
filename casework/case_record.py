"""The files of a case's record: SHA256SUMS, the manifest, and the pages of the custody record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from casework.cases import CaseReference
from casework.custody import CustodyEntry, EvidenceItem, ItemKind, Shelf
from casework.evidence import sha256_of

SUMS = "SHA256SUMS"
HEADINGS = ("number", "who", "what", "when", "how", "on what", "result", "entered")
_FORMULA = ("=", "+", "-", "@", "\t")
"""What a spreadsheet takes for a formula where a cell begins with it."""


def record_folder(case: CaseReference, since: str = "") -> str:
    """Where the record of a case lies in the sealed library; `since` when, where the log of before was lost."""
    return f"Cases/{case}/Record {since}" if since else f"Cases/{case}"


def custody_path(case: CaseReference, page: int, since: str = "") -> str:
    return f"{record_folder(case, since)}/Custody/{page:04}.csv"


def evidence_folder(case: CaseReference) -> str:
    """Where working copies lie in the casework library."""
    return f"{case}/Evidence"


def sha256_sums(items: Iterable[EvidenceItem], *, below: str = "") -> bytes:
    r"""The hashes in the form that `sha256sum -c` reads: one line a file, by path.

    Args:
        items: of one library.
        below: folder from which the paths count; files outside it are left out.
    """
    prefix = f"{below}/" if below else ""
    listed = sorted(
        (item.path.removeprefix(prefix), item.sha256) for item in items if item.path.startswith(prefix)
    )
    return "".join(_sum_line(path, sha256) for path, sha256 in listed).encode()


def _sum_line(path: str, sha256: str) -> str:
    """GNU coreutils: a backslash before the hash says that the name is written with escapes."""
    escaped = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    mark = "\\" if escaped != path else ""
    return f"{mark}{sha256}  {escaped}\n"


def case_manifest(case: CaseReference, items: Iterable[EvidenceItem]) -> bytes:
    """The evidence register of one case as a file: what was kept, where it lies, of what size and hash."""
    kept = sorted(items, key=lambda item: (item.shelf.value, item.path))
    entries = [
        {
            "shelf": item.shelf.value,
            "path": item.path,
            "kind": item.kind.value,
            "size": item.size,
            "sha256": item.sha256,
        }
        for item in kept
        if item.kind is not ItemKind.RECORD
    ]
    return json.dumps({"case": case, "files": entries}, indent=2, ensure_ascii=False).encode()


def on_shelf(items: Iterable[EvidenceItem], shelf: Shelf) -> tuple[EvidenceItem, ...]:
    """Pieces of evidence on a shelf; the record's own files, which list them, apart."""
    return tuple(item for item in items if item.shelf is shelf and item.kind is not ItemKind.RECORD)


def custody_page(entries: Iterable[CustodyEntry], page: int) -> bytes:
    """One page of the custody record of a case.

    It is a table that spreadsheets open. Its first line names the SHA-256 of the page before, so that no page can be
    taken out or exchanged unseen.

    Args:
        entries: all of the case, in the order in which they were entered.
        page: from 1.
    """
    numbered = tuple(enumerate(entries, start=1))
    before = ""
    content = b""
    for current in range(1, page + 1):
        rows = [(number, entry) for number, entry in numbered if entry.page == current]
        content = _page(current, before, rows)
        before = sha256_of(content)
    return content


def _page(page: int, before: str, rows: Iterable[tuple[int, CustodyEntry]]) -> bytes:
    first = (f"page {page}", f"SHA-256 of the page before: {before}" if before else "the first page")
    lines = (first, HEADINGS, *(_cells(number, entry) for number, entry in rows))
    return "".join(map(_line, lines)).encode("utf-8-sig")


def _line(cells: Iterable[str]) -> str:
    """A line of comma-separated values (RFC 4180)."""
    quoted = ('"' + cell.replace('"', '""') + '"' for cell in cells)
    return ",".join(quoted) + "\r\n"


def _cells(number: int, entry: CustodyEntry) -> Iterator[str]:
    yield str(number)
    for text in (
        entry.who,
        entry.what.value,
        entry.at.isoformat(timespec="seconds"),
        entry.how,
        entry.on_what,
        entry.result,
        entry.recorded_at.isoformat(timespec="seconds"),
    ):
        one_line = " ".join(text.split())
        yield f"'{one_line}" if one_line.startswith(_FORMULA) else one_line
