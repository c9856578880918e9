"""Filing what was taken in, and storing the working copies that show no reporter."""

from __future__ import annotations

import json
from dataclasses import replace

from casework.errors import AlreadyThereError, NotThereError, PermanentConnectorError
from casework.evidence import pointer, sha256_of, stored_name, without_people
from casework.intents import FileDropped, FileMessage, StoreCopies
from casework.messages import Attachment, ReceivedMessage
from casework.ports import Library
from casework.records import PlannedEffect, Sighting
from workflows.carry_out.tools import Tools

LABEL = "Reporter A"
MAIL_TYPES = frozenset({"message/rfc822", "application/vnd.ms-outlook", "application/ms-tnef"})
"""Mails inside a mail show who sent them: their text is copied without the people, the file is not."""


def file_message(effect: PlannedEffect, intent: FileMessage, tools: Tools) -> None:  # noqa: ARG001 - one signature for all
    try:
        tools.inbox.file_under(intent.message_id, intent.folder)
    except NotThereError:
        return  # somebody moved or deleted it; the sealed original is what counts


def file_dropped(effect: PlannedEffect, intent: FileDropped, tools: Tools) -> None:  # noqa: ARG001 - one signature for all
    if tools.drop is None:
        return
    try:
        tools.drop.move(intent.file_id, intent.path)
    except NotThereError:
        return
    except AlreadyThereError:
        folder, _, name = intent.path.rpartition("/")
        tools.drop.move(intent.file_id, f"{folder}/{intent.file_id[-6:]} {name}")


def store_copies(effect: PlannedEffect, intent: StoreCopies, tools: Tools) -> None:
    """Write the copies into the case's folder and tie the sealed original to the case. Twice does it once."""
    with tools.journal.transaction() as transaction:
        sighting = transaction.sightings.get(intent.sighting)
    if sighting is None:
        raise PermanentConnectorError(
            "The journal does not know the original of these copies; run casework verify."
        )
    if sighting.key.startswith("mail/"):
        _copy_mail(sighting, intent, tools)
    else:
        _copy_files(sighting, intent, tools)
    _keep(tools.sealed, f"{sighting.sealed_at}/case.json", pointer(intent.case, sighting.sealed_at))
    _record_folder(effect, intent, tools)


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


def _copy_mail(sighting: Sighting, intent: StoreCopies, tools: Tools) -> None:
    raw = _original(sighting, "message.eml", tools)
    _refuse_changed(sha256_of(raw), sighting)
    message = tools.reader.read(raw)
    folder = _folder(sighting, intent)
    people = _people(message, sighting)
    text = without_people(_text(message), people, label=LABEL)
    _keep(tools.casework, f"{folder}/report.txt", text.encode())
    for number, attachment in enumerate(message.every_attachment(), start=1):
        if attachment.content_type not in MAIL_TYPES:
            name = without_people(_copy_name(attachment, number), people, label=LABEL)
            _keep(tools.casework, f"{folder}/{stored_name(name, number)}", attachment.content)


def _copy_name(attachment: Attachment, number: int) -> str:
    return attachment.name or f"file {number}"


def _text(message: ReceivedMessage) -> str:
    inner = "\n\n".join(f"--- forwarded as a file ---\n\n{part.text}" for part in message.embedded)
    return f"{message.text}\n\n{inner}".strip() + "\n"


def _people(message: ReceivedMessage, sighting: Sighting) -> tuple[tuple[str, str], ...]:
    people = [(message.sender.name, message.sender.address)]
    people += [(person.name, person.address) for person in message.reply_to]
    people.append((str(sighting.facts.get("author_name", "")), str(sighting.facts.get("author_address", ""))))
    for inner in message.embedded:
        people.append((inner.sender.name, inner.sender.address))
    return tuple(people)


def _copy_files(sighting: Sighting, intent: StoreCopies, tools: Tools) -> None:
    paths = _manifest_paths(_original(sighting, "manifest.json", tools))
    contents = {path: _original(sighting, path, tools) for path in paths}
    together = "".join(sorted(sha256_of(content) for content in contents.values()))
    _refuse_changed(sha256_of(together.encode()), sighting)
    for path, content in contents.items():
        name = path.rpartition("/")[2].removesuffix(".sealed")
        _keep(tools.casework, f"{_folder(sighting, intent)}/{name}", content)


def _manifest_paths(content: bytes) -> tuple[str, ...]:
    return tuple(str(entry["path"]) for entry in json.loads(content)["files"])


def _folder(sighting: Sighting, intent: StoreCopies) -> str:
    return f"{intent.case}/Evidence/{sighting.received_at:%Y-%m-%d} {sighting.sha256[:8]}"


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
