"""Who could open a folder after a dry run."""

from __future__ import annotations

from collections.abc import Iterable

from casework.dry_run.acts import Act, Tell, WouldWrite
from casework.errors import NotThereError
from casework.folder_access import FolderAccess
from connectors.memory.folder_access import MemoryFolderAccess


class DryFolderAccess(MemoryFolderAccess):
    """Folders that would be closed are closed in memory alone. That the tenant forbids it shows only when it is done."""

    def __init__(self, real: FolderAccess, *, tell: Tell) -> None:
        super().__init__()
        self._real = real
        self._tell = tell

    def people(self, path: str) -> frozenset[str] | None:
        if (closed_to := super().people(path)) is not None:
            return closed_to
        try:
            return self._real.people(path)
        except NotThereError:
            return None  # its folder would only be made

    def let_only(self, path: str, people: Iterable[str]) -> str:
        super().let_only(path, people)
        self._tell(WouldWrite(act=Act.CLOSED, place=path))
        return ""  # nothing was made that could be opened
