"""Storing what must never be replaced, and replacing what Casework itself keeps up to date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from casework.errors import (
    AlreadyThereError,
    ChangedMeanwhileError,
    NotThereError,
    PermanentConnectorError,
    TemporaryConnectorError,
)
from casework.evidence import is_office_name
from casework.ports import Journal, Library, LibraryFile
from casework.records import JournalTransaction
from workflows.last_seen import LastSeen

CHANGED = (
    "A sealed original is not what was sealed: it was changed in the library. "
    "Look at the file's version history in the sealed library, and restore the first version."
)
TRIES = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Stored:
    """A file as it lies in the library, and its content there: SharePoint writes properties into Office files."""

    file: LibraryFile
    content: bytes


def store(library: Library, path: str, content: bytes, *, same_bytes: bool = True) -> Stored:
    """Write a file that must never be replaced. Doing it twice does it once.

    With `same_bytes` False, where an earlier writing may have been worded otherwise, what lies there counts. An empty
    file is what is left of a writing that was broken off; it is filled, and nothing but emptiness is replaced.

    Raises:
        PermanentConnectorError: another file stands there: the evidence was changed.
        TemporaryConnectorError: it is there and not to be seen yet, or was empty and is being filled.
    """
    try:
        return _stored(library, library.write(path, content), content)
    except AlreadyThereError:
        there = library.find(path)
    if there is None:  # of two that make the same folder at once the service may turn one away
        try:
            return _stored(library, library.write(path, content), content)
        except AlreadyThereError:
            there = library.find(path)
    if there is None:
        raise TemporaryConnectorError("A file that was stored is not to be seen in the library yet.")
    kept = library.read(there.file_id)
    if content and not kept:
        return _filled(library, path, content, there)
    if same_bytes and kept != content:
        raise PermanentConnectorError(CHANGED)
    return Stored(file=there, content=kept)


def _filled(library: Library, path: str, content: bytes, empty: LibraryFile) -> Stored:
    """Put the content where an empty file lies, over this very one."""
    try:
        return _stored(library, library.write(path, content, replace=True, over=empty.etag), content)
    except (ChangedMeanwhileError, NotThereError):
        raise TemporaryConnectorError(
            "A file that was left empty changed while it was to be filled. It is tried again."
        ) from None


def bring_up_to_date(
    library: Library,
    path: str,
    content: Callable[[JournalTransaction], bytes],
    *,
    journal: Journal,
    seen: LastSeen | None = None,
    is_first: bool = False,
) -> Stored:
    """Replace a file of our own by what the journal says now, over the very version that was there before.

    A host that was too slow, and whose school another host has taken over, does no harm by it: it learns that from the
    journal before it writes; and should it fall asleep between the two, the library refuses its writing, because the
    file is no longer the one that it looked at. Where it knows which version it wrote last it need not look before: were
    that no longer the one that lies there, the library refuses the writing, and then it looks.

    Args:
        library: where the file lies.
        path: of the file.
        content: what is to lie there, by the journal.
        journal: of the school.
        seen: what this process saw last, if it remembers that.
        is_first: it was never written before, so that it need not be looked at first.

    Raises:
        TurnLostError: another host has taken the school over.
        TemporaryConnectorError: somebody else writes it again and again.
    """
    seen = seen or LastSeen()
    known = seen.of(library, path)
    for attempt in range(TRIES):
        over, is_there = known, True
        if not known:
            there = None if is_first and not attempt else library.find(path)
            over, is_there = there.etag if there else "", there is not None
        with journal.transaction() as transaction:
            wanted = content(transaction)
        try:
            file = library.write(path, wanted, replace=is_there, over=over)
        except (AlreadyThereError, ChangedMeanwhileError, NotThereError):
            if known:
                seen.refused(library, path)
            known = ""
            continue
        seen.note(library, path, file.etag)
        return _stored(library, file, wanted)
    raise TemporaryConnectorError(
        "A file that Casework keeps up to date was changed each time it was to be written. It is tried again."
    )


def _stored(library: Library, file: LibraryFile, sent: bytes) -> Stored:
    is_as_sent = file.as_sent or not is_office_name(file.name)
    return Stored(file=file, content=sent if is_as_sent else library.read(file.file_id))
