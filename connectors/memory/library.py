"""A drive in memory: paths ignore upper and lower case, as OneDrive does."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import replace as changed

from casework.errors import AlreadyThereError, NotThereError, TemporaryConnectorError
from casework.ports import Clock, LibraryChanges, LibraryFile, refuse_other
from connectors.memory.change_log import ChangeLog

_LOCKED = 423


@dataclass(slots=True)
class Kept:
    """A file with its content."""

    file: LibraryFile
    content: bytes
    version: int = 1


class MemoryLibrary:
    """One library. `put`, `rename`, `delete` and `lock` are what staff do to it.

    Args:
        clock: for the times of files.
        convert: what the service's own conversion to PDF does; None where it converts nothing.
    """

    def __init__(self, clock: Clock, *, convert: Callable[[bytes], bytes | None] | None = None) -> None:
        self._clock = clock
        self._convert = convert
        self._files: dict[str, Kept] = {}
        self._count = 0
        self._locked: set[str] = set()
        self._log = ChangeLog()

    def changes(self, cursor: str | None) -> LibraryChanges:
        changed = self._log.since(cursor)
        present = tuple(self._files[number].file for number in changed if number in self._files)
        gone = tuple(number for number in changed if number not in self._files and cursor is not None)
        return LibraryChanges(files=present, removed=gone, cursor=self._log.cursor())

    def find(self, path: str) -> LibraryFile | None:
        kept = self._at(path)
        return kept.file if kept else self._folder(path.strip("/"))

    def read(self, file_id: str) -> bytes:
        return self._kept(file_id).content

    def content_at(self, path: str) -> bytes | None:
        found = self.find(path)
        if found is None or found.is_folder:
            return None
        try:
            return self.read(found.file_id)
        except NotThereError:
            return None

    def contents_at(self, paths: Sequence[str]) -> Iterator[bytes | None]:
        return map(self.content_at, paths)

    def write(self, path: str, content: bytes, *, replace: bool = False, over: str = "") -> LibraryFile:
        there = self._at(path)
        refuse_other(there.file if there else None, over)
        if there is not None and not replace:
            raise AlreadyThereError("There is a file with this name already.")
        return changed(self.put(path, content), as_sent=True)

    def move(self, file_id: str, path: str) -> None:
        kept, there = self._kept(file_id), self._at(path)
        if there is not None and there is not kept:
            raise AlreadyThereError("There is a file with this name already.")
        if kept.file.path != path:
            self.rename(file_id, path)

    def as_pdf(self, file_id: str) -> bytes | None:
        content = self._kept(file_id).content
        return self._convert(content) if self._convert else None

    def put(self, path: str, content: bytes, *, by: str = "") -> LibraryFile:
        """Somebody stores a file, over one that is there already."""
        kept = self._at(path)
        if kept is None:
            number, version = self._new_id(), 1
        else:
            number, version = kept.file.file_id, kept.version + 1
        if number in self._locked:
            raise TemporaryConnectorError("Somebody has the file open in Word.", status=_LOCKED)
        file = LibraryFile(
            file_id=number,
            path=kept.file.path if kept else path.strip("/"),
            etag=f'"{number},{version}"',
            size=len(content),
            modified_at=self._clock.now(),
            modified_by=by.lower(),
            content_tag=hashlib.sha256(content).hexdigest(),
            web_url=f"https://memory.example/files/{number}",
        )
        self._files[number] = Kept(file=file, content=content, version=version)
        self._log.note(number)
        return file

    def rename(self, file_id: str, path: str, *, by: str = "") -> None:
        """Somebody moves a file to another path."""
        kept = self._kept(file_id)
        kept.version += 1
        kept.file = changed(
            kept.file, path=path.strip("/"), etag=f'"{file_id},{kept.version}"', modified_by=by.lower()
        )
        self._log.note(file_id)

    def delete(self, file_id: str) -> None:
        """Somebody deletes a file."""
        self._kept(file_id)
        del self._files[file_id]
        self._log.note(file_id)

    def lock(self, file_id: str, *, locked: bool = True) -> None:
        """Somebody has the file open in Word, or has closed it again."""
        (self._locked.add if locked else self._locked.discard)(file_id)

    def expire_cursors(self) -> None:
        self._log.expire_cursors()

    def _new_id(self) -> str:
        self._count += 1
        return f"file-{self._count}"

    def _kept(self, file_id: str) -> Kept:
        if file_id not in self._files:
            raise NotThereError("There is no such file (any more).")
        return self._files[file_id]

    def _at(self, path: str) -> Kept | None:
        wanted = path.strip("/").lower()
        return next((kept for kept in self._files.values() if kept.file.path.lower() == wanted), None)

    def _folder(self, path: str) -> LibraryFile | None:
        """Return a folder, which is there as soon as something lies in it."""
        inside = [
            kept.file
            for kept in self._files.values()
            if kept.file.path.lower().startswith(path.lower() + "/")
        ]
        if not inside:
            return None
        return LibraryFile(
            file_id=f"folder {path.lower()}",
            path=path,
            etag="",
            size=sum(file.size for file in inside),
            modified_at=max((file.modified_at for file in inside), default=self._clock.now()),
            is_folder=True,
        )
