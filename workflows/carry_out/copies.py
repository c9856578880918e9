"""Working copies of what was reported, in the case's folder: everything but who reported it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import PurePosixPath

from casework.errors import AlreadyThereError, PermanentConnectorError
from casework.evidence import pointer, sha256_of, stored_name
from casework.hiding import Person, without_people
from casework.intake import message_from_files, people_in
from casework.intents import StoreCopies
from casework.messages import Attachment, ReceivedMessage
from casework.ports import Library
from casework.records import PlannedEffect, Sighting
from workflows.carry_out.shown_files import shows_people
from workflows.carry_out.tools import Tools

LABEL = "Reporter A"
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
    _copy(message, sighting, intent, tools)
    _keep(tools.sealed, f"{sighting.sealed_at}/case.json", pointer(intent.case, sighting.sealed_at))
    _record_folder(effect, intent, tools)


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
    original = tools.sealed.find(f"{sighting.sealed_at}/{path}")
    if original is None:
        raise PermanentConnectorError(
            "The sealed original is not where it was put. Look in the sealed library's recycle bin and restore it."
        )
    return tools.sealed.read(original.file_id)


def _refuse_changed(sha256: str, sighting: Sighting) -> None:
    """Copies are made of what arrived, never of what somebody made of it."""
    if sha256 != sighting.sha256:
        raise PermanentConnectorError(
            "A sealed original is not what was sealed: it was changed in the library. "
            "Look at the file's version history in the sealed library, and restore the first version."
        )


def _copy(message: ReceivedMessage, sighting: Sighting, intent: StoreCopies, tools: Tools) -> None:
    folder = f"{intent.case}/Evidence/{sighting.received_at:%Y-%m-%d} {sighting.sha256[:8]}"
    people = people_in(message, apart_from=tools.school.reporting_mailbox)
    withheld = 0
    for number, attachment in enumerate(message.every_attachment(), start=1):
        if _is_mail(attachment):
            continue
        content = _without_reporter(attachment, people)
        if content is None:
            withheld += 1
            continue
        name = without_people(attachment.name or f"file {number}", people, label=LABEL)
        _keep(tools.casework, f"{folder}/{stored_name(name, number)}", content)
    text = without_people(_text(message), people, label=LABEL)
    if withheld:
        text = f"{text}\n\n{WITHHELD.format(count=withheld)}"
    if text.strip():
        _keep(tools.casework, f"{folder}/report.txt", f"{text.strip()}\n".encode())


def _is_mail(attachment: Attachment) -> bool:
    return attachment.content_type in MAIL_TYPES or attachment.name.casefold().endswith(MAIL_ENDINGS)


def _without_reporter(attachment: Attachment, people: tuple[Person, ...]) -> bytes | None:
    """The file as it may be copied; None if it shows somebody and cannot be cleaned."""
    if not shows_people(attachment.content, people):
        return attachment.content
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


def _keep(library: Library, path: str, content: bytes) -> None:
    try:
        library.write(path, content)
    except AlreadyThereError:
        return


def _record_folder(effect: PlannedEffect, intent: StoreCopies, tools: Tools) -> None:
    """Logged once: an attempt that was cut short after this point comes here again."""
    if effect.progress.get("recorded"):
        return
    folder = tools.casework.find(intent.case)
    with tools.journal.transaction() as transaction:
        transaction.outbox.note(effect.key, {"recorded": True})
        case = transaction.cases.get(intent.case)
        if case and folder and not case.evidence_folder:
            transaction.cases.save(replace(case, evidence_folder=folder.web_url))
        transaction.events.append("evidence.copied", at=tools.now, case=intent.case)
