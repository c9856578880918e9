"""Filing what was taken in: mails into their folder, dropped files out of the way."""

from __future__ import annotations

from casework.errors import AlreadyThereError, NotThereError
from casework.intents import FileDropped, FileMessage
from casework.records import PlannedEffect
from workflows.carry_out.tools import Tools


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
