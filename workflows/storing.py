"""Storing what must never be replaced."""

from __future__ import annotations

from dataclasses import dataclass

from casework.errors import AlreadyThereError, PermanentConnectorError, TemporaryConnectorError
from casework.ports import Library, LibraryFile

CHANGED = (
    "A sealed original is not what was sealed: it was changed in the library. "
    "Look at the file's version history in the sealed library, and restore the first version."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Stored:
    """A file as it lies in the library, and its content."""

    file: LibraryFile
    content: bytes


def store(library: Library, path: str, content: bytes, *, same_bytes: bool = True) -> Stored:
    """Write a file that must never be replaced. Doing it twice does it once.

    With `same_bytes` False, where an earlier writing may have been worded otherwise, what lies there counts.

    Raises:
        PermanentConnectorError: another file stands there: the evidence was changed.
        TemporaryConnectorError: it is there and not to be seen yet.
    """
    try:
        return Stored(file=library.write(path, content), content=content)
    except AlreadyThereError:
        there = library.find(path)
    if there is None:  # of two that make the same folder at once the service may turn one away
        try:
            return Stored(file=library.write(path, content), content=content)
        except AlreadyThereError:
            there = library.find(path)
    if there is None:
        raise TemporaryConnectorError("A file that was stored is not to be seen in the library yet.")
    kept = library.read(there.file_id)
    if same_bytes and kept != content:
        raise PermanentConnectorError(CHANGED)
    return Stored(file=there, content=kept)
