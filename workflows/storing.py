"""Storing what must never be replaced, and replacing what Casework itself keeps up to date."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from casework.errors import (
    AlreadyThereError,
    ChangedMeanwhileError,
    NotThereError,
    PermanentConnectorError,
    TemporaryConnectorError,
)
from casework.ports import Journal, Library, LibraryFile
from casework.records import JournalTransaction

CHANGED = (
    "A sealed original is not what was sealed: it was changed in the library. "
    "Look at the file's version history in the sealed library, and restore the first version."
)
TRIES = 4


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


def bring_up_to_date(
    library: Library,
    path: str,
    content: Callable[[JournalTransaction], bytes],
    *,
    journal: Journal,
    is_first: bool = False,
) -> Stored:
    """Replace a file of our own by what the journal says now, over the very version that was there before.

    A host that was too slow, and whose school another host has taken over, does no harm by it: it learns that from the
    journal before it writes; and should it fall asleep between the two, the library refuses its writing, because the
    file is no longer the one that it looked at.

    Args:
        library: where the file lies.
        path: of the file.
        content: what is to lie there, by the journal.
        journal: of the school.
        is_first: it was never written before, so that it need not be looked at first.

    Raises:
        TurnLostError: another host has taken the school over.
        TemporaryConnectorError: somebody else writes it again and again.
    """
    for attempt in range(TRIES):
        there = None if is_first and not attempt else library.find(path)
        with journal.transaction() as transaction:
            wanted = content(transaction)
        with suppress(AlreadyThereError, ChangedMeanwhileError, NotThereError):
            file = library.write(path, wanted, replace=there is not None, over=there.etag if there else "")
            return Stored(file=file, content=wanted)
    raise TemporaryConnectorError(
        "A file that Casework keeps up to date was changed each time it was to be written. It is tried again."
    )
