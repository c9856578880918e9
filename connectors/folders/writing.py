"""Writing files so that after a power cut each is whole or not there at all."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

from casework.errors import AlreadyThereError, PermanentConnectorError

TEMPORARY = ".writing-"
"""Files that begin so are not done: nobody reads them."""
_NO_ROOM = 507


def write_new(path: Path, content: bytes) -> None:
    """Write a file under a name that must be free, on the disk for certain; its folder is there.

    Raises:
        AlreadyThereError: the name is taken.
        PermanentConnectorError: the disk is full or refuses; names the reason.
    """
    half = path.with_name(f"{TEMPORARY}{uuid.uuid4().hex}")
    try:
        try:
            _write(half, content)
            os.link(half, path)
        finally:
            half.unlink(missing_ok=True)
        sync_folder(path.parent)
    except FileExistsError as error:
        raise AlreadyThereError("There is a file with this name already.") from error
    except OSError as error:
        raise explained(error) from error


def write_over(path: Path, content: bytes) -> None:
    """Put other content in the place of a file.

    Raises:
        PermanentConnectorError: the disk is full or refuses; names the reason.
    """
    half = path.with_name(f"{TEMPORARY}{uuid.uuid4().hex}")
    try:
        try:
            _write(half, content)
            half.replace(path)
        finally:
            half.unlink(missing_ok=True)
        sync_folder(path.parent)
    except OSError as error:
        raise explained(error) from error


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, so that they are there after a power cut too."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    try:
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)
    except OSError as error:
        raise explained(error) from error


def sync_folder(folder: Path) -> None:
    """Let the names in a folder reach the disk; Windows does that by itself and cannot be asked."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def explained(error: OSError) -> PermanentConnectorError:
    """The disk's refusal as an error that names what to do."""
    full = isinstance(error, OSError) and error.strerror is not None and "space" in error.strerror.lower()
    return PermanentConnectorError(
        f"A folder of Casework's cannot be written: {error.strerror}. "
        "Check that there is room and that the account that runs Casework may write there.",
        status=_NO_ROOM if full else None,
    )


def _write(path: Path, content: bytes) -> None:
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "wb", buffering=0) as file:
        file.write(content)
        os.fsync(opened)
