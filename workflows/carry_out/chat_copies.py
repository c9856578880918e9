"""Working copies of an exported chat: a table of the part that was reported, and the files of those messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from casework.chats import ReportedChat, chat_table, remarks_on_media, shown_media
from casework.messages import Attachment
from casework.ports import ChatExports

NOT_COPIED = (
    "--- {count} exported chat(s) are not copied here whole, because other parents speak in them. The part that was "
    "reported lies here as a Word document; the export itself lies in the sealed library. ---"
)


def chat_copies(
    export: Attachment, chat: ReportedChat, *, number: int, hide: Callable[[str], str], exports: ChatExports
) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file that the case's folder gets of an exported chat.

    Args:
        export: the file that was sent.
        chat: what was read in it.
        number: of the file in its message, which makes its copies' names its own.
        hide: gives back a text without those who reported.
        exports: writes the table and takes files out of the archive.
    """
    copied = exports.files(export.content, shown_media(chat.file.chat, chat.window))
    table = chat_table(chat.file.chat, chat.window, hide=hide)
    remarks = remarks_on_media(chat.file.chat, chat.window, copied=len(copied))
    yield f"chat {number}.docx", exports.table(replace(table, notes=(*table.notes, *remarks)))
    for place, (name, content) in enumerate(copied, start=1):
        yield f"chat {number} file {place}{_ending(name)}", content


def _ending(name: str) -> str:
    _, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and ending.isalnum() else ""
