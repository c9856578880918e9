"""A library as a folder of a disk: people see plain files, and Casework sees what they did to them."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace as changed
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from casework.errors import (
    AlreadyThereError,
    CursorExpiredError,
    NotThereError,
    PermanentConnectorError,
    TemporaryConnectorError,
)
from casework.ports import LibraryChanges, LibraryFile, refuse_other
from connectors.folders.index import FileIndex, Known, OnDisk
from connectors.folders.writing import TEMPORARY, explained, make_folder, sync_folder, write_new, write_over

INDEX = ".casework-index"
_LOCKED = 423
_GONE = "There is no such file (any more)."


class FolderLibrary:
    """Every file below one folder. Names ignore upper and lower case, as they do in OneDrive. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        self._root = folder
        self._address = folder.absolute().as_uri()
        make_folder(folder / INDEX)
        self._index = FileIndex(folder / INDEX / "files.sqlite")
        self._folders: set[str] = set()
        self._moving = threading.Lock()

    def changes(self, cursor: str | None) -> LibraryChanges:
        since = 0 if cursor is None else self._place(cursor)
        self._look_around()
        files, removed = [], []
        for number in self._index.changed_since(since):
            known = self._index.by_number(number)
            if known:
                files.append(self._file(known))
            elif cursor is not None:
                removed.append(str(number))
        return LibraryChanges(files=tuple(files), removed=tuple(removed), cursor=self._cursor())

    def find(self, path: str) -> LibraryFile | None:
        path = path.strip("/")
        known = self._at(path)
        if known:
            return self._file(known)
        folder = self._root / path
        return _folder(folder, path) if path and folder.is_dir() else None

    def read(self, file_id: str) -> bytes:
        try:
            return (self._root / self._known(file_id).on_disk.path).read_bytes()
        except FileNotFoundError:
            raise NotThereError(_GONE) from None

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
        refuse_other(self.find(path), over)
        return changed(self._stored(path.strip("/"), content, replace=replace, by=""), as_sent=True)

    def put(self, path: str, content: bytes, *, by: str = "") -> LibraryFile:
        """Somebody stores a file, over one that is there already."""
        return self._stored(path.strip("/"), content, replace=True, by=by)

    def move(self, file_id: str, path: str) -> None:
        known, path = self._known(file_id), self._safe(path.strip("/"))
        with self._moving:
            there = self._at(path)
            if there and there.number != known.number:
                raise AlreadyThereError("There is a file with this name already.")
            if known.on_disk.path == path:
                return
            self._make_above(path)
            before, after = self._root / known.on_disk.path, self._root / path
            try:
                before.rename(after)
                sync_folder(after.parent)
                sync_folder(before.parent)
            except FileNotFoundError:
                raise NotThereError(_GONE) from None
            except OSError as error:
                raise explained(error) from error
            self._index.note(self._on_disk(path), known=known)

    def as_pdf(self, file_id: str) -> bytes | None:
        """A disk converts nothing."""
        self._known(file_id)
        return None

    def expire_cursors(self) -> None:
        """Let every cursor given so far run out, as happens when the index is lost."""
        self._index.begin_generation()

    def _stored(self, path: str, content: bytes, *, replace: bool, by: str) -> LibraryFile:
        known = self._at(self._safe(path))
        if known is None:
            self._make_above(path)
            write_new(self._root / path, content)
            return self._file(self._index.note(self._on_disk(path), by=by.lower()))
        if not replace:
            raise AlreadyThereError("There is a file with this name already.")
        there = self._root / known.on_disk.path
        if any((there.parent / lock).exists() for lock in _lock_files(there.name)):
            raise TemporaryConnectorError("Somebody has the file open.", status=_LOCKED)
        write_over(there, content)
        return self._file(self._index.note(self._on_disk(known.on_disk.path), known=known, by=by.lower()))

    def _make_above(self, path: str) -> None:
        above = path.rpartition("/")[0]
        if above not in self._folders or not (self._root / above).is_dir():
            make_folder(self._root / above)
            self._folders.add(above)

    def _safe(self, path: str) -> str:
        """A path that stays below the folder."""
        parts = path.split("/")
        if not path or any(part in ("", ".", "..") for part in parts) or parts[0] == INDEX:
            raise PermanentConnectorError("This is no path of a file in the library.")
        return path

    def _at(self, path: str) -> Known | None:
        """The file at that path, as it is now; one that somebody else put there becomes known."""
        known = self._index.by_path(path)
        try:
            on_disk = self._on_disk(known.on_disk.path if known else path)
        except FileNotFoundError:
            return None
        return known if known and known.on_disk == on_disk else self._index.note(on_disk, known=known)

    def _known(self, file_id: str) -> Known:
        known = self._index.by_number(int(file_id)) if file_id.isdigit() else None
        if known and not (self._root / known.on_disk.path).is_file():
            self._look_around()  # it may only have been moved
            known = self._index.by_number(known.number)
        if known is None:
            raise NotThereError(_GONE)
        return known

    def _look_around(self) -> None:
        """Bring the index up to what lies on the disk: what came, what changed, what was renamed, what went."""
        there = {file.path: file for file in self._walk()}
        known = {one.on_disk.path: one for one in self._index.everything()}
        lost = {one.on_disk.node: one for path, one in known.items() if path not in there}
        for path, file in there.items():
            before = known.get(path)
            if before and before.on_disk == file:
                continue
            renamed = None if before else lost.get(file.node)
            if renamed and (renamed.on_disk.changed, renamed.on_disk.size) == (file.changed, file.size):
                self._index.note(file, known=lost.pop(file.node))
            else:
                self._index.note(file, known=before)
        for gone in lost.values():
            self._index.forget(gone)

    def _walk(self) -> Iterator[OnDisk]:
        for above, folders, names in os.walk(self._root):
            folders[:] = sorted(name for name in folders if name != INDEX)
            inside = Path(above).relative_to(self._root).as_posix()
            for name in sorted(names):
                if not name.startswith(TEMPORARY):
                    yield self._on_disk(name if inside == "." else f"{inside}/{name}")

    def _on_disk(self, path: str) -> OnDisk:
        facts = (self._root / path).stat()
        if not stat.S_ISREG(facts.st_mode):
            raise FileNotFoundError(path)
        return OnDisk(path=path, node=facts.st_ino, changed=facts.st_mtime_ns, size=facts.st_size)

    def _file(self, known: Known) -> LibraryFile:
        on_disk = known.on_disk
        return LibraryFile(
            file_id=str(known.number),
            path=on_disk.path,
            etag=f'"{known.number},{known.version}"',
            size=on_disk.size,
            modified_at=datetime.fromtimestamp(on_disk.changed / 1e9, UTC),
            modified_by=known.stored_by,
            content_tag=f"{on_disk.changed:x}-{on_disk.size:x}",
            web_url=f"{self._address}/{quote(os.fsencode(on_disk.path))}",
        )

    def _cursor(self) -> str:
        return f"{self._index.generation()}:{self._index.last_change()}"

    def _place(self, cursor: str) -> int:
        generation, _, number = cursor.partition(":")
        if generation != self._index.generation() or not number.isdigit():
            raise CursorExpiredError("The change token is of another folder. Everything is read once more.")
        return int(number)


def _folder(folder: Path, path: str) -> LibraryFile:
    facts = folder.stat()
    return LibraryFile(
        file_id=f"folder {path.lower()}",
        path=path,
        etag="",
        size=sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
        modified_at=datetime.fromtimestamp(facts.st_mtime, UTC),
        is_folder=True,
    )


def _lock_files(name: str) -> tuple[str, ...]:
    """What Word and LibreOffice lay beside a file that somebody has open."""
    return f"~${name}", f"~${name[2:]}", f".~lock.{name}#"
