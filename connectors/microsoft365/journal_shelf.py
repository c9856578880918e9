"""The folder of the casework library in which sealed copies of the journal lie."""

from __future__ import annotations

from casework.errors import AlreadyThereError, NotThereError
from casework.ports import LibraryFile
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.calls import GraphCalls, path_segments, segment
from connectors.microsoft365.files import GraphLibrary, library_file

_PAGE = "200"


class GraphJournalShelf:
    """A folder of a drive, made when the first copy is put into it."""

    def __init__(self, account: SchoolAccount, drive_id: str, folder: str) -> None:
        self._calls = GraphCalls(account)
        self._drive = f"drives/{segment(drive_id)}"
        self._folder = folder
        self._library = GraphLibrary(account, drive_id, folder)

    def copies(self) -> tuple[LibraryFile, ...]:
        place = f"{self._drive}/root:/{path_segments(self._folder)}:/children"
        try:
            items = list(self._calls.pages(place, params={"$top": _PAGE}))
        except NotThereError:
            return ()
        found = (library_file(item, str(item["name"])) for item in items if "file" in item)
        return tuple(sorted(found, key=lambda file: file.path))

    def put(self, name: str, content: bytes) -> None:
        """Big ones go in ranges, and on where a broken line left off.

        Of two machines that have one journal the later counts, as it does for a copy of any other night.
        """
        try:
            self._library.write(name, content)
        except AlreadyThereError:
            there = self._library.find(name)
            self._library.write(name, content, replace=there is not None, over=there.etag if there else "")

    def read(self, file_id: str) -> bytes:
        return self._library.read(file_id)

    def discard(self, file_id: str) -> None:
        try:
            self._calls.delete(f"{self._drive}/items/{segment(file_id)}")
        except NotThereError:
            return
