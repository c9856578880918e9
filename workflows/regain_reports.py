"""Regain which messages were taken in, and who reported, from the sealed originals that are tied to a case."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from casework.cases import Case, CaseReference, case_reference
from casework.custody import EvidenceItem, ItemKind, Shelf, item_key
from casework.errors import NotThereError
from casework.evidence import sha256_of
from casework.intake import people_in
from casework.marks import MarkKind, reporter_mark
from casework.messages import content_fingerprint
from casework.placing import Place
from casework.ports import Journal, Library, LibraryFile, MessageReader
from casework.records import JournalTransaction, Json, Sighting, SightingState
from casework.school import School

POINTER = "case.json"
MANIFEST = "manifest.json"
ORIGINAL = "message.eml"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportRegainer:
    """Reads the sealed library.

    Attributes:
        told: called with (done, of) while originals are read, for a progress bar.
    """

    sealed: Library
    reader: MessageReader
    journal: Journal
    school: School
    now: datetime
    told: Callable[[int, int], None] | None = None

    def regain(self) -> int:
        """Let the journal know every original that it does not know yet; returns how many.

        A mail that still lies in the Inbox, or files that still lie in the drop folder, are then known as taken in.
        """
        files = {file.path: file for file in self.sealed.changes(None).files}
        folders = [path.rpartition("/")[0] for path in files if path.endswith(f"/{POINTER}")]
        unknown = [folder for folder in sorted(folders) if not self._is_known(folder)]
        regained = 0
        for number, folder in enumerate(unknown, start=1):
            if self.told:
                self.told(number, len(unknown))
            try:
                regained += self._one(folder, files)
            except (NotThereError, ValueError, KeyError):
                continue  # somebody changed it since: casework verify says what is wrong with it
        return regained

    def _is_known(self, folder: str) -> bool:
        with self.journal.transaction() as transaction:
            known = transaction.evidence.get(item_key(Shelf.SEALED, f"{folder}/{MANIFEST}"))
            return known is not None or transaction.sightings.get(_key(folder)) is not None

    def _one(self, folder: str, files: dict[str, LibraryFile]) -> bool:
        pointer = json.loads(self.sealed.read(files[f"{folder}/{POINTER}"].file_id))
        written = self.sealed.read(files[f"{folder}/{MANIFEST}"].file_id)
        manifest = json.loads(written)
        received_at = datetime.fromisoformat(manifest["received at"])
        original = files.get(f"{folder}/{ORIGINAL}")
        if original:
            sighting = self._mail(folder, self.sealed.read(original.file_id), received_at)
        else:
            sighting = self._dropped(folder, manifest, received_at)
        entries = [*manifest["files"], {"path": MANIFEST, "size": len(written), "sha256": sha256_of(written)}]
        items = [self._item(f"{folder}/{one['path']}", one, files, sighting) for one in entries]
        return self._keep(sighting, items, case_reference(str(pointer["case"])))

    def _item(
        self, path: str, entry: Mapping[str, Any], files: Mapping[str, LibraryFile], sighting: Sighting
    ) -> EvidenceItem:
        """A sealed file with the SHA-256 of its sealing: the next check reads it, and finds what was changed since."""
        name = path.rpartition("/")[2]
        is_original = name == ORIGINAL or not sighting.sender
        kind = (
            ItemKind.MANIFEST
            if name == MANIFEST
            else ItemKind.ORIGINAL
            if is_original
            else ItemKind.ATTACHMENT
        )
        return EvidenceItem(
            key=item_key(Shelf.SEALED, path),
            shelf=Shelf.SEALED,
            path=path,
            kind=kind,
            size=int(entry["size"]),
            sha256=str(entry["sha256"]),
            kept_at=sighting.received_at,
            checked_at=sighting.received_at,
            file_id=files[path].file_id if path in files else "",
            sighting=sighting.key,
        )

    def _mail(self, folder: str, raw: bytes, received_at: datetime) -> Sighting:
        message = self.reader.read(raw)
        people = people_in(message, apart_from=self.school.reporting_mailbox)
        return Sighting(
            key=_key(folder),
            source_id="",
            seen_at=self.now,
            received_at=received_at,
            state=SightingState.DONE,
            internet_message_id=message.message_id.strip("<> ").casefold(),
            sha256=sha256_of(raw),
            fingerprint=content_fingerprint(raw),
            sender=message.sender.address.casefold(),
            sealed_at=folder,
            facts={
                "reporter_name": message.sender.name,
                "reporter_address": message.sender.address,
                "people": [list(person) for person in people],
            },
        )

    def _dropped(self, folder: str, manifest: dict[str, list[dict[str, str]]], at: datetime) -> Sighting:
        together = sha256_of("".join(sorted(entry["sha256"] for entry in manifest["files"])).encode())
        return Sighting(
            key=_key(folder),
            source_id="",
            seen_at=self.now,
            received_at=at,
            state=SightingState.DONE,
            sha256=together,
            fingerprint=together,
            sealed_at=folder,
        )

    def _keep(self, sighting: Sighting, items: Iterable[EvidenceItem], reference: CaseReference) -> bool:
        with self.journal.transaction() as transaction:
            case = transaction.cases.get(reference)
            if case is None:
                return False
            transaction.sightings.save(_placed(transaction, sighting, case))
            of_case = [replace(item, case=reference) for item in items]
            new = [item for item in of_case if transaction.evidence.add(item)]
            if new:
                hashes: list[Json] = [item.sha256 for item in new]
                transaction.events.append(
                    "evidence.regained", at=self.now, case=reference, files=len(new), sha256=hashes
                )
            if sighting.sender and sighting.sender not in case.staff.subject_addresses:
                transaction.marks.put(reference, MarkKind.REPORTER, [reporter_mark(sighting.sender)])
        return True


def _placed(transaction: JournalTransaction, sighting: Sighting, case: Case) -> Sighting:
    """What the subject wrote names no reporter."""
    if sighting.sender in case.staff.subject_addresses:
        return replace(sighting, case=case.reference, kind=Place.FROM_THE_SUBJECT.value, facts={})
    first = not transaction.sightings.of_case(case.reference)
    kind = Place.NEW_CASE if first else Place.FOLLOW_UP
    return replace(sighting, case=case.reference, kind=kind.value)


def _key(folder: str) -> str:
    return f"sealed/{folder}"
