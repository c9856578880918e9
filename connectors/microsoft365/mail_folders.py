"""The folders of a mailbox, found by path with O365's folder classes and made where they are missing."""

from __future__ import annotations

import threading

from casework.errors import AlreadyThereError, NotThereError
from connectors.microsoft365.account import SchoolAccount

PROCESSED = "Casework/Processed"
NEEDS_A_PERSON = "Casework/Needs a person"
AUTOMATIC = "Casework/Automatic"
TRAY = "Casework/Holding tray"
FROM_SUBJECT = "Casework/From the subject of a case"
NOT_OURS = "Casework/Not ours"
OUR_FOLDERS = (PROCESSED, NEEDS_A_PERSON, AUTOMATIC, TRAY, FROM_SUBJECT, NOT_OURS)


class MailFolders:
    """Folder ids of one mailbox; looked up once, since folder ids never change."""

    def __init__(self, account: SchoolAccount, address: str) -> None:
        self._account = account
        self._address = address
        self._ids: dict[str, str] = {}
        self._looking = threading.Lock()

    def well_known(self, name: str) -> str:
        """Return the id of a folder such as "deleteditems"."""
        with self._looking:
            if name not in self._ids:
                folder = self._account.mailbox(resource=self._address).get_folder(folder_id=name)
                self._ids[name] = str(folder.folder_id)
            return self._ids[name]

    def find(self, path: str) -> str:
        """Return the id of a folder by its path from the top of the mailbox.

        Raises:
            NotThereError: a part of the path is missing.
        """
        return self._walk(path, make=False)[0]

    def is_there(self, path: str) -> bool:
        """Whether there is a folder of that path."""
        try:
            self.find(path)
        except NotThereError:
            return False
        return True

    def ensure(self, path: str) -> tuple[str, bool]:
        """Return the id of a folder, and whether it had to be made."""
        return self._walk(path, make=True)

    def forget(self) -> None:
        """Look again next time: somebody deleted a folder."""
        self._ids.clear()

    def _walk(self, path: str, *, make: bool) -> tuple[str, bool]:
        with self._looking:
            if path in self._ids:
                return self._ids[path], False
            folder, made = self._account.mailbox(resource=self._address), False
            for name in path.split("/"):
                child = folder.get_folder(folder_name=name)
                if child is None and not make:
                    raise NotThereError(f"The mail folder {path} is missing. Run casework setup.")
                if child is None:
                    child, made = self._made(folder, name), True
                folder = child
            self._ids[path] = str(folder.folder_id)
            return self._ids[path], made

    @staticmethod
    def _made(parent: object, name: str) -> object:
        try:
            return parent.create_child_folder(name)  # type: ignore[attr-defined]  # O365 carries no types
        except AlreadyThereError:
            return parent.get_folder(folder_name=name)  # type: ignore[attr-defined]  # made meanwhile
