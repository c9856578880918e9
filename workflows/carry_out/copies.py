"""Working copies of what was reported, in the case's folder: everything but who reported it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import PurePosixPath

from casework.case_record import evidence_folder
from casework.chats import ReportedChat
from casework.copy_ports import CopyWriter
from casework.custody import CustodyAct, ItemKind, Shelf
from casework.errors import PermanentConnectorError
from casework.evidence import pointer, sealed_file, sha256_of, stored_name
from casework.hiding import Person, without_people
from casework.intake import message_from_files, people_in, reported_chats
from casework.intents import StoreCopies
from casework.messages import Attachment, ReceivedMessage
from casework.records import JournalTransaction, Json, PlannedEffect, Sighting
from workflows.carry_out.chat_copies import NOT_COPIED, chat_copies
from workflows.carry_out.shown_files import shows_people
from workflows.carry_out.tools import Tools, first_time
from workflows.custody import CustodyNotes, Kept, item_of, plan_pages, take_into_case
from workflows.storing import CHANGED, store

LABEL = "Reporter A"
EVIDENCE = "Evidence"
MAIL_TYPES = frozenset({"message/rfc822", "application/vnd.ms-outlook", "application/ms-tnef"})
MAIL_ENDINGS = (".eml", ".msg", "winmail.dat")
"""Mails inside a mail show who sent them: their text is copied without the people, the file is not."""
TEXT_ENDINGS = frozenset({".txt", ".csv", ".md", ".log"})
WITHHELD = (
    "--- {count} file(s) are not copied here, because they may show who reported this. The originals lie in the "
    "sealed library; the safeguarding lead may open it. ---"
)


def store_copies(effect: PlannedEffect, intent: StoreCopies, tools: Tools) -> None:
    """Write the copies into the case's folder and tie the sealed original to the case. Twice does it once."""
    with tools.journal.transaction() as transaction:
        sighting = transaction.sightings.get(intent.sighting)
    if sighting is None:
        raise PermanentConnectorError(
            "The journal does not know the original of these copies; run casework verify."
        )
    message = _mail(sighting, tools) if sighting.key.startswith("mail/") else _dropped(sighting, tools)
    copies = _Copies(intent=intent, sighting=sighting, tools=tools)
    copies.make(message)
    place = f"{sighting.sealed_at}/case.json"
    store(tools.sealed, place, pointer(intent.case, sighting.sealed_at), same_bytes=False)
    _record(effect, copies)


def _mail(sighting: Sighting, tools: Tools) -> ReceivedMessage:
    raw = _original(sighting, "message.eml", tools)
    _refuse_changed(sha256_of(raw), sighting)
    return tools.reader.read(raw)


def _dropped(sighting: Sighting, tools: Tools) -> ReceivedMessage:
    """What was dropped together, as the one mail that it is treated as."""
    entries = json.loads(_original(sighting, "manifest.json", tools))["files"]
    files = [
        (str(entry["original name"]), _original(sighting, str(entry["path"]), tools)) for entry in entries
    ]
    together = "".join(sorted(sha256_of(content) for _, content in files))
    _refuse_changed(sha256_of(together.encode()), sighting)
    return message_from_files(files, reader=tools.reader)


def _original(sighting: Sighting, path: str, tools: Tools) -> bytes:
    original = tools.sealed.content_at(f"{sighting.sealed_at}/{path}")
    if original is None:
        raise PermanentConnectorError(
            "The sealed original is not where it was put. Look in the sealed library's recycle bin and restore it."
        )
    return original


def _refuse_changed(sha256: str, sighting: Sighting) -> None:
    """Copies are made of what arrived, never of what somebody made of it."""
    if sha256 != sighting.sha256:
        raise PermanentConnectorError(CHANGED)


@dataclass(slots=True)
class _Copies:
    """The working copies of one report as they are made."""

    intent: StoreCopies
    sighting: Sighting
    tools: Tools
    kept: list[Kept] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)

    @property
    def folder(self) -> str:
        day = f"{self.sighting.received_at:%Y-%m-%d} {self.sighting.sha256[:8]}"
        if self.intent.folder != EVIDENCE:
            return f"{self.intent.case}/{self.intent.folder}/{day}"
        return f"{evidence_folder(self.intent.case)}/{day}"

    def make(self, message: ReceivedMessage) -> None:
        people = _to_hide(message, self.intent, self.tools)
        chats = {chat.file.sha256: chat for chat in reported_chats(message)}
        for number, attachment in enumerate(message.every_attachment(), start=1):
            if _is_mail(attachment):
                continue
            if chat := chats.get(attachment.sha256):
                self._keep_chat(attachment, chat, number, people)
                continue
            content = _without_reporter(attachment, people, self.tools.copies)
            if content is None:
                self.withheld.append(f"{self.sighting.sealed_at}/{sealed_file(attachment, number).path}")
                continue
            name = without_people(attachment.name or f"file {number}", people, label=LABEL)
            self._keep(stored_name(name, number), content)
        text = without_people(_text(message), people, label=LABEL)
        if self.withheld:
            text = f"{text}\n\n{WITHHELD.format(count=len(self.withheld))}"
        if chats:
            text = f"{text}\n\n{NOT_COPIED.format(count=len(chats))}"
        if text.strip():
            self._keep("report.txt", f"{text.strip()}\n".encode())

    def _keep_chat(
        self, export: Attachment, chat: ReportedChat, number: int, people: tuple[Person, ...]
    ) -> None:
        hide = partial(without_people, people=people, label=LABEL)
        for name, content in chat_copies(
            export, chat, number=number, hide=hide, exports=self.tools.chat_exports
        ):
            self._keep(stored_name(name, number), self.tools.copies.without_metadata(content))

    def _keep(self, name: str, content: bytes) -> None:
        """A copy that lies there already stays: staff may have worked on it, and the original is safe."""
        path = f"{self.folder}/{name}"
        stored = store(self.tools.casework, path, content, same_bytes=False)
        size, sha256 = len(stored.content), sha256_of(stored.content)
        self.kept.append(Kept(file=stored.file, path=path, sha256=sha256, size=size, kind=ItemKind.COPY))


