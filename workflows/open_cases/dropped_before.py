"""Files that one person puts into one folder within a few minutes are one report, even if a sweep came between them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from casework.cases import CaseReference
from casework.evidence import sha256_of
from casework.placing import Place, Placement
from casework.ports import LibraryFile
from casework.records import JournalTransaction

TOGETHER = timedelta(minutes=5)
WHY = "dropped by the same person into the same folder a few minutes after the others"


def belongs_to_dropped_before(
    transaction: JournalTransaction, files: tuple[LibraryFile, ...]
) -> Placement | None:
    """The open case of what the same person dropped there within the last minutes; None where it is a new report."""
    place = _place(files)
    kept = transaction.cursors.get(place) if place else None
    if kept is None:
        return None
    before = json.loads(kept)
    passed = min(file.modified_at for file in files) - datetime.fromisoformat(before["at"])
    case = transaction.cases.get(CaseReference(before["case"]))
    if case is None or not case.is_open or abs(passed) > TOGETHER:
        return None
    return Placement(place=Place.FOLLOW_UP, why=WHY, case=case.reference)


def remember_dropped(
    transaction: JournalTransaction, files: tuple[LibraryFile, ...], case: CaseReference | None
) -> None:
    """Remember where, by whom and when; the newest only."""
    place = _place(files)
    if place and case:
        at = max(file.modified_at for file in files)
        transaction.cursors.put(place, json.dumps({"at": at.isoformat(), "case": case}))


def _place(files: tuple[LibraryFile, ...]) -> str:
    """One name for the folder and the person; empty where several people, or an application, put the files there."""
    people = {file.modified_by for file in files}
    if len(people) != 1 or not any(people):
        return ""
    folder = files[0].path.rpartition("/")[0]
    return f"dropped/{sha256_of(f'{folder}|{people.pop()}'.encode())[:20]}"
