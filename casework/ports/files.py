"""The ports of the libraries: files by path, their changes, their versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from casework.errors import ChangedMeanwhileError, NotThereError


@dataclass(frozen=True, kw_only=True, slots=True)
class LibraryFile:
    """A file (or folder) of a drive.

    Attributes:
        path: from the root of the watched folder, with "/" between, never at the front.
        etag: changes with content or properties; content_tag (may be empty) with content only.
        modified_by: address of the person, or empty for an application.
        as_sent: of a file that was just written: the service tells that it holds these very bytes. SharePoint writes
            properties into Office files as it takes them; of these it must be asked what lies there now.
    """

    file_id: str
    path: str
    etag: str
    size: int
    modified_at: datetime
    modified_by: str = ""
    content_tag: str = ""
    web_url: str = ""
    is_folder: bool = False
    as_sent: bool = field(default=False, compare=False)

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[-1]


def refuse_other(there: LibraryFile | None, over: str) -> None:
    """For libraries whose service does not compare by itself: refuse to replace another file than `over` names.

    Raises:
        ChangedMeanwhileError: it is another one.
        NotThereError: there is none any more.
    """
    if not over:
        return
    if there is None:
        raise NotThereError("The file that was to be replaced is gone.")
    if over != there.etag:
        raise ChangedMeanwhileError("The file that was to be replaced was changed meanwhile.")


@dataclass(frozen=True, kw_only=True, slots=True)
class LibraryChanges:
    files: tuple[LibraryFile, ...]
    removed: tuple[str, ...]
    cursor: str


class JournalShelf(Protocol):
    """Where sealed copies of the journal lie, away from the machine."""

    def copies(self) -> tuple[LibraryFile, ...]:
        """All of them, by name: the oldest first."""

    def put(self, name: str, content: bytes) -> None:
        """Store a copy; one of that name is replaced."""

    def read(self, file_id: str) -> bytes:
        """The copy.

        Raises:
            NotThereError: it is gone.
        """

    def discard(self, file_id: str) -> None:
        """Delete a copy. Doing it twice does it once."""


class Library(Protocol):
    """A drive, or one folder of it."""

    def changes(self, cursor: str | None) -> LibraryChanges:
        """Files (no folders) below the folder that are new or changed, and ids removed or moved out.

        Raises:
            CursorExpiredError: ask again without a cursor.
        """

    def find(self, path: str) -> LibraryFile | None:
        """The file or folder at that path."""

    def read(self, file_id: str) -> bytes:
        """The content.

        Raises:
            NotThereError: it is gone.
        """

    def content_at(self, path: str) -> bytes | None:
        """What the file at that path holds now; None where no file is, as where a folder is."""

    def contents_at(self, paths: Sequence[str]) -> Iterator[bytes | None]:
        """The same of many files, in the order of their paths, each fetched when it is asked for."""

    def write(self, path: str, content: bytes, *, replace: bool = False, over: str = "") -> LibraryFile:
        """Store a file; parent folders are made.

        Args:
            path: where.
            content: the whole of it.
            replace: the one that is there may be replaced.
            over: the etag that the replaced file must still have; any file is replaced if empty.

        Raises:
            AlreadyThereError: there is one, and replace is False.
            ChangedMeanwhileError: there is another one than `over` says.
            NotThereError: `over` is given, and there is none any more.
            TemporaryConnectorError: also while somebody has it open in Word (423).
        """

    def move(self, file_id: str, path: str) -> None:
        """Move a file to that path of the same library; parent folders are made. Doing it twice does it once."""

    def as_pdf(self, file_id: str) -> bytes | None:
        """The file as PDF by the service's own conversion; None where the service does not convert it."""
