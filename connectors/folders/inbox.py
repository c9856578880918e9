"""A reporting mailbox as a folder: one file a mail, and a folder below it for each folder of the mailbox."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from casework.errors import AlreadyThereError, CursorExpiredError, NotThereError
from casework.ports import InboxChanges, SeenMessage
from connectors.folders.writing import TEMPORARY, explained, make_folder, sync_folder, write_new

INBOX = "Inbox"
_MAILS = (".eml", ".msg")
_CURSOR = "folder inbox 1"
_HEAD = 64 * 1024
_HEAD_ENDS = re.compile(rb"\r?\n\r?\n")
_MESSAGE_ID = re.compile(rb"^message-id[ \t]*:\s*(\S{1,900})", re.IGNORECASE | re.MULTILINE)


class FolderInbox:
    """Mails are the files (.eml, .msg) of `<folder>/Inbox`; whatever delivers there puts them in place by renaming.

    A file's name is the message's id and stays with it; its time of change is when the message came.
    """

    def __init__(self, folder: Path) -> None:
        self._root = folder
        make_folder(folder / INBOX)

    def receive(self, raw: bytes, *, received_at: datetime | None = None) -> str:
        """Take in a message as it came; return its id."""
        name = f"{uuid.uuid4().hex}.eml"
        path = self._root / INBOX / name
        write_new(path, raw)
        if received_at is not None:
            os.utime(path, (received_at.timestamp(), received_at.timestamp()))
        return name

    def changes(self, cursor: str | None) -> InboxChanges:
        known = self._known(cursor)
        names = [entry.name for entry in self._entries()]
        messages = [self._seen(name) for name in names if name not in known]
        return InboxChanges(
            messages=tuple(one for one in messages if one), cursor="\n".join((_CURSOR, *sorted(names)))
        )

    def everything_since(self, moment: datetime) -> tuple[SeenMessage, ...]:
        recent = [entry.name for entry in self._entries() if entry.stat().st_mtime >= moment.timestamp()]
        return tuple(one for one in map(self._seen, recent) if one)

    def raw(self, message_id: str) -> bytes:
        try:
            return self._find(message_id).read_bytes()
        except FileNotFoundError:
            raise NotThereError("There is no such message (any more).") from None

    def file_under(self, message_id: str, folder: str) -> None:
        target = self._root / folder
        make_folder(target)
        there = self._find(message_id)
        if there.parent == target:
            return
        try:
            there.rename(target / message_id)
            sync_folder(target)
            sync_folder(there.parent)
        except FileNotFoundError:
            raise NotThereError("There is no such message (any more).") from None
        except FileExistsError as error:  # Windows only: a rename never replaces there
            raise AlreadyThereError("A message with this name lies in that folder already.") from error
        except OSError as error:
            raise explained(error) from error

    def folder_of(self, message_id: str) -> str:
        """Where the message lies: "Inbox" or the folder that it was filed under."""
        return self._find(message_id).parent.relative_to(self._root).as_posix()

    def _known(self, cursor: str | None) -> frozenset[str]:
        if cursor is None:
            return frozenset()
        first, *names = cursor.split("\n")
        if first != _CURSOR:
            raise CursorExpiredError("The change token is of another mailbox. Everything is read once more.")
        return frozenset(names)

    def _entries(self) -> Iterator[os.DirEntry[str]]:
        with os.scandir(self._root / INBOX) as entries:
            yield from (entry for entry in entries if entry.name.lower().endswith(_MAILS))

    def _seen(self, name: str) -> SeenMessage | None:
        path = self._root / INBOX / name
        try:
            with path.open("rb") as file:
                head = _HEAD_ENDS.split(file.read(_HEAD), maxsplit=1)[0]
                changed = os.fstat(file.fileno()).st_mtime
        except FileNotFoundError:
            return None
        found = _MESSAGE_ID.search(head)
        return SeenMessage(
            message_id=name,
            internet_message_id=found[1].decode("ascii", "replace") if found else "",
            received_at=datetime.fromtimestamp(changed, UTC),
        )

    def _find(self, message_id: str) -> Path:
        """The message's file, in whatever folder it lies by now."""
        if Path(message_id).name != message_id or message_id.startswith(TEMPORARY):
            raise NotThereError("There is no such message (any more).")
        in_inbox = self._root / INBOX / message_id
        if in_inbox.exists():
            return in_inbox
        for above, _, names in os.walk(self._root):
            if message_id in names:
                return Path(above) / message_id
        raise NotThereError("There is no such message (any more).")
