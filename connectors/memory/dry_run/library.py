"""A drive as a dry run leaves it."""

from __future__ import annotations

from dataclasses import replace as changed

from casework.dry_run.acts import Act, Tell, WouldWrite
from casework.ports import Clock, Library, LibraryChanges, LibraryFile
from connectors.memory.dry_run.cursors import joined, parted
from connectors.memory.library import Kept, MemoryLibrary


class DryLibrary(MemoryLibrary):
    """What is written or moved lies in memory; every other file is read where it lies.

    What somebody has open in Word shows only when it is written to, so that here it is never in the way.

    Args:
        real: the library itself, of which only reading methods are called.
        clock: for the times of files.
        name: of the library, for people.
        tell: hears of each file that would be stored or moved.
    """

    def __init__(self, real: Library, clock: Clock, *, name: str, tell: Tell) -> None:
        super().__init__(clock)
        self._real = real
        self._name = name
        self._tell = tell
        self._seen: dict[str, LibraryFile] = {}

    def changes(self, cursor: str | None) -> LibraryChanges:
        outside, inside = parted(cursor)
        there = self._real.changes(outside)
        here = super().changes(inside)
        self._seen |= {file.file_id: file for file in there.files}
        files = {file.file_id: file for file in (*there.files, *here.files)}
        return LibraryChanges(
            files=tuple(
                self._files[number].file if number in self._files else files[number] for number in files
            ),
            removed=(*there.removed, *here.removed),
            cursor=joined(there.cursor, here.cursor),
        )

    def find(self, path: str) -> LibraryFile | None:
        kept = super()._at(path)
        if kept:
            return kept.file
        found = self._real.find(path)
        if found is None or found.file_id in self._files:  # one that would be moved is no longer there
            return self._folder(path.strip("/"))
        self._seen[found.file_id] = found
        return found

    def read(self, file_id: str) -> bytes:
        return super().read(file_id) if file_id in self._files else self._real.read(file_id)

    def write(self, path: str, content: bytes, *, replace: bool = False, over: str = "") -> LibraryFile:
        file = super().write(path, content, replace=replace, over=over)
        self._tell(WouldWrite(act=Act.STORED, place=self._name, what=file.path))
        return file

    def move(self, file_id: str, path: str) -> None:
        super().move(file_id, path)
        self._tell(WouldWrite(act=Act.MOVED, place=self._name, what=path))

    def as_pdf(self, file_id: str) -> bytes | None:
        """None for what lies in memory alone: no service can convert it."""
        return None if file_id in self._files else self._real.as_pdf(file_id)

    def _new_id(self) -> str:
        return f"would-be-{super()._new_id()}"

    def _kept(self, file_id: str) -> Kept:
        if file_id not in self._files:
            self._take_in(file_id)
        return super()._kept(file_id)

    def _at(self, path: str) -> Kept | None:
        found = self.find(path)
        return None if found is None or found.is_folder else self._kept(found.file_id)

    def _take_in(self, file_id: str) -> None:
        """Hold a file of outside in memory, because it would be changed."""
        content = self._real.read(file_id)
        file = self._seen.get(file_id) or LibraryFile(
            file_id=file_id, path="", etag="", size=len(content), modified_at=self._clock.now()
        )
        self._files[file_id] = Kept(file=changed(file), content=content)
