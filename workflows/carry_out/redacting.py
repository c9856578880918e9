"""Redacted copies beside the working copies: names that staff list are withheld, and the record says by whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from casework.case_record import evidence_folder
from casework.custody import CustodyAct, EvidenceItem, ItemKind, Shelf, in_case
from casework.errors import NotThereError
from casework.evidence import sha256_of
from casework.hiding import MARK, Person, names_in, with_names_withheld
from casework.intents import RedactCopies
from casework.records import Json, PlannedEffect
from workflows.carry_out.shown_files import shows_people
from workflows.carry_out.tools import Tools, first_time
from workflows.custody import CustodyNotes, Kept, item_of, plan_pages
from workflows.redacted_by_hand import FOLDER, README
from workflows.storing import store

_TOLD = (
    "Copies of {case} with names withheld, made on {day} for {who}.\n\n"
    "Wherever a name stood there is now {mark}: in {places} place(s), {names} name(s). Which names, and who asked "
    "for it, stands in the custody record in the sealed library. The originals, and the working copies beside this "
    "folder, are as they were.\n"
)
_BY_HAND = (
    "\nThese cannot be redacted by the program, because it cannot see what a picture or a printed page shows:\n{files}\n"
    'A person must do it. Put the redacted picture into the folder "{folder}"; it is then entered into the record.\n'
)


def redact_copies(effect: PlannedEffect, intent: RedactCopies, tools: Tools) -> None:
    """Make a redacted copy of every working copy that a machine can redact. Twice does it once."""
    with tools.journal.transaction() as transaction:
        items = in_case(transaction.evidence.of_case(intent.case), ItemKind.COPY)
    made = _Redacted(intent=intent, tools=tools, people=names_in(intent.names))
    for item in items:
        made.take(item)
    made.tell()
    _record(effect, made)


@dataclass(slots=True)
class _Redacted:
    """The redacted copies as they are made."""

    intent: RedactCopies
    tools: Tools
    people: tuple[Person, ...]
    kept: list[Kept] = field(default_factory=list)
    places: int = 0
    by_hand: list[str] = field(default_factory=list)

    @property
    def folder(self) -> str:
        return f"{evidence_folder(self.intent.case)}/Redacted {self.intent.asked_on} {self.intent.mark}"

    def take(self, item: EvidenceItem) -> None:
        below = item.path.removeprefix(f"{self.intent.case}/").removeprefix("Evidence/")
        name, _ = with_names_withheld(below, self.people)
        file = self.tools.casework.find(item.path)
        if file is None:
            return  # the daily check tells that it is gone
        try:
            content = self.tools.casework.read(file.file_id)
        except NotThereError:
            return
        redaction = self.tools.copies.redacted(content, name=item.path, withhold=self._withhold())
        if redaction is None or shows_people(redaction.content, self.people):
            self.by_hand.append(name)
            return
        self.places += redaction.places
        self._keep(name, redaction.content)

    def _withhold(self) -> Callable[[str], tuple[str, int]]:
        return lambda text: with_names_withheld(text, self.people)

    def tell(self) -> None:
        """Say in the folder what it is, and what is left for a person to do."""
        told = _TOLD.format(
            case=self.intent.case,
            day=self.intent.asked_on,
            who=self.intent.asked_by_role,
            mark=MARK,
            places=self.places,
            names=len(self.people),
        )
        if self.by_hand:
            listed = "\n".join(f"- {name}" for name in self.by_hand)
            told += _BY_HAND.format(files=listed, folder=FOLDER)
            place = f"{evidence_folder(self.intent.case)}/{FOLDER}/{README}"
            store(self.tools.casework, place, _BY_HAND_README.encode(), same_bytes=False)
        self._keep("Read me first.txt", told.encode())

    def _keep(self, name: str, content: bytes) -> None:
        path = f"{self.folder}/{name}"
        stored = store(self.tools.casework, path, content, same_bytes=False)
        size, sha256 = len(stored.content), sha256_of(stored.content)
        self.kept.append(Kept(file=stored.file, path=path, sha256=sha256, size=size, kind=ItemKind.REDACTED))


_BY_HAND_README = (
    "Put pictures and pages here that a person has redacted. Give each the name of the file that it was made from. "
    "Casework enters each into the evidence register and the custody record, with who put it here and when.\n"
)


def _record(effect: PlannedEffect, made: _Redacted) -> None:
    intent, tools = made.intent, made.tools
    with tools.journal.transaction() as transaction:
        if not first_time(effect, transaction):
            return
        sums: list[Json] = [kept.sha256 for kept in made.kept]
        transaction.events.append(
            "evidence.redacted",
            at=tools.now,
            case=intent.case,
            how="names withheld by the program",
            names=len(made.people),
            places=made.places,
            by_hand=len(made.by_hand),
            sha256=sums,
        )
        note = CustodyNotes(transaction=transaction, case=intent.case, now=tools.now)
        for kept in made.kept:
            transaction.evidence.save(item_of(kept, shelf=Shelf.CASE_FOLDER, at=tools.now, case=intent.case))
            note.add(
                CustodyAct.REDACTED,
                who=intent.asked_by or intent.asked_by_role,
                how=f"by the program, withholding: {'; '.join(intent.names)[:1000]}",
                on_what=kept.path,
                result=f"{kept.size} bytes, SHA-256 {kept.sha256}",
            )
        plan_pages(transaction, intent.case, tools.school.code)