def _to_hide(message: ReceivedMessage, intent: StoreCopies, tools: Tools) -> tuple[Person, ...]:
    """Everybody through whose hands it came; in what the subject wrote, who reported the case and not the writer."""
    if intent.folder == EVIDENCE:
        return people_in(message, apart_from=tools.school.reporting_mailbox)
    with tools.journal.transaction() as transaction:
        others = transaction.sightings.of_case(intent.case)
    people = (person for one in others if one.key != intent.sighting for person in one.reporters)
    return tuple(dict.fromkeys(people))


def _is_mail(attachment: Attachment) -> bool:
    return attachment.content_type in MAIL_TYPES or attachment.name.casefold().endswith(MAIL_ENDINGS)


def _without_reporter(attachment: Attachment, people: tuple[Person, ...], copies: CopyWriter) -> bytes | None:
    """The file as it may be copied, without its metadata; None if it shows somebody and cannot be cleaned."""
    cleaned = copies.without_metadata(attachment.content)
    if not shows_people(cleaned, people):
        return cleaned
    if PurePosixPath(attachment.name.casefold()).suffix not in TEXT_ENDINGS:
        return None
    try:
        return without_people(attachment.content.decode("utf-8-sig"), people, label=LABEL).encode()
    except UnicodeDecodeError:
        return None


def _text(message: ReceivedMessage) -> str:
    """The message's words, then those of every mail inside it, however deep."""
    parts = [message.text]
    for inner in message.embedded:
        parts += ["--- forwarded as a file ---", _text(inner)]
    return "\n\n".join(part for part in parts if part.strip())


def _record(effect: PlannedEffect, copies: _Copies) -> None:
    """Logged once: an attempt that was cut short after this point comes here again."""
    intent, tools = copies.intent, copies.tools
    with tools.journal.glimpse() as now:
        known = now.cases.get(intent.case)
    folder = None if known and known.evidence_folder else tools.casework.find(intent.case)
    with tools.journal.transaction() as transaction:
        if not first_time(effect, transaction):
            return
        case = transaction.cases.get(intent.case)
        if case and folder and not case.evidence_folder:
            transaction.cases.save(replace(case, evidence_folder=folder.web_url))
        sums: list[Json] = [kept.sha256 for kept in copies.kept]
        transaction.events.append(
            "evidence.copied",
            at=tools.now,
            case=intent.case,
            files=len(sums),
            withheld=len(copies.withheld),
            sha256=sums,
        )
        _custody(transaction, copies)
        plan_pages(transaction, intent.case, tools.school.code)


def _custody(transaction: JournalTransaction, copies: _Copies) -> None:
    intent, tools, sighting = copies.intent, copies.tools, copies.sighting
    take_into_case(transaction, sighting, case=intent.case, now=tools.now)
    note = CustodyNotes(transaction=transaction, case=intent.case, now=tools.now)
    note.add(
        CustodyAct.OPENED,
        how="read by the program to make working copies; its hash was as sealed",
        on_what=sighting.sealed_at,
        result=f"{len(copies.kept)} working copies, {len(copies.withheld)} file(s) withheld",
    )
    for kept in copies.kept:
        transaction.evidence.save(
            item_of(kept, shelf=Shelf.CASE_FOLDER, at=tools.now, sighting=sighting.key, case=intent.case)
        )
        note.add(
            CustodyAct.COPIED,
            how=f'working copy: metadata taken out, who reported replaced by "{LABEL}"',
            on_what=kept.path,
            result=f"{kept.size} bytes, SHA-256 {kept.sha256}",
        )
    for path in copies.withheld:
        note.add(
            CustodyAct.WITHHELD,
            how="not copied, because it may show who reported",
            on_what=path,
            result="lies in the sealed library alone",
        )
